"""Reads of the desk: its board, keys to cite, and how many followers a notice reaches."""

from importlib import import_module
from importlib.util import find_spec
from typing import cast

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from portal.accounts.models import User
from portal.notices import queries
from portal.notices.models import Notice, State
from portal.organisations.models import Kind, Membership
from portal.organisations.permissions import roles_that_can
from portal.references.models import Address

COLUMNS = [State.FAILED, State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.PUBLISHED, State.WITHDRAWN]
NEWEST = 12


def board(authority_key: str) -> list[tuple[State, list[Notice], int]]:
    """(state, its newest notices, how many there are) in the order of work; empty states of trouble left out."""
    found: dict[str, list[Notice]] = {state: [] for state in COLUMNS}
    for row in queries.of_authority(authority_key):
        found[row.state].append(row)
    return [
        (state, found[state][:NEWEST], len(found[state]))
        for state in COLUMNS
        if found[state] or state not in {State.FAILED, State.WITHDRAWN}
    ]


def keys_like(words: str, *, limit: int = 12) -> QuerySet[Address]:
    """Keys whose beginning, key or title holds these words; those that begin with them first."""
    text = words.strip().lower()
    if len(text) < 2:
        return Address.objects.none()
    rows = Address.objects.filter(alias_of="", withdrawn_on=None)
    for word in text.split():
        rows = rows.filter(Q(key__contains=word) | Q(title__icontains=word))
    first = Case(When(key__startswith=text, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(first, "key")[:limit]


def reach(jurisdictions: list[str], topics: list[str]) -> int | None:
    """How many followers hear of a notice about these; None where nobody counts them."""
    if find_spec("portal.updates.queries") is None:
        return None
    count = getattr(import_module("portal.updates.queries"), "reach", None)
    return cast(int, count(jurisdictions, topics, ["notice"])) if count is not None else None


def people_of(authority_key: str) -> QuerySet[User]:
    """Who drafts and publishes for this authority and can still sign in."""
    roles = {*roles_that_can("notice.draft"), *roles_that_can("notice.publish")}
    members = Membership.objects.filter(
        ended_at=None,
        role__in=roles,
        organisation__kind=Kind.AUTHORITY,
        organisation__authority_key=authority_key,
        organisation__closed_at=None,
    )
    return User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk")
