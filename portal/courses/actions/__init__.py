"""What can happen to a person's learning: the only writers of its rows."""

from portal.courses.actions.attempting import answer, close_overdue, start_attempt, submit
from portal.courses.actions.certifying import revoke
from portal.courses.actions.enrolling import enrol, read_lesson

__all__ = ["answer", "close_overdue", "enrol", "read_lesson", "revoke", "start_attempt", "submit"]
