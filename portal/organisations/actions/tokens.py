"""Tokens with which programs read for an organisation."""

import secrets

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.core import audit
from portal.core.actors import Actor
from portal.organisations.models import ApiToken, Organisation, token_hash

BEGINS = "ptl_"


@transaction.atomic
def make_token(organisation: Organisation, *, name: str, maker: User) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown once and kept nowhere."""
    raw = BEGINS + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        organisation=organisation,
        name=name.strip(),
        hash=token_hash(raw),
        prefix=raw[:10],
        scopes=["read"],
        created_by=maker,
    )
    key = organisation.key
    audit.record("token.made", by=maker.actor, target=f"token/{row.pk}", label=row, organisation=key)
    return row, raw


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor) -> None:
    """End it at once. Ending it twice is ending it once."""
    row = ApiToken.objects.select_for_update().select_related("organisation").get(pk=token.pk)
    if row.revoked_at:
        return
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    key = row.organisation.key
    audit.record("token.revoked", by=by, target=f"token/{row.pk}", label=row, organisation=key)
