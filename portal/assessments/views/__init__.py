"""Pages of assessments: public ones, people's work, review, and what is taken away."""

from portal.assessments.views.public import framework, questionnaire, quick_check, start
from portal.assessments.views.results import answers_xlsx, history, report_pdf, result
from portal.assessments.views.sharing import (
    close,
    delegate,
    hand_back,
    reopen,
    review,
    submit,
    withdraw_delegation,
)
from portal.assessments.views.work import answer, assessment, assessments, from_check, new, section

__all__ = [
    "answer",
    "answers_xlsx",
    "assessment",
    "assessments",
    "close",
    "delegate",
    "framework",
    "from_check",
    "hand_back",
    "history",
    "new",
    "questionnaire",
    "quick_check",
    "reopen",
    "report_pdf",
    "result",
    "review",
    "section",
    "start",
    "submit",
    "withdraw_delegation",
]
