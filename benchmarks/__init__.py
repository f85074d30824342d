"""Figures, to compare one state of the code with another on the same machine. They assert nothing about time."""
