"""Writes of the address book, in sets."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from portal.references.models import Address, Citation

FIELDS = ["kind", "title", "short", "gist", "route", "arguments", "fragment", "dated", "alias_of", "withdrawn_on"]


@transaction.atomic
def register(addresses: Iterable[Address]) -> None:
    """Write these rows of the address book; those that exist are brought up to date."""
    Address.objects.bulk_create(
        addresses, update_conflicts=True, unique_fields=["key"], update_fields=FIELDS, batch_size=500
    )


def withdraw(keys: Iterable[str], *, on: date) -> None:
    """Mark these keys as withdrawn; they keep their pages."""
    Address.objects.filter(key__in=list(keys), withdrawn_on=None).update(withdrawn_on=on)


@transaction.atomic
def cite(source_key: str, version: str, targets: Iterable[tuple[str, str]]) -> None:
    """Replace what this version of a source cites by these (target key, role) pairs."""
    cite_many({(source_key, version): targets})


@transaction.atomic
def cite_many(sources: dict[tuple[str, str], Iterable[tuple[str, str]]]) -> None:
    """As `cite`, for many sources in a few queries."""
    keys = [key for key, _ in sources]
    for start in range(0, len(keys), 500):
        rows = Citation.objects.filter(source_key__in=keys[start : start + 500])
        stale = [row.pk for row in rows if (row.source_key, row.source_version) in sources]
        for batch in range(0, len(stale), 500):
            Citation.objects.filter(pk__in=stale[batch : batch + 500]).delete()
    Citation.objects.bulk_create(
        (
            Citation(source_key=key, source_version=version, target_key=target, role=role)
            for (key, version), targets in sources.items()
            for target, role in dict.fromkeys(targets)
        ),
        batch_size=500,
    )
