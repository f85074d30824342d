"""The answers to a question, page by page, with facets and marked words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest

from portal.core import dates, texts
from portal.references.models import Address
from portal.references.queries import addresses
from portal.search import parsing, ranking, tokens
from portal.search.adapters import Found, Wanted, When, adapter
from portal.search.filters import FACETS, Filters
from portal.search.models import SearchEntry, SearchProfile
from portal.search.parsing import Question
from portal.search.profiles import Profile
from portal.search.queries.best import best
from portal.search.queries.hits import Hit, Match, hits
from portal.search.queries.spelling import corrected
from portal.search.queries.synonyms import synonyms
from portal.search.tally import NOTHING, Counting, Tally

PER_PAGE = 10
MOST_PAGES = 50
BOUND = 3_000
"""Entries up to which all is counted exactly. Of more, so many are counted, and the page says so."""
RANKED = 200
"""Entries whose words are weighed; of more, those with the words in their titles come first, then by weight."""
TITLED = 1_000
"""Entries with the words in their titles that are looked at."""


@dataclass(slots=True)
class Results:
    """What was found. `also` are the terms that were searched for beside, `corrected` is a better spelling.

    `loosened`: nothing has all of the words, these have some of them. `more`: there are more than `total`, and
    the counts of facets are those of some of them.
    """

    question: Question
    hits: list[Hit] = field(default_factory=list)
    best: list[Hit] = field(default_factory=list)
    total: int = 0
    more: bool = False
    page: int = 1
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    lifted: dict[str, int] = field(default_factory=dict)
    book: dict[str, Address] = field(default_factory=dict)
    corrected: str = ""
    loosened: bool = False

    @property
    def also(self) -> tuple[str, ...]:
        return self.question.also

    @property
    def at_least(self) -> int:
        """A round number below `total`, for what was not counted to the end."""
        return self.total // 1000 * 1000 if self.total >= 2000 else self.total // 100 * 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that the page was asked to do about it."""

    wanted: Wanted
    sort: str
    page: int
    language: str
    day: dt.date

    def loosened(self, question: Question) -> "Asked":
        return replace(self, wanted=replace(self.wanted, question=question))


def search(
    typed: str,
    *,
    filters: Filters | None = None,
    sort: str = "relevance",
    page: int = 1,
    language: str = "en",
    on: dt.date | None = None,
    literal: bool = False,
) -> Results:
    """The answers to what was typed, or all that has a chosen value. Twelve queries at most.

    `literal`: a term of the glossary is not searched for in the other language. `on`: where laws stand on that day.
    """
    filters = filters or Filters()
    question = parsing.parse(typed)
    if question.empty and not filters:
        return Results(question)
    question = question if literal else parsing.widen(question, synonyms())
    day = on or dates.today()
    asked = Asked(Wanted(question, filters, on=day), sort, page, language, day)
    found = Results(question, best=[] if page > 1 else best(typed, question, language=language))
    answers = collect(asked)
    if not answers.tally.total and not filters:
        found.corrected = corrected(typed, question)
        asked, answers = _loosen(found, asked, answers)
    _fill(found, asked, answers)
    return found


@dataclass(slots=True)
class Answers:
    """Entries that answer, all or `BOUND` of them, and their tally."""

    rows: list[Found]
    tally: Tally


def collect(asked: Asked) -> Answers:
    """All that answers, counted; the counts of a chosen facet are taken without its own choice."""
    free = replace(asked.wanted, filters=Filters())
    rows = _found(asked, free)
    if len(rows) <= BOUND:
        return Answers(_passing(asked, rows), _tally(asked, rows))
    if not asked.wanted.filters:
        return Answers(rows[:BOUND], replace(_tally(asked, rows[:BOUND]), more=True))
    return _collect_narrowed(asked)


def _collect_narrowed(asked: Asked) -> Answers:
    """As `collect`, where there is too much without the filters: each chosen facet is counted by itself."""
    filters = asked.wanted.filters
    rows = _found(asked, asked.wanted)
    tally = replace(_tally(asked, rows[:BOUND]), more=len(rows) > BOUND)
    for facet in FACETS:
        if filters.of(facet):
            wider = replace(asked.wanted, filters=filters.without(facet))
            counted = _tally(asked, _found(asked, wider)[:BOUND])
            tally.facets[facet] = counted.facets.get(facet, {})
            tally.lifted[facet] = counted.lifted.get(facet, 0)
    return Answers(rows[:BOUND], tally)


def _found(asked: Asked, wanted: Wanted) -> list[Found]:
    when: When = "date" if asked.sort == "date" else ""
    return adapter().found(wanted, language=asked.language, limit=BOUND + 1, when=when)


def _counting(asked: Asked, rows: Iterable[Found]) -> Counting:
    languages = (texts.other_language(asked.language), asked.language)
    return Counting(profiles({row[2] >> 1 for row in rows}), asked.wanted.filters, asked.day, languages)


def _tally(asked: Asked, rows: list[Found]) -> Tally:
    return _counting(asked, rows).count(rows)


def _passing(asked: Asked, rows: list[Found]) -> list[Found]:
    if not asked.wanted.filters:
        return rows
    counting = _counting(asked, rows)
    passing = {entry for entry in {row[2] for row in rows} if counting.passes(entry)}
    return [row for row in rows if row[2] in passing]


def _loosen(found: Results, asked: Asked, answers: Answers) -> tuple[Asked, Answers]:
    """Take the words one by one where nothing has all of them."""
    loose = None if found.best else parsing.loosened(found.question)
    if loose is None:
        return asked, answers
    looser = asked.loosened(loose)
    answers = collect(looser)
    found.loosened = answers.tally.total > 0
    found.question = loose if found.loosened else found.question
    return looser, answers


def _fill(found: Results, asked: Asked, answers: Answers) -> None:
    tally = answers.tally
    found.total, found.more, found.facets, found.lifted = tally.total, tally.more, tally.facets, tally.lifted
    found.page = min(max(asked.page, 1), pages(tally.total))
    end = found.page * PER_PAGE
    matches = ordered(asked, answers, end)[end - PER_PAGE : end]
    best_folds = {hit.entry.fold for hit in found.best}
    found.hits = hits([match for match in matches if match.fold not in best_folds], found.question, asked.language)
    found.book = addressed([*found.hits, *found.best], facet_keys(found.facets, asked.wanted.filters))


def addressed(shown: list[Hit], others: Iterable[str] = ()) -> dict[str, Address]:
    """Give hits their addresses and places; the addresses of these, of the places and of the other keys."""
    facts = profiles({hit.entry.profile for hit in shown})
    for hit in shown:
        hit.places = [f"jurisdiction/{place}" for place in facts.get(hit.entry.profile, NOTHING).jurisdictions]
    book = addresses({hit.entry.key for hit in shown} | {key for hit in shown for key in hit.places} | {*others})
    for hit in shown:
        hit.address = book.get(hit.entry.key)
    return book


def pages(total: int) -> int:
    """How many pages there are to turn."""
    return max(1, min(-(-total // PER_PAGE), MOST_PAGES))


def facet_keys(facets: dict[str, dict[str, int]], filters: Filters) -> set[str]:
    """The keys under which the address book has the words of facet values, counted or chosen."""
    return {
        f"{facet}/{value}"
        for facet in ("jurisdiction", "authority", "regime")
        for value in (*facets.get(facet, {}), *filters.of(facet))
    }


# --- Order -----------------------------------------------------------------------------------------------------------


def ordered(asked: Asked, answers: Answers, enough: int) -> list[Match]:
    """The pages in their order, at least the first `enough`; in the reader's language first unless by date."""
    if asked.sort != "date":
        return _folded(_by_relevance(asked, answers))
    rows = answers.rows
    if answers.tally.more:
        rows = adapter().newest(asked.wanted, language=asked.language, limit=3 * enough, when="date")
    return _folded(sorted(rows, key=lambda row: (-_ordinal(row[3]), row[1], -(row[2] & 1))))


def _ordinal(day: object) -> int:
    """SQLite gives its dates as text."""
    if not day:
        return 0
    return (day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day))).toordinal()


def _folded(rows: Iterable[Found]) -> list[Match]:
    """One match for each page, at its first entry's place; in the reader's language if any entry is."""
    mine: dict[int, bool] = {}
    for row in rows:
        mine[row[1]] = mine.get(row[1], False) or bool(row[2] & 1)
    return [Match(fold, own) for fold, own in mine.items()]


def _by_relevance(asked: Asked, answers: Answers) -> list[Found]:
    """The best entries first: all, or as many as can be turned to."""
    rows = answers.rows
    named: set[int] = set()
    if len(rows) > RANKED:
        titled = adapter().found(replace(asked.wanted, mark=tokens.TITLE), language=asked.language, limit=TITLED)
        named = {row[0] for row in titled}
        rows = [*(row[:3] for row in rows if row[0] not in named), *titled]
    facts = profiles({row[2] >> 1 for row in rows})
    worth = {entry: _first_worth(entry, facts) for entry in {row[2] for row in rows}}
    rows = nsmallest(
        2 * PER_PAGE * MOST_PAGES, rows, key=lambda row: (-(row[2] & 1), row[0] not in named, worth[row[2]], row[1])
    )
    scores = _scores(asked.wanted.question, rows[:RANKED], facts)
    weighed = sorted(rows[:RANKED], key=lambda row: (-(row[2] & 1), -scores.get(row[0], 0), row[1]))
    return [*weighed, *rows[RANKED:]]


def _first_worth(entry: int, facts: Mapping[int, Profile]) -> float:
    return -facts.get(entry >> 1, NOTHING).weight


def _scores(question: Question, rows: list[Found], facts: Mapping[int, Profile]) -> dict[int, float]:
    weights = {row[0]: facts.get(row[2] >> 1, NOTHING).weight for row in rows}
    streams = SearchEntry.objects.filter(pk__in=list(weights)).values_list("pk", "tokens")
    return {pk: ranking.score(question, stream, weights[pk]) for pk, stream in streams}


# --- Profiles --------------------------------------------------------------------------------------------------------

REMEMBERED = 100_000
_profiles: dict[int, Profile] = {}


def profiles(numbers: set[int]) -> Mapping[int, Profile]:
    """number -> facts. They never change, so each is read once in the life of a process. No query, or one."""
    missing = numbers - _profiles.keys()
    if missing:
        if len(_profiles) > REMEMBERED:
            _profiles.clear()
            missing = numbers
        for row in SearchProfile.objects.filter(pk__in=missing):
            _profiles[row.pk] = row.facts
    return _profiles
