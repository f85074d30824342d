"""How many pages answer, and how many with each value of each facet. Pure.

A page in two languages is one. A facet's counts obey the choices in all other facets and not in itself, so that
they say what else could be chosen.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.search.filters import FACETS, Filters
from portal.search.profiles import Profile

Entry = int
"""The number of a profile times two, and one more in the reader's language."""
NOTHING = Profile(kind="")
"""What is said of a page that is being taken out while it is counted."""
Values = tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Tally:
    """How many pages; facet -> value -> how many. `more`: there are more, which were not counted.

    `lifted` is how many there would be without the choices in a facet.
    """

    total: int = 0
    lifted: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    more: bool = False


class Counting:
    """Counts for one set of choices, on one day, for a reader of one language (`languages[1]`)."""

    def __init__(
        self, profiles: Mapping[int, Profile], filters: Filters, on: dt.date, languages: tuple[str, str]
    ) -> None:
        self.profiles, self.filters, self.on = profiles, filters, on
        self.languages = ((languages[0],), (languages[1],))
        self.chosen = [
            (at, facet, frozenset(filters.of(facet))) for at, facet in enumerate(FACETS) if filters.of(facet)
        ]

    def values(self, entry: Entry) -> Values:
        """The values of each of FACETS."""
        profile = self.profiles.get(entry >> 1, NOTHING)
        state = profile.state(self.on)
        return (*profile.values, (state,) if state else (), self.languages[entry & 1])

    def passes(self, entry: Entry) -> bool:
        """Whether an entry has a chosen value of each facet in which there is a choice."""
        return not self._failing(self.values(entry))

    def _failing(self, values: Values) -> list[int]:
        return [at for at, _facet, chosen in self.chosen if chosen.isdisjoint(values[at])]

    def count(self, rows: Iterable[tuple[Any, ...]]) -> Tally:
        """The tally of rows of (id, fold, entry, …)."""
        tally = Tally()
        counts: list[dict[tuple[str, ...], int]] = [defaultdict(int) for _ in FACETS]
        single, several = _pages(rows)
        for entry, number in single.items():
            self._count(tally, counts, [entry], number)
        for entries, number in several.items():
            self._count(tally, counts, entries, number)
        tally.facets = {name: one for name, facet in zip(FACETS, counts, strict=True) if (one := _single(facet))}
        return tally

    def _count(
        self, tally: Tally, counts: list[dict[tuple[str, ...], int]], entries: Sequence[Entry], number: int
    ) -> None:
        """Add so many pages, which answer by these entries: each counts where it passes, or fails by one facet."""
        passed, alone = False, set[int]()
        shown: list[set[str]] | None = None if len(entries) == 1 else [set() for _ in FACETS]
        for entry in entries:
            values = self.values(entry)
            failing = self._failing(values) if self.chosen else []
            if len(failing) > 1:
                continue
            passed = passed or not failing
            alone.update(failing)
            for at in failing or range(len(FACETS)):
                if shown is None:
                    counts[at][values[at]] += number
                else:
                    shown[at].update(values[at])
        for at, own in enumerate(shown or ()):
            counts[at][tuple(sorted(own))] += number
        tally.total += number * passed
        for at, facet, _chosen in self.chosen:
            if passed or at in alone:
                tally.lifted[facet] = tally.lifted.get(facet, 0) + number


def _single(counts: Mapping[tuple[str, ...], int]) -> dict[str, int]:
    """value -> how many, from several values together -> how many."""
    single: dict[str, int] = defaultdict(int)
    for values, number in counts.items():
        for value in values:
            single[value] += number
    return dict(single)


def _pages(rows: Iterable[tuple[Any, ...]]) -> tuple[Counter[Entry], Counter[tuple[Entry, ...]]]:
    """How many pages answer by each entry alone, and by several together."""
    pages: dict[int, Entry] = {}
    several: dict[int, set[Entry]] = {}
    for row in rows:
        fold, entry = row[1], row[2]
        held = pages.setdefault(fold, entry)
        if held != entry:
            several.setdefault(fold, {held}).add(entry)
    together = Counter(tuple(sorted(entries)) for entries in several.values())
    return Counter(entry for fold, entry in pages.items() if fold not in several), together
