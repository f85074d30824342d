"""Laws and provisions: on a date, in both languages, with what rests on them."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from portal.guidance import queries
from portal.guidance.models import Instrument, InstrumentState
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
