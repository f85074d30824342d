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


Row = tuple[int, int, int, int] | tuple[int, int, int, int, object]
"""An entry that answers: its number, its fold, its profile, and 1 for the reader's language."""
NONE, NOWHERE = frozenset[str](), frozenset({""})


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
        self.profiles, self.filters, self.on, self.languages = profiles, filters, on, languages
        self.chosen = [facet for facet in FACETS if filters.of(facet)]
        self.known: dict[Entry, tuple[tuple[str, ...], ...]] = {}

    def values(self, entry: Entry) -> tuple[tuple[str, ...], ...]:
        """The values of each of FACETS."""
        if entry not in self.known:
            profile = self.profiles.get(entry[0], NOTHING)
            state = profile.state(self.on)
            own = (state,) if state else ()
            self.known[entry] = (*profile.values, own, (self.languages[entry[1]],))
        return self.known[entry]

    def count(self, rows: Iterable[Row]) -> Tally:
        """The tally of rows."""
        tally = Tally()
        counts: list[Counter[str]] = [Counter() for _ in FACETS]
        for entries, number in _pages(rows).items():
            failing, shown = self._shown(entries)
            tally.total += number * (failing == NONE)
            for name in self.chosen if failing == NONE else failing:
                tally.lifted[name] = tally.lifted.get(name, 0) + number
            for facet, values in zip(counts, shown, strict=True):
                for value in values:
                    facet[value] += number
        tally.facets = {name: dict(facet) for name, facet in zip(FACETS, counts, strict=True) if facet}
        return tally

    def _shown(self, entries: tuple[Entry, ...]) -> tuple[frozenset[str], Sequence[Iterable[str]]]:
        """The facets of which each alone keeps a page of these entries out; and the values that it counts for."""
        if len(entries) == 1 and not self.chosen:
            return NONE, self.values(entries[0])
        shown, alone, passed = [set[str]() for _ in FACETS], set[str](), False
        for entry in entries:
            values = self.values(entry)
            failing = [at for at, facet in enumerate(FACETS) if self._fails(facet, values[at])]
            passed = passed or not failing
            if len(failing) < 2:
                alone.update(FACETS[at] for at in failing)
                for at in failing or range(len(FACETS)):
                    shown[at].update(values[at])
        return NONE if passed else frozenset(alone) or NOWHERE, shown

    def passes(self, entry: Entry) -> bool:
        """Whether an entry has a chosen value of each facet in which there is a choice."""
        return not any(self._fails(facet, values) for facet, values in zip(FACETS, self.values(entry), strict=True))

    def _fails(self, facet: str, values: tuple[str, ...]) -> bool:
        chosen = self.filters.of(facet)
        return bool(chosen) and not any(value in chosen for value in values)


def _pages(rows: Iterable[Row]) -> Counter[tuple[Entry, ...]]:
    """The entries by which pages answer -> how many pages answer by these."""
    pages: dict[int, tuple[Entry, ...]] = {}
    for _id, fold, profile, mine, *_when in rows:
        entry = (profile, mine)
        held = pages.get(fold)
        if held is None:
            pages[fold] = (entry,)
        elif entry not in held:
            pages[fold] = tuple(sorted((*held, entry)))
    return Counter(pages.values())
