"""What a reader narrows results by."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

MOST_VALUES = 20
STATES = ("in_force", "future", "suspended", "repealed")


@dataclass(frozen=True, slots=True)
class Filters:
    """The chosen values of each facet: any of them; () is everything."""

    kind: tuple[str, ...] = ()
    jurisdiction: tuple[str, ...] = ()
    regime: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    language: tuple[str, ...] = ()

    @classmethod
    def read(cls, values: Callable[[str], list[str]]) -> "Filters":
        """From repeated parameters: `values("kind")` is the list of them."""
        chosen = {
            facet: tuple(dict.fromkeys(value for value in values(facet) if value and len(value) <= 60))[:MOST_VALUES]
            for facet in FACETS
        }
        return cls(**chosen | {"year": tuple(year for year in chosen["year"] if is_year(year))})

    def __bool__(self) -> bool:
        return any(getattr(self, facet) for facet in FACETS)

    def of(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def without(self, facet: str) -> "Filters":
        """All the others: what a facet's own counts obey."""
        return replace(self, **{facet: ()})

    def joined(self, other: "Filters") -> "Filters":
        """Both: the values of each facet together."""
        return Filters(**{facet: tuple(dict.fromkeys((*self.of(facet), *other.of(facet)))) for facet in FACETS})

    def parameters(self) -> list[tuple[str, str]]:
        """As repeated parameters of an address."""
        return [(facet, value) for facet in FACETS for value in self.of(facet)]


FACETS = tuple(field.name for field in fields(Filters))


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and the last day of what is looked for; None is open."""

    after: dt.date | None = None
    before: dt.date | None = None


ALL, ALWAYS = Filters(), Dates()


def is_year(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) == 4
