"""The dashboard: what each person sees first."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.organisations.models import Organisation

pytestmark = pytest.mark.django_db

ClientFor = Callable[..., Client]


def text(client: Client, path: str = "/dashboard/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/dashboard/").headers["Location"].startswith("/account/login/")


def test_a_person_without_organisation_is_told_what_to_do(client_for: ClientFor) -> None:
    lonely = User.objects.create_user("lonely@example.org", "x", name="Lonely")
    assert "Found or join" in text(client_for(lonely))


def test_an_officer_may_start_and_an_auditor_may_not(officer: User, auditor: User, client_for: ClientFor) -> None:
    assert "/assessments/new/" in text(client_for(officer))
    assert "/assessments/new/" not in text(client_for(auditor))


def test_an_editor_sees_the_desk(editor: User, client_for: ClientFor) -> None:
    page = text(client_for(editor))
    assert "At the desk" in page
    assert "/desk/notices/new/" in page


def test_a_trainer_sees_the_learners(trainer: User, client_for: ClientFor) -> None:
    assert "Our learners" in text(client_for(trainer))


def test_in_chinese(officer: User, client_for: ClientFor) -> None:
    response = client_for(officer).get("/zh-hans/dashboard/")
    assert 'lang="zh-hans"' in response.content.decode()


def test_posts_are_refused(officer: User, client_for: ClientFor) -> None:
    assert client_for(officer).post("/dashboard/").status_code == 405


def test_one_firm_does_not_see_the_other(
    officer: User, outsider: User, firm: Organisation, client_for: ClientFor
) -> None:
    assert firm.name in text(client_for(officer))
    assert firm.name not in text(client_for(outsider))
