"""Laws through the API: whose words, two days compared, what this site showed."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.test_reading import read
from tests.guidance.factories import add_text, as_if_shown_since, load_changed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
DATES = "from=2026-12-31&to=2027-01-01"


def test_summary_and_official_text_have_places_of_their_own(client: Client) -> None:
    assert read(client, "provisions/cn-ecl/art-2/")["official"] == {}
    add_text("cn-ecl/art-2", "The official scope.", since="2020-12-01")
    found = read(client, "provisions/cn-ecl/art-2/")
    assert found["texts"]["en"]["body"] == "The old scope."
    assert found["texts"]["en"]["kind"] == "gist"
    assert found["official"]["en"]["body"] == "The official scope."
    assert found["official"]["en"]["kind"] == "official"
    assert found["official"]["en"]["source"] is None


def test_the_history_has_both_clocks(client: Client, library: Path) -> None:
    load_changed(library, ("The old scope.", "The corrected scope."))
    history = read(client, "provisions/cn-ecl/art-2/")["history"]
    assert [(row["valid_from"], row["retired_at"] is None) for row in history] == [
        ("2020-12-01", False),
        ("2020-12-01", True),
        ("2027-01-01", True),
    ]
    law = read(client, "instruments/cn-ecl/")
    assert law["days"] == ["2020-12-01", "2027-01-01"]
    assert [entry["first"] for entry in law["record"]] == [False, True]
    assert law["record"][0]["texts_added"] == 1


@pytest.mark.parametrize("path", ["instruments/cn-ecl/comparison", "provisions/cn-ecl/art-2/comparison"])
def test_two_days_are_compared(client: Client, path: str) -> None:
    found = read(client, f"{path}/?{DATES}")
    (change,) = found["changes"]
    assert change["key"] == "cn-ecl/art-2"
    assert (change["change"], change["insertions"], change["deletions"]) == ("changed", 1, 1)
    assert change["words"] == "changed, 1 insertion, 1 deletion, now to be checked"
    assert change["paragraphs"][0]["pieces"] == [
        {"op": "equal", "text": "The "},
        {"op": "delete", "text": "old"},
        {"op": "insert", "text": "new"},
        {"op": "equal", "text": " scope."},
    ]
    assert found["before"] == {
        "on": "2026-12-31",
        "shown": None,
        "state": "in_force",
        "words": "In force since 1 December 2020.",
    }
    assert (found["language"], found["kind"]) == ("en", "gist")


def test_days_left_out_are_filled_in(client: Client) -> None:
    found = read(client, "instruments/cn-ecl/comparison/")
    assert found["before"]["on"] < found["after"]["on"]


def test_the_language_and_the_words_are_chosen(client: Client) -> None:
    add_text("cn-ecl/art-2", "正式。", since="2020-12-01", until="2027-01-01", language="zh-hans")
    found = read(client, f"provisions/cn-ecl/art-2/comparison/?{DATES}&lang=zh-hans&text=official")
    assert found["changes"][0]["change"] == "removed"
    assert (found["language"], found["kind"]) == ("zh-hans", "official")


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("from=soon", "from", "“soon” is not a date."),
        ("to=0001-01-01", "to", "“0001-01-01” is not a date."),
        ("from=2027-01-01&to=2026-01-01", "to", "The second date is before the first one."),
        ("lang=fr", "lang", "Choose one of: en, zh-hans"),
        ("text=both", "text", "Choose one of: summary, official"),
        ("form=2026-01-01", "form", "There is no such parameter here."),
    ],
)
@pytest.mark.parametrize("path", ["instruments/cn-ecl/comparison", "provisions/cn-ecl/art-2/comparison"])
def test_a_bad_comparison_is_told(client: Client, path: str, query: str, parameter: str, words: str) -> None:
    response = client.get(f"/api/v1/{path}/?{query}")
    assert response.status_code == 400
    problem = response.json()
    assert problem["errors"][0]["parameter"] == parameter
    assert words in problem["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "instruments/nowhere/comparison/",
        "provisions/cn-ecl/art-99/comparison/",
        "provisions/cn-ecl/comparison/",
        "instruments/cn-ecl/?shown=2001-01-01",
        "provisions/cn-ecl/art-2/?shown=2001-01-01",
        "provisions/?instrument=cn-ecl&shown=2001-01-01",
        f"instruments/cn-ecl/comparison/?{DATES}&from_shown=2001-01-01",
    ],
)
def test_what_is_not_there_is_a_problem(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response.json()["code"]) == (404, "not-found")


def test_a_law_that_was_not_shown_then_is_told_in_words(client: Client) -> None:
    problem = client.get("/api/v1/instruments/cn-ecl/?shown=2001-01-01").json()
    assert problem["detail"] == "This site had no record of this law on 1 January 2001."


@pytest.mark.parametrize("path", ["instruments/cn-ecl/comparison/", "provisions/cn-ecl/art-2/comparison/"])
def test_comparisons_are_read_only(client: Client, path: str) -> None:
    assert client.post(f"/api/v1/{path}").status_code == 405


@pytest.fixture
def day(library: Path) -> dt.date:
    yesterday = as_if_shown_since(9)
    load_changed(
        library,
        ("title: {en: Export Control Law", "title: {en: Law of Export Control"),
        ("heading: {en: Scope", "heading: {en: Reach"),
        ("The old scope.", "The corrected scope."),
    )
    return yesterday


def test_what_this_site_showed_is_read_again(client: Client, day: dt.date) -> None:
    def told(query: str) -> tuple[Any, ...]:
        law = read(client, f"instruments/cn-ecl/{query}")
        row = read(client, f"provisions/cn-ecl/art-2/{query}")
        listed = read(client, f"provisions/{query or '?'}&instrument=cn-ecl")["results"][2]
        assert listed["texts"] == row["texts"]
        return law["title"]["en"], row["heading"]["en"], row["texts"]["en"]["body"], row["shown"], law["on"]

    today = str(timezone.localdate())
    assert told("") == ("Law of Export Control", "Reach", "The corrected scope.", None, today)
    assert told(f"?shown={day}") == ("Export Control Law", "Scope", "The old scope.", str(day), str(day))


def test_two_showings_are_compared(client: Client, day: dt.date) -> None:
    found = read(client, f"instruments/cn-ecl/comparison/?from={day}&to={day}&from_shown={day}")
    assert found["changes"][0]["words"] == "changed, heading changed, 1 insertion, 1 deletion"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("provisions/?shown=2026-01-01", 400),
        ("provisions/?instrument=cn-ecl&q=scope&shown=2026-01-01", 400),
        ("instruments/cn-ecl/?shown=2999-01-01", 400),
        ("instruments/cn-ecl/?shown=soon", 400),
        ("instruments/?shown=2026-01-01", 400),
    ],
)
def test_a_bad_showing_is_told(client: Client, path: str, status: int) -> None:
    assert client.get(f"/api/v1/{path}").status_code == status


def test_the_parts_of_a_chapter_as_shown(client: Client, day: dt.date) -> None:
    found = read(client, f"provisions/?instrument=cn-ecl&parent=cn-ecl/chapter-1&shown={day}")
    assert [row["key"] for row in found["results"]] == ["cn-ecl/art-1", "cn-ecl/art-2"]
    assert found["results"][0]["parent"] == "cn-ecl/chapter-1"
