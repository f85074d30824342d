"""Laws and provisions: on a date, in both languages, with what rests on them."""

import datetime as dt
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client

from portal.guidance import queries
from portal.guidance.models import Instrument, InstrumentState
from tests.guidance.factories import add_text
from tests.library import little

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_laws_lists_all_with_their_state(client: Client) -> None:
    page = text(client, "/laws/")
    assert "Export Control Law" in page
    assert "Old Regulations" in page
    assert "Repealed" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=repealed", ["Old Regulations"]),
        ("state=repealed&on=2024-11-30", []),
        ("state=in_force&on=2010-01-01", ["Old Regulations"]),
        ("kind=law", ["Export Control Law"]),
        ("jurisdiction=us", []),
        ("state=nonsense", ["Export Control Law", "Old Regulations"]),
    ],
)
def test_laws_are_filtered(client: Client, query: str, shown: list[str]) -> None:
    response = client.get(f"/laws/?{query}")
    assert sorted(str(row.title.localize("en")) for row, *_ in response.context["rows"]) == shown


@pytest.mark.parametrize("on", [dt.date(2001, 1, 1), dt.date(2010, 1, 1), dt.date(2024, 12, 1), dt.date(2030, 1, 1)])
def test_sql_and_python_agree_on_states(on: dt.date) -> None:
    for state in InstrumentState:
        by_sql = set(queries.in_state(Instrument.objects.all(), state, on=on))
        assert by_sql == {row for row in Instrument.objects.all() if row.state(on) == state}


def test_a_law_shows_its_outline_and_gists(client: Client) -> None:
    page = text(client, "/laws/cn-ecl/")
    assert "Article 2" in page
    assert "The old scope." in page
    assert "The new scope." not in page


def test_a_law_on_a_future_date_shows_the_future_text(client: Client) -> None:
    page = text(client, "/laws/cn-ecl/?on=2027-01-01")
    assert "The new scope." in page
    assert "The old scope." not in page


def test_a_law_before_its_first_day_says_so(client: Client) -> None:
    assert "Not yet in force on this date" in text(client, "/laws/cn-ecl/?on=2019-01-01")


def test_a_repealed_law_links_to_its_successor(client: Client) -> None:
    page = text(client, "/laws/cn-old/")
    assert "Repealed since 1 December 2024" in page
    assert 'href="/laws/cn-ecl/"' in page


def test_a_wrong_date_gets_a_sentence(client: Client) -> None:
    assert "“soon” is not a date" in text(client, "/laws/cn-ecl/?on=soon", status=400)


def test_a_law_in_chinese(client: Client) -> None:
    page = text(client, "/zh-hans/laws/cn-ecl/")
    assert "立法目的。" in page
    assert 'lang="en"' in page  # Article 2 is only there in English, and marked


def test_a_provision_shows_its_text_and_what_rests_on_it(client: Client) -> None:
    page = text(client, "/laws/cn-ecl/art-2/")
    assert "The old scope." in page
    assert "End-use checks" in page
    assert "/guidelines/end-use/" in page


def test_a_provision_marks_what_is_to_be_checked(client: Client) -> None:
    assert "To be checked" not in text(client, "/laws/cn-ecl/art-2/")
    assert "To be checked" in text(client, "/laws/cn-ecl/art-2/?on=2027-06-01")


def test_citations_in_a_gist_are_links(client: Client) -> None:
    assert 'href="/laws/cn-ecl/art-2/"' in text(client, "/laws/cn-ecl/art-1/")


@pytest.mark.parametrize("path", ["/laws/nowhere/", "/laws/cn-ecl/art-99/", "/laws/nowhere/art-1/"])
def test_an_unknown_law_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/laws/", "/laws/cn-ecl/", "/laws/cn-ecl/art-1/", "/guidelines/", "/glossary/"])
def test_reading_pages_refuse_posts(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_resolving_a_key_keeps_the_date(client: Client) -> None:
    response = client.get("/r/cn-ecl/art-2?on=2027-01-01")
    assert response.headers["Location"] == "/laws/cn-ecl/art-2/?on=2027-01-01"


def many_laws(folder: Path) -> Path:
    """Thirty laws of two articles each."""
    laws = {
        f"guidance/laws/law-{number}.yaml": little.FILES["guidance/laws/cn-ecl.yaml"].replace("cn-ecl", f"law-{number}")
        for number in range(30)
    }
    return little.write(folder, **laws)


def test_laws_need_the_same_queries_for_one_and_for_thirty(
    client: Client, library: Path, django_assert_num_queries: object
) -> None:
    from portal.library import actions

    with django_assert_num_queries(3):  # type: ignore[operator]
        client.get("/laws/")
    actions.load(many_laws(library))
    with django_assert_num_queries(3):  # type: ignore[operator]
        client.get("/laws/")


def test_a_law_needs_the_same_queries_for_three_and_for_ninety_provisions(
    client: Client, library: Path, django_assert_num_queries: object
) -> None:
    from portal.library import actions

    path = "guidance/laws/cn-ecl.yaml"
    more = "".join(
        f"      - label: art-x{n}\n        number: {{en: Article X{n}}}\n"
        "        texts: [{gist: {en: 'See [[cn-ecl/art-1]].'}}]\n"
        for n in range(90)
    )
    with django_assert_num_queries(14):  # type: ignore[operator]
        client.get("/laws/cn-ecl/")
    actions.load(little.write(library, **{path: little.FILES[path] + more}))
    with django_assert_num_queries(14):  # type: ignore[operator]
        client.get("/laws/cn-ecl/")


# --- One language or two, whose words, in which state ------------------------------------------------


def test_both_languages_stand_side_by_side(client: Client) -> None:
    for path in ("/laws/cn-ecl/", "/laws/cn-ecl/art-1/", "/zh-hans/laws/cn-ecl/art-1/"):
        page = text(client, f"{path}?view=both&on=2026-01-01")
        assert '<div lang="en">' in page
        assert '<div lang="zh-hans">' in page
        assert page.index("The purpose") < page.index("立法目的。")
    assert '<div class="side-by-side">' not in text(client, "/laws/cn-ecl/")


def test_a_language_that_is_missing_beside_the_other_is_marked(client: Client) -> None:
    page = text(client, "/laws/cn-ecl/art-2/?view=both")
    assert "Not there in Chinese" in page


@pytest.mark.parametrize("path", ["/laws/cn-ecl/", "/laws/cn-ecl/art-2/"])
def test_the_date_and_the_view_are_kept(client: Client, path: str) -> None:
    page = text(client, f"{path}?on=2027-01-01&view=both")
    assert 'href="?on=2027-01-01"' in page  # back to one language
    assert 'href="/laws/cn-ecl/art-1/?on=2027-01-01&amp;view=both"' in page
    assert '<input type="hidden" name="view" value="both">' in page
    assert 'href="?on=2020-12-01&amp;view=both"' in page  # a mark of the date bar


def official() -> None:
    add_text("cn-ecl/art-2", "The official scope.", since="2020-12-01")
    add_text("cn-ecl/art-2", "正式文本。", since="2020-12-01", language="zh-hans")


def test_summary_and_official_text_do_not_mix(client: Client) -> None:
    official()
    page = text(client, "/laws/cn-ecl/art-2/")
    ours, theirs = '<p class="words-of">Our summary<', '<p class="words-of">Official text<'
    assert page.index(ours) < page.index("The old scope.") < page.index(theirs) < page.index("The official scope.")
    assert "正式文本。" not in page
    chinese = text(client, "/zh-hans/laws/cn-ecl/art-2/")
    assert "正式文本。" in chinese
    assert "The old scope." in chinese  # our summary is only there in English, and marked


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?text=official", "The official scope.", "The old scope."),
        ("?text=summary", "The old scope.", "The official scope."),
        ("?text=official&view=both", "正式文本。", "The old scope."),
    ],
)
def test_the_words_are_chosen(client: Client, query: str, shown: str, hidden: str) -> None:
    official()
    for path in ("/laws/cn-ecl/", "/laws/cn-ecl/art-2/"):
        page = text(client, path + query)
        assert shown in page
        assert hidden not in page


def test_without_official_text_there_is_our_summary(client: Client) -> None:
    official()
    page = text(client, "/laws/cn-ecl/art-1/?text=official")
    assert "The purpose" in page
    assert 'class="words-of"' not in text(client, "/laws/cn-ecl/art-1/")


def test_a_provision_that_is_not_yet_good_says_so(client: Client) -> None:
    add_text("cn-ecl/chapter-1", "From then on.", since="2090-01-01")
    for path in ("/laws/cn-ecl/", "/laws/cn-ecl/chapter-1/"):
        page = text(client, path)
        assert "Not yet in force on this date, although the law is: its first text begins on 1 January 2090." in page
    page = text(client, "/laws/cn-ecl/art-1/?on=2019-01-01")
    assert "Not yet in force on this date: its first text begins on 1 December 2020." in page


def test_a_provision_that_ended_says_so(client: Client) -> None:
    add_text("cn-ecl/chapter-1", "For a while.", since="2021-01-01", until="2022-01-01")
    assert "its last text ended on 1 January 2022." in text(client, "/laws/cn-ecl/chapter-1/")
    add_text("cn-ecl/chapter-1", "Again.", since="2090-01-01")
    page = text(client, "/laws/cn-ecl/")
    assert "the text before ended on 1 January 2022, the next begins on 1 January 2090." in page


@pytest.mark.parametrize("path", ["/laws/cn-old/", "/laws/cn-old/compare/"])
def test_a_suspended_law_says_until_when(client: Client, path: str) -> None:
    Instrument.objects.filter(key="cn-old").update(suspended_until="2024-01-01")
    page = text(client, f"{path}?on=2023-01-01&from=2023-01-01&to=2023-02-01")
    assert "Suspended until 1 January 2024." in page


def test_the_law_that_replaced_another_links_back(client: Client) -> None:
    Instrument.objects.filter(key="cn-ecl").update(supersedes=["cn-old"])
    for path in ("/laws/cn-ecl/", "/laws/cn-ecl/art-1/"):
        assert 'It replaces <a href="/laws/cn-old/">' in text(client, path)
    assert 'Repealed and superseded by <a href="/laws/cn-ecl/">' in text(client, "/laws/cn-old/")


def test_a_day_on_which_a_text_ended_is_a_mark(client: Client) -> None:
    add_text("cn-ecl/chapter-1", "For a while.", since="2021-01-01", until="2022-01-01")
    days = [placed.mark.date.isoformat() for placed in client.get("/laws/cn-ecl/").context["bar"].marks]
    assert days == ["2020-12-01", "2021-01-01", "2022-01-01", "2027-01-01"]


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_dates_at_the_ends_of_time_are_refused(client: Client, on: str) -> None:
    for path in ("/laws/", "/laws/cn-ecl/", "/laws/cn-ecl/art-1/"):
        assert f"“{on}” is not a date" in text(client, f"{path}?on={on}", status=400)


def test_a_long_law_is_an_outline(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our summaries are folded and official texts are left to their own pages, until they are asked for."""
    official()
    monkeypatch.setattr(import_module("portal.guidance.views.laws.reading"), "LONG", 2)
    page = text(client, "/laws/cn-ecl/")
    assert page.count('<details class="folded-words">') == 2
    assert "The old scope." in page
    assert "The official scope." not in page
    assert 'href="?text=both"' in page
    page = text(client, "/laws/cn-ecl/?text=both")
    assert "The official scope." in page
    assert '<details class="folded-words">' not in page


def test_a_provision_needs_the_same_queries_for_two_and_for_thirty_below(
    client: Client, library: Path, django_assert_num_queries: object
) -> None:
    from portal.library import actions

    path = "guidance/laws/cn-ecl.yaml"
    more = "".join(
        f"      - label: art-x{n}\n        number: {{en: Article X{n}}}\n"
        "        texts: [{gist: {en: 'See [[cn-ecl/art-1]].'}}]\n"
        for n in range(30)
    )
    with django_assert_num_queries(12):  # type: ignore[operator]
        client.get("/laws/cn-ecl/chapter-1/")
    actions.load(little.write(library, **{path: little.FILES[path] + more}))
    with django_assert_num_queries(12):  # type: ignore[operator]
        client.get("/laws/cn-ecl/chapter-1/")
