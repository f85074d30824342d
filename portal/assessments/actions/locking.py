"""What every action on an assessment begins and ends with."""

from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assessments.models import Assessment
from portal.core import audit
from portal.core.errors import Conflict


def locked(assessment: Assessment) -> Assessment:
    """The row as it is now, held until the transaction ends, so that answering and submitting do not cross."""
    row = Assessment.objects.select_for_update(of=("self",)).select_related("organisation")
    return row.get(pk=assessment.pk)


def must_be_open(assessment: Assessment) -> None:
    if not assessment.is_open:
        raise Conflict(
            _("These answers can no longer be changed. State of the assessment: %(state)s.")
            % {"state": assessment.get_state_display()}
        )


def record(event: str, assessment: Assessment, by: User, **details: Any) -> None:
    """Leave the trace of an action."""
    audit.record(
        event,
        by=by.actor,
        target=assessment.key,
        label=assessment.title,
        organisation=assessment.organisation.key,
        **details,
    )


def moved(assessment: Assessment, row: Assessment) -> Assessment:
    """Bring the caller's object up to the row that was written."""
    for name in ("state", "submitted_by", "submitted_at", "reviewed_by", "reviewed_at", "closed_at"):
        setattr(assessment, name, getattr(row, name))
    return assessment
