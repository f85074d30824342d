"""content/courses -> courses, lessons and the question bank."""

from portal.courses.importing.shelf import SHELF

SHELVES = [SHELF]
