"""Asking somebody in, and coming in."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from portal.accounts.models import User
from portal.accounts.queries import deactivated
from portal.core import audit
from portal.core.actors import Actor
from portal.core.background import enqueue
from portal.core.errors import Conflict, NotAllowed
from portal.organisations import queries
from portal.organisations.models import Invitation, Membership, Organisation, new_token
from portal.organisations.permissions import forget, grantable

GOOD_FOR = timedelta(days=14)
CLOSED = gettext_noop("No mail can be sent to this address.")
MOST_A_DAY = 100
"""Invitations that one person may send in a day: the mail goes to strangers, with words that the person chose."""


@transaction.atomic
def invite(organisation: Organisation, *, email: str, role: str, inviter: User) -> Invitation:
    """Ask the owner of an address to join. An open invitation to the same address is replaced."""
    email = email.strip().lower()
    if role not in grantable(inviter, organisation):
        raise NotAllowed(_("You may not give this role."))
    if queries.members(organisation).filter(user__emailaddress__email__iexact=email).exists():
        raise Conflict(_("%(email)s belongs to the organisation already.") % {"email": email})
    _must_not_flood(inviter.actor)
    now = timezone.now()
    queries.invitations(organisation).filter(email__iexact=email).update(revoked_at=now)
    row = Invitation.objects.create(
        organisation=organisation, email=email, role=role, invited_by=inviter, expires_at=now + GOOD_FOR
    )
    enqueue("organisations.send_invitation", invitation_id=row.pk)
    _record("member.invited", row, inviter.actor)
    return row


@transaction.atomic
def resend(invitation: Invitation, *, by: Actor) -> None:
    """Send it again with a new link and a new term; the old link ends."""
    row = _open(invitation, expired_too=True)
    _must_not_flood(by)
    row.token, row.expires_at = new_token(), timezone.now() + GOOD_FOR
    row.sent_at, row.trouble = None, ""
    row.save(update_fields=["token", "expires_at", "sent_at", "trouble"])
    enqueue("organisations.send_invitation", invitation_id=row.pk)
    _record("member.invited_again", row, by)


@transaction.atomic
def revoke(invitation: Invitation, *, by: Actor) -> None:
    """Take it back."""
    row = _open(invitation, expired_too=True)
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    _record("member.invitation_revoked", row, by)


@transaction.atomic
def accept(invitation: Invitation, *, user: User) -> Membership:
    """Join. Only who has proved that the invited address is theirs; accepting twice is accepting once."""
    row = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
    if row.email.lower() not in queries.addresses(user):
        raise NotAllowed(_("This invitation is for another address. Sign in as %(email)s.") % {"email": row.email})
    present = Membership.objects.filter(organisation=row.organisation, user=user, ended_at=None).first()
    if row.accepted_at and present is not None:
        return present
    _open(row)
    row.accepted_at = timezone.now()
    row.save(update_fields=["accepted_at"])
    if present is not None:
        return present
    membership = Membership.objects.create(organisation=row.organisation, user=user, role=row.role)
    forget(user)
    key = row.organisation.key
    audit.record("member.joined", by=user.actor, target=user.actor.key, label=user, organisation=key, role=row.role)
    return membership


def send_invitation(invitation: Invitation) -> None:
    """Mail it, in both languages because nobody knows yet which one is read there. Sent ones are left alone."""
    if invitation.sent_at or invitation.state != "open":
        return
    if deactivated([invitation.email]):
        invitation.trouble = CLOSED
        invitation.save(update_fields=["trouble"])
        return
    mail = message(invitation)
    try:
        mail.send()
    except SMTPRecipientsRefused as refusal:
        code, words = next(iter(refusal.recipients.values()), (0, b""))
        invitation.trouble = f"{code} {words.decode(errors='replace')}"[:300]
        invitation.save(update_fields=["trouble"])
        return
    # Only this row's flag, and only if nobody renewed the link in the meantime.
    Invitation.objects.filter(pk=invitation.pk, token=invitation.token).update(sent_at=timezone.now())


def message(invitation: Invitation) -> EmailMultiAlternatives:
    """The mail with its text in English and Chinese."""
    subjects, texts, htmls = [], [], []
    for code, _name in settings.LANGUAGES:
        with override(code):
            link = settings.SITE_URL + reverse("organisations:invitation", kwargs={"token": invitation.token})
            context = {"invitation": invitation, "link": link, "SITE_NAME": settings.SITE_NAME, "code": code}
            subjects.append(
                _("Invitation to join %(organisation)s")
                % {"organisation": " ".join(str(invitation.organisation).split())}
            )
            texts.append(render_to_string("organisations/mail/invitation.txt", context).strip())
            htmls.append(render_to_string("organisations/mail/invitation.html", context))
    mail = EmailMultiAlternatives(" / ".join(subjects), "\n\n* * *\n\n".join(texts) + "\n", to=[invitation.email])
    mail.attach_alternative("\n<hr>\n".join(htmls), "text/html")
    return mail


def _must_not_flood(by: Actor) -> None:
    if queries.invited_lately(by, since=timezone.now() - timedelta(days=1)) >= MOST_A_DAY:
        raise Conflict(
            _("You have sent %(number)s invitations within a day. Please go on tomorrow.") % {"number": MOST_A_DAY}
        )


def _open(invitation: Invitation, *, expired_too: bool = False) -> Invitation:
    row = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
    if row.state == "open" or (expired_too and row.state == "expired"):
        return row
    raise Conflict(
        {
            "accepted": _("This invitation has been used."),
            "revoked": _("This invitation was taken back."),
            "expired": _("This invitation has run out. Ask for a new one."),
        }[row.state]
    )


def _record(event: str, row: Invitation, by: Actor) -> None:
    key = row.organisation.key
    audit.record(event, by=by, target=f"invitation/{row.pk}", label=row.email, organisation=key, role=row.role)
