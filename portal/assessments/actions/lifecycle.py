"""Starting, submitting, reopening and closing an assessment."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assessments.actions.answering import answer
from portal.assessments.actions.locking import locked, moved, must_be_open, record
from portal.assessments.actions.telling import tell_submitted
from portal.assessments.models import (
    Assessment,
    Channel,
    QuestionnaireVersion,
    ReviewKind,
    ReviewNote,
    State,
)
from portal.assessments.scoring import Given
from portal.core.errors import Conflict, NotAllowed, PortalError
from portal.organisations.models import Organisation
from portal.organisations.permissions import must


@transaction.atomic
def start(
    version: QuestionnaireVersion,
    *,
    organisation: Organisation,
    title: str,
    by: User,
    scope: str = "",
    period_from: dt.date | None = None,
    period_until: dt.date | None = None,
    due_on: dt.date | None = None,
    answers: Mapping[str, Given] | None = None,
    ref: uuid.UUID | None = None,
) -> Assessment:
    """Start an assessment, with the answers of a quick check (label -> answer) if there are any.

    The same `ref` twice, such as from a form that was sent twice, starts one assessment.
    """
    must(by, "assessment.start", organisation)
    if not title.strip():
        raise PortalError(_("Give the assessment a title."))
    if period_from and period_until and period_until < period_from:
        raise PortalError(_("The period ends before it begins."))
    row, created = Assessment.objects.get_or_create(
        ref=ref or uuid.uuid4(),
        defaults={
            "organisation": organisation,
            "questionnaire_version": version,
            "title": title.strip()[:200],
            "scope": scope.strip(),
            "period_from": period_from,
            "period_until": period_until,
            "due_on": due_on,
            "started_by": by,
            "started_at": timezone.now(),
        },
    )
    if not created:
        if row.organisation_id != organisation.pk:
            raise NotAllowed(_("This form was sent before for another organisation. Open it again."))
        return row
    questionnaire = version.questionnaire.key
    record("assessment.started", row, by, questionnaire=questionnaire, version=version.number)
    _take_over(row, answers or {}, by)
    return row


def _take_over(assessment: Assessment, answers: Mapping[str, Given], by: User) -> None:
    """What does not apply needs a reason, which a quick check does not ask for: it is left to be answered."""
    questions = assessment.questionnaire_version.questions.filter(label__in=list(answers)).prefetch_related("options")
    for question in questions:
        given = answers[question.label]
        if not given.not_applicable:
            answer(assessment, question, value=given.value, by=by, channel=Channel.QUICK_CHECK)


@transaction.atomic
def submit(assessment: Assessment, *, by: User) -> Assessment:
    """Hand the answers in for review. Unanswered questions are allowed; the result shows them as an interval."""
    row = locked(assessment)
    must(by, "assessment.submit", row.organisation)
    if row.state == State.IN_REVIEW and row.submitted_by_id == by.pk:
        return moved(assessment, row)
    if row.state == State.DRAFT:
        raise Conflict(_("Nothing has been answered yet."))
    must_be_open(row)
    row.state, row.submitted_by, row.submitted_at = State.IN_REVIEW, by, timezone.now()
    row.save(update_fields=["state", "submitted_by", "submitted_at"])
    left = row.questionnaire_version.questions.count() - row.answers.filter(is_answered=True).count()
    tell_submitted(row)
    record("assessment.submitted", row, by, unanswered=left)
    return moved(assessment, row)


@transaction.atomic
def reopen(assessment: Assessment, *, reason: str, by: User) -> Assessment:
    """Take an approved or closed assessment, or one in review, back into work. The reason stays with it."""
    row = locked(assessment)
    must(by, "assessment.submit", row.organisation)
    if row.is_open:
        return moved(assessment, row)
    if not reason.strip():
        raise PortalError(_("Say why it is reopened."))
    was, row.state = row.state, State.IN_PROGRESS
    row.reviewed_by = row.reviewed_at = row.submitted_by = row.submitted_at = row.closed_at = None
    row.save(update_fields=["state", "reviewed_by", "reviewed_at", "submitted_by", "submitted_at", "closed_at"])
    ReviewNote.objects.create(
        assessment=row, kind=ReviewKind.REOPENING, text=reason.strip(), author=by, at=timezone.now()
    )
    record("assessment.reopened", row, by, was=was, reason=reason.strip())
    return moved(assessment, row)


@transaction.atomic
def close(assessment: Assessment, *, by: User) -> Assessment:
    """Put an approved assessment away; it stays readable."""
    row = locked(assessment)
    must(by, "assessment.submit", row.organisation)
    if row.state == State.CLOSED:
        return moved(assessment, row)
    if row.state != State.APPROVED:
        raise Conflict(_("Only an approved assessment can be closed."))
    row.state, row.closed_at = State.CLOSED, timezone.now()
    row.save(update_fields=["state", "closed_at"])
    record("assessment.closed", row, by)
    return moved(assessment, row)
