"""Codes and articles as people type them lead to their page; usual questions to the page that explains them."""

import pytest
from pytest_django.plugin import DjangoDbBlocker

from portal.search import parsing, queries, ranking
from portal.search.filters import Filters
from portal.search.models import SearchEntry
from portal.search.queries import answers
from tests.search.conftest import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library"), pytest.mark.xdist_group("content")]


@pytest.fixture(scope="module")
def originals(library: None, django_db_blocker: DjangoDbBlocker) -> list[SearchEntry]:
    with django_db_blocker.unblock():
        return list(SearchEntry.objects.all())


def keys(typed: str, language: str = "en", **others: object) -> list[str]:
    """The pages at the top: best matches, then results."""
    found = queries.search(typed, language=language, **others)  # type: ignore[arg-type]
    return list(dict.fromkeys(hit.entry.key for hit in [*found.best, *found.hits]))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("cn-ecl art 12", "cn-ecl/art-12"),
        ("ECL article 12", "cn-ecl/art-12"),
        ("Article 12 Export Control Law", "cn-ecl/art-12"),
        ("出口管制法第十二条", "cn-ecl/art-12"),
        ("出口管制法第12条", "cn-ecl/art-12"),
        ("出口管制法 第 12 条", "cn-ecl/art-12"),
        ("744.21", "us-ear/744.21"),
        ("§ 744.21", "us-ear/744.21"),
        ("section 744.21", "us-ear/744.21"),
        ("15 CFR 744.21", "us-ear/744.21"),
        ("ear 744.21", "us-ear/744.21"),
        ("9A515", "us-ccl/9a515"),
        ("MTCR 1.A.1", "mtcr/1.a.1"),
        ("USML IV(a)", "us-usml/iv.a"),
        ("part 744", "us-ear/part-744"),
    ],
)
def test_what_is_typed_leads_to_its_page(typed: str, key: str) -> None:
    assert key in keys(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "language", "key"),
    [
        ("deemed export", "en", "term/deemed-export"),
        ("视同出口", "zh-hans", "term/deemed-export"),
        ("Wassenaar Arrangement", "en", "regime/wassenaar"),
        ("MTCR", "en", "mtcr"),
        ("ZTE", "en", "case/zte-2017"),
        ("Export Control Law", "en", "cn-ecl"),
        ("出口管制法", "zh-hans", "cn-ecl"),
        ("catch-all", "en", "term/catch-all"),
    ],
)
def test_usual_questions(typed: str, language: str, key: str) -> None:
    assert key in keys(typed, language)[:3]


@pytest.mark.parametrize(
    "typed", ["deemed export", "出口管制", '"end use"', "licence penalty", "9A01", "kind:case satellite"]
)
def test_order_is_ours_and_the_same_on_every_database(typed: str, originals: list[SearchEntry]) -> None:
    """By reading every entry: languages first, then our own score, whatever a database thinks of it."""
    question = parsing.widen(parsing.parse(typed), queries.synonyms())
    names = found(typed)
    rows = [row for row in originals if f"{row.key}#{row.part}".rstrip("#") in names]
    assert len(rows) < queries.BOUND
    ranked: dict[int, tuple[float, ...]] = {}
    for row in rows:
        score = ranking.score(question, row.tokens, row.weight)
        if score > 0:
            place = (-(row.language == "en"), -score, row.fold)
            ranked[row.fold] = min(place, ranked.get(row.fold, place))
    expected = sorted(ranked, key=lambda fold: ranked[fold])
    if len(rows) <= answers.RANKED:
        shown = [hit.entry.fold for hit in queries.search(typed).hits]
        best = {hit.entry.fold for hit in queries.search(typed).best}
        assert shown == [fold for fold in expected[:10] if fold not in best]


def test_counts_are_the_same_however_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Narrowed in the database, where there is too much to look at, or here: the numbers are those of the whole."""
    chosen = Filters(kind=("case", "guideline"), jurisdiction=("us",), state=("in_force",))
    wanted = [
        queries.search("licence", filters=filters, sort=sort)
        for filters in (Filters(kind=("case",)), Filters(kind=("case", "provision"), jurisdiction=("us",)), chosen)
        for sort in ("relevance", "date")
    ]
    # Fewer than all that have the word, more than what the filters leave.
    monkeypatch.setattr("portal.search.queries.answers.BOUND", max(found.total for found in wanted) * 2)
    assert queries.search("licence").more
    again = [
        queries.search("licence", filters=filters, sort=sort)
        for filters in (Filters(kind=("case",)), Filters(kind=("case", "provision"), jurisdiction=("us",)), chosen)
        for sort in ("relevance", "date")
    ]
    for one, other in zip(wanted, again, strict=True):
        assert not other.more
        assert one.total == other.total
        assert [hit.entry.key for hit in one.hits] == [hit.entry.key for hit in other.hits]
