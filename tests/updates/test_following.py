"""Following and leaving, in a browser: visitors and people with an account."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.updates import actions
from portal.updates.models import Delivery, State, Subscriber, Subscription
from tests.factories import UserFactory
from tests.updates.factories import change, member, visitor, vocabulary

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., Client]
FORM = {
    "email": "Reader@example.org",
    "frequency": "daily",
    "language": "zh-hans",
    "jurisdiction": ["cn"],
    "kind": ["case"],
}


@pytest.fixture(autouse=True)
def _start() -> None:
    cache.clear()
    vocabulary()


def link(path: str) -> str:
    """The path of the link with this beginning in the newest mail."""
    found = re.search(rf"http://[^/\s]+((?:/zh-hans)?{path}[^\s\"]+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def sign_up(client: Client, **changes: object) -> str:
    """Sign up as a visitor and send the mail that asks; the path of its link."""
    response = client.post("/updates/", FORM | changes)
    assert response.status_code == 302
    for subscription in Subscription.objects.filter(asked_at=None):
        actions.ask(subscription)
    return link("/updates/confirm/")


# --- updates:follow --------------------------------------------------------------------------------


def test_the_form_is_ticked_by_its_address(client: Client) -> None:
    page = client.get("/updates/?jurisdiction=cn&kind=case&frequency=daily").content.decode()
    ticked = re.findall(r'<input[^>]*value="([^"]+)"[^>]*checked', page)
    assert ticked == ["cn", "case", "daily"]


def test_the_form_in_chinese(client: Client) -> None:
    page = client.get("/zh-hans/updates/").content.decode()
    assert "中国" in page
    assert "最终用途" in page


def test_a_visitor_signs_up_and_confirms(client: Client) -> None:
    path = sign_up(client)
    subscription = Subscription.objects.get()
    assert (subscription.confirmed_at, subscription.subscriber.confirmed_at) == (None, None)
    assert subscription.subscriber.address == "reader@example.org"
    assert mail.outbox[-1].to == ["reader@example.org"]
    assert "中国" in mail.outbox[-1].body
    assert path.startswith("/zh-hans/")

    assert client.get(path).status_code == 200  # a scanner opens links: nothing happens
    assert Subscription.objects.get().confirmed_at is None

    assert client.post(path).status_code == 200
    subscription.refresh_from_db()
    assert subscription.confirmed_at is not None
    assert sorted(subscription.filters.values_list("facet", "value")) == [
        ("jurisdiction", "cn"),
        ("kind", "case"),
        ("topic", ""),
    ]
    first = subscription.confirmed_at
    client.post(path)
    subscription.refresh_from_db()
    assert subscription.confirmed_at == first


@pytest.mark.parametrize("field", ["email", "frequency", "jurisdiction"])
def test_a_wrong_field_is_said_and_the_rest_is_kept(client: Client, field: str) -> None:
    response = client.post("/updates/", FORM | {field: "nonsense"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'aria-invalid="true"' in page or "errorlist" in page
    assert not Subscription.objects.exists()
    if field != "email":
        assert 'value="Reader@example.org"' in page


def test_the_answer_is_the_same_for_known_and_unknown_addresses(client: Client) -> None:
    visitor("known@example.org")
    UserFactory(email="person@example.org")
    answers = {
        (response.status_code, response.headers["Location"])
        for address in ("known@example.org", "person@example.org", "new@example.org")
        for response in [client.post("/updates/", FORM | {"email": address})]
    }
    assert len(answers) == 1


def test_a_stranger_cannot_change_what_another_follows(client: Client) -> None:
    """Signing up a known address asks its holder; until then the rhythm stays as it is."""
    standing = visitor("known@example.org", frequency="weekly", jurisdiction=["cn"], kind=["case"])
    path = sign_up(client, email="known@example.org", frequency="at-once")
    standing.refresh_from_db()
    assert standing.frequency == "weekly"
    client.post(path)
    standing.refresh_from_db()
    assert standing.frequency == "at-once"
    assert Subscription.objects.count() == 1


def test_the_address_of_an_account_is_followed_under_the_account(client: Client) -> None:
    user = UserFactory(email="person@example.org")
    client.post(sign_up(client, email="person@example.org"))
    assert Subscription.objects.get().subscriber.user == user
    assert Subscriber.objects.count() == 1


def test_the_address_of_an_account_that_is_not_verified_is_a_visitors(client: Client) -> None:
    UserFactory(email="person@example.org", verified=False)
    sign_up(client, email="person@example.org")
    assert Subscription.objects.get().subscriber.user is None


def test_an_address_is_asked_three_times_an_hour(client: Client) -> None:
    for _number in range(5):
        assert client.post("/updates/", FORM).status_code == 302
        for subscription in Subscription.objects.filter(asked_at=None):
            actions.ask(subscription)
    assert len(mail.outbox) == 3


def test_a_network_is_stopped_after_twenty(client: Client) -> None:
    codes = [client.post("/updates/", FORM | {"email": f"r{n}@example.org"}).status_code for n in range(22)]
    assert codes[:20] == [302] * 20
    assert codes[20:] == [429] * 2
    assert Subscription.objects.count() == 20


@pytest.mark.parametrize("path", ["/updates/check-mail/", "/zh-hans/updates/check-mail/"])
def test_check_mail(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405


def test_a_person_with_an_account_follows_at_once(client_for: ClientFor) -> None:
    user = UserFactory()
    response = client_for(user).post("/updates/", {"frequency": "daily", "topic": ["space"]})
    assert response.headers["Location"] == "/updates/subscriptions/"
    subscription = Subscription.objects.get()
    assert subscription.subscriber.user == user
    assert subscription.confirmed_at is not None
    assert mail.outbox == []


def test_following_the_same_again_changes_the_rhythm(client_for: ClientFor) -> None:
    client = client_for(UserFactory())
    for frequency in ("daily", "weekly"):
        client.post("/updates/", {"frequency": frequency, "topic": ["space"]})
    assert Subscription.objects.get().frequency == "weekly"


def test_what_a_visitor_followed_moves_to_the_account() -> None:
    mine = visitor("person@example.org")
    user = UserFactory(email="person@example.org")
    member(user=user, topic=["space"])
    assert set(Subscription.objects.values_list("subscriber", flat=True)) == {mine.subscriber_id}


# --- updates:confirm -------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["nonsense", "a:b:c"])
def test_a_broken_link_says_so(client: Client, token: str) -> None:
    for response in (client.get(f"/updates/confirm/{token}/"), client.post(f"/updates/confirm/{token}/")):
        assert response.status_code == 404


def test_an_old_link_says_so(client: Client, time_machine: object) -> None:
    path = sign_up(client)
    time_machine.move_to(timezone.now() + timedelta(days=8))  # type: ignore[attr-defined]
    assert client.post(path).status_code == 404
    assert Subscription.objects.get().confirmed_at is None


def test_the_question_is_sent_once(client: Client) -> None:
    sign_up(client)
    assert not actions.ask(Subscription.objects.get())
    assert len(mail.outbox) == 1


# --- updates:manage --------------------------------------------------------------------------------


def test_a_visitor_manages_by_token(client: Client) -> None:
    first = visitor("a@example.org", jurisdiction=["cn"])
    second = visitor("a@example.org", kind=["case"])
    path = f"/updates/manage/{first.subscriber.token}/"
    page = client.get(path).content.decode()
    assert "China" in page
    assert "Cases" in page
    assert client.post(path, {"subscription": first.pk, "frequency": "monthly"}).status_code == 302
    client.post(path, {"subscription": second.pk, "end": "1"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.frequency == "monthly"
    assert (first.ended_at, second.ended_at is not None) == (None, True)


def test_a_visitor_stops_all(client: Client) -> None:
    subscription = visitor("a@example.org")
    client.post(f"/updates/manage/{subscription.subscriber.token}/", {"stop": "1"})
    subscription.refresh_from_db()
    assert subscription.ended_at is not None


def test_a_token_opens_only_its_own_subscriptions(client: Client) -> None:
    mine, other = visitor("a@example.org"), visitor("b@example.org")
    response = client.post(f"/updates/manage/{mine.subscriber.token}/", {"subscription": other.pk, "end": "1"})
    other.refresh_from_db()
    assert response.status_code == 400
    assert other.ended_at is None


def test_the_token_of_an_account_opens_nothing(client: Client) -> None:
    assert client.get(f"/updates/manage/{member().subscriber.token}/").status_code == 404
    assert client.get("/updates/manage/nonsense/").status_code == 404


# --- updates:subscriptions, updates:subscription ---------------------------------------------------


def test_visitors_sign_in_to_see_what_they_follow(client: Client) -> None:
    for response in (client.get("/updates/subscriptions/"), client.post("/updates/subscriptions/1/")):
        assert response.status_code == 302
        assert "/account/login/" in response.headers["Location"]


def test_a_person_sees_only_their_own(client_for: ClientFor) -> None:
    mine, other = member(topic=["space"]), member(jurisdiction=["us"])
    client = client_for(mine.subscriber.user)
    page = client.get("/updates/subscriptions/").content.decode()
    assert "Space" in page
    assert "United States" not in page
    assert client.post(f"/updates/subscriptions/{other.pk}/", {"end": "1"}).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


def test_nothing_followed_says_what_to_do(client_for: ClientFor) -> None:
    client = client_for(UserFactory())
    assert 'href="/updates/"' in client.get("/updates/subscriptions/").content.decode()
    assert client.post("/updates/subscriptions/1/", {"end": "1"}).status_code == 404


def test_changing_and_ending(client_for: ClientFor) -> None:
    mine = member()
    client = client_for(mine.subscriber.user)
    path = f"/updates/subscriptions/{mine.pk}/"
    assert client.get(path).status_code == 405
    assert client.post(path, {"frequency": "hourly"}).status_code == 400
    client.post(path, {"frequency": "monthly"})
    mine.refresh_from_db()
    assert mine.frequency == "monthly"
    client.post("/updates/subscriptions/", {"subscription": mine.pk, "end": "1"})
    mine.refresh_from_db()
    assert mine.ended_at is not None
    assert client.post(path, {"end": "1"}).status_code == 404


def test_an_auditor_may_follow_too(auditor: User, client_for: ClientFor) -> None:
    """Following is a person's own affair, whatever they may do in a firm."""
    assert client_for(auditor).post("/updates/", {"frequency": "daily"}).status_code == 302
    assert Subscription.objects.get().subscriber.user == auditor


def test_the_list_costs_the_same_for_any_number(
    client_for: ClientFor, django_assert_num_queries: Callable[..., object]
) -> None:
    user = UserFactory()
    client = client_for(user)
    member(user=user)
    client.get("/updates/subscriptions/")
    with CaptureQueriesContext(connection) as one:
        client.get("/updates/subscriptions/")
    for number in range(30):
        member(user=user, topic=[f"topic-{number}"])
    with django_assert_num_queries(len(one)):
        client.get("/updates/subscriptions/")


# --- updates:unsubscribe ---------------------------------------------------------------------------


def delivered() -> Delivery:
    visitor("a@example.org", frequency="at-once")
    change()
    actions.sweep()
    return Delivery.objects.get()


def test_opening_the_link_stops_nothing(client: Client) -> None:
    delivery = delivered()
    page = client.get(f"/updates/unsubscribe/{delivery.token}/")
    assert page.status_code == 200
    assert "<form" in page.content.decode()
    assert Subscription.objects.get().ended_at is None


def test_a_mail_program_stops_all_in_one_click() -> None:
    """As RFC 8058 says: a POST without a cookie, without a token of ours, and without a session afterwards."""
    delivery = delivered()
    program = Client(enforce_csrf_checks=True)
    response = program.post(
        f"/updates/unsubscribe/{delivery.token}/",
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert Subscription.objects.get().ended_at is not None
    assert "sessionid" not in response.cookies
    assert program.post(f"/updates/unsubscribe/{delivery.token}/").status_code == 200


def test_a_mail_that_waits_is_not_sent_after_the_click(client: Client) -> None:
    delivery = delivered()
    client.post(f"/updates/unsubscribe/{delivery.token}/")
    assert delivery.run is not None
    assert actions.send_batch(delivery.run) == 0
    delivery.refresh_from_db()
    assert delivery.state == State.SUPPRESSED


def test_following_again_after_leaving(client: Client) -> None:
    delivery = delivered()
    client.post(f"/updates/unsubscribe/{delivery.token}/")
    client.post(sign_up(client, email="a@example.org"))
    subscriber = Subscriber.objects.get()
    assert subscriber.unsubscribed_at is None
    assert subscriber.subscriptions.filter(ended_at=None).count() == 1


def test_an_unknown_token(client: Client) -> None:
    assert client.get("/updates/unsubscribe/nonsense/").status_code == 404
    assert client.post("/updates/unsubscribe/nonsense/").status_code == 404
    assert client.put("/updates/unsubscribe/nonsense/").status_code == 405
