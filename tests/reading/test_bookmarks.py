"""The page of bookmarks: what is there, what changed, taking away, undoing."""

import csv
import io
import json

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.errors import Conflict
from portal.reading import actions, queries
from portal.reading.actions import keeping
from portal.reading.models import Bookmark
from portal.references.actions import withdraw
from portal.references.models import Address
from tests.reading.factories import KEY, make_guideline
from tests.references.factories import AddressFactory

pytestmark = pytest.mark.django_db
LIST = "/reading/bookmarks/"
POSTS = ["save", "remove", "seen"]


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row, _compare, _version in client.get(LIST + query).context["rows"]]


def text(client: Client, path: str = LIST) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_empty_says_what_to_do(client_for, officer, prefix: str) -> None:
    page = text(client_for(officer), prefix + LIST)
    assert f'href="{prefix}/laws/"' in page
    assert '<div class="empty">' in page


def test_in_both_languages(client_for, officer) -> None:
    make_guideline()
    actions.save_bookmark(officer, key=KEY)
    client = client_for(officer)
    assert "Checks of end-use" in text(client)
    assert "end-use 核查" in text(client, f"/zh-hans{LIST}")


def test_only_ones_own(client_for, officer, owner) -> None:
    make_guideline()
    actions.save_bookmark(officer, key=KEY)
    assert titles(client_for(owner)) == []
    client_for(owner).post("/reading/bookmarks/remove/", {"key": KEY})
    assert queries.bookmark(officer, KEY)


def test_visitors_sign_in(client: Client) -> None:
    for path in (LIST, "/reading/bookmarks.csv", "/reading/bookmarks.json"):
        assert client.get(path)["Location"] == f"/account/login/?next={path}"
    assert client.post("/reading/bookmarks/save/", {"key": KEY}).status_code == 302
    assert not Bookmark.objects.exists()


def test_wrong_methods(client_for, officer) -> None:
    client = client_for(officer)
    assert {client.get(f"/reading/bookmarks/{name}/").status_code for name in POSTS} == {405}
    assert client.get("/reading/bookmarks/1/put-back/").status_code == 405
    assert client.post(LIST).status_code == 405


def test_filter_and_order(client_for, officer) -> None:
    for name in ("b", "a", "c"):
        make_guideline(name)
        actions.save_bookmark(officer, key=f"guide/{name}")
    AddressFactory(key="term/x", kind="term")
    actions.save_bookmark(officer, key="term/x")
    client = client_for(officer)
    assert titles(client) == ["Title of term/x", "Checks of c", "Checks of a", "Checks of b"]
    assert titles(client, "?kind=guideline&order=title") == ["Checks of a", "Checks of b", "Checks of c"]
    assert titles(client, "?kind=case") == []
    assert "No bookmark of this kind" in text(client, f"{LIST}?kind=case")


def test_a_change_is_told_until_it_was_seen(client_for, officer) -> None:
    make_guideline()
    actions.save_bookmark(officer, key=KEY)
    client = client_for(officer)
    assert "changed since you saved it" not in text(client)
    make_guideline(number=2)
    assert "changed since you saved it" in text(client)
    client.post("/reading/bookmarks/seen/", {"key": KEY})
    assert "changed since you saved it" not in text(client)
    assert client.post("/reading/bookmarks/seen/", {"key": "guide/other"}).status_code == 404


def test_what_was_withdrawn_or_is_gone_keeps_its_line(client_for, officer) -> None:
    make_guideline()
    AddressFactory(key="x/gone")
    for key in (KEY, "x/gone"):
        actions.save_bookmark(officer, key=key)
    withdraw([KEY], on=timezone.localdate())
    Address.objects.filter(key="x/gone").delete()
    page = text(client_for(officer))
    assert "withdrawn on" in page
    assert "not there any more" in page
    assert "x/gone" in page


def test_removing_can_be_undone(client_for, officer, owner) -> None:
    make_guideline()
    row = actions.save_bookmark(officer, key=KEY)
    client = client_for(officer)
    answer = client.post("/reading/bookmarks/remove/", {"key": KEY})
    assert answer["Location"] == f"{LIST}?removed={row.pk}"
    assert f"/reading/bookmarks/{row.pk}/put-back/" in text(client, answer["Location"])
    assert titles(client) == []
    assert client_for(owner).post(f"/reading/bookmarks/{row.pk}/put-back/").status_code == 404
    client.post(f"/reading/bookmarks/{row.pk}/put-back/")
    assert titles(client) == ["Checks of end-use"]


def test_saving_twice_keeps_the_first(officer) -> None:
    make_guideline()
    first = actions.save_bookmark(officer, key=KEY)
    make_guideline(number=2)
    again = actions.save_bookmark(officer, key=KEY)
    assert (again.pk, again.version) == (first.pk, "1")


def test_the_most(officer, monkeypatch) -> None:
    monkeypatch.setattr(keeping, "MOST_BOOKMARKS", 1)
    AddressFactory(key="x/1")
    AddressFactory(key="x/2")
    actions.save_bookmark(officer, key="x/1")
    with pytest.raises(Conflict, match="1 bookmarks"):
        actions.save_bookmark(officer, key="x/2")


def test_an_alias_is_saved_under_the_real_key(officer) -> None:
    make_guideline()
    AddressFactory(key="guide/old-name", alias_of=KEY)
    assert actions.save_bookmark(officer, key="guide/old-name").key == KEY


def test_taking_away(client_for, officer) -> None:
    make_guideline()
    Address.objects.filter(key=KEY).update(title='{"en": "=cmd()"}')
    actions.save_bookmark(officer, key=KEY)
    make_guideline("second")
    actions.save_bookmark(officer, key="guide/second")
    client = client_for(officer)
    answer = client.get("/reading/bookmarks.csv")
    assert answer["Cache-Control"] == "private, no-store"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["key"] for row in rows] == ["guide/second", KEY]
    assert rows[1]["title"] == "'=cmd()"
    found = json.loads(client.get("/reading/bookmarks.json").content)
    assert found[0] | {"saved_at": ""} == {
        "key": "guide/second",
        "kind": "guideline",
        "title": "Checks of second",
        "page": "http://localhost:8000/r/guide/second",
        "saved_at": "",
        "version": "1",
        "changed": False,
        "withdrawn_on": None,
    }


def test_queries_do_not_grow(client_for, officer, django_assert_num_queries) -> None:
    client = client_for(officer)
    for number in (1, 30):
        for position in range(number):
            make_guideline(f"g-{position}", number=number)
            actions.save_bookmark(officer, key=f"guide/g-{position}")
        with django_assert_num_queries(7):
            assert len(titles(client)) == number
