"""The operator's pages: runs, one run, and what became of an uncertain mail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.core.models import AuditEvent
from portal.updates import actions
from portal.updates.models import Delivery, DeliveryItem, DigestRun, State
from tests.factories import UserFactory
from tests.updates.factories import change, visitor

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., Client]


@pytest.fixture
def operator(client_for: ClientFor) -> Client:
    return client_for(UserFactory(is_staff=True))


@pytest.fixture
def run() -> DigestRun:
    visitor("a@example.org", frequency="at-once")
    change()
    actions.match_events()
    made = actions.run_at_once(timezone.now())
    assert made is not None
    return made


def test_an_operator_sees_the_equation(operator: Client, run: DigestRun) -> None:
    assert "holds, under way" in operator.get("/updates/runs/").content.decode()
    actions.send_batch(run)
    assert "1 = 1 + 0 + 0 + 0 + 0 + 0 + 0" in operator.get(f"/updates/runs/{run.pk}/").content.decode()
    DeliveryItem.objects.all().delete()
    assert "does not hold" in operator.get("/updates/runs/").content.decode()
    assert "does not hold" in operator.get(f"/updates/runs/{run.pk}/").content.decode()


def test_no_run_yet(operator: Client) -> None:
    assert "No run yet" in operator.get("/updates/runs/").content.decode()
    assert operator.get("/updates/runs/1/").status_code == 404


@pytest.mark.parametrize("path", ["/updates/runs/", "/updates/runs/{}/"])
def test_others_may_not(client_for: ClientFor, owner: User, run: DigestRun, path: str) -> None:
    address = path.format(run.pk)
    assert client_for(None).get(address).status_code == 302
    assert client_for(owner).get(address).status_code == 403
    assert AuditEvent.objects.filter(event="permission.refused").exists()


def test_only_reading(operator: Client, run: DigestRun) -> None:
    assert operator.post("/updates/runs/").status_code == 405
    assert operator.post(f"/updates/runs/{run.pk}/").status_code == 405
    assert operator.get("/updates/deliveries/1/").status_code == 405


@pytest.mark.parametrize(("arrived", "after"), [("yes", State.DELIVERED), ("no", State.PENDING)])
def test_an_operator_settles_an_uncertain_mail(operator: Client, run: DigestRun, arrived: str, after: str) -> None:
    run.deliveries.update(state=State.UNCERTAIN)
    delivery = run.deliveries.get()
    assert "Send again" in operator.get(f"/updates/runs/{run.pk}/").content.decode()
    operator.post(f"/updates/deliveries/{delivery.pk}/", {"arrived": arrived})
    delivery.refresh_from_db()
    assert delivery.state == after
    assert AuditEvent.objects.filter(event="delivery.resolved").count() == 1
    assert operator.post(f"/updates/deliveries/{delivery.pk}/", {"arrived": "no"}).status_code == 409


def test_a_mail_that_is_not_uncertain_is_left_alone(operator: Client, run: DigestRun) -> None:
    actions.send_batch(run)
    delivery = Delivery.objects.get()
    assert operator.post(f"/updates/deliveries/{delivery.pk}/", {"arrived": "no"}).status_code == 409
    delivery.refresh_from_db()
    assert delivery.state == State.HANDED_OVER


def test_others_may_not_settle(client_for: ClientFor, owner: User, run: DigestRun) -> None:
    run.deliveries.update(state=State.UNCERTAIN)
    path = f"/updates/deliveries/{run.deliveries.get().pk}/"
    assert client_for(owner).post(path, {"arrived": "no"}).status_code == 403
    assert run.deliveries.get().state == State.UNCERTAIN


def test_the_list_costs_the_same_for_any_number(
    operator: Client, run: DigestRun, django_assert_num_queries: Callable[..., object]
) -> None:
    with CaptureQueriesContext(connection) as one:
        operator.get("/updates/runs/")
    for number in range(29):
        DigestRun.objects.create(
            frequency="daily", period_end=timezone.now() - timedelta(days=number), claimed_at=timezone.now()
        )
    with django_assert_num_queries(len(one)):
        operator.get("/updates/runs/")
