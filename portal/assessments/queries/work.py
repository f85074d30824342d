"""People's work: which assessments there are, how far they are, who does what, what is due for whom."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assessments.models import (
    OPEN_STATES,
    Answer,
    AnswerEvent,
    Assessment,
    Delegation,
    DelegationState,
    Question,
    ReviewNote,
    Section,
    State,
)
from portal.core.texts import pick
from portal.organisations.models import Membership, Organisation
from portal.organisations.permissions import can, roles_that_can


@dataclass(slots=True)
class Progress:
    """How far one section is, and who was asked to answer it."""

    section: Section
    total: int
    answered: int
    delegations: list[Delegation]

    @property
    def left(self) -> int:
        return self.total - self.answered


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that a person should do. `kind` is section, review or answers."""

    kind: str
    label: str
    assessment: Assessment
    due_on: dt.date | None
    url: str
    section: Section | None = None


def _count(rows: QuerySet[Answer] | QuerySet[Question], group: str) -> Coalesce:
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def assessments_of(organisation: Organisation, user: User) -> QuerySet[Assessment]:
    """The assessments that this person may know of, each with `answered` and `total` numbers of questions."""
    rows = Assessment.objects.filter(organisation=organisation)
    if not can(user, "assessment.read", organisation):
        asked = Delegation.objects.filter(user=user).exclude(state=DelegationState.WITHDRAWN)
        known = asked if can(user, "assessment.contribute", organisation) else asked.none()
        rows = rows.filter(pk__in=known.values("assessment"))
    return _counted(rows)


def _counted(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    answered = Answer.objects.filter(assessment=OuterRef("pk"), is_answered=True)
    total = Question.objects.filter(version=OuterRef("questionnaire_version"))
    return rows.select_related("questionnaire_version__questionnaire", "started_by", "organisation").annotate(
        answered=_count(answered, "assessment"), total=_count(total, "version")
    )


def open_assessments(organisation: Organisation) -> QuerySet[Assessment]:
    """What is under way in a firm: neither approved nor closed; with `answered` and `total`. One query."""
    rows = Assessment.objects.filter(organisation=organisation)
    return _counted(rows.exclude(state__in=[State.APPROVED, State.CLOSED]))


def progress(assessment: Assessment) -> list[Progress]:
    """How far each section is. Three queries."""
    sections = assessment.questionnaire_version.sections.order_by("position").annotate(total=Count("questions"))
    answers = Answer.objects.filter(assessment=assessment, is_answered=True)
    answered = dict(answers.order_by().values_list("question__section").annotate(n=Count("pk")))
    asked: dict[int, list[Delegation]] = {}
    for row in assessment.delegations.exclude(state=DelegationState.WITHDRAWN).select_related("user"):
        asked.setdefault(row.section_id, []).append(row)
    return [
        Progress(section, section.total, answered.get(section.pk, 0), asked.get(section.pk, [])) for section in sections
    ]


def candidates(organisation: Organisation) -> QuerySet[User]:
    """The people to whom a section can be given."""
    roles = {*roles_that_can("assessment.contribute"), *roles_that_can("assessment.answer")}
    members = Membership.objects.filter(organisation=organisation, ended_at=None, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=members.values("user")).order_by("name", "email")


def reviewers(assessment: Assessment) -> QuerySet[User]:
    """The people who may decide about a submitted assessment: never the one who submitted it."""
    members = Membership.objects.filter(
        organisation=assessment.organisation_id, ended_at=None, role__in=roles_that_can("assessment.review")
    )
    people = User.objects.filter(is_active=True, pk__in=members.values("user"))
    return people.exclude(pk=assessment.submitted_by_id or 0).order_by("pk")


def history(assessment: Assessment, question: Question) -> QuerySet[AnswerEvent]:
    """Everything that was ever answered to a question, newest first."""
    rows = AnswerEvent.objects.filter(assessment=assessment, question=question)
    return rows.select_related("author").order_by("-number")


def remarks(assessment: Assessment) -> dict[int | None, list[ReviewNote]]:
    """Reviewers' words by question id, those on the whole under None. One query."""
    found: dict[int | None, list[ReviewNote]] = {}
    for note in assessment.review_notes.select_related("author"):
        found.setdefault(note.question_id, []).append(note)
    return found


def due_for(user: User, organisation: Organisation) -> list[Due]:
    """What this person should do here, by due date; nothing that their role does not allow any more. Two queries."""
    answers = can(user, "assessment.answer", organisation)
    asked = _sections_due(user, organisation) if answers or can(user, "assessment.contribute", organisation) else []
    return sorted(
        [*asked, *(_assessments_due(user, organisation) if answers else [])],
        key=lambda due: (due.due_on or dt.date.max, due.assessment.pk),
    )


def _sections_due(user: User, organisation: Organisation) -> list[Due]:
    rows = Delegation.objects.filter(
        user=user,
        state=DelegationState.OPEN,
        assessment__organisation=organisation,
        assessment__state__in=OPEN_STATES,
    ).select_related("assessment", "section")
    return [
        Due(
            "section",
            _("Answer “%(section)s”") % {"section": pick(row.section.title)[0]},
            row.assessment,
            row.due_on or row.assessment.due_on,
            reverse("assessments:section", kwargs={"ref": row.assessment.ref, "label": row.section.label}),
            row.section,
        )
        for row in rows
    ]


def _assessments_due(user: User, organisation: Organisation) -> list[Due]:
    """What waits for this person's review, and what they started and is not submitted."""
    mine = Q(started_by=user, state__in=OPEN_STATES)
    if can(user, "assessment.review", organisation):
        mine |= Q(state=State.IN_REVIEW) & ~Q(submitted_by=user)
    found = []
    for row in Assessment.objects.filter(mine, organisation=organisation):
        if row.state == State.IN_REVIEW:
            url = reverse("assessments:review", kwargs={"ref": row.ref})
            found.append(Due("review", _("Review the answers"), row, row.due_on, url))
        else:
            words = _("Work on the remarks") if row.state == State.RETURNED else _("Complete the answers")
            found.append(Due("answers", words, row, row.due_on, row.get_absolute_url()))
    return found
