"""Facets, states and examples as the page shows them."""

import datetime as dt
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import texts
from portal.references.models import Address
from portal.references.templatetags.kinds import kind_words
from portal.search.filters import FACETS, Filters
from portal.search.models import SearchEntry
from portal.search.queries import Results

SHOWN_VALUES = 8
HEADINGS: dict[str, str | Promise] = {
    "kind": _("Kind"),
    "jurisdiction": _("Jurisdiction"),
    "regime": _("Regime"),
    "topic": _("Topic"),
    "authority": _("Authority"),
    "year": _("Year"),
    "state": _("Where it stands"),
    "language": _("Language"),
}
STATES: dict[str, tuple[str | Promise, str]] = {
    "in_force": (_("In force"), "good"),
    "future": (_("Not yet in force"), "pending"),
    "suspended": (_("Suspended"), "attention"),
    "repealed": (_("Repealed"), "over"),
}
LANGUAGES: dict[str, str | Promise] = {"en": _("English"), "zh-hans": _("Chinese")}
EXAMPLES = ["9A012", "end use", "“deemed export” -university", "出口管制", "cn-ecl art 12", "744.21"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; its link chooses it, or gives it up when it is chosen."""

    value: str
    words: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet with its first values, and the rest."""

    name: str
    heading: str
    values: list[Value]

    @property
    def first(self) -> list[Value]:
        return self.values[:SHOWN_VALUES]

    @property
    def rest(self) -> list[Value]:
        return self.values[SHOWN_VALUES:]


def facets(found: Results, filters: Filters, query: QueryDict, topics: dict[str, object]) -> list[Facet]:
    """The facets that narrow anything, chosen values first, then by count; years newest first."""
    shown = []
    for name in FACETS:
        counts = found.facets.get(name, {})
        chosen = filters.of(name)
        values = dict.fromkeys([*chosen, *counts])
        if len(values) < 2 and not chosen:
            continue
        rows = [
            Value(
                value=value,
                words=words_of(name, value, found.book, topics),
                count=counts.get(value, 0),
                chosen=value in chosen,
                href=toggled(query, name, value),
            )
            for value in values
        ]
        by_year = name == "year"
        rows.sort(key=lambda row: (not row.chosen, -int(row.value) if by_year else -row.count, row.words))
        shown.append(Facet(name, str(HEADINGS[name]), rows))
    return shown


def words_of(facet: str, value: str, book: dict[str, Address], topics: dict[str, object]) -> str:
    """A facet's value in the reader's language."""
    if facet == "kind":
        return kind_words(value)
    if facet == "state":
        return str(STATES[value][0]) if value in STATES else value
    if facet == "language":
        return str(LANGUAGES.get(value, value))
    if facet == "topic":
        return texts.pick(topics.get(value, value))[0]
    address = book.get(f"{facet}/{value}")
    return texts.pick(address.title)[0] if address else value


def toggled(query: QueryDict, name: str, value: str) -> str:
    """The page's address with this value of a facet added, or taken away when it is there."""
    changed = query.copy()
    values = changed.getlist(name)
    kept = [one for one in values if one != value]
    changed.setlist(name, kept if value in values else [*values, value])
    changed.pop("page", None)
    return f"?{changed.urlencode()}"


def state(entry: SearchEntry, on: dt.date) -> tuple[str, str] | None:
    """The words and the shape for where a law stands; None for what has no state."""
    if entry.kind not in {"instrument", "provision", "guideline"}:
        return None
    words = STATES.get(entry.state(on))
    return (str(words[0]), words[1]) if words else None
