"""What happened to an assessment, in sentences, from the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from portal.assessments.models import Assessment
from portal.core.models import AuditEvent

WORDS: dict[str, StrOrPromise] = {
    "assessment.started": gettext_lazy("Started"),
    "assessment.begun": gettext_lazy("First answer"),
    "assessment.delegated": gettext_lazy("Section given to %(name)s"),
    "assessment.delegation-withdrawn": gettext_lazy("Section taken back from %(name)s"),
    "assessment.handed-back": gettext_lazy("Section handed back by %(name)s"),
    "assessment.submitted": gettext_lazy("Submitted for review"),
    "assessment.remarked": gettext_lazy("Remarks added"),
    "assessment.returned": gettext_lazy("Returned with remarks"),
    "assessment.approved": gettext_lazy("Approved"),
    "assessment.reopened": gettext_lazy("Reopened"),
    "assessment.closed": gettext_lazy("Closed"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history."""

    at: datetime
    who: str
    what: str
    words: str


def told(assessment: Assessment) -> list[Told]:
    """The history of an assessment, newest first. One query."""
    rows = AuditEvent.objects.filter(target_key=assessment.key, event__in=list(WORDS))
    return [
        Told(
            row.at,
            row.actor_label,
            _fill(str(WORDS[row.event]), row.details),
            str(row.details.get("reason") or row.details.get("message") or ""),
        )
        for row in rows.order_by("-at", "-pk")
    ]


def _fill(words: str, details: dict[str, object]) -> str:
    name = details.get("name") or _("somebody")
    section = details.get("section")
    filled = words % {"name": name} if "%(name)s" in words else words
    return f"{filled} ({section})" if section else filled
