"""What changed, on the page and in feeds."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.updates import queries
from tests.updates.factories import change, vocabulary

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _start() -> None:
    vocabulary()
    change("notice/one", topics=("space",))
    change("case/two", kind="case", jurisdictions=("us",), topics=())


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"notice/one", "case/two"}),
        ("?jurisdiction=cn", {"notice/one"}),
        ("?kind=case", {"case/two"}),
        ("?topic=space&jurisdiction=cn", {"notice/one"}),
        ("?topic=space&jurisdiction=us", set()),
        ("?topic=nonsense", set()),
    ],
)
def test_filters(client: Client, query: str, shown: set[str]) -> None:
    page = client.get(f"/updates/changes/{query}").content.decode()
    assert {key for key in ("notice/one", "case/two") if f'href="/r/{key}"' in page} == shown


def test_in_chinese(client: Client) -> None:
    page = client.get("/zh-hans/updates/changes/").content.decode()
    assert "notice/one 的标题" in page
    assert 'href="/zh-hans/r/notice/one"' in page


def test_nothing_yet_says_what_to_do(client: Client) -> None:
    assert 'href="/updates/"' in client.get("/updates/changes/?topic=end-use").content.decode()


def test_only_reading(client: Client) -> None:
    assert client.post("/updates/changes/").status_code == 405
    assert client.post("/updates/feeds/").status_code == 405


def test_the_list_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    with CaptureQueriesContext(connection) as two:
        client.get("/updates/changes/")
    for number in range(29):
        change(f"notice/n{number}")
    with django_assert_num_queries(len(two)):
        client.get("/updates/changes/")


def test_recent(django_assert_num_queries: Callable[..., object]) -> None:
    change("notice/trifle", substantive=False)
    with django_assert_num_queries(1):
        assert [event.key for event in queries.recent(5)] == ["case/two", "notice/one"]
    assert len(queries.recent(1)) == 1


def test_the_page_of_feeds(client: Client) -> None:
    page = client.get("/updates/feeds/").content.decode()
    for path in ("all", "jurisdiction/cn", "topic/space", "kind/notice"):
        assert f'href="/feeds/{path}.atom"' in page


@pytest.mark.parametrize("language", ["", "/zh-hans"])
@pytest.mark.parametrize(
    ("path", "count"), [("all", 2), ("jurisdiction/cn", 1), ("topic/space", 1), ("topic/end-use", 0), ("kind/case", 1)]
)
def test_feeds(client: Client, path: str, count: int, language: str) -> None:
    address = f"{language}/feeds/{path}.atom"
    response = client.get(address)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == (language.strip("/") or "en")
    assert feed.findtext(f"{ATOM}id", "").endswith(address)
    assert any(
        link.get("rel") == "self" and link.get("href", "").endswith(address) for link in feed.iter(f"{ATOM}link")
    )
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == count
    for entry in entries:
        assert entry.findtext(f"{ATOM}id", "").startswith("tag:")
        assert entry.findtext(f"{ATOM}updated")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href", "").startswith("http://localhost:8000" + language + "/r/")


def test_a_feed_in_chinese_says_it_in_chinese(client: Client) -> None:
    assert "notice/one 的标题" in client.get("/zh-hans/feeds/all.atom").content.decode()


@pytest.mark.parametrize("path", ["jurisdiction/xx", "topic/nonsense", "kind/term"])
def test_an_unknown_feed(client: Client, path: str) -> None:
    assert client.get(f"/feeds/{path}.atom").status_code == 404


def test_a_feed_costs_the_same_for_any_number(client: Client, django_assert_num_queries: Callable[..., object]) -> None:
    for number in range(30):
        change(f"notice/n{number}")
    with django_assert_num_queries(1):
        client.get("/feeds/all.atom")
