"""Words with a colon that narrow: `kind:case`, `in:cn`, `year:2024`, `after:2023-01-01`, `state:future`. Pure."""

import datetime as dt
import re
from calendar import monthrange

from portal.search.filters import STATES, Dates, Filters, is_year

FIELDS = {
    "kind": "kind",
    "in": "jurisdiction",
    "jurisdiction": "jurisdiction",
    "regime": "regime",
    "topic": "topic",
    "by": "authority",
    "authority": "authority",
    "year": "year",
    "state": "state",
    "language": "language",
    "lang": "language",
}
ALIASES = {
    "law": "instrument",
    "china": "cn",
    "usa": "us",
    "uk": "gb",
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "chinese": "zh-hans",
    "english": "en",
    "current": "in_force",
    "in-force": "in_force",
    "repealed": "repealed",
}
FIELD = re.compile(r"(?P<name>[a-z]+):(?P<value>[a-z0-9_.,-]+)")
DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


class Fields:
    """What the field words of a question say; several of one name widen."""

    def __init__(self) -> None:
        self.chosen: dict[str, list[str]] = {}
        self.after: dt.date | None = None
        self.before: dt.date | None = None

    def take(self, folded: str) -> bool:
        """Whether this was a field word; then it is remembered. What it cannot mean is a word like any other."""
        match = FIELD.fullmatch(folded)
        if match is None:
            return False
        name, value = match["name"], match["value"]
        if name in {"after", "before"}:
            return self._date(name, value)
        if name not in FIELDS:
            return False
        facet = FIELDS[name]
        values = [ALIASES.get(one, one) for one in value.split(",") if one]
        if (facet == "year" and not all(map(is_year, values))) or (facet == "state" and not {*values} <= {*STATES}):
            return False
        self.chosen.setdefault(facet, []).extend(values)
        return bool(values)

    def _date(self, name: str, value: str) -> bool:
        day = first_day(value) if name == "after" else last_day(value)
        if day is not None:
            setattr(self, name, day)
        return day is not None

    @property
    def filters(self) -> Filters:
        return Filters.read(lambda facet: self.chosen.get(facet, []))

    @property
    def dates(self) -> Dates:
        return Dates(self.after, self.before)


def first_day(written: str) -> dt.date | None:
    """`2023` -> 1 January, `2023-05` -> 1 May; None for what is no date."""
    match = DAY.fullmatch(written)
    return _day(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None


def last_day(written: str) -> dt.date | None:
    """`2023` -> 31 December, `2023-02` -> 28 February."""
    match = DAY.fullmatch(written)
    if not match:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    if not (1 <= month <= 12 and year):
        return None
    return _day(year, month, int(match[3]) if match[3] else monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
