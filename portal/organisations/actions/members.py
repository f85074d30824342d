"""Changing roles, removing, leaving. An organisation always keeps an owner."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core import audit
from portal.core.actors import Actor
from portal.core.errors import Conflict, PortalError
from portal.organisations import queries
from portal.organisations.models import ROLES_OF_KIND, Membership, Organisation, Role
from portal.organisations.permissions import forget, grantable


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: Actor) -> None:
    """Give a member another role of this kind of organisation."""
    row = _locked(membership)
    if role not in ROLES_OF_KIND[row.organisation.kind]:
        raise PortalError(_("This role does not exist in an organisation of this kind."))
    if row.role == role:
        return
    _must_keep_an_owner(row)
    was, row.role = row.role, role
    row.save(update_fields=["role"])
    _take_back_invitations(row, by)
    _record("member.role_changed", row, by, was=was, role=role)


@transaction.atomic
def remove(membership: Membership, *, by: Actor) -> None:
    """End somebody's membership; the row stays with its dates."""
    row = _locked(membership)
    _end(row)
    _take_back_invitations(row, by)
    _record("member.removed", row, by, role=row.role)


@transaction.atomic
def leave(membership: Membership, *, by: Actor) -> None:
    """End one's own membership."""
    row = _locked(membership)
    _end(row)
    _record("member.left", row, by, role=row.role)


@transaction.atomic
def leave_all(user: User, *, by: Actor) -> None:
    """Leave every organisation, when an account is closed. Conflict when one would be left without an owner."""
    for row in Membership.objects.filter(user=user, ended_at=None, organisation__closed_at=None):
        leave(row, by=by)


def _locked(membership: Membership) -> Membership:
    """The row as it stands, with the organisation locked so that two owners cannot go at the same moment."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    row = Membership.objects.select_related("organisation", "user").get(pk=membership.pk)
    if row.ended_at:
        raise Conflict(_("%(person)s does not belong to the organisation any more.") % {"person": row.user})
    return row


def _must_keep_an_owner(row: Membership) -> None:
    if row.role == Role.OWNER and not queries.owners(row.organisation).exclude(pk=row.pk).exists():
        raise Conflict(
            _("%(person)s is the last owner of %(organisation)s. Make somebody else an owner first, or close it.")
            % {"person": row.user, "organisation": row.organisation}
        )


def _end(row: Membership) -> None:
    _must_keep_an_owner(row)
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])


def _take_back_invitations(row: Membership, by: Actor) -> None:
    """End the open invitations of somebody who may not give these roles any more.

    Else who is removed could come back by an invitation to another address of their own.
    """
    forget(row.user)
    mine = queries.invitations(row.organisation).filter(invited_by=row.user)
    lost = list(mine.exclude(role__in=grantable(row.user, row.organisation)))
    for invitation in lost:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        audit.record(
            "member.invitation_revoked",
            by=by,
            target=f"invitation/{invitation.pk}",
            label=invitation.email,
            organisation=row.organisation.key,
            role=invitation.role,
        )


def _record(event: str, row: Membership, by: Actor, **details: str) -> None:
    forget(row.user)
    key = row.organisation.key
    audit.record(event, by=by, target=row.user.actor.key, label=row.user, organisation=key, **details)
