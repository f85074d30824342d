"""Figures in Chinese texts are grouped by three, as in its legal and financial writing; Django would not group."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
