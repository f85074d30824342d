"""Reads of regimes, lists and entries."""

from django.db.models import Count, Q, QuerySet

from portal.controls.models import Authority, ControlEntry, ControlList, Regime


def regimes() -> QuerySet[Regime]:
    """The regimes that are in the library."""
    return Regime.objects.filter(withdrawn_on=None)


def lists() -> QuerySet[ControlList]:
    """The lists that are in the library, each with `size`, its number of entries."""
    return (
        ControlList.objects.filter(withdrawn_on=None)
        .select_related("jurisdiction", "regime")
        .annotate(size=Count("entries", filter=Q(entries__withdrawn_on=None)))
    )


def entries(row: ControlList) -> QuerySet[ControlEntry]:
    """A list's entries in the order of reading."""
    return row.entries.filter(withdrawn_on=None)


def above(row: ControlEntry) -> list[ControlEntry]:
    """The entries above this one, from the top. One query for each level: lists are at most six deep."""
    found: list[ControlEntry] = []
    parent = row.parent
    while parent is not None:
        found.insert(0, parent)
        parent = parent.parent
    return found


def authorities() -> QuerySet[Authority]:
    """The authorities that are in the library."""
    return Authority.objects.filter(withdrawn_on=None).select_related("jurisdiction")
