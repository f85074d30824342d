"""The pages of login, sign-up and two-step login, in our frame and in both languages."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.pages.pages import Page

pytestmark = pytest.mark.django_db
OPEN = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "confirm-email/",
    "inactive/",
    "confirm-email/x/",
]
OWN = ["email/", "password/change/", "2fa/", "2fa/webauthn/", "logout/", "reauthenticate/"]
PASSWORD = "a-long-enough-pass-phrase"


@pytest.mark.parametrize("language", ["", "/zh-hans"])
@pytest.mark.parametrize("path", OPEN)
def test_pages_for_visitors(client: Client, language: str, path: str) -> None:
    page = Page(client.get(f"{language}/account/{path}"))

    assert page.all("main", id="main")
    assert len(page.all("h1")) == 1
    assert page.all("meta", name="robots", content="noindex")


@pytest.mark.parametrize("language", ["", "/zh-hans"])
@pytest.mark.parametrize("path", OWN)
def test_pages_for_the_person(client_for, owner: User, language: str, path: str) -> None:
    answer = client_for(owner).get(f"{language}/account/{path}")

    assert answer.status_code == 200
    assert len(Page(answer).all("h1")) == 1


@pytest.mark.parametrize("path", OWN[:4])
def test_visitors_are_asked_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(f"/account/{path}")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_signing_up_asks_for_name_address_and_password(client: Client) -> None:
    asked = {found["name"] for found in Page(client.get("/account/signup/")).all("input")}

    assert {"email", "name", "password1", "password2"} <= asked


def test_signing_up_from_a_chinese_page(client: Client) -> None:
    form = {"email": "lin@example.org", "name": "林薇", "password1": PASSWORD, "password2": PASSWORD}

    answer = client.post("/zh-hans/account/signup/", form)

    person = User.objects.get(email="lin@example.org")
    assert answer["Location"] == "/zh-hans/account/confirm-email/"
    assert (person.name, person.language) == ("林薇", "zh-hans")
    assert len(mail.outbox) == 1
    assert "/zh-hans/account/confirm-email/" in mail.outbox[0].body


def test_a_fault_is_tied_to_its_field(client: Client) -> None:
    form = {"email": "nobody", "name": "Lin", "password1": PASSWORD, "password2": PASSWORD}

    page = Page(client.post("/account/signup/", form))

    field = page.all("input", name="email")[0]
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_email_error"
    assert page.all("ul", id="id_email_error")
    assert page.all("a", href="#id_email"), "the summary leads to the field"


def test_signing_in_and_out(client: Client) -> None:
    person = User.objects.create_user("lin@example.org", PASSWORD, name="Lin Wei")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    answer = client.post("/account/login/", {"login": person.email, "password": PASSWORD}, follow=True)
    assert "Lin Wei" in answer.content.decode()

    assert client.get("/account/logout/").status_code == 200
    assert "Lin Wei" in client.get("/").content.decode(), "a link must not sign anybody out"
    client.post("/account/logout/")
    assert "Lin Wei" not in client.get("/").content.decode()
