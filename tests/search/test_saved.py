"""Searches that a person keeps."""

import datetime as dt
from collections.abc import Callable
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.accounts.actions import close
from portal.accounts.models import User
from portal.core.errors import Conflict, PortalError
from portal.core.models import AuditEvent
from portal.search import actions, queries, tasks
from portal.search.filters import Filters
from portal.search.models import SavedSearch
from portal.search.queries.kept import News
from portal.search.requests import Query
from tests.search.conftest import add, piece

pytestmark = pytest.mark.django_db
LIST = "/search/saved/"
CASES = Query("export", Filters(kind=("case",)), "date")


@pytest.fixture
def saved(officer: User) -> SavedSearch:
    return actions.save(CASES, name="Cases of export", by=officer)


def page(client: Client, url: str = LIST) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_saving_keeps_words_filters_and_order(client_for: Callable[..., Client], officer: User) -> None:
    add(piece("case/x", "Export", kind="case"))
    client = client_for(officer)
    assert "Save this search" in page(client, f"/search/{CASES.href}")
    response = client.post("/search/save/", {"q": "export", "kind": "case", "sort": "date", "name": "Mine"})
    assert response["Location"] == LIST
    row = SavedSearch.objects.get()
    assert (row.user, row.name, row.query) == (officer, "Mine", CASES)
    assert AuditEvent.objects.filter(event="search.saved", target_key=f"saved-search/{row.pk}").exists()


def test_visitors_are_asked_to_sign_in(client: Client, saved: SavedSearch) -> None:
    add(piece("case/x", "Export", kind="case"))
    assert "Save this search" not in page(client, f"/search/{CASES.href}")
    for name in ("remove", "restore"):
        assert client.post(reverse(f"search:{name}", args=[saved.pk])).status_code == 302
    for url in (LIST, f"{LIST}{saved.pk}/"):
        assert "/account/login/" in client.get(url)["Location"]
    assert client.post("/search/save/", {"q": "x", "name": "x"}).status_code == 302
    assert SavedSearch.objects.get(removed_at=None) == saved


def test_others_do_not_know_of_it(client_for: Callable[..., Client], saved: SavedSearch, outsider: User) -> None:
    client = client_for(outsider)
    assert "Cases of export" not in page(client)
    assert client.get(f"{LIST}{saved.pk}/").status_code == 404
    assert client.post(f"{LIST}{saved.pk}/", {"name": "Theirs"}).status_code == 404
    assert client.post(f"{LIST}{saved.pk}/remove/").status_code == 404
    assert client.post(f"{LIST}{saved.pk}/restore/").status_code == 404
    assert client.get(f"{LIST}999999/").status_code == 404


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_every_role_may_keep_searches(
    role: str, client_for: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    client = client_for(request.getfixturevalue(role))
    assert client.post("/search/save/", {"q": "export", "name": "Mine"}).status_code == 302
    assert "Mine" in page(client)


def test_the_same_question_is_kept_once(officer: User, saved: SavedSearch) -> None:
    same = Query("Export", Filters(kind=("case",)))
    assert actions.save(same, name="New name", by=officer).pk == saved.pk
    assert SavedSearch.objects.get().name == "New name"
    actions.save(Query("export"), name="All", by=officer)
    assert SavedSearch.objects.count() == 2


def test_nothing_is_not_saved(client_for: Callable[..., Client], officer: User) -> None:
    with pytest.raises(PortalError, match="nothing to save"):
        actions.save(Query(), name="x", by=officer)
    client = client_for(officer)
    assert client.post("/search/save/", {"q": "export", "name": " "}, follow=True).status_code == 200
    assert client.post("/search/save/", {"q": "", "name": "x"}, follow=True).status_code == 200
    assert not SavedSearch.objects.exists()


def test_there_is_a_limit(officer: User, saved: SavedSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.search.actions.saving.MOST_SAVED", 1)
    with pytest.raises(Conflict, match="1 searches"):
        actions.save(Query("other"), name="x", by=officer)
    actions.remove(saved, by=officer)
    actions.save(Query("other"), name="x", by=officer)
    with pytest.raises(Conflict):
        actions.restore(SavedSearch.objects.get(pk=saved.pk), by=officer)


def test_opening_leads_to_the_results(client_for: Callable[..., Client], officer: User, saved: SavedSearch) -> None:
    with time_machine.travel(dt.datetime(2030, 1, 1, tzinfo=dt.UTC), tick=False):
        client = client_for(officer)
        response = client.get(f"{LIST}{saved.pk}/")
    assert response["Location"] == "/search/?q=export&kind=case&sort=date"
    saved.refresh_from_db()
    assert saved.looked_at == dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def test_new_results_are_counted(client_for: Callable[..., Client], officer: User) -> None:
    add(piece("case/old", "Old export", kind="case"))
    row = actions.save(CASES, name="Cases", by=officer)
    assert queries.news([row])[row.pk] == News(0)
    add(
        piece("case/new", "New export", kind="case"),
        piece("case/new", "出口 export", kind="case", language="zh-hans"),
        piece("case/other", "Import", kind="case"),
        piece("term/x", "New export"),
    )
    assert queries.news([row])[row.pk] == News(1)
    client = client_for(officer)
    assert "1 new" in page(client)
    client.get(f"{LIST}{row.pk}/")
    assert "Nothing new" in page(client)


def test_news_are_what_is_said_now(officer: User) -> None:
    """A text that changes is news, one that is indexed again is not."""
    row = actions.save(Query("unlisted"), name="x", by=officer)
    from portal.guidance.models import Term

    term = Term.objects.create(slug="catch-all", term={"en": "catch-all"}, definition={"en": "Unlisted."})
    actions.reindex([term.key])
    actions.look_at(row)
    row.refresh_from_db()
    actions.refresh()
    assert queries.news([row])[row.pk].number == 0
    Term.objects.update(definition={"en": "Unlisted items."})
    actions.refresh()
    assert queries.news([row])[row.pk].number == 1


def test_of_very_much_that_is_new_some_is_counted(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.search.queries.kept.LOOKED_THROUGH", 2)
    row = actions.save(Query("export"), name="x", by=officer)
    add(*[piece(f"term/x{number}", "Export") for number in range(3)])
    assert queries.news([row])[row.pk] == News(2, more=True)


def test_renaming_and_frequency(client_for: Callable[..., Client], officer: User, saved: SavedSearch) -> None:
    client = client_for(officer)
    client.post(f"{LIST}{saved.pk}/", {"name": "Renamed", "frequency": "weekly"})
    saved.refresh_from_db()
    assert (saved.name, saved.frequency) == ("Renamed", "weekly")
    client.post(f"{LIST}{saved.pk}/", {"name": "", "frequency": "weekly"})
    client.post(f"{LIST}{saved.pk}/", {"name": "x", "frequency": "hourly"})
    saved.refresh_from_db()
    assert saved.name == "Renamed"


def test_removing_can_be_undone(client_for: Callable[..., Client], officer: User, saved: SavedSearch) -> None:
    client = client_for(officer)
    client.post(f"{LIST}{saved.pk}/remove/")
    assert "“Cases of export” is removed." in page(client)
    assert client.get(f"{LIST}{saved.pk}/").status_code == 404
    client.post(f"{LIST}{saved.pk}/restore/")
    assert f'href="{LIST}{saved.pk}/"' in page(client)


def test_bringing_back_what_was_saved_anew(
    client_for: Callable[..., Client], officer: User, saved: SavedSearch
) -> None:
    client = client_for(officer)
    client.post(f"{LIST}{saved.pk}/remove/")
    actions.save(CASES, name="Again", by=officer)
    answer = client.post(f"{LIST}{saved.pk}/restore/", follow=True)
    assert "on your list already" in answer.content.decode()


def test_removed_ones_are_forgotten_after_a_day(officer: User, saved: SavedSearch) -> None:
    actions.remove(saved, by=officer)
    tasks.refresh()
    assert SavedSearch.objects.exists()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=2)):
        tasks.refresh()
    assert not SavedSearch.objects.exists()


def test_they_go_with_the_account(officer: User, saved: SavedSearch) -> None:
    close(officer)
    assert not SavedSearch.objects.exists()


def test_no_words_of_it_are_in_the_audit_trail(officer: User, saved: SavedSearch) -> None:
    actions.remove(saved, by=officer)
    told = [str(vars(event)) for event in AuditEvent.objects.filter(event__startswith="search.")]
    assert len(told) == 2
    assert not [words for words in told if "Cases of export" in words]


def test_queries_do_not_grow(
    client_for: Callable[..., Client],
    officer: User,
    saved: SavedSearch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_for(officer)
    client.get(LIST)
    with django_assert_max_num_queries(20) as one:
        client.get(LIST)
    for number in range(30):
        actions.save(Query(f"word{number}"), name=f"Search {number}", by=officer)
    with django_assert_max_num_queries(20) as many:
        client.get(LIST)
    assert len(many) == len(one)


def test_they_are_proposed_first(client_for: Callable[..., Client], officer: User, saved: SavedSearch) -> None:
    add(piece("term/cases", "Cases"))
    client = client_for(officer)
    shown = client.get("/search/suggestions/", {"q": "case"}, headers={"HX-Request": "true"}).content.decode()
    assert shown.index("Cases of export") < shown.index("/r/term/cases")
    empty = client.get("/search/suggestions/", {"q": ""}, headers={"HX-Request": "true"}).content.decode()
    assert "Cases of export" in empty


@pytest.mark.parametrize("name", ["save", "remove", "restore"])
def test_methods(name: str, client_for: Callable[..., Client], officer: User, saved: SavedSearch) -> None:
    client = client_for(officer)
    url = reverse(f"search:{name}", args=[] if name == "save" else [saved.pk])
    assert client.get(url).status_code == 405
    assert client.post(LIST).status_code == 405
