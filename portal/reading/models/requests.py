"""Read and acknowledged: what an organisation asks its people to read, and that they did.

A request has cycles: when the thing changes and it is asked again, a new cycle with new rows begins, and nothing
of the earlier one is reset.
"""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from portal.accounts.models import User
from portal.organisations.models import Organisation


class Audience(models.TextChoices):
    """Who is asked. The first two follow the organisation: who joins later is asked too."""

    EVERYBODY = "everybody", _("Everybody but auditors")
    ROLES = "roles", _("Everybody in certain roles")
    CHOSEN = "chosen", _("Certain people")


class ReadingRequest(models.Model):
    """An organisation asks its people to read what stands at a key. `rounds` is the number of the newest cycle."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reading_requests")
    key = models.CharField(max_length=200)
    title = I18nCharField(max_length=600)
    kind = models.CharField(max_length=30)
    note = models.TextField(blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYBODY)
    roles = models.JSONField(default=list, blank=True)
    days = models.PositiveSmallIntegerField(help_text="From asking to the due day, for those who are asked later.")
    again = models.BooleanField(default=False)
    rounds = models.PositiveSmallIntegerField(default=1)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="reading_of_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("reading:reading_request", kwargs={"ref": self.ref})

    @property
    def target(self) -> str:
        """What the audit trail calls it."""
        return f"reading/{self.ref}"


class Cycle(models.Model):
    """One round of asking, about the thing as it stood at `opened_at`."""

    request = models.ForeignKey(ReadingRequest, on_delete=models.PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    version = models.CharField(max_length=20, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="cycle_once")]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.number}"


class Asked(models.Model):
    """One person is asked in one cycle. Read it through queries.asked(), which says whether they still belong."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="asked")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "person"], name="asked_once_in_a_cycle")]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.cycle}"


class Acknowledgement(models.Model):
    """A person said that they have read and understood these words. Only ever added, by actions.acknowledge.

    Names and titles are as they were; `digest` is that of the words shown, in `language`.
    """

    asked = models.OneToOneField(Asked, on_delete=models.PROTECT, related_name="acknowledgement")
    person_name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True)
    title = I18nCharField(max_length=600)
    version = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.key}"
