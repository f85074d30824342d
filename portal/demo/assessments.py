"""Two assessments of one firm: last year's, approved, and this year's, half done and partly delegated."""

import datetime as dt

from portal.accounts.models import User
from portal.assessments import actions, queries
from portal.assessments.models import Assessment, Question
from portal.core.dates import today
from portal.organisations.models import Organisation

QUESTIONNAIRE = "mofcom-2021"
# Answers by the number of the question in its section: a firm with good beginnings and thin proof.
LAST_YEAR = {
    "e1": "yes yes partly no yes partly no",
    "e2": "yes partly yes partly no yes partly partly",
    "e3": "partly no uncertain no partly no no",
    "e4": "yes yes partly yes partly no yes partly",
    "e5": "yes partly yes partly partly no uncertain partly",
    "e6": "partly yes no partly no partly",
    "e7": "partly partly no no partly",
    "e8": "yes partly partly no partly yes",
    "e9": "yes partly no partly partly",
}
BETTER = {"no": "partly", "partly": "yes", "uncertain": "partly"}
DONE_THIS_YEAR = ["e1", "e2", "e4"]


def make(firm: Organisation, *, owner: User, officer: User, contributor: User) -> None:
    """Both assessments, through the same actions as everybody else."""
    year = today().year
    before = _start(firm, officer, year - 1)
    _answer(before, officer, sections=list(LAST_YEAR), better_each=0)
    actions.submit(before, by=officer)
    actions.approve(
        before, by=owner, remark="Fair picture. Screening and audit come first in the plan for the coming year."
    )
    now = _start(firm, officer, year, due_on=today() + dt.timedelta(days=30))
    _answer(now, officer, sections=DONE_THIS_YEAR, better_each=3)
    section = now.questionnaire_version.sections.get(label="e5")
    actions.delegate(
        now,
        section,
        to=contributor,
        by=officer,
        due_on=today() + dt.timedelta(days=10),
        message="Please answer for engineering and shipping; the release procedure changed in spring.",
    )


def _start(firm: Organisation, officer: User, year: int, due_on: dt.date | None = None) -> Assessment:
    return actions.start(
        queries.questionnaire(QUESTIONNAIRE),
        organisation=firm,
        title=f"Compliance programme {year}",
        scope="All sites and subsidiaries",
        period_from=dt.date(year, 1, 1),
        period_until=dt.date(year, 12, 31),
        due_on=due_on,
        by=officer,
    )


def _answer(assessment: Assessment, by: User, *, sections: list[str], better_each: int) -> None:
    """Answer these sections as LAST_YEAR says; every `better_each`-th answer is a step better (0: none)."""
    questions = assessment.questionnaire_version.questions.filter(section__label__in=sections)
    for number, question in enumerate(questions.select_related("section").order_by("position")):
        word = _word(question)
        if better_each and number % better_each == 0:
            word = BETTER.get(word, word)
        actions.answer(assessment, question, value=word, by=by)


def _word(question: Question) -> str:
    words = LAST_YEAR[question.section.label].split()
    place = int(question.label.rpartition("r")[2]) - 1
    return words[place % len(words)]
