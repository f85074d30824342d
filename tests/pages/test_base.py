"""What every page has: landmarks, languages, a policy for scripts, and a head that knows the reader."""

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.factories import MembershipFactory
from tests.pages.pages import Page

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/about/",
    "/accessibility/",
    "/style/",
    "/account/login/",
    "/account/signup/",
    "/zh-hans/",
    "/zh-hans/about/",
]


@pytest.mark.parametrize("path", PAGES)
def test_landmarks_and_headings(client: Client, path: str) -> None:
    page = Page(client.get(path))

    assert len(page.all("main", id="main")) == 1
    assert len(page.all("h1")) == 1
    assert len(page.all("header")) >= 1
    assert len(page.all("footer")) == 1
    links = [found["href"] for found in page.all("a")]
    assert links[0] == "#main", "the skip link comes first"
    assert page.title.endswith("Portolan") or page.title.startswith("Portolan")
    assert page.all("meta", name="description")[0]["content"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_inline(client: Client, path: str) -> None:
    """The policy forbids inline styles and scripts, so a page must not have them; data blocks are not scripts."""
    answer = client.get(path)
    page = Page(answer)

    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert [found for _tag, found in page.elements if "style" in found] == []
    assert [name for _tag, found in page.elements for name in found if name.startswith("on")] == []
    inline = [found for found in page.all("script") if "src" not in found and found.get("type") != "application/json"]
    assert inline == []


def test_language_of_the_page_and_its_twin(client: Client) -> None:
    english, chinese = Page(client.get("/about/")), Page(client.get("/zh-hans/about/"))

    assert english.all("html")[0]["lang"] == "en"
    assert chinese.all("html")[0]["lang"] == "zh-hans"
    for page in (english, chinese):
        twins = {found["hreflang"]: found["href"] for found in page.all("link", rel="alternate")}
        assert twins["en"].endswith(":8000/about/")
        assert twins["zh-hans"].endswith("/zh-hans/about/")
    switch = english.all("a", hreflang="zh-hans")[0]
    assert switch["href"] == "/zh-hans/about/"
    assert english.all("a", hreflang="en")[0]["aria-current"] == "true"


def test_main_navigation_marks_where_the_reader_is(client: Client) -> None:
    page = Page(client.get("/laws/"))

    assert page.all("a", href="/laws/")[0]["aria-current"] == "page"
    assert "aria-current" not in page.all("a", href="/cases/")[0]


def test_visitor_has_no_cookie_and_no_token(client: Client) -> None:
    """Public pages stay the same for everybody, so that they can be cached."""
    answer = client.get("/")

    assert not answer.cookies
    assert Page(answer).all("input", name="csrfmiddlewaretoken") == []
    assert len(Page(answer).all("a", href="/account/signup/")) == 1


def test_signed_in_reader_has_a_menu_and_signs_out_by_post(client_for, owner: User) -> None:
    page = Page(client_for(owner).get("/"))

    assert str(owner) in page.text
    assert page.all("form", action="/account/logout/")[0]["method"] == "post"
    assert page.all("a", href="/dashboard/")
    assert page.all("a", href="/account/signup/") == []


def test_menu_costs_no_query_for_each_organisation(
    client_for, owner: User, other_firm: Organisation, django_assert_max_num_queries
) -> None:
    MembershipFactory(organisation=other_firm, user=owner)
    browser = client_for(owner)
    browser.get("/about/")

    with django_assert_max_num_queries(3):  # session, person, memberships
        browser.get("/about/")
