"""Reads for the home page: what the library holds, what changed lately, which dates are coming."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from i18nfield.strings import LazyI18nString

from portal.guidance.models import Event, Instrument
from portal.references.models import Address

SHOWN = ["instrument", "provision", "entry", "guideline", "case", "term", "course"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of the home page: Markdown without an address of its own, or plain words that lead to `href`."""

    date: dt.date
    text: LazyI18nString
    href: str = ""
    note: LazyI18nString | str = ""


def library() -> list[tuple[str, int]]:
    """(kind, how many) of what can be read here, in the order of SHOWN; kinds of which there are none are left out.

    One query.
    """
    rows = Address.objects.filter(kind__in=SHOWN, alias_of="", withdrawn_on=None).order_by()
    counts = dict(rows.values_list("kind").annotate(n=Count("pk")))
    return [(kind, counts[kind]) for kind in SHOWN if counts.get(kind)]


def recent(*, on: dt.date, limit: int = 5) -> list[Dated]:
    """The newest events up to a date, newest first. One query."""
    rows = Event.objects.filter(withdrawn_on=None, sort_date__lte=on).order_by("-sort_date", "slug")[:limit]
    return [Dated(row.sort_date, row.text) for row in rows]


def coming(*, on: dt.date, limit: int = 5) -> list[Dated]:
    """What is set for after a date, soonest first: events, and laws that begin or return. Two queries."""
    events = Event.objects.filter(withdrawn_on=None, sort_date__gt=on).order_by("sort_date", "slug")[:limit]
    laws = Instrument.objects.filter(withdrawn_on=None, in_force__gt=on).order_by("in_force", "key")[:limit]
    dated = [Dated(row.sort_date, row.text) for row in events]
    dated += [Dated(row.in_force, row.title, row.get_absolute_url()) for row in laws if row.in_force]
    return sorted(dated, key=lambda line: line.date)[:limit]
