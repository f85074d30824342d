"""Certificates as issued, and what happened to them since."""

import datetime as dt
import secrets

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.courses.fingerprints import digest
from portal.courses.models.learning import Attempt

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that look alike


def new_serial() -> str:
    """A number to read aloud and type; too long to be guessed."""
    drawn = "".join(secrets.choice(LETTERS) for _place in range(12))
    return f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def new_token() -> str:
    """The unguessable part of the public address."""
    return secrets.token_urlsafe(18)


class CertificateState(models.TextChoices):
    """Where a certificate stands on a date."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Replaced by a newer certificate")
    REVOKED = "revoked", _("Revoked")


class EventKind(models.TextChoices):
    """What can happen to a certificate."""

    ISSUED = "issued", _("Issued")
    SUPERSEDED = "superseded", _("Replaced")
    REVOKED = "revoked", _("Revoked")


class Certificate(models.Model):
    """Proof of a passed attempt. `payload` is what was certified, word for word, whatever changes later."""

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="certificate")
    serial = models.CharField(max_length=20, unique=True, default=new_serial)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    payload = models.JSONField()
    payload_sha256 = models.CharField(max_length=64)
    template_version = models.PositiveSmallIntegerField(default=1)
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        return self.serial

    @property
    def key(self) -> str:
        return f"certificate/{self.serial}"

    def get_absolute_url(self) -> str:
        """The public page, which never goes away."""
        return reverse("courses:verification", kwargs={"token": self.token})

    @property
    def genuine(self) -> bool:
        """Whether the payload is still the one that was issued."""
        return digest(self.payload) == self.payload_sha256

    def state(self, on: dt.date) -> CertificateState:
        """Where the certificate stands on a date; a function of its rows alone (prefetch `events`)."""
        happened = {event.kind for event in self.events.all() if timezone.localtime(event.at).date() <= on}
        if EventKind.REVOKED in happened:
            return CertificateState.REVOKED
        if self.valid_until is not None and on > self.valid_until:
            return CertificateState.EXPIRED
        if EventKind.SUPERSEDED in happened:
            return CertificateState.SUPERSEDED
        return CertificateState.VALID


class CertificateEvent(models.Model):
    """Something that happened to a certificate, and why. Rows are only added."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    reason = models.TextField(blank=True)
    actor_key = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["certificate", "kind"], name="certificate_event_once")]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.kind}"
