"""The dashboard: what each person sees first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.core.signals import Change, published
from portal.organisations.models import Organisation
from portal.updates.actions import follow, sweep
from portal.updates.models import Frequency
from tests.factories import MembershipFactory

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


def test_what_i_follow_is_there_and_what_others_follow_is_not(
    officer: User, outsider: User, client_for: ClientFor, library: object
) -> None:
    follow(officer, filters={"jurisdiction": ["us"]}, frequency=Frequency.WEEKLY, by=officer.actor)
    change = Change(key="cn-ecl", kind="instrument", what="changed", version="2", title={"en": "New title"})
    ours = Change(key="us-x", kind="case", what="published", title={"en": "Case in the US"}, jurisdictions=("us",))
    published.send(sender=User, keys=[], changes=[change, ours])
    sweep()
    assert [event.key for event in client_for(officer).get("/dashboard/").context["overview"].changes] == ["us-x"]
    assert client_for(outsider).get("/dashboard/").context["overview"].changes == []


def test_queries_do_not_grow(
    officer: User, firm: Organisation, client_for: ClientFor, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = client_for(officer)
    with django_assert_max_num_queries(22) as captured:
        client.get("/dashboard/")
    before = len(captured.captured_queries)
    MembershipFactory.create_batch(30, organisation=firm)
    with django_assert_max_num_queries(before):
        client.get("/dashboard/")
