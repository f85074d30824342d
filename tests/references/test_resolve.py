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
    with django_assert_num_queries(3):
        words = client.get("/r/cn-ecl/art-12/cited-by").content.decode()
    assert words.count("Title of guide/") >= number
