"""Giving a section to a colleague, taking it back, handing it in."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assessments.actions.locking import locked, must_be_open, record
from portal.assessments.actions.telling import tell_delegated
from portal.assessments.models import Assessment, Delegation, DelegationState, Section
from portal.assessments.queries.work import candidates
from portal.core.errors import NotFound, PortalError
from portal.organisations.permissions import must


@transaction.atomic
def delegate(
    assessment: Assessment,
    section: Section,
    *,
    to: User,
    by: User,
    due_on: dt.date | None = None,
    message: str = "",
) -> Delegation:
    """Ask a member to answer a section. Asking the same person again only brings date and message up to date."""
    row = locked(assessment)
    must(by, "assessment.delegate", row.organisation)
    must_be_open(row)
    if section.version_id != row.questionnaire_version_id:
        raise NotFound(_("There is no such section in this assessment."))
    if not candidates(row.organisation).filter(pk=to.pk).exists():
        raise PortalError(_("%(person)s is not a member who can answer questions.") % {"person": to})
    made, _created = Delegation.objects.update_or_create(
        assessment=row,
        section=section,
        user=to,
        state=DelegationState.OPEN,
        defaults={"due_on": due_on, "message": message.strip()},
        create_defaults={
            "due_on": due_on,
            "message": message.strip(),
            "delegated_by": by,
            "delegated_at": timezone.now(),
        },
    )
    tell_delegated(made, by)
    record(
        "assessment.delegated",
        row,
        by,
        section=section.label,
        to=to.actor.key,
        name=str(to),
        due_on=due_on.isoformat() if due_on else "",
        message=message.strip(),
    )
    return made


@transaction.atomic
def withdraw_delegation(delegation: Delegation, *, by: User) -> Delegation:
    """Take a section back. What was answered stays."""
    assessment = locked(delegation.assessment)
    must(by, "assessment.delegate", assessment.organisation)
    return _end(delegation, assessment, DelegationState.WITHDRAWN, "assessment.delegation-withdrawn", by)


@transaction.atomic
def hand_back(delegation: Delegation, *, by: User) -> Delegation:
    """Say that a section is answered as far as one can. Only the person who was asked."""
    assessment = locked(delegation.assessment)
    if delegation.user_id != by.pk:
        raise NotFound(_("There is no such section in this assessment."))
    return _end(delegation, assessment, DelegationState.DONE, "assessment.handed-back", by)


def _end(delegation: Delegation, assessment: Assessment, state: str, event: str, by: User) -> Delegation:
    delegation.refresh_from_db(fields=["state", "ended_at"])
    if delegation.state == state:
        return delegation
    if delegation.state == DelegationState.WITHDRAWN:
        raise NotFound(_("There is no such section in this assessment."))
    delegation.state, delegation.ended_at = state, timezone.now()
    delegation.save(update_fields=["state", "ended_at"])
    record(event, assessment, by, section=delegation.section.label, name=str(delegation.user))
    return delegation
