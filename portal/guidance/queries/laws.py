"""Reads of laws; every read takes the date."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portal.core.errors import NotFound
from portal.guidance.models import Instrument, InstrumentState, Provision, ProvisionText
from portal.guidance.queries.records import Law, law
from portal.guidance.queries.texts import shown_on


def instruments() -> QuerySet[Instrument]:
    """The instruments that are in the library, with jurisdiction and authority."""
    return Instrument.objects.filter(withdrawn_on=None).select_related("jurisdiction", "authority")


def in_state(rows: QuerySet[Instrument], state: str, *, on: dt.date) -> QuerySet[Instrument]:
    """Those that stand in this state on a date; the SQL twin of Instrument.state."""
    repealed = Q(repealed__lte=on)
    suspended = Q(suspended_until__gt=on) & ~repealed
    conditions = {
        InstrumentState.REPEALED: repealed,
        InstrumentState.SUSPENDED: suspended,
        InstrumentState.UNDATED: Q(in_force=None) & ~repealed & ~suspended,
        InstrumentState.IN_FORCE: Q(in_force__lte=on) & ~repealed & ~suspended,
        InstrumentState.FUTURE: Q(in_force__gt=on) & ~repealed & ~suspended,
    }
    try:
        return rows.filter(conditions[InstrumentState(state)])
    except ValueError:
        return rows


def dates_of(
    instrument: Instrument, *, shown: dt.date | None = None, within: Iterable[Provision] | None = None
) -> list[dt.date]:
    """The days on which something changed in an instrument, oldest first: its marks on the date bar. One query.

    Enacted days that are still to come are among them. `within` counts only the texts of these provisions.
    """
    texts = ProvisionText.objects.filter(
        shown_on(shown), provision__instrument=instrument.pk, provision__withdrawn_on=None
    )
    if within is not None:
        texts = texts.filter(provision__in=[row.pk for row in within])
    marks: set[dt.date | None] = set()
    for first, end in texts.order_by().values_list("valid_from", "valid_until").distinct():
        marks |= {first, end}
    marks |= {instrument.in_force, instrument.repealed, instrument.suspended_until}
    return sorted(day for day in marks if day)


@dataclass(slots=True)
class Place:
    """A provision among its neighbours."""

    provision: Provision
    instrument: Instrument
    parent: Provision | None
    below: list[Provision]
    before: Provision | None
    after: Provision | None
    law: Law | None = None  # the whole law, for a past showing


def place(key: str, label: str, *, shown: dt.date | None = None) -> Place:
    """A provision and where it stands, now or as this site showed it on a day. NotFound; NotShown."""
    if shown is not None:
        return _place_then(law(key, shown=shown), label)
    row = provision(key, label)
    before, after = neighbours(row)
    below = list(row.children.filter(withdrawn_on=None))
    return Place(row, row.instrument, row.parent, below, before, after)


def _place_then(then: Law, label: str) -> Place:
    row = then.provision(label)
    leaves = {other.pk for other in then.provisions} - {other.parent_id for other in then.provisions} | {row.pk}
    reading = [other for other in then.provisions if other.pk in leaves]
    at = reading.index(row)
    parent = next((other for other in then.provisions if other.pk == row.parent_id), None)
    before, after = reading[at - 1] if at else None, reading[at + 1] if at + 1 < len(reading) else None
    return Place(row, then.instrument, parent, then.below(row), before, after, then)


def provision(key: str, label: str) -> Provision:
    """One provision with its instrument. NotFound when there is none."""
    row = (
        Provision.objects.filter(key=f"{key}/{label}")
        .select_related("instrument__jurisdiction", "instrument__authority", "parent")
        .first()
    )
    if row is None:
        raise NotFound(f"{key}/{label}")
    return row


def neighbours(row: Provision) -> tuple[Provision | None, Provision | None]:
    """The provisions before and after this one at the same depth or above, for reading on."""
    same = Provision.objects.filter(instrument=row.instrument_id, withdrawn_on=None, texts__isnull=False).distinct()
    before = same.filter(position__lt=row.position).order_by("-position").first()
    after = same.filter(position__gt=row.position).order_by("position").first()
    return before, after
