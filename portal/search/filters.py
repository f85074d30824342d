"""What a reader narrows results by, and its SQL, which both databases share."""

# ruff: noqa: S608 - the parts of statements are ours; every value is a parameter

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

COLUMNS = ("kind", "authority", "regime", "year")
LABELS = ("jurisdiction", "topic")
MOST_VALUES = 20

Sql = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Filters:
    """The chosen values of each facet: any of them; () is everything."""

    kind: tuple[str, ...] = ()
    jurisdiction: tuple[str, ...] = ()
    regime: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    year: tuple[str, ...] = ()

    @classmethod
    def read(cls, values: Callable[[str], list[str]]) -> "Filters":
        """From repeated parameters: `values("kind")` is the list of them."""
        chosen = {
            facet: tuple(dict.fromkeys(value for value in values(facet) if value and len(value) <= 60))[:MOST_VALUES]
            for facet in FACETS
        }
        return cls(**chosen | {"year": tuple(year for year in chosen["year"] if _is_year(year))})

    def __bool__(self) -> bool:
        return any(getattr(self, facet) for facet in FACETS)

    def of(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def without(self, facet: str) -> "Filters":
        """All the others: what a facet's own counts obey."""
        return replace(self, **{facet: ()})

    def where(self, row: str) -> Sql:
        """The condition on a row of entries or matches, as `… AND …`; `1=1` where all is shown."""
        parts = list(self._parts(row))
        return " AND ".join(sql for sql, _ in parts) or "1=1", [value for _, values in parts for value in values]

    def _parts(self, row: str) -> Iterator[Sql]:
        for facet in FACETS:
            values: list[Any] = [int(value) if facet == "year" else value for value in self.of(facet)]
            if not values:
                continue
            marks = ", ".join(["%s"] * len(values))
            if facet in COLUMNS:
                yield f"{row}.{facet} IN ({marks})", values
            else:
                labelled = f"SELECT 1 FROM search_searchlabel l WHERE l.fold = {row}.fold AND l.facet = %s"
                yield f"EXISTS ({labelled} AND l.value IN ({marks}))", [facet, *values]


FACETS = tuple(field.name for field in fields(Filters))


def _is_year(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) == 4
