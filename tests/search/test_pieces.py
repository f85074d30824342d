"""Phrases mean the same on both databases, though PostgreSQL knows them by their pieces."""

import datetime as dt

import pytest
from django.db import connection

from portal.core import dates
from portal.search import parsing
from portal.search.adapters import Wanted, adapter
from portal.search.adapters.postgresql import LOOKED_AT, expression
from portal.search.filters import Filters
from portal.search.models import SearchEntry
from tests.search.conftest import add, found, piece

ASKED = [
    ('"end use"', {"whole", "pieces", "title"}),
    ('"end use controls"', {"whole"}),
    ('"use of end use controls"', set()),
    ('"end use controls on items"', {"whole"}),
    ("end-us*", {"whole", "pieces", "title"}),
    ('controls -"end use controls"', {"pieces", "title"}),
    ('"end use controls" OR gyroscope', {"whole", "pieces"}),
    ('kind:term "end use controls"', {"whole"}),
    ("甲乙", {"run", "split", "cut"}),
    ("甲乙丙", {"run", "split"}),
    ("乙丙丁戊", {"run", "split"}),
    ("甲乙丙丁戊", {"run"}),
    ("甲乙丙丁戊己", {"run"}),
    ("甲乙 -甲乙丙丁戊", {"split", "cut"}),
    ('"甲乙丙丁戊" OR gyroscope', {"run", "pieces"}),
    ("丙甲乙", set()),
]


@pytest.fixture
def _entries(db: None) -> None:
    add(
        piece("term/whole", "W", "End-use controls on items"),
        piece("term/pieces", "P", "An end use. Use controls, gyroscope", date=dt.date(2020, 1, 1)),
        piece("term/title", "End use", "Controlling nothing."),
        piece("term/run", "R", "甲乙丙丁戊己", language="zh-hans"),
        piece("term/split", "S", "甲乙丙丁，乙丙丁戊", language="zh-hans"),
        piece("term/cut", "C", "丙，甲乙，乙丙，甲", language="zh-hans"),
    )
    SearchEntry.objects.filter(key="term/title").update(body="")


@pytest.mark.usefixtures("_entries")
@pytest.mark.parametrize(("typed", "keys"), ASKED)
def test_a_phrase_is_found_where_it_stands(typed: str, keys: set[str]) -> None:
    assert found(typed) == {f"term/{key}" for key in keys}


@pytest.mark.usefixtures("_entries")
@pytest.mark.parametrize("typed", [typed for typed, _keys in ASKED])
def test_rows_known_otherwise_answer_likewise(typed: str) -> None:
    """What is asked of the index, and of the tokens of single rows, is the same."""
    wanted = Wanted(parsing.parse(typed), Filters(language=("en", "zh-hans")), on=dates.today())
    moment = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    rows = adapter().found(wanted, language="en", limit=100)
    assert adapter().news([(wanted, moment)], limit=100) == [(len({row[1] for row in rows}), False)]
    newest = adapter().newest(wanted, language="en", limit=100, when="date")
    assert {row[0] for row in newest} == {row[0] for row in rows}


@pytest.mark.django_db
@pytest.mark.parametrize("when", ["date", "since"])
def test_what_is_not_among_the_newest_is_found(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.search.adapters.postgresql.LOOKED_AT", 3)
    add(*(piece(f"term/{n}", "Old" if n < 5 else "New", date=dt.date(2000 + n, 1, 1)) for n in range(10)))
    for n in range(10):
        since = dt.datetime(2000 + n, 1, 1, tzinfo=dt.UTC)
        SearchEntry.objects.filter(key=f"term/{n}").update(since=since)
    keys = dict(SearchEntry.objects.values_list("pk", "key"))
    for typed, first in (("new", 9), ("old", 4)):
        rows = adapter().newest(Wanted(parsing.parse(typed)), language="en", limit=3, when=when)  # type: ignore[arg-type]
        assert [keys[row[0]] for row in rows] == [f"term/{n}" for n in (first, first - 1, first - 2)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows places")
@pytest.mark.usefixtures("_entries")
def test_short_phrases_are_answered_by_the_index_alone() -> None:
    for typed in ("甲乙丙", "甲乙丙丁", '"end use"', 'x -"end use"', "甲乙 OR 乙丙丁戊"):
        wanted = Wanted(parsing.parse(typed))
        sql, values = adapter().source(wanted)
        assert values == [expression(wanted)]
        assert "<->" not in str(values)
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_seqscan = off; EXPLAIN SELECT e.id {sql}", values)
            while cursor.nextset():
                pass
            assert "Bitmap Index Scan on search_entry_tokens" in str(cursor.fetchall())
    assert LOOKED_AT
