"""The page cache: quick for visitors, never stale, never somebody else's."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from redis.exceptions import ConnectionError as RedisAway

from portal.accounts.models import User
from portal.core import caching
from portal.core.signals import published, withdrawn
from portal.guidance.models import Term
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
Capture = Callable[..., object]


@pytest.fixture(autouse=True)
def _page_cache(settings: Settings) -> Iterator[None]:
    """As in production, and empty."""
    settings.PAGE_CACHE_SECONDS = 900
    caching._ask_again_at = 0.0
    cache.clear()
    yield
    cache.clear()


def term(words: str, slug: str = "a-term") -> None:
    Term.objects.create(slug=slug, term={"en": words}, definition={"en": words})


def page(client: Client, path: str = "/glossary/", **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/", "/zh-hans/", "/about/", "/laws/", "/guidelines/", "/glossary/", "/timeline/", "/regimes/", "/cases/",
        "/notices/", "/assess/", "/courses/", "/updates/changes/", "/updates/feeds/",
    ],
)  # fmt: skip
def test_the_second_visitor_costs_no_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    first = client.get(path)
    with django_assert_num_queries(0):
        second = Client().get(path)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert {"Cookie", "HX-Request"} <= set(first["Vary"].split(", "))


def test_head_is_answered_like_get(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    page(client)
    with django_assert_num_queries(0):
        assert client.head("/glossary/").status_code == 200


def test_who_has_the_page_already_gets_304(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    tag = client.get("/glossary/")["ETag"]
    with django_assert_num_queries(0):
        assert client.get("/glossary/", headers={"If-None-Match": tag}).status_code == 304
    cache.clear()
    assert client.get("/glossary/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("signal", [published, withdrawn])
def test_a_publication_clears_it_once_committed(
    client: Client, django_capture_on_commit_callbacks: Capture, signal: object
) -> None:
    page(client)
    with django_capture_on_commit_callbacks(execute=True):
        term("Deemed export")
        signal.send(sender=None, keys=[], changes=[])  # type: ignore[attr-defined]
        assert "Deemed export" not in page(client)  # others read the state before the commit
    assert "Deemed export" in page(client)


@pytest.mark.django_db(transaction=True)
def test_a_publication_that_is_rolled_back_changes_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(client)
    with transaction.atomic():
        published.send(sender=None, keys=[], changes=[])
        transaction.set_rollback(True)
    with django_assert_num_queries(0):
        page(client)


def test_a_page_made_during_a_publication_is_not_kept(rf: RequestFactory) -> None:
    words = iter(["before", "after"])

    @caching.cached_for_visitors
    def slow(request: HttpRequest) -> HttpResponse:
        word = next(words)
        if word == "before":
            caching.clear()  # committed after this view read its rows
        return HttpResponse(word)

    assert answer(slow, rf.get("/")).content == b"before"
    assert answer(slow, rf.get("/")).content == b"after"


def test_people_who_are_signed_in_get_a_page_of_their_own(client: Client, client_for: Callable[[User], Client]) -> None:
    visitor = page(client, "/")
    person = UserFactory()
    mine = page(client_for(person), "/")
    assert "Sign out" in mine
    assert "Sign out" not in visitor
    assert page(Client(), "/") == visitor


def test_a_page_made_for_somebody_is_kept_for_nobody(client: Client, client_for: Callable[[User], Client]) -> None:
    page(client_for(UserFactory()), "/")
    assert "Sign out" not in page(client, "/")


def test_a_message_is_shown_to_its_reader_alone(client: Client) -> None:
    page(client)
    holder = HttpResponse()
    request = with_machinery(RequestFactory().get("/"))
    messages.success(request, "You are signed out")
    request._messages.update(holder)  # type: ignore[attr-defined]
    client.cookies.update(holder.cookies)
    assert "You are signed out" in page(client)
    assert "You are signed out" not in page(Client())


def test_languages_are_kept_apart(client: Client) -> None:
    english, chinese = page(client, "/glossary/"), page(client, "/zh-hans/glossary/")
    assert '<html lang="zh-hans">' in chinese
    assert page(client, "/glossary/") == english
    assert page(client, "/zh-hans/glossary/") == chinese


def test_each_day_has_its_own_page(client: Client) -> None:
    with time_machine.travel("2026-11-22 23:59:30Z", tick=False):
        before = page(client, "/laws/")
    with time_machine.travel("2026-11-23 00:00:10Z", tick=False):
        after = page(client, "/laws/")
    assert "2026-11-22" in before
    assert "2026-11-22" not in after


def test_a_part_for_htmx_is_not_the_page(client: Client) -> None:
    whole = page(client, "/cases/")
    part = page(client, "/cases/", **{"HX-Request": "true"})
    assert "<html" in whole
    assert "<html" not in part
    assert page(client, "/cases/") == whole


def test_queries_are_kept_apart_and_for_a_minute(client: Client) -> None:
    term("Licence", "licence")
    with time_machine.travel("2026-11-22 12:00Z", tick=False) as clock:
        assert "/glossary/licence/" in page(client, "/glossary/?q=lic")
        assert "/glossary/licence/" not in page(client, "/glossary/?q=zzz")
        term("Licensee", "licensee")
        assert "/glossary/licensee/" not in page(client, "/glossary/?q=lic")
        clock.shift(61)
        assert "/glossary/licensee/" in page(client, "/glossary/?q=lic")


def test_an_unknown_page_is_not_kept(client: Client) -> None:
    path = reverse("guidance:term", kwargs={"slug": "licence"})
    assert client.get(path).status_code == 404
    term("Licence", "licence")
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("personal", ["cookie", "token", "nonce", "session", "message", "private", "error"])
def test_what_belongs_to_one_visitor_is_never_kept(rf: RequestFactory, personal: str) -> None:
    calls = []

    @caching.cached_for_visitors
    def view(request: HttpRequest) -> HttpResponse:
        calls.append(request)
        response = HttpResponse("mine", status=500 if personal == "error" else 200)
        if personal == "cookie":
            response.set_cookie("mine", "1")
        if personal == "token":
            get_token(request)
        if personal == "nonce":
            request._csp_nonce = "abc"  # type: ignore[attr-defined]
        if personal == "session":
            request.session["mine"] = 1
        if personal == "message":
            messages.success(request, "mine")
            list(messages.get_messages(request))
        if personal == "private":
            response["Cache-Control"] = "private"
        return response

    for _ in range(2):
        answer(view, rf.get("/"))
    assert len(calls) == 2


@pytest.mark.parametrize("broken", ["get_many", "set"])
def test_pages_come_without_the_cache(client: Client, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def away(*_: object, **__: object) -> None:
        raise RedisAway("Connection refused")

    monkeypatch.setattr(cache._connections[cache._alias], broken, away)  # type: ignore[attr-defined]
    assert page(client) == page(client)
    caching.clear()  # a publication goes through as well


def test_a_cache_that_was_away_is_left_alone_for_a_moment(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def away(*_: object) -> None:
        asked.append(1)
        raise RedisAway("Connection refused")

    monkeypatch.setattr(cache._connections[cache._alias], "get_many", away)  # type: ignore[attr-defined]
    page(client)
    page(client)
    assert len(asked) == 1


def test_a_page_survives_the_real_redis(
    client: Client, settings: Settings, redis_server: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_server}}
    caching.clear()
    first = page(client)
    with django_assert_num_queries(0):
        assert page(client) == first
    caching.clear()
    term("Catch-all")
    assert "Catch-all" in page(client)


def with_machinery(request: HttpRequest) -> HttpRequest:
    """The request with a session and messages, as the middleware gives them."""
    from django.contrib.messages.middleware import MessageMiddleware
    from django.contrib.sessions.middleware import SessionMiddleware

    SessionMiddleware(HttpResponse).process_request(request)
    MessageMiddleware(HttpResponse).process_request(request)
    return request


def answer(view: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    return view(with_machinery(request))
