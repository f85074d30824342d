"""Reads: members, invitations, tokens and the trail of an organisation. Nothing here reads across organisations."""

from datetime import datetime, timedelta
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.models import AuditEvent
from portal.organisations.models import ApiToken, Invitation, Membership, Organisation, Role, token_hash

Row = TypeVar("Row", bound=Model)
SEEN_EVERY = timedelta(minutes=5)


def members(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to it now, by name."""
    rows = Membership.objects.filter(organisation=organisation, ended_at=None)
    return rows.select_related("user").order_by("user__name", "user__email")


def member(organisation: Organisation, pk: int) -> Membership:
    """One of its present members. NotFound for those of others."""
    return _one(members(organisation), pk)


def owners(organisation: Organisation) -> QuerySet[Membership]:
    """Its owners who can still sign in."""
    return members(organisation).filter(role=Role.OWNER, user__is_active=True)


def invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Those that nobody has accepted and nobody has taken back, newest first; expired ones too."""
    rows = Invitation.objects.filter(organisation=organisation, accepted_at=None, revoked_at=None)
    return rows.select_related("invited_by", "organisation")


def invitation(organisation: Organisation, pk: int) -> Invitation:
    """One of its open invitations. NotFound for those of others."""
    return _one(invitations(organisation), pk)


def invitation_with(token: str) -> Invitation:
    """The invitation of a link. NotFound when there is none."""
    found = Invitation.objects.select_related("organisation", "invited_by").filter(token=token).first()
    if found is None:
        raise NotFound(_("This invitation does not exist."))
    return found


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Invitations that wait for this person, under any address that is proved to be theirs."""
    rows = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    mine = Q(pk=None)
    for address in addresses(user):
        mine |= Q(email__iexact=address)
    return rows.filter(mine, organisation__closed_at=None).select_related("organisation", "invited_by")


def unsent_invitations(*, before: timedelta) -> QuerySet[Invitation]:
    """Open invitations whose mail has waited longer than this."""
    now = timezone.now()
    return Invitation.objects.filter(
        sent_at=None, trouble="", accepted_at=None, revoked_at=None, expires_at__gt=now, created_at__lt=now - before
    )


def invited_lately(by: Actor, *, since: datetime) -> int:
    """How many invitations somebody has sent since then, for whatever organisation, by the trail."""
    events = ["member.invited", "member.invited_again"]
    return AuditEvent.objects.filter(actor_key=by.key, event__in=events, at__gte=since).count()


def addresses(user: User) -> list[str]:
    """A person's verified addresses, in lower case."""
    rows = EmailAddress.objects.filter(user=user, verified=True)
    return [address.lower() for address in rows.values_list("email", flat=True)]


def tokens(organisation: Organisation) -> QuerySet[ApiToken]:
    """Its tokens, newest first; revoked ones too."""
    return ApiToken.objects.filter(organisation=organisation).select_related("created_by")


def token(organisation: Organisation, pk: int) -> ApiToken:
    """One of its tokens. NotFound for those of others."""
    return _one(tokens(organisation), pk)


def token_owner(raw: str) -> ApiToken | None:
    """The good token of this secret, with its organisation; None when it is unknown, revoked, or its owner closed.

    One query; `last_used_at` is written at most once in five minutes.
    """
    rows = ApiToken.objects.select_related("organisation")
    found = rows.filter(hash=token_hash(raw), revoked_at=None, organisation__closed_at=None).first()
    now = timezone.now()
    if found is not None and (found.last_used_at is None or found.last_used_at < now - SEEN_EVERY):
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found


def trail(organisation: Organisation, *, event: str = "") -> QuerySet[AuditEvent]:
    """What happened in it, newest first; `event` narrows to one kind."""
    rows = AuditEvent.objects.filter(organisation_key=organisation.key)
    return rows.filter(event=event) if event else rows


def events_in(organisation: Organisation) -> list[str]:
    """The kinds of events in its trail."""
    return list(trail(organisation).order_by("event").values_list("event", flat=True).distinct())


def _one(rows: QuerySet[Row], pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such thing in this organisation."))
    return found
