"""Firms, authorities and training providers, who belongs to them, invitations, and tokens for the API."""

import hashlib
import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


class Kind(models.TextChoices):
    """The three kinds of organisation."""

    FIRM = "firm", _("Firm")
    AUTHORITY = "authority", _("Authority")
    PROVIDER = "provider", _("Training provider")


class Role(models.TextChoices):
    """What a member is there for; organisations.permissions says what each may do."""

    OWNER = "owner", _("Owner")
    OFFICER = "officer", _("Compliance officer")
    CONTRIBUTOR = "contributor", _("Contributor")
    LEARNER = "learner", _("Learner")
    AUDITOR = "auditor", _("Auditor (reads only)")
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    PUBLISHER = "publisher", _("Publisher")
    TRAINER = "trainer", _("Trainer")


ROLES_OF_KIND: dict[str, list[Role]] = {
    Kind.FIRM: [Role.OWNER, Role.OFFICER, Role.CONTRIBUTOR, Role.LEARNER, Role.AUDITOR],
    Kind.AUTHORITY: [Role.OWNER, Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, Role.LEARNER, Role.AUDITOR],
    Kind.PROVIDER: [Role.OWNER, Role.TRAINER, Role.LEARNER, Role.AUDITOR],
}


class Organisation(models.Model):
    """A firm, an authority or a training provider. Nothing of one is visible to another."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.FIRM)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, such as CN or DE."))
    authority_key = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("For authorities: the key under which notices are published, such as authority/cn-mofcom."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"organisation/{self.slug}"


class Membership(models.Model):
    """A person's role in an organisation from a day to a day. Ended rows stay."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name", "user__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(ended_at=None), name="membership_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"


def new_token() -> str:
    """An unguessable token for a link."""
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """A mail that asks somebody to join with a role. Good until `expires_at`, once.

    `sent_at` is None as long as the mail waits for the worker; `trouble` holds why it could not be delivered.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    token = models.CharField(max_length=64, unique=True, default=new_token)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"

    @property
    def state(self) -> str:
        """`accepted`, `revoked`, `expired` or `open`."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at or self.organisation.closed_at:
            return "revoked"
        return "expired" if self.expires_at <= timezone.now() else "open"


class ApiToken(models.Model):
    """A key with which a program reads for an organisation. Only its hash is kept; `prefix` tells tokens apart."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"


def token_hash(raw: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(raw.encode()).hexdigest()
