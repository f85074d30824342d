"""How many pages answer, and how many with each value of each facet. Pure.

A page in two languages is one. A facet's counts obey the choices in all other facets and not in itself, so that
they say what else could be chosen.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.search.filters import FACETS, Filters
from portal.search.profiles import Profile

Entry = tuple[int, int]
"""The number of a profile, and 1 for the reader's language."""


NOTHING = Profile(kind="")
"""What is said of a page that is being taken out while it is counted."""


@dataclass(slots=True)
class Tally:
    """How many pages; facet -> value -> how many. `more`: there are more, which were not counted."""

    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    more: bool = False


class Counting:
    """Counts for one set of choices, on one day, for a reader of one language (`languages[1]`)."""

    def __init__(
        self, profiles: Mapping[int, Profile], filters: Filters, on: dt.date, languages: tuple[str, str]
    ) -> None:
        self.profiles, self.filters, self.on, self.languages = profiles, filters, on, languages
        self.known: dict[Entry, tuple[tuple[str, ...], ...]] = {}

    def values(self, entry: Entry) -> tuple[tuple[str, ...], ...]:
        """The values of each of FACETS."""
        if entry not in self.known:
            profile = self.profiles.get(entry[0], NOTHING)
            state = profile.state(self.on)
            own = (state,) if state else ()
            self.known[entry] = (*profile.values, own, (self.languages[entry[1]],))
        return self.known[entry]

    def count(self, rows: Iterable[Sequence[int]]) -> Tally:
        """The tally of rows of (id, fold, profile, mine)."""
        tally = Tally()
        counts: list[Counter[str]] = [Counter() for _ in FACETS]
        for entries, number in _pages(rows).items():
            passed, shown = self._shown(entries)
            tally.total += number * passed
            for facet, values in zip(counts, shown, strict=True):
                for value in values:
                    facet[value] += number
        tally.facets = {name: dict(facet) for name, facet in zip(FACETS, counts, strict=True) if facet}
        return tally

    def _shown(self, entries: tuple[Entry, ...]) -> tuple[bool, Sequence[Iterable[str]]]:
        """Whether a page of these entries answers, and the values that it counts for."""
        if len(entries) == 1 and not self.filters:
            return True, self.values(entries[0])
        passed, shown = False, [set[str]() for _ in FACETS]
        for entry in entries:
            values = self.values(entry)
            failing = [at for at, facet in enumerate(FACETS) if self._fails(facet, values[at])]
            passed = passed or not failing
            if len(failing) < 2:
                for at in failing or range(len(FACETS)):
                    shown[at].update(values[at])
        return passed, shown

    def passes(self, entry: Entry) -> bool:
        """Whether an entry has a chosen value of each facet in which there is a choice."""
        return not any(self._fails(facet, values) for facet, values in zip(FACETS, self.values(entry), strict=True))

    def _fails(self, facet: str, values: tuple[str, ...]) -> bool:
        chosen = self.filters.of(facet)
        return bool(chosen) and not any(value in chosen for value in values)


def _pages(rows: Iterable[Sequence[int]]) -> Counter[tuple[Entry, ...]]:
    """The entries by which pages answer -> how many pages answer by these."""
    pages: dict[int, tuple[Entry, ...]] = {}
    for row in rows:
        entry = (row[2], row[3])
        held = pages.get(row[1])
        if held is None:
            pages[row[1]] = (entry,)
        elif entry not in held:
            pages[row[1]] = tuple(sorted((*held, entry)))
    return Counter(pages.values())
