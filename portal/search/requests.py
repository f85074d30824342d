"""What an address of the search asks for; the page, the feed and saved searches read and write it the same way."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from portal.core import dates
from portal.search import parsing
from portal.search.filters import ALL, Filters

SORTS = ("relevance", "date")


@dataclass(frozen=True, slots=True)
class Query:
    """Words, filters, order. `literal`: without the other language's terms. `on`: where laws stand on that day."""

    typed: str = ""
    filters: Filters = ALL
    sort: str = "relevance"
    literal: bool = False
    on: dt.date | None = None

    @classmethod
    def read(cls, values: Callable[[str], list[str]]) -> "Query":
        """From repeated parameters. PortalError for an `on` that is no date."""

        def first(name: str) -> str:
            return next(iter(values(name)), "")

        sort = first("sort")
        return cls(
            typed=" ".join(first("q").split())[: parsing.LONGEST],
            filters=Filters.read(values),
            sort=sort if sort in SORTS else "relevance",
            literal=first("exact") == "1",
            on=dates.parse_on(first("on")),
        )

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.typed or self.filters)

    def parameters(self) -> list[tuple[str, str]]:
        """As the parameters of an address."""
        return [
            *([("q", self.typed)] if self.typed else []),
            *self.filters.parameters(),
            *([("sort", self.sort)] if self.sort != "relevance" else []),
            *([("exact", "1")] if self.literal else []),
            *([("on", self.on.isoformat())] if self.on else []),
        ]

    @property
    def href(self) -> str:
        """The address relative to the page."""
        return f"?{urlencode(self.parameters())}"

    def toggled(self, facet: str, value: str) -> "Query":
        """With this value of a facet, or without it when it is there."""
        values = self.filters.of(facet)
        kept = tuple(one for one in values if one != value) if value in values else (*values, value)
        return replace(self, filters=replace(self.filters, **{facet: kept}))

    def without(self, facet: str) -> "Query":
        return replace(self, filters=self.filters.without(facet))

    @property
    def bare(self) -> "Query":
        """Without any filter."""
        return replace(self, filters=ALL, on=None)
