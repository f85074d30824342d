"""An assessment of one firm's programme, and who was asked to answer which section."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.assessments.models.questionnaires import QuestionnaireVersion, Section
from portal.organisations.models import Organisation


class State(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("Not begun")
    IN_PROGRESS = "in_progress", _("Being answered")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned with remarks")
    APPROVED = "approved", _("Approved")
    CLOSED = "closed", _("Closed")


OPEN_STATES = (State.DRAFT, State.IN_PROGRESS, State.RETURNED)
"""The states in which answers may change."""

KINDS = {
    State.DRAFT: "neutral",
    State.IN_PROGRESS: "pending",
    State.IN_REVIEW: "pending",
    State.RETURNED: "attention",
    State.APPROVED: "good",
    State.CLOSED: "over",
}


class Assessment(models.Model):
    """One run through one version of a questionnaire. `ref` stands in its address."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="assessments")
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="assessments"
    )
    title = models.CharField(_("title"), max_length=200)
    scope = models.TextField(_("scope"), blank=True)
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_until = models.DateField(_("period until"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["organisation", "state"], name="assessment_of_firm")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"assessment/{self.ref}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def state_kind(self) -> str:
        """How the state is drawn: see the template tag `state`."""
        return KINDS[State(self.state)]

    def get_absolute_url(self) -> str:
        return reverse("assessments:assessment", kwargs={"ref": self.ref})


class DelegationState(models.TextChoices):
    OPEN = "open", _("Asked")
    DONE = "done", _("Handed back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Delegation(models.Model):
    """A person is asked to answer a section. Rows stay; asking again is a new row."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="delegations")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations")
    due_on = models.DateField(_("due on"), null=True, blank=True)
    message = models.TextField(_("message"), blank=True)
    state = models.CharField(max_length=10, choices=DelegationState.choices, default=DelegationState.OPEN)
    delegated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    delegated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["section__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "section", "user"],
                condition=Q(state="open"),
                name="delegation_once_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["user", "state"], name="delegation_of_person")]

    def __str__(self) -> str:
        return f"{self.section_id} → {self.user_id}"

    @property
    def state_kind(self) -> str:
        return {"open": "pending", "done": "good"}.get(self.state, "over")
