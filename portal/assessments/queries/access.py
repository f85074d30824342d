"""What one person may see and do in one assessment."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assessments.models import Assessment, Delegation, DelegationState, Section
from portal.core.errors import NotFound
from portal.organisations.models import Organisation
from portal.organisations.permissions import can


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at an assessment. `delegated` is section id -> state of the newest delegation that was not withdrawn."""

    user: User
    assessment: Assessment
    whole: bool
    delegated: Mapping[int, str]

    def may(self, action: str) -> bool:
        return can(self.user, action, self.assessment.organisation)

    def sees(self, section: Section) -> bool:
        return self.whole or section.pk in self.delegated

    def answers(self, section: Section) -> bool:
        """Whether the person may change answers of this section now."""
        asked = self.delegated.get(section.pk) == DelegationState.OPEN
        return self.assessment.is_open and (self.may("assessment.answer") or asked)

    @property
    def reviews(self) -> bool:
        """Whether the person may decide about it now: not the one who submitted it."""
        in_review = self.assessment.state == "in_review"
        return in_review and self.may("assessment.review") and self.assessment.submitted_by_id != self.user.pk


def find(organisation: Organisation, ref: uuid.UUID) -> Assessment:
    """An assessment of this organisation; NotFound for those of others."""
    rows = Assessment.objects.select_related("questionnaire_version__questionnaire", "organisation")
    found = rows.filter(organisation=organisation, ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such assessment."))
    return found


def delegations_of(user: User, assessment: Assessment) -> dict[int, str]:
    """Section id -> state, of what this person was asked to answer and was not taken back."""
    rows = Delegation.objects.filter(user=user, assessment=assessment).exclude(state=DelegationState.WITHDRAWN)
    return dict(rows.order_by("pk").values_list("section_id", "state"))


def seat(user: User, organisation: Organisation, ref: uuid.UUID) -> Seat:
    """The person's seat at an assessment; NotFound when they may not know of it. Two queries at most."""
    assessment = find(organisation, ref)
    if can(user, "assessment.read", organisation):
        return Seat(user, assessment, whole=True, delegated={})
    delegated = delegations_of(user, assessment) if can(user, "assessment.contribute", organisation) else {}
    if not delegated:
        raise NotFound(_("There is no such assessment."))
    return Seat(user, assessment, whole=False, delegated=delegated)
