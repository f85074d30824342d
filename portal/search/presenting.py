"""Facets, states and examples as the page shows them."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import texts
from portal.references.models import Address
from portal.references.templatetags.kinds import kind_words
from portal.search.models import SearchEntry
from portal.search.queries import Results
from portal.search.requests import Query

SHOWN_VALUES = 8
SHOWN_FACETS = ("kind", "jurisdiction", "state", "topic", "regime", "authority", "year", "language")
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
EXAMPLES = [
    "9A012", "end use", "“deemed export” -university", "出口管制", "cn-ecl art 12", "744.21",
    "kind:case in:us after:2023",
]  # fmt: skip


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
    """One facet with its first values, and the rest; `cleared` is the address without its choices.

    `without` says how many pages there would be then.
    """

    name: str
    heading: str
    values: list[Value]
    cleared: str
    without: int

    @property
    def first(self) -> list[Value]:
        return self.values[: max(SHOWN_VALUES, len(self.chosen))]

    @property
    def rest(self) -> list[Value]:
        return self.values[max(SHOWN_VALUES, len(self.chosen)) :]

    @property
    def chosen(self) -> list[Value]:
        return [value for value in self.values if value.chosen]


def facets(found: Results, query: Query, topics: dict[str, object]) -> list[Facet]:
    """The facets that narrow anything, chosen values first, then by count; years newest first."""
    shown = []
    for name in SHOWN_FACETS:
        counts = found.facets.get(name, {})
        chosen = query.filters.of(name)
        values = dict.fromkeys([*chosen, *counts])
        if len(values) < 2 and not chosen:
            continue
        rows = [
            Value(
                value=value,
                words=words_of(name, value, found.book, topics),
                count=counts.get(value, 0),
                chosen=value in chosen,
                href=query.toggled(name, value).href,
            )
            for value in values
        ]
        by_year = name == "year"
        rows.sort(key=lambda row: (not row.chosen, -int(row.value) if by_year else -row.count, row.words))
        shown.append(Facet(name, str(HEADINGS[name]), rows, query.without(name).href, found.lifted.get(name, 0)))
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


def state(entry: SearchEntry, on: dt.date) -> tuple[str, str] | None:
    """The words and the shape for where a law stands; None for what has no state."""
    if entry.kind not in {"instrument", "provision", "guideline"}:
        return None
    words = STATES.get(entry.state(on))
    return (str(words[0]), words[1]) if words else None


def name_of(query: Query, facets: list[Facet]) -> str:
    """A name for a search that is to be kept: the words, then the filters in the reader's language."""
    chosen = [value.words for facet in facets for value in facet.chosen]
    return " · ".join(([query.typed] if query.typed else []) + chosen)[:120]
