"""The one box."""

import datetime as dt
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.guidance.models import Term
from portal.references.actions import register
from portal.references.models import Address
from tests.search.conftest import add, piece

pytestmark = pytest.mark.django_db
URL = "/search/"


@pytest.fixture
def terms() -> None:
    """Two terms with pages, one of them in both languages."""
    register(
        [
            Address(key="jurisdiction/us", kind="jurisdiction", title={"en": "United States"}, route="x:y"),
            *[
                Address(
                    key=f"term/{slug}",
                    kind="term",
                    title={"en": slug},
                    route="guidance:term",
                    arguments={"slug": slug},
                )
                for slug in ("deemed-export", "re-export")
            ],
        ]
    )
    add(
        piece("term/deemed-export", "deemed export", "Release of technology.", jurisdictions=("us",)),
        piece("term/deemed-export", "视同出口", "披露受控技术。", language="zh-hans", jurisdictions=("us",)),
        piece(
            "term/re-export", "re-export", "Export from abroad.", date=dt.date(2020, 5, 1), part="s1", fragment="why"
        ),
    )


def body(client: Client, url: str = URL, **query: object) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.usefixtures("terms")
def test_results_have_marks_and_addresses(client: Client) -> None:
    page = body(client, q="exports")
    assert '<a href="/glossary/deemed-export/">deemed <mark>export</mark></a>' in page
    assert 'href="/glossary/re-export/#why"' in page
    assert "2 results" in page
    assert "United States" in page


@pytest.mark.usefixtures("terms")
def test_the_readers_language_is_shown_once(client: Client) -> None:
    page = body(client, "/zh-hans/search/", q="term/deemed-export")
    assert "披露受控技术" in page
    assert "Release of technology" not in page


@pytest.mark.usefixtures("terms")
def test_the_other_language_is_marked(client: Client) -> None:
    page = body(client, q="视同")
    assert '<h3 lang="zh-hans">' in page
    assert "In Chinese" in page


@pytest.mark.usefixtures("terms")
def test_facets_are_links_that_choose_and_give_up(client: Client) -> None:
    add(piece("case/x", "A case of export", kind="case"), piece("event/x", "Export event", kind="event"))
    page = body(client, q="export")
    assert 'href="?q=export&kind=case"' in page
    chosen = body(client, q="export", kind=["case", "event"])
    assert "2 results" in chosen
    assert 'href="?q=export&kind=event" class="chosen" aria-current="true"' in chosen
    assert "Remove all filters" in chosen


@pytest.mark.usefixtures("terms")
def test_filters_that_leave_nothing_can_be_removed(client: Client) -> None:
    page = body(client, q="export", kind="notice", year="1999")
    assert "Nothing fits these words and filters" in page
    assert 'href="?q=export"' in page


@pytest.mark.usefixtures("terms")
def test_best_match(client: Client) -> None:
    page = body(client, q="term/deemed-export")
    assert "Best match" in page
    assert page.count('href="/glossary/deemed-export/"') == 1


@pytest.mark.usefixtures("terms")
def test_synonyms_are_told(client: Client) -> None:
    Term.objects.create(
        slug="deemed-export", term={"en": "deemed export", "zh-hans": "视同出口"}, definition={"en": "x"}
    )
    assert "Also searched for: <strong>视同出口</strong>" in body(client, q="deemed export")


def test_nothing_asked(client: Client) -> None:
    page = body(client)
    assert "One box for all that is published" in page
    assert 'href="/search/?q=9A012"' in page


def test_nothing_found(client: Client) -> None:
    assert "Nothing was found" in body(client, q="zzzz")


def test_search_pages_are_not_for_search_engines(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in body(client, q="x")


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'; DROP TABLE search_searchentry; --",
        'NEAR(a b) OR {tokens}: "',
        "a AND OR NOT b",
        "\x01\x02",
        "%s %(x)s {} %",
        "…！？《》",
        "-",
        '""',
        "*",
        "-*",
        "() ( ) '&|!:*<->",
        "word " * 5000,
        "出口" * 3000,
        "x" * 10_000,
        "\u202e\ufeff𠀀😀",
    ],
)
def test_whatever_is_typed_is_a_page(client: Client, typed: str) -> None:
    add(piece("term/x", "A b x word 出口出口", "Words & more"))
    response = client.get(URL, {"q": typed})
    assert response.status_code == 200
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_indexed_text_is_escaped(client: Client) -> None:
    add(piece("term/x", "<b>Danger</b> & co", "Before `<script>alert(1)</script>` danger"))
    page = client.get(URL, {"q": "danger"}).content.decode()
    assert "&lt;b&gt;<mark>Danger</mark>&lt;/b&gt; &amp; co" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("page", ["0", "-1", "99999999", "x", "²", "2"])
def test_odd_pages_are_pages(client: Client, page: str) -> None:
    add(*[piece(f"term/x{number}", f"Export {number}") for number in range(12)])
    assert client.get(URL, {"q": "export", "page": page}).status_code == 200


@pytest.mark.parametrize("year", ["x", "99999", "²²²²", "0000"])
def test_odd_years_are_ignored(client: Client, year: str) -> None:
    assert client.get(URL, {"q": "export", "year": year}).status_code == 200


def test_pager_keeps_the_question(client: Client) -> None:
    add(*[piece(f"term/x{number}", f"Export {number}") for number in range(25)])
    page = body(client, q="export", kind="term", page=2)
    assert "11–20 of 25" in page
    assert 'href="?q=export&kind=term&page=3"' in page


def test_queries_do_not_grow(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    add(piece("term/a", "Export", jurisdictions=("us",)))
    client.get(URL, {"q": "export"})  # what a process remembers
    with django_assert_max_num_queries(10) as few:
        client.get(URL, {"q": "export"})
    add(*[piece(f"term/x{number}", f"Export {number}", jurisdictions=("us", "cn")) for number in range(30)])
    client.get(URL, {"q": "export"})
    with django_assert_max_num_queries(10) as many:
        client.get(URL, {"q": "export"})
    assert len(many) == len(few)


def test_methods(client: Client) -> None:
    assert client.post(URL, {"q": "x"}).status_code == 405
    assert client.head(URL, {"q": "x"}).status_code == 200


def test_people_see_what_visitors_see(
    client_for: Callable[..., Client], officer: User, outsider: User, auditor: User
) -> None:
    add(piece("term/x", "Export"))
    for person in (officer, outsider, auditor):
        assert "1 result" in body(client_for(person), q="export")


# --- Suggestions -----------------------------------------------------------------------------------


def suggested(client: Client, typed: str) -> str:
    response = client.get(reverse("search:suggestions"), {"q": typed}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("terms")
def test_suggestions(client: Client) -> None:
    assert 'href="/glossary/deemed-export/"' in suggested(client, "deem")
    assert 'href="/glossary/deemed-export/"' in suggested(client, "视同出")
    assert "Release" not in suggested(client, "deem")


@pytest.mark.parametrize("typed", ["", "  ", "zzz", "\x01", '"', "-x", "()"])
def test_no_suggestions(client: Client, typed: str) -> None:
    assert "<li>" not in suggested(client, typed)


@pytest.mark.usefixtures("terms")
def test_bodies_are_not_suggested(client: Client) -> None:
    assert "<li>" not in suggested(client, "technolog")


def test_suggestions_without_a_script_lead_to_results(client: Client) -> None:
    response = client.get(reverse("search:suggestions"), {"q": "a&b"})
    assert (response.status_code, response["Location"]) == (302, "/search/?q=a%26b")


def test_suggestions_methods(client: Client) -> None:
    assert client.post(reverse("search:suggestions")).status_code == 405


def test_suggestions_have_a_constant_number_of_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    add(*[piece(f"term/x{number}", f"Export {number}") for number in range(30)])
    with django_assert_max_num_queries(5):
        suggested(client, "expo")
