"""Reviewing: four eyes. Remarks stay; a decision is for somebody else than the one who submitted."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assessments.actions.locking import locked, moved, record
from portal.assessments.actions.telling import tell_decided
from portal.assessments.models import Assessment, Question, ReviewKind, ReviewNote, State
from portal.core.errors import Conflict, NotAllowed, NotFound, PortalError
from portal.organisations.permissions import must


def _must_review(row: Assessment, by: User) -> None:
    must(by, "assessment.review", row.organisation)
    if row.submitted_by_id == by.pk:
        raise NotAllowed(_("You submitted these answers, so somebody else reviews them: four eyes see more than two."))
    if row.state != State.IN_REVIEW:
        raise Conflict(
            _("There is nothing to decide at the moment. State: %(state)s.") % {"state": row.get_state_display()}
        )


def _note(row: Assessment, kind: str, text: str, by: User, question: Question | None = None) -> None:
    if question is not None and question.version_id != row.questionnaire_version_id:
        raise NotFound(_("There is no such question in this assessment."))
    ReviewNote.objects.create(assessment=row, question=question, kind=kind, text=text, author=by, at=timezone.now())


def _write(row: Assessment, remarks: Mapping[Question, str] | None, by: User) -> int:
    """Add the remarks that have words, unless the same person said just that on the question before."""
    wanted = [(question, text.strip()) for question, text in (remarks or {}).items() if text.strip()]
    known = set(
        ReviewNote.objects.filter(assessment=row, author=by, question__isnull=False).values_list("question", "text")
    )
    fresh = [(question, text) for question, text in wanted if (question.pk, text) not in known]
    for question, text in fresh:
        _note(row, ReviewKind.REMARK, text, by, question)
    return len(fresh)


@transaction.atomic
def remark(assessment: Assessment, remarks: Mapping[Question, str], *, by: User) -> int:
    """Add remarks on answers while reviewing, without a decision. Returns how many were new."""
    row = locked(assessment)
    _must_review(row, by)
    count = _write(row, remarks, by)
    if count:
        record("assessment.remarked", row, by, remarks=count)
    return count


@transaction.atomic
def send_back(
    assessment: Assessment, *, reason: str, by: User, remarks: Mapping[Question, str] | None = None
) -> Assessment:
    """Return the answers for more work, with the reason and remarks on single answers."""
    row = locked(assessment)
    if row.state == State.RETURNED and row.reviewed_by_id == by.pk:
        return moved(assessment, row)
    _must_review(row, by)
    if not reason.strip():
        raise PortalError(_("Say what should be done before you return it."), code="reason-missing")
    count = _write(row, remarks, by)
    _note(row, ReviewKind.RETURN, reason.strip(), by)
    row.state, row.reviewed_by, row.reviewed_at = State.RETURNED, by, timezone.now()
    row.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    tell_decided(row)
    record("assessment.returned", row, by, reason=reason.strip(), remarks=count)
    return moved(assessment, row)


@transaction.atomic
def approve(
    assessment: Assessment, *, by: User, remark: str = "", remarks: Mapping[Question, str] | None = None
) -> Assessment:
    """Approve the answers as a fair picture of the programme."""
    row = locked(assessment)
    if row.state == State.APPROVED and row.reviewed_by_id == by.pk:
        return moved(assessment, row)
    _must_review(row, by)
    count = _write(row, remarks, by)
    if remark.strip():
        _note(row, ReviewKind.APPROVAL, remark.strip(), by)
    row.state, row.reviewed_by, row.reviewed_at = State.APPROVED, by, timezone.now()
    row.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    tell_decided(row)
    record("assessment.approved", row, by, remarks=count)
    return moved(assessment, row)
