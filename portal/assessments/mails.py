"""Mails about assessments, from the rows as they are when a mail leaves.

They carry titles and what one colleague writes to another; never answers, remarks, reasons or scores, because
mail is read on the way.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.mails import Letter, composes, url
from portal.accounts.models import User
from portal.assessments.models import Assessment, Delegation, DelegationState, State
from portal.core.texts import pick
from portal.organisations.permissions import can


@composes("assessments.delegated")
def delegated(person: User, ids: Mapping[str, Any]) -> Letter | None:
    """A section was given to this person."""
    rows = Delegation.objects.select_related("assessment__organisation", "section", "delegated_by")
    row = rows.filter(pk=ids["delegation_id"], state=DelegationState.OPEN).first()
    if row is None or not _may_contribute(person, row.assessment) or not row.assessment.is_open:
        return None
    words, _language = pick(row.section.title)
    return Letter(
        _("Please answer: %(section)s") % {"section": words},
        "emails/assessments/delegated",
        {
            "delegation": row,
            "section": words,
            "assessment": row.assessment,
            "link": url("assessments:section", ref=row.assessment.ref, label=row.section.label)
            + for_firm(row.assessment),
        },
    )


def _may_contribute(person: User, assessment: Assessment) -> bool:
    actions = ("assessment.contribute", "assessment.answer")
    return any(can(person, action, assessment.organisation) for action in actions)


@composes("assessments.submitted")
def submitted(person: User, ids: Mapping[str, Any]) -> Letter | None:
    """An assessment waits for this person's review."""
    row = _assessment(ids, State.IN_REVIEW)
    if row is None or row.submitted_by_id == person.pk or not can(person, "assessment.review", row.organisation):
        return None
    subject = _("For your review: %(title)s") % {"title": row.title}
    link = url("assessments:review", ref=row.ref) + for_firm(row)
    return Letter(subject, "emails/assessments/submitted", {"assessment": row, "link": link})


@composes("assessments.returned")
def returned(person: User, ids: Mapping[str, Any]) -> Letter | None:
    """An assessment came back for more work."""
    row = _assessment(ids, State.RETURNED)
    if row is None or not can(person, "assessment.read", row.organisation):
        return None
    subject = _("Returned with remarks: %(title)s") % {"title": row.title}
    link = url("assessments:assessment", ref=row.ref) + for_firm(row)
    return Letter(subject, "emails/assessments/returned", {"assessment": row, "link": link})


@composes("assessments.approved")
def approved(person: User, ids: Mapping[str, Any]) -> Letter | None:
    """An assessment was approved."""
    row = _assessment(ids, State.APPROVED, State.CLOSED)
    if row is None or not can(person, "assessment.read", row.organisation):
        return None
    subject = _("Approved: %(title)s") % {"title": row.title}
    link = url("assessments:result", ref=row.ref) + for_firm(row)
    return Letter(subject, "emails/assessments/approved", {"assessment": row, "link": link})


def _assessment(ids: Mapping[str, Any], *states: State) -> Assessment | None:
    rows = Assessment.objects.select_related("organisation", "submitted_by", "reviewed_by")
    return rows.filter(pk=ids["assessment_id"], state__in=states).first()


def for_firm(assessment: Assessment) -> str:
    """What a link says so that it opens for a member of several organisations too."""
    return f"?for={assessment.organisation.slug}"
