"""Two editions of a guideline as a redline."""

import re
from pathlib import Path

import pytest
from django.test import Client

from portal.core import markdown
from portal.library import actions
from tests.library import little

pytestmark = pytest.mark.django_db

GUIDE, TWIN = "guidance/guidelines/end-use.md", "guidance/guidelines/end-use.zh-hans.md"


@pytest.fixture(autouse=True)
def editions(library: Path) -> None:
    second = little.FILES[GUIDE].replace("edition: 1", "edition: 2").replace("2026-01-01", "2026-02-01", 1)
    second = second.replace("Because of", "Chiefly because of") + "\n## New\n\nQuite new.\n"
    actions.load(little.write(library, **{GUIDE: second}))


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_the_comparison_lists_and_marks_the_changes(client: Client) -> None:
    page = text(client, "/guidelines/end-use/compare/?from=1&to=2")
    assert re.search(r'href="#c-why" lang="en">\s*Why\s*</a>: changed, 1 insertion, 1 deletion', page)
    assert re.search(r'href="#c-new" lang="en">\s*New\s*</a>: new', page)
    assert "[insertion: </span>Chiefly because" in page
    assert "the scope" in page
    assert 'id="c-top"' not in page
    assert 'id="c-top"' in text(client, "/guidelines/end-use/compare/?from=1&to=2&all=1")


def test_the_other_way_round_shows_what_went(client: Client) -> None:
    page = text(client, "/guidelines/end-use/compare/?from=2&to=1")
    assert re.search(r"New\s*</a>: no longer there", page)


def test_without_numbers_the_last_change_is_shown(client: Client) -> None:
    page = text(client, "/guidelines/end-use/compare/")
    assert 'name="from" value="1"' in page
    assert 'name="to" value="2"' in page


def test_an_edition_with_itself_is_the_same(client: Client) -> None:
    assert "The words of the two editions are the same." in text(client, "/guidelines/end-use/compare/?from=2&to=2")


def test_a_language_that_only_one_has_gives_way(client: Client) -> None:
    page = client.get("/zh-hans/guidelines/end-use/compare/?from=1&to=2")
    assert page.context["compared"].language == "en"
    assert page.context["compared"].wanted == "zh-hans"


def test_chinese_is_compared_where_both_have_it(client: Client, library: Path) -> None:
    twin = little.FILES[TWIN].replace("edition: 1", "edition: 2").replace("依据", "主要依据")
    actions.load(little.write(library, **{GUIDE: (library / GUIDE).read_text(), TWIN: twin}))
    page = client.get("/zh-hans/guidelines/end-use/compare/?from=1&to=2")
    assert page.context["compared"].language == "zh-hans"
    line = next(line for line in page.context["compared"].lines if line.key == "为什么")
    pieces = [(piece.op.value, piece.text) for row in line.paragraphs for piece in row.pieces]
    assert ("insert", "主要") in pieces
    assert page.context["other"] == "en"


@pytest.mark.parametrize("number", ["9", "x", "１"])
def test_a_wrong_number_is_named_and_kept(client: Client, number: str) -> None:
    page = text(client, f"/guidelines/end-use/compare/?from={number}&to=2", status=400)
    assert f"There is no edition “{number}”" in page
    assert f'name="from" value="{number}"' in page


def test_unknown_and_wrong_methods(client: Client) -> None:
    assert client.get("/guidelines/nowhere/compare/").status_code == 404
    assert client.post("/guidelines/end-use/compare/").status_code == 405


def test_a_text_falls_into_its_sections() -> None:
    source = "Lead.\n\n## One *a*\n\nText.\n\n### Deep\n\n```\n## no heading\n```\n\n## 二\nEnd."
    assert markdown.sections(source) == [
        ("", "", "Lead.\n"),
        ("one-a", "One a", "\nText.\n\n### Deep\n\n```\n## no heading\n```\n"),
        ("二", "二", "End."),
    ]
    assert markdown.sections("No heading.") == [("", "", "No heading.")]
