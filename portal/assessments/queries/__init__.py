"""Reads of assessments: what is published, sheets of answers, results, and people's work.

The dashboard uses `due_for`, `open_assessments` and `weakest_elements`.
"""

from portal.assessments.queries.access import Seat, find, seat
from portal.assessments.queries.published import (
    framework,
    frameworks,
    public_check,
    questionnaire,
    questionnaires,
)
from portal.assessments.queries.results import Cause, ElementScore, Gap, Result, helped, result, weakest_elements
from portal.assessments.queries.sheets import Line, SectionSheet, Sheet, sheet
from portal.assessments.queries.work import (
    Due,
    Progress,
    assessments_of,
    candidates,
    due_for,
    history,
    open_assessments,
    progress,
    remarks,
    reviewers,
)

__all__ = [
    "Cause",
    "Due",
    "ElementScore",
    "Gap",
    "Line",
    "Progress",
    "Result",
    "Seat",
    "SectionSheet",
    "Sheet",
    "assessments_of",
    "candidates",
    "due_for",
    "find",
    "framework",
    "frameworks",
    "helped",
    "history",
    "open_assessments",
    "progress",
    "public_check",
    "questionnaire",
    "questionnaires",
    "remarks",
    "result",
    "reviewers",
    "seat",
    "sheet",
    "weakest_elements",
]
