"""Errors as problem documents, and how often one may ask."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework.settings import api_settings

from portal.accounts.models import User
from portal.api import base, problems
from portal.api.throttling import Known, Visitors, network
from portal.core.errors import Conflict, NotFound, PortalError
from portal.organisations.models import Organisation
from tests.api.factories import bearer

pytestmark = pytest.mark.django_db
MEMBERS = {"type", "title", "status", "detail", "instance", "code", "errors"}


@pytest.mark.parametrize("path", ["nowhere/", "nowhere/at/all/", "cases/no/such/", "enrolments/x/", "assessments/1/"])
def test_unknown_addresses_are_problems(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}?any=thing")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json().keys() == MEMBERS
    assert response.json()["instance"] == f"/api/v1/{path}"


def test_an_address_without_its_slash_is_led_on(client: Client) -> None:
    response = client.get("/api/v1/cases?kind=x")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/cases/?kind=x")
    assert client.post("/api/v1/cases").status_code == 405


def test_the_type_leads_to_a_paragraph(client: Client) -> None:
    kind = client.get("/api/v1/nowhere/").json()["type"]
    page, _, place = kind.removeprefix("http://localhost:8000").partition("#")
    assert f'id="{place}"' in client.get(page).content.decode()


def test_only_json_is_given(client: Client) -> None:
    response = client.get("/api/v1/cases/", headers={"Accept": "application/xml"})
    assert (response.status_code, response.json()["code"]) == (406, "not-acceptable")
    assert response["Content-Type"] == "application/problem+json"


def test_problems_speak_the_readers_language_and_codes_do_not(client: Client) -> None:
    english = client.get("/api/v1/nowhere/", headers={"Accept-Language": "en"}).json()
    chinese = client.get("/api/v1/nowhere/", headers={"Accept-Language": "zh-hans"}).json()
    assert english["code"] == chinese["code"] == "not-found"
    assert english["title"] == "Not found"


@pytest.mark.parametrize("person", ["owner", None])
def test_wrong_methods_are_told_to_everybody(client_for: Any, request: Any, person: str | None) -> None:
    client = client_for(request.getfixturevalue(person) if person else None)
    client.handler.enforce_csrf_checks = True
    assert client.post("/api/v1/cases/").json()["code"] == "wrong-method"
    assert client.options("/api/v1/cases/").status_code == 405


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (PortalError("No."), 400, "bad-request"),
        (NotFound("Nothing."), 404, "not-found"),
        (Conflict("Changed."), 409, "conflict"),
    ],
)
def test_errors_of_the_portal(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: PortalError, status: int, code: str
) -> None:
    monkeypatch.setattr(base.Reading, "_refuse_unknown", _raising(error))
    response = client.get("/api/v1/cases/")
    assert (response.status_code, response.json()["code"]) == (status, code)
    if " " in str(error):
        assert response.json()["detail"] == str(error)


def _raising(error: Exception) -> Any:
    def refuse(self: object, request: object) -> None:
        raise error

    return refuse


def test_a_bug_is_logged_and_answered_without_its_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(base.Reading, "_refuse_unknown", _raising(ZeroDivisionError("secret words")))
    client = Client(raise_request_exception=False)
    response = client.get("/api/v1/cases/")
    assert (response.status_code, response.json()["code"]) == (500, "internal-error")
    assert "secret words" not in response.content.decode()
    assert "secret words" in caplog.text


def test_a_bug_is_raised_in_tests(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.Reading, "_refuse_unknown", _raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        client.get("/api/v1/cases/")


def test_every_code_has_a_title() -> None:
    assert {code for _, code in problems.CODES} <= problems.TITLES.keys()


# --- Limits ----------------------------------------------------------------------------------------


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests a minute for visitors, three for known ones."""
    cache.clear()
    monkeypatch.setattr(base.Reading, "throttle_classes", [Visitors, Known])
    monkeypatch.setattr(api_settings, "DEFAULT_THROTTLE_RATES", {"visitors": "2/min", "known": "3/min"})


def statuses(client: Client, number: int, **more: Any) -> list[int]:
    return [client.get("/api/v1/", **more).status_code for _ in range(number)]


@pytest.mark.usefixtures("limits")
def test_visitors_are_counted_by_address(client: Client) -> None:
    assert statuses(client, 3) == [200, 200, 429]
    assert statuses(client, 1, REMOTE_ADDR="192.0.2.7") == [200]
    response = client.get("/api/v1/")
    assert response.json()["code"] == "too-many-requests"
    assert 1 <= int(response["Retry-After"]) <= 61


@pytest.mark.usefixtures("limits")
def test_an_invented_proxy_does_not_help(client: Client, settings: Settings) -> None:
    addresses = [client.get("/api/v1/", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(3)]
    assert addresses == [200, 200, 429]


@pytest.mark.usefixtures("limits")
def test_an_organisation_is_counted_over_its_tokens(client: Client, firm: Organisation, owner: User) -> None:
    first, second = bearer(firm, owner)[1], bearer(firm, owner)[1]
    assert statuses(client, 2, headers=first) == [200, 200]
    assert statuses(client, 2, headers=second) == [200, 429]
    assert statuses(client, 1) == [200]


@pytest.mark.usefixtures("limits")
def test_a_person_is_counted_apart(client_for: Any, owner: User, officer: User) -> None:
    assert statuses(client_for(owner), 4) == [200, 200, 200, 429]
    assert statuses(client_for(officer), 1) == [200]


@pytest.mark.usefixtures("limits")
def test_without_the_cache_reading_goes_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise RedisConnectionError

    monkeypatch.setattr(Visitors.cache, "get", away)
    assert statuses(client, 4) == [200] * 4


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_customer_is_a_network(address: str, counted: str) -> None:
    assert network(address) == counted


def test_limits_hold_outside_tests(settings: Settings) -> None:
    source = (settings.BASE_DIR / "portal" / "settings.py").read_text()
    assert '["portal.api.throttling.Visitors", "portal.api.throttling.Known"]' in source
