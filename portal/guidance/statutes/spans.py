"""What a provision says from day to day, as spans, and what a new version of the act does to them. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to the day before `end` (None: without end), these words, by their digest."""

    first: dt.date
    end: dt.date | None
    digest: str

    def holds(self, day: dt.date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


def on(spans: Iterable[Span], day: dt.date) -> str | None:
    """The words of a day, by their digest."""
    return next((span.digest for span in spans if span.holds(day)), None)


def written(spans: Iterable[Span], first: dt.date, end: dt.date | None, digest: str | None) -> list[Span]:
    """The spans when from `first` until `end` these words stand (None: none), and every other day stays as it was.

    A span that meets equal words at its border is one with them, so that an act that did not change does not seem
    to have changed.
    """
    rest: list[Span] = []
    for span in spans:
        if span.first < first:
            rest.append(Span(span.first, min(span.end or first, first), span.digest))
        if end is not None and (span.end is None or span.end > end):
            rest.append(Span(max(span.first, end), span.end, span.digest))
    if digest is None:
        return sorted(rest, key=_first)
    new = Span(first, end, digest)
    before = next((span for span in rest if span.end == first and span.digest == digest), None)
    if before is not None:
        rest.remove(before)
        new = Span(before.first, new.end, digest)
    after = next((span for span in rest if end is not None and span.first == end and span.digest == digest), None)
    if after is not None:
        rest.remove(after)
        new = Span(new.first, after.end, digest)
    return sorted([*rest, new], key=_first)


def _first(span: Span) -> dt.date:
    return span.first
