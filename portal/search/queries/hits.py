"""Entries as they are shown: in the reader's language, with what was asked for marked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.core import texts
from portal.references.models import Address
from portal.search import passages
from portal.search.models import SearchEntry
from portal.search.parsing import Atom, Question

SHOWN = [
    "fold", "profile", "key", "part", "language", "kind", "code", "fragment", "date", "valid_from", "valid_until",
    "suspended_until", "title", "body", "since",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A page that answers; `mine` when it does so in the reader's language."""

    fold: int
    mine: bool


@dataclass(slots=True)
class Hit:
    """One result: the entry that is shown, its words with what was asked for marked, and where it stands.

    `other` is the other language in which the same thing can be read, or "". `places` are the keys of its
    jurisdictions; `where` and `state` are for the page to say in words.
    """

    entry: SearchEntry
    title: passages.Marked
    passage: passages.Marked
    address: Address | None = None
    other: str = ""
    places: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    state: tuple[str, str] | None = None

    @property
    def url(self) -> str:
        """The page, at the place of the part that was found; of a text to come, on its first day."""
        address = self.address or Address(
            key=self.entry.key, route="references:resolve", arguments={"key": self.entry.key}
        )
        path = address.get_absolute_url()
        if self.entry.part.startswith("from-"):
            path = f"{path.partition('#')[0]}?on={self.entry.valid_from}"
        return f"{path.partition('#')[0]}#{self.entry.fragment}" if self.entry.fragment else path


def hits(matches: list[Match], question: Question, language: str) -> list[Hit]:
    """These matches as they are shown: in the reader's language where they answer in it. One query."""
    if not matches:
        return []
    atoms = list(dict.fromkeys(question.atoms))
    entries: dict[int, dict[str, SearchEntry]] = {}
    for row in SearchEntry.objects.filter(fold__in=[match.fold for match in matches]).only(*SHOWN):
        entries.setdefault(row.fold, {})[row.language] = row
    found = []
    for match in matches:
        rows = entries.get(match.fold, {})
        wanted = language if match.mine else texts.other_language(language)
        shown = rows.get(wanted) or next(iter(rows.values()), None)
        if shown is not None:
            found.append(hit(shown, atoms, rows))
    return found


def hit(row: SearchEntry, atoms: list[Atom], rows: Iterable[str]) -> Hit:
    other = next((code for code in rows if code != row.language), "")
    return Hit(row, passages.marked(row.title, atoms), passages.passage(row.body, atoms), other=other)
