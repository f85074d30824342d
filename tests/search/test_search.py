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
from portal.search import queries
from portal.search.filters import STATES, Filters
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


def test_more_than_is_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound the page says so; the newest and what has the words in its title still come first."""
    add(*[piece(f"term/x{number}", "Other", "Export", date=dt.date(2000 + number, 1, 1)) for number in range(8)])
    add(piece("term/late", "Export", date=dt.date(1990, 1, 1)))
    for name, value in {"answers.BOUND": 3, "answers.RANKED": 2}.items():
        monkeypatch.setattr(f"portal.search.queries.{name}", value)
    page = body(client, q="export")
    assert "count only some of them" in page
    assert page.index("/r/term/late") < page.index("/r/term/x")
    assert body(client, q="export", sort="date").index("/r/term/x7") < body(client, q="export", sort="date").index("x6")
    assert "1 result<" in body(client, q="export", year="1990")


def test_filters_are_taken_off_one_by_one(client: Client) -> None:
    add(
        piece("case/x", "Export", kind="case", date=dt.date(2020, 1, 1), jurisdictions=("us", "cn")),
        piece("term/x", "Export", jurisdictions=("us",)),
    )
    page = body(client, q="export", kind="case", jurisdiction="us")
    assert 'href="?q=export&jurisdiction=us"' in page
    assert 'href="?q=export&kind=case"' in page
    nothing = body(client, q="export", kind="term", jurisdiction="cn")
    assert "Without the filter “Kind”: 1" in nothing
    assert "Without the filter “Jurisdiction”: 1" in nothing


def test_filters_alone_are_a_question(client: Client) -> None:
    add(piece("case/x", "Export", kind="case"), piece("term/x", "Term"))
    assert "1 result<" in body(client, kind="case")
    assert "1 result<" in body(client, q="kind:case")


def test_terms_can_be_searched_for_alone(client: Client) -> None:
    Term.objects.create(slug="de", term={"en": "deemed export", "zh-hans": "视同出口"}, definition={"en": "x"})
    add(piece("term/a", "deemed export"), piece("term/b", "视同出口", language="zh-hans"))
    page = body(client, q="deemed export")
    assert "2 results" in page
    assert 'href="?q=deemed+export&exact=1"' in page
    alone = body(client, q="deemed export", exact="1")
    assert "1 result<" in alone
    assert 'href="?q=deemed+export"' in alone


@pytest.fixture
def law() -> None:
    spans = [
        ("old", dt.date(2000, 1, 1), dt.date(2020, 1, 1)),
        ("present", dt.date(2010, 1, 1), None),
        ("coming", dt.date(2998, 1, 1), None),
    ]
    for name, start, end in spans:
        add(piece(f"xx/{name}", f"Law {name}", kind="instrument", date=start, valid_from=start, valid_until=end))


@pytest.mark.usefixtures("law")
def test_where_a_law_stands_on_a_day(client: Client) -> None:
    def shown(**query: str) -> set[str]:
        page = body(client, q="law", **query)
        return {name for name in ("old", "present", "coming") if f"/r/xx/{name}" in page}

    assert shown(state="in_force") == {"present"}
    assert shown(state="repealed") == {"old"}
    assert shown(state=["future", "repealed"]) == {"old", "coming"}  # type: ignore[arg-type]
    assert shown(state="in_force", on="2015-06-01") == {"old", "present"}
    assert shown(state="in_force", on="2999-01-01") == {"present", "coming"}
    assert shown() == {"old", "present", "coming"}
    page = body(client, q="law", on="2015-06-01")
    assert 'value="2015-06-01"' in page
    assert "not a date" in body(client, q="law", on="soon")


@pytest.mark.usefixtures("law")
def test_states_are_the_same_in_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The condition in SQL and the one in Python agree on every side of every day."""
    add(
        piece(
            "xx/waiting", "Law", kind="instrument", valid_from=dt.date(2000, 1, 1), suspended_until=dt.date(2030, 1, 1)
        ),
        piece("xx/odd", "Law", kind="instrument", suspended_until=dt.date(2030, 1, 1), valid_until=dt.date(2040, 1, 1)),
    )
    days = [
        "1999-01-01",
        "2000-01-01",
        "2019-12-31",
        "2020-01-01",
        "2029-12-31",
        "2030-01-01",
        "2040-01-01",
        "2998-01-01",
    ]
    for day in map(dt.date.fromisoformat, days):
        for state in STATES:
            filters = Filters(state=(state,))
            monkeypatch.setattr("portal.search.queries.answers.BOUND", 10_000)
            here = queries.search("law", filters=filters, on=day).total
            monkeypatch.setattr("portal.search.queries.answers.BOUND", 4)
            there = queries.search("law", filters=filters, on=day)
            assert (there.total, there.more) == (here, here > 4), (day, state)


def test_dates_narrow(client: Client) -> None:
    add(*[piece(f"case/y{year}", "Export", kind="case", date=dt.date(year, 6, 1)) for year in (2019, 2020, 2021)])
    assert "2 results" in body(client, q="export after:2020")
    assert "1 result<" in body(client, q="export after:2020 before:2020-12")


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
