"""Founding, renaming and closing."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core import audit
from portal.core.actors import Actor
from portal.core.errors import Conflict, PortalError
from portal.organisations.models import Kind, Membership, Organisation, Role
from portal.organisations.permissions import forget
from portal.organisations.signals import closed
from portal.references.queries import addresses


@transaction.atomic
def found(
    *, name: str, kind: str, owner: User, by: Actor, country: str = "", authority_key: str = "", slug: str = ""
) -> Organisation:
    """Make an organisation with its first owner.

    Anybody may found a firm or a provider; an authority is made by an operator and speaks under `authority_key`.
    """
    if kind == Kind.AUTHORITY:
        _must_be_authority(authority_key)
    elif authority_key:
        raise PortalError(_("Only an authority publishes under the key of an authority."))
    organisation = Organisation.objects.create(
        slug=free_slug(slug or name),
        name=name.strip(),
        kind=kind,
        country=country.upper(),
        authority_key=authority_key,
    )
    Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    forget(owner)
    audit.record(
        "organisation.founded",
        by=by,
        target=organisation.key,
        label=organisation,
        organisation=organisation.key,
        kind=kind,
        owner=owner.actor.key,
    )
    return organisation


def _must_be_authority(key: str) -> None:
    address = addresses([key]).get(key) if key else None
    if address is None or address.kind != "authority":
        raise PortalError(_("“%(key)s” is not the key of an authority in the library.") % {"key": key})


def free_slug(name: str) -> str:
    """A slug that nobody has, from the name; names without Latin letters get a short random one."""
    base = slugify(name)[:32].strip("-") or f"organisation-{secrets.token_hex(3)}"
    slug = base
    while Organisation.objects.filter(slug=slug).exists():
        slug = f"{base}-{secrets.token_hex(2)}"
    return slug


@transaction.atomic
def rename(organisation: Organisation, *, name: str, country: str, by: Actor) -> None:
    """Change the name and country that people see. The key stays."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    name, country = name.strip(), country.upper()
    if (row.name, row.country) == (name, country):
        return
    was, row.name, row.country = row.name, name, country
    row.save(update_fields=["name", "country"])
    organisation.name, organisation.country = name, country
    audit.record("organisation.renamed", by=by, target=row.key, label=row, organisation=row.key, was=was)


@transaction.atomic
def close(organisation: Organisation, *, name: str, by: Actor) -> None:
    """End it for everybody: nobody works for it any more, its tokens and invitations end. Its records stay.

    `name` is what the person typed to show that they mean this one.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.closed_at:
        return
    if name.strip() != row.name:
        raise Conflict(_("Type the name exactly as it stands here: %(name)s") % {"name": row.name})
    row.closed_at = organisation.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
    row.tokens.filter(revoked_at=None).update(revoked_at=row.closed_at)
    row.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=row.closed_at)
    closed.send(sender=Organisation, organisation=row, by=by)
    audit.record("organisation.closed", by=by, target=row.key, label=row, organisation=row.key)
