"""The trail: who did what to which thing."""

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.core import audit
from portal.core.actors import SYSTEM, Actor
from portal.core.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_event_says_who_what_and_to_which_thing() -> None:
    audit.record("notice.published", by=Actor("user:7", "Li Wei"), target="notice/2024-51", edition=2)
    event = AuditEvent.objects.get()
    assert event.actor == Actor("user:7", "Li Wei")
    assert (event.event, event.target_key, event.details) == (
        "notice.published",
        "notice/2024-51",
        {"edition": 2},
    )


def test_long_labels_are_cut_not_refused() -> None:
    event = audit.record("x.done", by=Actor("user:1", "n" * 500), target="a", label="l" * 500)
    event.refresh_from_db()
    assert (len(event.actor_label), len(event.target_label)) == (200, 300)


def test_the_newest_comes_first() -> None:
    for number in range(3):
        audit.record("x.done", by=SYSTEM, target=str(number))
    assert [event.target_key for event in AuditEvent.objects.all()] == ["2", "1", "0"]


def test_the_trail_outlives_the_person(officer: User) -> None:
    audit.record("x.done", by=officer.actor, target="a")
    officer.memberships.all().delete()
    officer.delete()
    assert AuditEvent.objects.get().actor_label == officer.name


def test_a_mutation_by_request_is_refused_without_token(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/account/logout/").status_code == 403
