"""The date bar of a law or a provision, and the ways from it to what changed on each of its days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.datebar import DateBar, Mark, Span, date_bar
from portal.core.dates import today
from portal.guidance import presenting
from portal.guidance.models import Instrument
from portal.guidance.views.laws.viewpoint import Viewpoint

RECENT = 3


def state(row: Instrument, on: dt.date) -> tuple[str, str]:
    """A word and a kind for where an instrument stands."""
    found = row.state(on)
    return presenting.state_word(found), presenting.KINDS[found]


def bar(instrument: Instrument, here: Viewpoint, days: Sequence[dt.date]) -> DateBar:
    """The date bar of an instrument: its state, and the days on which something changed."""
    word, kind = state(instrument, here.on)
    return date_bar(
        on=here.on,
        today=today(),
        words=word,
        kind=kind,
        sentence=presenting.state_sentence(instrument, here.on),
        marks=[Mark(day, words_for(instrument, day), here.but(on=day)) for day in days],
        spans=_spans(instrument),
    )


def days_with(instrument: Instrument, days: Sequence[dt.date]) -> list[dt.date]:
    """These days and those on which the state of the instrument changed, oldest first."""
    states = (instrument.in_force, instrument.repealed, instrument.suspended_until)
    return sorted({*days, *(day for day in states if day)})


def _spans(instrument: Instrument) -> list[Span]:
    """From the day in force to the repeal; suspended up to a day; over since the repeal."""
    first, end, until = instrument.in_force, instrument.repealed, instrument.suspended_until
    found = []
    if first and until and until > first:
        found.append(Span(first, until, "attention"))
        first = until
    if first and (end is None or end > first):
        found.append(Span(first, end, "good"))
    return [*found, Span(end, None, "over")] if end else found


def words_for(instrument: Instrument, day: dt.date) -> str:
    """What happened on a day on which something changed."""
    named = {
        instrument.suspended_until: _("end of the suspension"),
        instrument.repealed: _("repealed"),
        instrument.in_force: _("in force"),
    }
    return named.get(day, _("text changed"))


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which words changed, and the query of the comparison that shows how."""

    day: dt.date
    future: bool
    query: str


def turns(days: Sequence[dt.date], here: Viewpoint) -> list[Turn]:
    """The days on which something changed after the first one, oldest first, each with its comparison."""
    shown = f"&from_shown={here.shown}&to_shown={here.shown}" if here.shown else ""
    return [
        Turn(day, day > today(), f"?from={day - dt.timedelta(days=1)}&to={day}{shown}")
        for day in list(days)[1:]
    ]  # fmt: skip


def near(found: Sequence[Turn]) -> list[Turn]:
    """All that are to come, and the last few that came."""
    past = [turn for turn in found if not turn.future]
    return past[-RECENT:] + [turn for turn in found if turn.future]
