"""My reading: what waits, what was acknowledged, and the button's way."""

import pytest
from django.test import Client

from portal.organisations.models import Role
from portal.reading.models import Acknowledgement
from tests.factories import MembershipFactory, UserFactory
from tests.reading.factories import KEY, acknowledge, ask, asked_of, make_guideline, overdue, shown

pytestmark = pytest.mark.django_db
LIST = "/reading/"


def text(client: Client, path: str = LIST) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_waits(client_for, db) -> None:
    assert "Nobody waits for you" in text(client_for(UserFactory()))


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_what_waits(client_for, firm, officer, learner, prefix: str) -> None:
    make_guideline()
    overdue(ask(firm, officer, note="Before the audit"), 1)
    page = text(client_for(learner), prefix + LIST)
    assert f'href="{prefix}/guidelines/end-use/"' in page
    assert "Before the audit" in page
    assert firm.name in page
    assert "state-attention" in page


def test_of_every_organisation_to_which_one_belongs(client_for, firm, officer, other_firm, outsider) -> None:
    make_guideline()
    make_guideline("other")
    MembershipFactory(organisation=other_firm, user=officer, role=Role.LEARNER)
    ask(firm, officer)
    ask(other_firm, outsider, key="guide/other")
    assert len(client_for(officer).get(LIST).context["waiting"]) == 2
    assert len(client_for(outsider).get(LIST).context["waiting"]) == 1


def test_what_was_acknowledged_stays_after_leaving(client_for, firm, officer, learner) -> None:
    make_guideline()
    ask(firm, officer)
    acknowledge(learner)
    learner.memberships.update(ended_at=learner.joined_at)
    page = text(client_for(learner))
    assert "edition 1" in page
    assert firm.name in page


def test_the_button_without_a_way_back(client_for, firm, officer, learner) -> None:
    make_guideline()
    ask(firm, officer)
    answer = client_for(learner).post(f"/reading/asked/{asked_of(learner).pk}/acknowledge/", shown())
    assert answer["Location"] == LIST
    assert Acknowledgement.objects.get().digest == shown()["digest"]


def test_a_text_that_changed_meanwhile_is_said_on_the_page(client_for, firm, officer, learner) -> None:
    make_guideline()
    ask(firm, officer)
    send = shown() | {"next": "/guidelines/end-use/"}
    make_guideline(number=2)
    client = client_for(learner)
    path = f"/reading/asked/{asked_of(learner).pk}/acknowledge/"
    assert client.post(path, send)["Location"] == "/guidelines/end-use/"
    assert "The text has changed since you opened the page" in text(client, "/guidelines/end-use/")
    assert client.post(path, send | {"next": ""}).status_code == 409
    assert not Acknowledgement.objects.exists()


def test_nobody_presses_anothers_button(client: Client, client_for, firm, officer, learner, outsider) -> None:
    make_guideline()
    ask(firm, officer)
    path = f"/reading/asked/{asked_of(learner).pk}/acknowledge/"
    assert client.post(path, shown())["Location"].startswith("/account/login/")
    for person in (officer, outsider):
        assert client_for(person).post(path, shown()).status_code == 404
    assert client_for(learner).get(path).status_code == 405
    assert client_for(learner).post("/reading/asked/999999/acknowledge/", shown()).status_code == 404
    assert not Acknowledgement.objects.exists()


def test_a_form_from_elsewhere_is_refused(learner) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/reading/asked/1/acknowledge/", "/reading/bookmarks/save/", "/reading/notes/write/"):
        assert client.post(path, {"key": KEY}).status_code == 403


def test_visitors_sign_in(client: Client) -> None:
    assert client.get(LIST)["Location"] == f"/account/login/?next={LIST}"
    assert client.post(LIST).status_code == 405


def test_the_dashboard_says_what_to_read_and_how_far_the_firm_is(client_for, firm, officer, learner, outsider) -> None:
    make_guideline()
    made = ask(firm, officer)
    overdue(made, 1)
    mine = text(client_for(learner), "/dashboard/")
    assert "To read" in mine
    assert 'href="/guidelines/end-use/"' in mine
    assert made.get_absolute_url() not in mine
    assert f'href="{made.get_absolute_url()}"' in text(client_for(officer), "/dashboard/")
    assert "Checks of end-use" not in text(client_for(outsider), "/dashboard/")
    acknowledge(learner)
    assert "To read" not in text(client_for(learner), "/dashboard/")


def test_queries_do_not_grow(client_for, firm, officer, learner, django_assert_num_queries) -> None:
    client, boss = client_for(learner), client_for(officer)
    client.get(LIST)
    boss.get(LIST)
    for number in (1, 30):
        for position in range(number):
            make_guideline(f"g-{number}-{position}")
            ask(firm, officer, key=f"guide/g-{number}-{position}")
            acknowledge(learner)
            ask(firm, officer, key=f"guide/g-{number}-{position}")
        with django_assert_num_queries(7):
            page = client.get(LIST)
        assert len(page.context["done"]) == number
        assert len(page.context["waiting"]) >= number
        with django_assert_num_queries(8):
            client.get("/dashboard/")
        with django_assert_num_queries(14):
            boss.get("/dashboard/")
