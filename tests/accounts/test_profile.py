"""The profile, the language after login, and closing an account."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from portal.accounts import actions
from portal.accounts.models import User
from portal.core.errors import Conflict
from portal.core.models import AuditEvent
from portal.organisations.models import Membership, Organisation, Role
from tests.factories import PASSWORD, MembershipFactory, UserFactory


@pytest.mark.parametrize("path", ["/account/profile/", "/account/close/"])
def test_visitors_are_sent_to_login(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_profile_is_saved_and_shown_in_the_new_language(client_for, officer: User) -> None:
    client = client_for(officer)
    assert officer.email in client.get("/account/profile/").content.decode()
    data = {"name": "Li Na", "language": "zh-hans", "time_zone": "Asia/Shanghai"}
    assert client.post("/account/profile/", data)["Location"] == "/zh-hans/account/profile/"
    officer.refresh_from_db()
    assert (officer.name, officer.language, officer.time_zone) == ("Li Na", "zh-hans", "Asia/Shanghai")


def test_a_zone_that_does_not_exist_is_refused(client_for, officer: User) -> None:
    data = {"name": "x", "language": "en", "time_zone": "Moon/Crater"}
    assert client_for(officer).post("/account/profile/", data).status_code == 200
    officer.refresh_from_db()
    assert officer.time_zone == "UTC"


def test_wrong_method(client_for, officer: User) -> None:
    assert client_for(officer).put("/account/profile/").status_code == 405
    assert client_for(officer).delete("/account/close/").status_code == 405


@pytest.mark.parametrize(
    ("page", "language", "lands"),
    [
        ("/account/login/", "zh-hans", "/zh-hans/dashboard/"),
        ("/account/login/", "en", "/dashboard/"),
        ("/zh-hans/account/login/", "en", "/zh-hans/dashboard/"),
        ("/account/login/?next=/about/", "zh-hans", "/about/"),
    ],
)
def test_language_after_login(client: Client, db: None, page: str, language: str, lands: str) -> None:
    user = UserFactory(language=language)
    data = {"login": user.email, "password": PASSWORD}
    if "next" in page:
        data["next"] = page.partition("next=")[2]
    assert client.post(page, data)["Location"] == lands


def test_closing_frees_the_address_and_ends_memberships(client_for, officer: User, firm: Organisation) -> None:
    address, client = officer.email, client_for(officer)
    assert client.post("/account/close/", {"password": "wrong"}).status_code == 422
    assert client.post("/account/close/", {"password": PASSWORD}).status_code == 302
    officer.refresh_from_db()
    assert not officer.is_active
    assert not EmailAddress.objects.filter(email=address).exists()
    assert not Membership.objects.filter(user=officer, ended_at=None).exists()
    assert client.get("/account/profile/").status_code == 302
    assert AuditEvent.objects.filter(event="account.closed", actor_key=officer.actor.key).exists()
    assert UserFactory(email=address).pk != officer.pk


def test_the_last_owner_cannot_close_their_account(owner: User, client_for) -> None:
    with pytest.raises(Conflict, match="last owner"):
        actions.close(owner)
    answer = client_for(owner).post("/account/close/", {"password": PASSWORD})
    assert answer.status_code == 422
    assert "last owner" in answer.content.decode()
    owner.refresh_from_db()
    assert owner.is_active


def test_an_owner_beside_another_may_go(owner: User, firm: Organisation) -> None:
    MembershipFactory(organisation=firm, role=Role.OWNER)
    actions.close(owner)
    assert not User.objects.get(pk=owner.pk).is_active


def test_chinese(client_for, officer: User) -> None:
    assert 'lang="zh-hans"' in client_for(officer).get("/zh-hans/account/profile/").content.decode()
