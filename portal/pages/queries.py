"""Reads for the home page: what the library holds, what changed lately, which dates are coming."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from i18nfield.strings import LazyI18nString

from portal.guidance.models import Event, Instrument
from portal.notices.models import Notice
from portal.notices.queries import published
from portal.references.models import Address

SHOWN = ["instrument", "provision", "entry", "guideline", "case", "notice", "term", "course"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of the home page: Markdown without an address of its own, or plain words that lead to `href`."""

    date: dt.date
    text: LazyI18nString
    href: str = ""
    note: str = ""


def library() -> list[tuple[str, int]]:
    """(kind, how many) of what can be read here, in the order of SHOWN; kinds of which there are none are left out.

    One query.
    """
    rows = Address.objects.filter(kind__in=SHOWN, alias_of="", withdrawn_on=None).order_by()
    counts = dict(rows.values_list("kind").annotate(n=Count("pk")))
    return [(kind, counts[kind]) for kind in SHOWN if counts.get(kind)]


def recent(*, on: dt.date, limit: int = 5) -> list[Dated]:
    """The newest notices and events up to a date, newest first. Two queries."""
    events = Event.objects.filter(withdrawn_on=None, sort_date__lte=on).order_by("-sort_date", "slug")[:limit]
    dated = [Dated(row.sort_date, row.text) for row in events]
    dated += [
        _notice(row, row.published_at.date()) for row in notices().order_by("-published_at")[:limit] if row.published_at
    ]
    return sorted(dated, key=lambda line: line.date, reverse=True)[:limit]


def coming(*, on: dt.date, limit: int = 5) -> list[Dated]:
    """What is set for after a date, soonest first: events, laws and notices that take effect. Three queries."""
    events = Event.objects.filter(withdrawn_on=None, sort_date__gt=on).order_by("sort_date", "slug")[:limit]
    laws = Instrument.objects.filter(withdrawn_on=None, in_force__gt=on).order_by("in_force", "key")[:limit]
    dated = [Dated(row.sort_date, row.text) for row in events]
    dated += [Dated(row.in_force, row.title, row.get_absolute_url()) for row in laws if row.in_force]
    ahead = notices().filter(effective_on__gt=on).order_by("effective_on", "slug")[:limit]
    dated += [_notice(row, row.effective_on) for row in ahead if row.effective_on]
    return sorted(dated, key=lambda line: line.date)[:limit]


def notices() -> QuerySet[Notice]:
    """The notices that stand, without what belongs to them."""
    return published().filter(withdrawn_on=None).prefetch_related(None)


def _notice(row: Notice, day: dt.date) -> Dated:
    return Dated(day, row.title, row.get_absolute_url(), row.get_kind_display())
