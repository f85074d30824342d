"""Who hears by mail of what happened to an assessment; portal.assessments.mails has the words."""

import hashlib

from portal.accounts.actions import mail
from portal.accounts.models import User
from portal.assessments.models import Assessment, Delegation, State
from portal.assessments.queries.work import reviewers


def tell_delegated(delegation: Delegation, by: User) -> None:
    """The person who is asked; again when the date or the message has changed."""
    if delegation.user_id == by.pk:
        return
    said = hashlib.sha256(f"{delegation.due_on}/{delegation.message}".encode()).hexdigest()[:16]
    occasion = f"delegation/{delegation.pk}/{said}"
    mail("assessments.delegated", to=[delegation.user], occasion=occasion, delegation_id=delegation.pk)


def tell_submitted(assessment: Assessment) -> None:
    """Everybody who may review it."""
    occasion = f"{assessment.key}/submitted/{assessment.submitted_at:%Y%m%dT%H%M%S.%f}"
    mail("assessments.submitted", to=reviewers(assessment), occasion=occasion, assessment_id=assessment.pk)


def tell_decided(assessment: Assessment) -> None:
    """Who started and who submitted it, unless they decided themselves."""
    kind = "assessments.approved" if assessment.state == State.APPROVED else "assessments.returned"
    people = User.objects.filter(pk__in=[assessment.started_by_id, assessment.submitted_by_id], is_active=True)
    occasion = f"{assessment.key}/reviewed/{assessment.reviewed_at:%Y%m%dT%H%M%S.%f}"
    to = people.exclude(pk=assessment.reviewed_by_id or 0)
    mail(kind, to=to, occasion=occasion, assessment_id=assessment.pk)
