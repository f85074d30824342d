"""The pages of courses, one module for each of: reading, learning, tests, certificates, an organisation's training."""
