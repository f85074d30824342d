"""The date bar: where a date stands among the dates of a text, laid out on a line from 0 to 1000. No Django here.

A view makes one with `date_bar(...)` and the template shows it: `{% include "components/datebar.html" with bar=bar %}`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """A date that matters to the text: what happened, and the address that shows the text on it."""

    date: dt.date
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """From a day up to, not including, another (None: for good) the text was in a state of this kind."""

    start: dt.date
    end: dt.date | None
    kind: str


@dataclass(frozen=True, slots=True)
class PlacedMark:
    mark: Mark
    x: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    x: int
    width: int
    kind: str


@dataclass(frozen=True, slots=True)
class DateBar:
    """What components/datebar.html shows. `words` and `kind` say in a word and a shape where `on` stands."""

    on: dt.date
    today: dt.date
    words: str
    kind: str
    sentence: str
    marks: list[PlacedMark]
    spans: list[PlacedSpan]
    ticks: list[int]
    first_year: int
    last_year: int
    chosen_x: int
    today_x: int

    @property
    def on_today(self) -> bool:
        return self.on == self.today


def date_bar(
    *,
    on: dt.date,
    today: dt.date,
    words: str,
    kind: str,
    sentence: str = "",
    marks: Sequence[Mark] = (),
    spans: Sequence[Span] = (),
) -> DateBar:
    """Lay the dates out on whole years, from the first year that matters up to the end of the last one."""
    dates = [on, today, *(mark.date for mark in marks), *(span.start for span in spans)]
    first, last = min(dates).year, max(dates).year + 1
    start, whole = dt.date(first, 1, 1), (dt.date(last, 1, 1) - dt.date(first, 1, 1)).days

    def place(day: dt.date) -> int:
        return round((day - start).days * WIDTH / whole)

    def span_of(span: Span) -> PlacedSpan:
        x = place(span.start)
        return PlacedSpan(x, (place(span.end) if span.end else WIDTH) - x, span.kind)

    return DateBar(
        on=on,
        today=today,
        words=words,
        kind=kind,
        sentence=sentence,
        marks=[PlacedMark(mark, place(mark.date), mark.date == on) for mark in sorted(marks, key=lambda m: m.date)],
        spans=[span_of(span) for span in spans],
        ticks=[place(dt.date(year, 1, 1)) for year in range(first, last)],
        first_year=first,
        last_year=last - 1,
        chosen_x=place(on),
        today_x=place(today),
    )
