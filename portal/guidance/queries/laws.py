"""Reads of laws; every read takes the date."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from portal.core.errors import NotFound
from portal.core.texts import LANGUAGE_CODES
from portal.guidance.models import Instrument, InstrumentState, Provision, ProvisionText


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


def texts_on(provisions: Iterable[Provision], on: dt.date) -> dict[int, dict[str, ProvisionText]]:
    """provision id -> language -> the text that is good on that date, as the site shows it now. One query."""
    rows = ProvisionText.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=on),
        provision__in=[provision.pk for provision in provisions],
        valid_from__lte=on,
        retired_at=None,
    )
    found: dict[int, dict[str, ProvisionText]] = {}
    for row in rows.order_by("kind", "valid_from"):
        found.setdefault(row.provision_id, {})[row.language] = row
    return found


@dataclass(slots=True)
class Line:
    """A provision with the text that a reader is shown; `text` is None where nothing is good on the date."""

    provision: Provision
    text: ProvisionText | None
    html: str = ""
    other: list[str] = field(default_factory=list)


def lines(provisions: Iterable[Provision], on: dt.date) -> list[Line]:
    """The provisions in order, each with its text on a date in the reader's language, else in the other."""
    listed = list(provisions)
    texts = texts_on(listed, on)
    order = [get_language() or "en", *LANGUAGE_CODES]
    found = []
    for provision in listed:
        mine = texts.get(provision.pk, {})
        text = next((mine[code] for code in order if code in mine), None)
        found.append(Line(provision, text))
    return found


def dates_of(instrument: Instrument) -> list[dt.date]:
    """The days on which something changed in an instrument, oldest first: its marks on the date bar."""
    days = ProvisionText.objects.filter(provision__instrument=instrument, retired_at=None)
    marks = set(days.values_list("valid_from", flat=True).distinct())
    marks |= {day for day in (instrument.in_force, instrument.repealed, instrument.suspended_until) if day}
    return sorted(marks)


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
