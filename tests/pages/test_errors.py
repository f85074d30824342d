"""When something is wrong, a page says what and where to go on."""

import pytest
from django.test import Client, RequestFactory

from portal.accounts.models import User
from portal.core.models import AuditEvent
from portal.pages import views

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "words"),
    [("/no/such/page/", "There is no page here"), ("/r/cn-ecl/art-999", "Nothing stands at this address")],
)
def test_unknown_address(client: Client, path: str, words: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert words in answer.content.decode()
    assert "Start at the home page" in answer.content.decode()
    assert "Content-Security-Policy" in answer


def test_unknown_address_in_chinese_is_marked_as_chinese(client: Client) -> None:
    answer = client.get("/zh-hans/no/such/page/")

    assert answer.status_code == 404
    assert '<html lang="zh-hans">' in answer.content.decode()


def test_stale_form_is_explained() -> None:
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post("/account/login/", {"login": "a@example.org", "password": "x"})

    assert answer.status_code == 403
    assert "The form was too old" in answer.content.decode()


def test_wrong_date_is_a_sentence(client: Client) -> None:
    answer = client.get("/laws/?on=yesterday")

    assert answer.status_code == 400
    assert "is not a date" in answer.content.decode()


def test_forbidden_page_leaves_a_trace(owner: User) -> None:
    request = RequestFactory().get("/secret/")
    request.user = owner

    answer = views.forbidden(request)

    assert answer.status_code == 403
    assert AuditEvent.objects.filter(target_key="/secret/").count() == 1


def test_broken_page_needs_no_machinery() -> None:
    answer = views.broken(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()
    assert "请稍后再试" in answer.content.decode()


@pytest.mark.parametrize("path", ["/organisation/switch/", "/check/"])
def test_a_null_character_in_a_form_is_a_sentence(client: Client, path: str) -> None:
    """PostgreSQL refuses to store or to look for it."""
    answer = client.post(path, {"words": "a\x00b"})

    assert answer.status_code == 400
    assert "character that nothing here can hold" in answer.content.decode()
