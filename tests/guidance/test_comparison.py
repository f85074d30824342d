"""Two dates of a law, or of a provision, as a redline."""

import datetime as dt
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from portal.guidance import queries
from portal.guidance.models import TextKind
from portal.library import actions
from tests.guidance.factories import LAW, add_text, as_if_shown_since, load_changed
from tests.library import little

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
DAY = dt.date
DATES = "from=2026-12-31&to=2027-01-01"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode()


def words(page: str) -> str:
    """The page as it is read, without markup."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


@pytest.mark.parametrize(
    "path", ["/laws/cn-ecl/compare/", "/laws/cn-ecl/art-2/compare/", "/laws/cn-ecl/chapter-1/compare/"]
)
def test_two_dates_are_compared(client: Client, path: str) -> None:
    page = text(client, f"{path}?{DATES}")
    assert "changed, 1 insertion, 1 deletion, now to be checked" in page
    assert page.count("<ins>") == 2  # one in the key to the marks
    assert "The [deletion: old end of deletion][insertion: new end of insertion] scope." in words(page)


def test_the_list_of_changes_leads_to_each(client: Client) -> None:
    page = text(client, f"/laws/cn-ecl/compare/?{DATES}")
    assert 'href="#c-art-2"' in page
    assert 'id="c-art-2"' in page


def test_what_is_unchanged_is_folded_until_asked_for(client: Client) -> None:
    page = text(client, f"/laws/cn-ecl/compare/?{DATES}")
    assert "2 provisions unchanged" in words(page)
    assert "The purpose" not in page
    page = text(client, f"/laws/cn-ecl/compare/?{DATES}&all=1")
    assert "The purpose; see Article 2." in words(page)
    assert "[[" not in page


def test_a_new_provision_is_new(client: Client) -> None:
    add_text("cn-ecl/chapter-1", "Wholly new.", since="2028-01-01", kind=TextKind.GIST)
    page = words(text(client, "/laws/cn-ecl/compare/?from=2027-12-31&to=2028-01-01"))
    assert "Chapter I General: new" in page
    assert "[insertion: Wholly new. end of insertion]" in page
    page = words(text(client, "/laws/cn-ecl/compare/?from=2020-11-30&to=2020-12-01"))
    assert "Article 1: new" in page


def test_a_provision_that_ended_is_no_longer_there(client: Client) -> None:
    add_text("cn-ecl/chapter-1", "For a year.", since="2028-01-01", until="2029-01-01", kind=TextKind.GIST)
    page = words(text(client, "/laws/cn-ecl/compare/?from=2028-06-01&to=2029-01-01"))
    assert "Chapter I General: no longer there" in page
    assert "[deletion: For a year. end of deletion]" in page


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", ("2026-06-01", "2027-01-01")),
        ("to=2028-01-01", ("2026-12-31", "2028-01-01")),
        ("from=2020-01-01", ("2020-01-01", "2027-01-01")),
    ],
)
def test_dates_left_out_are_filled_in_sensibly(
    client: Client, query: str, days: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("portal.guidance.views.laws.comparing"), "today", lambda: DAY(2026, 6, 1))
    data = client.get(f"/laws/cn-ecl/compare/?{query}").context["form"].data
    assert (data["from"], data["to"]) == days


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([DAY(2020, 12, 1), DAY(2024, 1, 1), DAY(2030, 1, 1)], (DAY(2023, 12, 31), DAY(2026, 6, 1))),
        ([DAY(2020, 12, 1), DAY(2030, 1, 1), DAY(2031, 1, 1)], (DAY(2026, 6, 1), DAY(2030, 1, 1))),
        ([DAY(2020, 12, 1)], (DAY(2020, 11, 30), DAY(2026, 6, 1))),
        ([DAY(2030, 1, 1)], (DAY(2026, 6, 1), DAY(2030, 1, 1))),
        ([], (DAY(2026, 5, 31), DAY(2026, 6, 1))),
    ],
)
def test_sensible_dates(days: list[dt.date], expected: tuple[dt.date, dt.date]) -> None:
    assert queries.sensible_dates(days, DAY(2026, 6, 1)) == expected


@pytest.mark.parametrize(
    ("query", "sentence", "typed"),
    [
        ("from=soon&to=2027-01-01", "“soon” is not a date.", 'value="soon"'),
        ("from=2026-01-01&to=9999-12-31", "“9999-12-31” is not a date.", 'value="9999-12-31"'),
        ("from=0001-01-01&to=2026-01-01", "“0001-01-01” is not a date.", 'value="0001-01-01"'),
        ("to=0001-01-01", "“0001-01-01” is not a date.", 'value="0001-01-01"'),
        ("from=2027-01-01&to=2026-12-31", "The second date is before the first one.", 'value="2027-01-01"'),
        ("from=2024-02-30&to=2026-12-31", "“2024-02-30” is not a date.", 'value="2024-02-30"'),
    ],
)
@pytest.mark.parametrize("path", ["/laws/cn-ecl/compare/", "/laws/cn-ecl/art-2/compare/"])
def test_bad_dates_get_a_sentence_and_stay(client: Client, path: str, query: str, sentence: str, typed: str) -> None:
    page = text(client, f"{path}?{query}", status=400)
    assert sentence in page
    assert typed in page
    assert "aria-invalid" in page


@pytest.mark.parametrize(
    "path", ["/laws/nowhere/compare/", "/laws/cn-ecl/art-99/compare/", "/laws/nowhere/art-1/compare/"]
)
def test_unknown_laws_are_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/laws/cn-ecl/compare/", "/laws/cn-ecl/art-1/compare/"])
def test_comparisons_refuse_posts(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_chinese_is_compared_with_chinese(client: Client) -> None:
    add_text("cn-ecl/art-2", "出口管制物项实行许可制度。", since="2020-12-01", language="zh-hans", kind=TextKind.GIST)
    add_text("cn-ecl/art-2", "出口管制物项实行清单制度。", since="2027-01-01", language="zh-hans", kind=TextKind.GIST)
    page = words(text(client, f"/zh-hans/laws/cn-ecl/compare/?{DATES}"))
    assert "许可" in page
    assert "The " not in page.partition("制度")[0][-60:]
    page = text(client, f"/laws/cn-ecl/compare/?{DATES}&lang=zh-hans")
    assert '<section class="provision change-changed" id="c-art-2" lang="zh-hans">' in page
    assert "Compare the English texts" in page


def test_a_language_without_texts_says_so(client: Client) -> None:
    page = text(client, f"/laws/cn-ecl/art-2/compare/?{DATES}&lang=zh-hans")
    assert "There are no texts in Chinese on these dates." in page


def test_official_text_is_compared_with_official_text(client: Client) -> None:
    add_text("cn-ecl/art-2", "Official before.", since="2020-12-01", until="2027-01-01")
    page = text(client, f"/laws/cn-ecl/compare/?{DATES}")
    assert "Our summary is compared with our summary" in page  # official on one side only
    assert "Compare the official texts" in page
    add_text("cn-ecl/art-2", "Official after.", since="2027-01-01")
    page = text(client, f"/laws/cn-ecl/compare/?{DATES}")
    assert "Official [deletion: before end of deletion][insertion: after end of insertion]." in words(page)
    assert "scope" not in words(page)
    assert "old end of deletion" in words(text(client, f"/laws/cn-ecl/compare/?{DATES}&text=summary"))


def test_official_text_alone_is_compared_even_if_it_is_new(client: Client) -> None:
    add_text("cn-ecl/art-2", "正式文本。", since="2027-01-01", language="zh-hans")
    page = words(text(client, f"/laws/cn-ecl/art-2/compare/?{DATES}&lang=zh-hans"))
    assert "[insertion: 正式文本。 end of insertion]" in page


def test_only_a_mark_or_a_link_changed(client: Client, library: Path) -> None:
    load_changed(
        library,
        ("{en: The old scope.}", "{en: 'Same *words*, see [[cn-ecl/art-1]].'}"),
        ("{en: The new scope.}", "{en: 'Same words, see [[cn-ecl/art-1]].'}"),
    )
    page = words(text(client, f"/laws/cn-ecl/compare/?{DATES}"))
    assert "same words, only links or form changed, now to be checked" in page


def test_two_future_days_are_compared(client: Client) -> None:
    """Two enacted texts that are both still to come."""
    add_text("cn-ecl/art-1", "First change.", since="2090-01-01", kind=TextKind.GIST)
    add_text("cn-ecl/art-1", "Second change.", since="2091-01-01", kind=TextKind.GIST)
    page = words(text(client, "/laws/cn-ecl/compare/?from=2090-01-01&to=2091-01-01"))
    assert "[deletion: First end of deletion][insertion: Second end of insertion] change." in page
    for path in ("/laws/cn-ecl/", "/laws/cn-ecl/art-1/"):
        page = words(text(client, path))
        assert "What will change on 1 January 2090" in page
        assert "What will change on 1 January 2091" in page


def test_states_stand_in_words_on_both_dates(client: Client) -> None:
    page = words(text(client, "/laws/cn-old/compare/?from=2024-11-30&to=2024-12-01"))
    assert "In force since 22 August 2002; repealed from 1 December 2024 on." in page
    assert "Repealed since 1 December 2024." in page


def test_what_this_site_showed_is_compared_with_what_it_shows(client: Client, library: Path) -> None:
    day = as_if_shown_since(9)
    load_changed(library, ("The old scope.", "The corrected scope."), ("heading: {en: Scope", "heading: {en: Reach"))
    page = words(text(client, f"/laws/cn-ecl/compare/?from=2026-06-01&to=2026-06-01&from_shown={day}"))
    assert "changed, heading changed, 1 insertion, 1 deletion" in page
    assert "[deletion: old end of deletion][insertion: corrected end of insertion]" in page
    page = words(text(client, f"/laws/cn-ecl/compare/?from=2026-06-01&to=2026-06-01&from_shown={day}&to_shown={day}"))
    assert "The words are the same on both dates." in page


def test_a_law_nobody_knew_then_is_told(client: Client) -> None:
    page = text(client, f"/laws/cn-ecl/compare/?{DATES}&from_shown=2001-01-01", status=404)
    assert "This site had no record of this law on 1 January 2001." in page


@pytest.mark.parametrize("path", ["/laws/cn-ecl/compare/", "/laws/cn-ecl/chapter-1/compare/"])
def test_queries_do_not_grow(client: Client, library: Path, path: str, django_assert_num_queries: Any) -> None:
    more = "".join(
        f"      - label: art-x{n}\n        number: {{en: Article X{n}}}\n        texts:\n"
        f"          - gist: {{en: 'See [[cn-ecl/art-1]] {n}.'}}\n"
        f"          - {{valid_from: 2027-01-01, gist: {{en: 'See [[cn-ecl/art-1]] not {n}.'}}}}\n"
        for n in range(30)
    )
    load_changed(library, ("{en: The old scope.}", "{en: 'See [[cn-ecl/art-1]].'}"))
    with django_assert_num_queries(6):
        client.get(f"{path}?{DATES}")
    actions.load(little.write(library, **{LAW: little.FILES[LAW] + more}))
    with django_assert_num_queries(6):
        response = client.get(f"{path}?{DATES}")
    assert len(response.context["changes"]) == 31
