"""Reads: the answers to a question, page by page, with facets, marked words, best matches and suggestions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db.models import Q

from portal.core import texts
from portal.guidance import queries as guidance
from portal.references import keys as key_rules
from portal.references.models import Address
from portal.references.queries import addresses
from portal.search import parsing, passages, tokens
from portal.search.adapters import Counts, Match, adapter
from portal.search.filters import Filters
from portal.search.models import SearchEntry, SearchLabel
from portal.search.parsing import Atom, Question

PER_PAGE = 10
MOST_PAGES = 50
BEST = 3
SUGGESTED = 8
SHOWN = [
    "fold", "key", "part", "language", "kind", "code", "fragment", "date", "valid_from", "valid_until",
    "suspended_until", "title", "body",
]  # fmt: skip


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
        """The page, at the place of the part that was found."""
        address = self.address or Address(
            key=self.entry.key, route="references:resolve", arguments={"key": self.entry.key}
        )
        path = address.get_absolute_url()
        return f"{path.partition('#')[0]}#{self.entry.fragment}" if self.entry.fragment else path


@dataclass(slots=True)
class Results:
    """What was found. `also` are the terms that were searched for beside, `corrected` is a better spelling.

    `loosened`: nothing has all of the words, these have some of them.
    """

    question: Question
    hits: list[Hit] = field(default_factory=list)
    best: list[Hit] = field(default_factory=list)
    total: int = 0
    page: int = 1
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    book: dict[str, Address] = field(default_factory=dict)
    corrected: str = ""
    loosened: bool = False

    @property
    def also(self) -> tuple[str, ...]:
        return self.question.also


def search(
    typed: str, *, filters: Filters | None = None, sort: str = "relevance", page: int = 1, language: str = "en"
) -> Results:
    """The answers to what was typed. Ten queries at most, whatever the number of answers."""
    filters = filters or Filters()
    question = parsing.parse(typed)
    if question.empty:
        return Results(question)
    question = parsing.widen(question, synonyms())
    counts = adapter().counts(question, filters)
    found = Results(question, best=[] if page > 1 else best(typed, question, language=language))
    if not counts.total and not filters:
        found.corrected = corrected(typed, question)
        counts = _loosen(found, counts)
    _fill(found, counts, filters, sort=sort, page=page, language=language)
    return found


def _loosen(found: Results, counts: Counts) -> Counts:
    """Take the words one by one where nothing has all of them."""
    loose = None if found.best else parsing.loosened(found.question)
    if loose is None:
        return counts
    looser = adapter().counts(loose, Filters())
    found.loosened = looser.total > 0
    found.question = loose if found.loosened else found.question
    return looser


def _fill(found: Results, counts: Counts, filters: Filters, *, sort: str, page: int, language: str) -> None:
    found.total, found.facets = counts.total, counts.facets
    found.page = min(max(page, 1), pages(counts.total))
    offset = (found.page - 1) * PER_PAGE
    matches = (
        adapter().matches(found.question, filters, sort=sort, language=language, offset=offset, limit=PER_PAGE)
        if counts.total
        else []
    )
    best_folds = {hit.entry.fold for hit in found.best}
    found.hits = hits([match for match in matches if match.fold not in best_folds], found.question, language)
    shown = [*found.hits, *found.best]
    places = _places(hit.entry.fold for hit in shown)
    for hit in shown:
        hit.places = places.get(hit.entry.fold, [])
    wanted = {hit.entry.key for hit in shown} | {key for hit in shown for key in hit.places}
    found.book = addresses(wanted | facet_keys(found.facets))
    for hit in shown:
        hit.address = found.book.get(hit.entry.key)


def _places(folds: Iterable[int]) -> dict[int, list[str]]:
    """fold -> keys of its jurisdictions. One query."""
    found: dict[int, list[str]] = {}
    for label in SearchLabel.objects.filter(fold__in=list(folds), facet="jurisdiction").order_by("value"):
        found.setdefault(label.fold, []).append(f"jurisdiction/{label.value}")
    return found


def pages(total: int) -> int:
    """How many pages there are to turn."""
    return max(1, min(-(-total // PER_PAGE), MOST_PAGES))


def hits(matches: list[Match], question: Question, language: str) -> list[Hit]:
    """These matches as they are shown: in the reader's language where they answer in it. One query."""
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
            found.append(_hit(shown, atoms, rows))
    return found


def _hit(row: SearchEntry, atoms: list[Atom], rows: Iterable[str]) -> Hit:
    other = next((code for code in rows if code != row.language), "")
    return Hit(row, passages.marked(row.title, atoms), passages.passage(row.body, atoms), other=other)


def facet_keys(facets: dict[str, dict[str, int]]) -> set[str]:
    """The keys under which the address book has the words of facet values."""
    return {f"{facet}/{value}" for facet in ("jurisdiction", "authority", "regime") for value in facets.get(facet, {})}


def synonyms() -> list[parsing.Synonym]:
    """The glossary's terms in both languages."""
    rows = (texts.as_dict(term) for term in guidance.terms().values_list("term", flat=True))
    return [parsing.Synonym(row["en"], row["zh-hans"]) for row in rows if row.get("en") and row.get("zh-hans")]


# --- Best matches ----------------------------------------------------------------------------------------------------


def best(typed: str, question: Question, *, language: str) -> list[Hit]:
    """The pages whose key or code was typed: `cn-ecl/art-12`, `cn-ecl art 12`, `9A515`, `ear 744.21`. One query."""
    condition = _named(tokens.fold(typed[: parsing.LONGEST]).strip())
    if condition is None:
        return []
    rows: dict[int, dict[str, SearchEntry]] = {}
    for row in SearchEntry.objects.filter(condition, part="").only(*SHOWN).order_by("key")[:20]:
        rows.setdefault(row.fold, {})[row.language] = row
    if len(rows) > BEST:
        return []
    atoms = list(dict.fromkeys(question.atoms))
    return [_hit(mine.get(language) or next(iter(mine.values())), atoms, mine) for mine in rows.values()]


def _named(folded: str) -> Q | None:
    """The condition on the keys that were perhaps typed; None where it does not look like one."""
    parts = re.sub(r"\b(?:article|section|§+)\s*", lambda found: ARTICLES.get(found[0].strip(), ""), folded).split()
    if not parts or len(parts) > 4:
        return None
    condition = Q(key__in=_keys([folded, "-".join(parts), f"{parts[0]}/{'-'.join(parts[1:])}"]))
    codes = _keys([key_rules.from_code(folded), key_rules.from_code("".join(parts))])
    condition |= Q(code__in=[code for code in codes if re.search(r"\d", code) and not code.isdigit()])
    if len(parts) > 1:
        last = _keys([key_rules.from_code(" ".join(parts[1:])), "-".join(parts[1:])])
        condition |= Q(code__in=[code for code in last if re.search(r"\d", code)], key__contains=parts[0])
    return condition


ARTICLES = {"article": "art-", "section": "", "§": "", "§§": ""}


def _keys(candidates: Iterable[str]) -> list[str]:
    return [key for key in dict.fromkeys(candidates) if key_rules.valid(key)]


# --- Suggestions and corrections -------------------------------------------------------------------------------------


def suggestions(typed: str, *, language: str) -> list[Hit]:
    """Pages whose title begins to look like what is being typed: in the reader's language first. Three queries."""
    question = parsing.beginning(typed)
    if question.empty:
        return []
    folds = adapter().suggestions(question, language=language)[:SUGGESTED]
    own = set(SearchEntry.objects.filter(fold__in=folds, language=language).values_list("fold", flat=True))
    found = hits([Match(fold, fold in own) for fold in folds], question, language)
    book = addresses(hit.entry.key for hit in found)
    for hit in found:
        hit.address = book.get(hit.entry.key)
    start = tokens.fold(typed.strip())
    return sorted(found, key=lambda hit: not tokens.fold(hit.entry.title).startswith(start))


TITLED = ["term", "instrument", "guideline", "regime", "list", "entry", "case", "authority", "jurisdiction"]
VOCABULARY = 4000


def corrected(typed: str, question: Question) -> str:
    """What was typed with unknown Latin words put right after the titles; "" where that changes nothing."""
    unknown = [atom.tokens[0] for atom in question.atoms if atom.stream == "words" and len(atom.tokens) == 1]
    if not unknown:
        return ""
    vocabulary = _vocabulary()
    stems = {tokens.stems(word)[0] for word in vocabulary}

    def better(match: re.Match[str]) -> str:
        word = match[0].lower()
        if not word.isascii() or len(word) < 4 or (tokens.stems(word) or [""])[0] in stems:
            return match[0]
        return next(iter(get_close_matches(word, vocabulary, n=1, cutoff=0.78)), match[0])

    proposal = re.sub(r"[A-Za-z]+", better, typed[: parsing.LONGEST])
    return proposal if proposal != typed[: parsing.LONGEST] else ""


def _vocabulary() -> list[str]:
    titles = SearchEntry.objects.filter(language="en", part="", kind__in=TITLED).values_list("title", flat=True)
    return sorted({word for title in titles[:VOCABULARY] for word in re.findall(r"[a-z]{4,}", tokens.fold(title))})
