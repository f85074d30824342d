"""Following a key to its page: /r/<key>."""

import pytest
from django.test import Client

from portal.references import actions
from tests.references.factories import AddressFactory

pytestmark = pytest.mark.django_db


def test_a_key_leads_to_its_page(client: Client) -> None:
    AddressFactory(key="cn-ecl/art-12", fragment="art-12")
    response = client.get("/r/cn-ecl/art-12")
    assert (response.status_code, response["Location"]) == (302, "/#art-12")


def test_the_page_is_in_the_language_of_the_address(client: Client) -> None:
    AddressFactory(key="cn-ecl/art-12")
    assert client.get("/zh-hans/r/cn-ecl/art-12")["Location"] == "/zh-hans/"


def test_the_date_goes_along_where_the_page_can_be_put_on_a_date(client: Client) -> None:
    AddressFactory(key="cn-ecl/art-12", dated=True, fragment="x")
    AddressFactory(key="case/zte-2017")
    assert client.get("/r/cn-ecl/art-12?on=2024-12-01")["Location"] == "/?on=2024-12-01#x"
    assert client.get("/r/case/zte-2017?on=2024-12-01")["Location"] == "/"


def test_a_date_that_is_none_is_said_in_a_sentence(client: Client) -> None:
    AddressFactory(key="cn-ecl/art-12", dated=True)
    response = client.get("/r/cn-ecl/art-12?on=soon")
    assert response.status_code == 400
    assert "“soon” is not a date" in response.content.decode()


@pytest.mark.parametrize("written", ["CN-ECL/Art-12", "cn-ecl/art-12/"])
def test_capitals_and_a_last_stroke_do_not_matter(client: Client, written: str) -> None:
    AddressFactory(key="cn-ecl/art-12")
    assert client.get(f"/r/{written}").status_code == 302


def test_an_alias_leads_on(client: Client) -> None:
    AddressFactory(key="guide/new", fragment="new")
    AddressFactory(key="guide/old", alias_of="guide/new")
    assert client.get("/r/guide/old")["Location"] == "/#new"


def test_an_unknown_key_helps_to_go_on(client: Client) -> None:
    AddressFactory(key="cn-ecl", title="Export Control Law")
    AddressFactory(key="cn-ecl/art-12", title="Article 12")
    AddressFactory(key="eu-2021-821/art-4", title="Somewhere else")
    response = client.get("/r/cn-ecl/art-21")
    words = response.content.decode()
    assert response.status_code == 404
    assert "Export Control Law" in words
    assert "Article 12" in words
    assert "Somewhere else" not in words


def test_an_unknown_key_is_shown_as_words(client: Client) -> None:
    response = client.get("/r/<script>alert(1)</script>")
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("page", ["", "/card", "/cited-by"])
def test_reading_is_all_that_can_be_done(client: Client, page: str) -> None:
    AddressFactory(key="cn-ecl/art-12")
    assert client.post(f"/r/cn-ecl/art-12{page}").status_code == 405


def test_the_card_tells_title_and_gist(client: Client) -> None:
    AddressFactory(key="cn-ecl/art-12")
    words = client.get("/r/cn-ecl/art-12/card").content.decode()
    assert "Title of cn-ecl/art-12" in words
    assert "What it says." in words
    assert "其内容。" in client.get("/zh-hans/r/cn-ecl/art-12/card").content.decode()


@pytest.mark.parametrize("page", ["card", "cited-by"])
def test_there_is_no_card_of_nothing(client: Client, page: str) -> None:
    assert client.get(f"/r/nothing/here/{page}").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_everything_that_cites_a_key_in_a_constant_number_of_queries(
    client: Client,
    django_assert_num_queries,
    number: int,  # type: ignore[no-untyped-def]
) -> None:
    AddressFactory(key="cn-ecl/art-12")
    guides = [AddressFactory(key=f"guide/{index}", kind="guideline") for index in range(number)]
    actions.cite_many({(guide.key, "1"): [("cn-ecl/art-12", "basis")] for guide in guides})
    with django_assert_num_queries(6):
        words = client.get("/r/cn-ecl/art-12/cited-by").content.decode()
    assert words.count("Title of guide/") >= number


def cited_by_many() -> None:
    """A law with an article, cited by 60 guidelines (the article) and one case (the law)."""
    AddressFactory(key="cn-ecl", kind="instrument")
    AddressFactory(key="cn-ecl/art-12", kind="provision")
    AddressFactory(key="case/zte", kind="case")
    guides = [AddressFactory(key=f"guide/g{index:02}", kind="guideline") for index in range(60)]
    actions.cite_many(
        {(guide.key, "1"): [("cn-ecl/art-12", "basis")] for guide in guides}
        | {("case/zte", "1"): [("cn-ecl", "example")]}
    )


def test_a_law_counts_what_rests_on_its_articles(client: Client) -> None:
    cited_by_many()
    assert client.get("/r/cn-ecl/cited-by").context["kinds"] == {"case": 1, "guideline": 60}
    assert client.get("/r/cn-ecl/cited-by?below=0").context["kinds"] == {"case": 1}
    assert 'href="?below=0"' in client.get("/r/cn-ecl/cited-by").content.decode()


def test_what_rests_on_a_thing_comes_in_pages_and_by_kind(client: Client) -> None:
    cited_by_many()
    first = client.get("/r/cn-ecl/cited-by?kind=guideline")
    assert len(first.context["rows"]) == 50
    last = client.get("/r/cn-ecl/cited-by?kind=guideline&page=2")
    assert [row.key for row, _targets in last.context["rows"]] == [f"guide/g{index}" for index in range(50, 60)]
    assert "Title of cn-ecl/art-12" in last.content.decode()
    assert client.get("/r/cn-ecl/cited-by?kind=nonsense").context["rows"] == []


def test_the_card_shows_titles_where_the_gist_cites(client: Client) -> None:
    AddressFactory(key="us-ear/744.21")
    AddressFactory(key="term/x", gist="Under [[us-ear/744.21]] and **more**.")
    words = client.get("/r/term/x/card").content.decode()
    assert "Under Title of us-ear/744.21 and more." in words


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("cn-ecl/card", "In force since 1 December 2020."),
        ("cn-ecl/art-1/card?on=2019-01-01", "Not yet in force"),
        ("cn-old/card", "Repealed"),
        ("guide/end-use/card", "Edition 1, effective 1 January 2026"),
    ],
)
def test_the_card_says_where_a_thing_stands(client: Client, path: str, said: str) -> None:
    assert said in client.get(f"/r/{path}").content.decode()


def test_a_card_on_something_that_is_no_date_is_refused(client: Client) -> None:
    AddressFactory(key="cn-ecl")
    assert client.get("/r/cn-ecl/card?on=soon").status_code == 400
