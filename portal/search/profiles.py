"""What many entries have in common: the facts by which results are narrowed and counted. Pure."""

import datetime as dt
from dataclasses import astuple, dataclass
from functools import cached_property
from hashlib import blake2b

COUNTED = ("kind", "jurisdiction", "regime", "topic", "authority", "year")
"""The facets of a profile, in the order of `Profile.values`."""


@dataclass(frozen=True)
class Profile:
    """One combination of facts. All provisions of a law share one, so there are far fewer than entries.

    Its number is made of its contents: a profile never changes, and may be remembered for ever.
    """

    kind: str
    authority: str = ""
    regime: str = ""
    year: int | None = None
    jurisdictions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    suspended_until: dt.date | None = None
    weight: float = 1.0

    @cached_property
    def number(self) -> int:
        """Of 48 bits, so that there is room for a language beside it."""
        return int.from_bytes(blake2b(repr(astuple(self)).encode(), digest_size=6).digest())

    @cached_property
    def values(self) -> tuple[tuple[str, ...], ...]:
        """The values of each of COUNTED."""
        year = (str(self.year),) if self.year is not None else ()
        single = [(value,) if value else () for value in (self.kind, self.regime, self.authority)]
        return single[0], self.jurisdictions, single[1], self.topics, single[2], year

    def state(self, on: dt.date) -> str:
        """Where a law stands on a date: in_force, future, suspended, repealed; "" for what has no such dates."""
        return state(self.valid_from, self.valid_until, self.suspended_until, on)


def state(start: dt.date | None, end: dt.date | None, suspended: dt.date | None, on: dt.date) -> str:
    """As `Profile.state`, of bare dates; each span ends the day before its end."""
    if end and end <= on:
        return "repealed"
    if suspended and on < suspended:
        return "suspended"
    if start is None:
        return ""
    return "in_force" if start <= on else "future"
