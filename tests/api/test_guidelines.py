"""Guidelines in the API: editions with their states, as they were shown, and compared."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from portal.library import actions
from tests.library import little

pytestmark = pytest.mark.django_db

GUIDE = "guidance/guidelines/end-use.md"


@pytest.fixture(autouse=True)
def editions(library: Path) -> None:
    second = little.FILES[GUIDE].replace("edition: 1", "edition: 2").replace("2026-01-01", "2999-02-01", 1)
    withdrawn = "withdrawn: {since: 2999-03-01, because: {en: Merged.}}\nsuperseded_by: term/end-use\nas_of:"
    second = second.replace("Because of", "Chiefly because of").replace("First edition.", "One word.")
    actions.load(little.write(library, **{GUIDE: second.replace("as_of:", withdrawn)}))


def read(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status, response.content.decode()
    return response.json()


def test_a_guideline_tells_where_each_edition_stands(client: Client) -> None:
    found = read(client, "guidelines/end-use/")
    assert [(row["number"], row["state"], row["effective_on"]) for row in found["editions"]] == [
        (2, "future", "2999-02-01"),
        (1, "current", "2026-01-01"),
    ]
    assert found["current"]["number"] == 1
    assert found["current"]["changes"] == {"en": "First edition."}
    assert found["current"]["languages"] == ["en", "zh-hans"]
    assert (found["withdrawn_on"], found["superseded_by"]) == ("2999-03-01", "term/end-use")
    assert found["withdrawn_because"] == {"en": "Merged."}


def test_a_guideline_on_a_day_to_come(client: Client) -> None:
    assert read(client, "guidelines/end-use/?on=2999-02-01")["current"]["number"] == 2
    states = [row["state"] for row in read(client, "guidelines/end-use/?on=2999-03-01")["editions"]]
    assert states == ["superseded", "earlier"]


def test_a_guideline_as_it_was_not_yet_shown(client: Client) -> None:
    assert read(client, "guidelines/end-use/?shown=2001-01-01", 404)["status"] == 404
    assert "cannot be known yet" in str(read(client, "guidelines/end-use/?shown=2999-01-01", 400))


def test_two_editions_are_compared(client: Client) -> None:
    found = read(client, "guidelines/end-use/comparison/?from=1&to=2")
    assert (found["from"], found["to"], found["language"]) == (1, 2, "en")
    assert [(row["key"], row["change"]) for row in found["sections"]] == [("top", "unchanged"), ("why", "changed")]
    pieces = found["sections"][1]["paragraphs"][0]["pieces"]
    assert {"op": "insert", "text": "Chiefly because"} in pieces or any(piece["op"] == "insert" for piece in pieces)


@pytest.mark.parametrize(
    ("query", "name"),
    [("from=1", "to"), ("from=9&to=2", "from"), ("from=1&to=2&lang=fr", "lang"), ("from=1&to=2&x=1", "x")],
)
def test_a_comparison_of_nothing_is_refused(client: Client, query: str, name: str) -> None:
    assert name in str(read(client, f"guidelines/end-use/comparison/?{query}", 400))
