"""People: they log in with their e-mail address."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.actors import Actor


class UserManager(BaseUserManager["User"]):
    """Makes people from an address and a password."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an address, a name to show, a language for mails and a time zone for dates."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("operator: may open the administration"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def actor(self) -> Actor:
        return Actor(f"user:{self.pk}", str(self))


def display(user: User) -> str:
    """How allauth names a person on its pages."""
    return str(user)


class MailState(models.TextChoices):
    """How far a personal mail has come.

    `HANDING` is written before the mail server is spoken to: if the process dies there, nobody can know whether
    the mail left, and the row becomes `UNCERTAIN`, which is never sent again.
    """

    PENDING = "pending", _("waiting")
    CLAIMED = "claimed", _("taken by a worker")
    HANDING = "handing", _("being handed over")
    HANDED_OVER = "handed-over", _("handed over")
    BOUNCED = "bounced", _("bounced")
    FAILED = "failed", _("failed")
    UNCERTAIN = "uncertain", _("uncertain")
    SUPPRESSED = "suppressed", _("the account is closed")
    NEEDLESS = "needless", _("not needed any more")


class PersonalMail(models.Model):
    """One mail to one person about one thing that happened: the ledger, not the words.

    `kind` names who composes it (accounts.mails), `occasion` what happened (`delegation/12`); a person hears of
    an occasion once. `ids` is what the composer needs to read the rows as they are when the mail leaves.
    """

    kind = models.CharField(max_length=60)
    occasion = models.CharField(max_length=120)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mails")
    ids = models.JSONField(default=dict)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=12, choices=MailState.choices, default=MailState.PENDING)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "occasion", "person"], name="personal_mail_once")]
        indexes = [
            models.Index(
                fields=["state", "not_before"],
                condition=models.Q(state__in=["pending", "claimed", "handing"]),
                name="mails_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occasion} → {self.person_id}"
