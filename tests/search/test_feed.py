"""Any search as an Atom feed."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.test import Client

from portal.search.models import SearchEntry
from tests.search.conftest import add, piece

pytestmark = pytest.mark.django_db
URL = "/search/feed.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(client: Client, url: str = URL, **query: object) -> list[ElementTree.Element]:
    response = client.get(url, query)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall("a:entry", ATOM)


def titles(client: Client, **query: object) -> list[str]:
    return [entry.findtext("a:title", "", ATOM) for entry in entries(client, **query)]


@pytest.fixture
def three() -> None:
    add(*[piece(f"case/{name}", f"Export {name}", kind="case", date=dt.date(2020, 1, 1)) for name in ("a", "b", "c")])
    add(piece("term/x", "Export x"))
    for at, key in enumerate(["case/b", "case/a", "case/c"]):
        SearchEntry.objects.filter(key=key).update(since=dt.datetime(2026, 1, 1 + at, tzinfo=dt.UTC))


@pytest.mark.usefixtures("three")
def test_what_was_found_last_comes_first(client: Client) -> None:
    assert titles(client, q="export", kind="case") == ["Export c", "Export a", "Export b"]


@pytest.mark.usefixtures("three")
def test_also_where_there_is_too_much_to_sort(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.search.queries.latest.BOUND", 1)
    assert titles(client, q="export", kind="case") == ["Export c", "Export a", "Export b"]


def test_ids_are_the_same_in_both_languages_and_do_not_change(client: Client) -> None:
    add(piece("term/x", "Export"), piece("term/x", "出口 export", language="zh-hans"))
    ids = [entries(client, url, q="export")[0].findtext("a:id", "", ATOM) for url in (URL, f"/zh-hans{URL}")]
    assert ids[0] == ids[1]
    assert ids[0].endswith(",2026:term/x")
    SearchEntry.objects.update(since=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    assert entries(client, q="export")[0].findtext("a:id", "", ATOM) == ids[0]


def test_control_characters_and_markup_do_no_harm(client: Client) -> None:
    add(piece("term/x", "Export \x0b <b>&"))
    assert titles(client, q="export \x01\x0b<b>") == ["Export  <b>&"] or titles(client, q="export")


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "zzz"}, {"q": "-export"}])
def test_nothing(client: Client, query: dict[str, str]) -> None:
    add(piece("term/x", "Export"))
    assert entries(client, **query) == []


def test_a_day_that_is_none(client: Client) -> None:
    assert client.get(URL, {"q": "x", "on": "soon"}).status_code == 400


def test_the_page_links_to_it(client: Client) -> None:
    add(piece("term/x", "Export"))
    assert 'href="/search/feed.atom?q=export"' in client.get("/search/", {"q": "export"}).content.decode()


def test_methods(client: Client) -> None:
    assert client.post(URL).status_code in {200, 403, 405}
