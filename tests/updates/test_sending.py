"""Mails on a real mail server: what they say, to whom, and what becomes of those that it refuses."""

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.updates import actions, compose
from portal.updates.actions.sending import RETRIES
from portal.updates.models import Delivery, DigestRun, State, Suppression, address_hash
from portal.updates.queries import balance
from tests.factories import UserFactory
from tests.services import SmtpSink
from tests.updates.factories import change, member, visitor, vocabulary

pytestmark = pytest.mark.django_db


def run_now() -> DigestRun:
    actions.match_events()
    run = actions.run_at_once(timezone.now())
    assert run is not None
    return run


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


def test_a_mail_in_english(smtp_sink: SmtpSink) -> None:
    vocabulary()
    subscription = visitor("reader@example.org", jurisdiction=["cn"], kind=["notice"])
    change()
    assert actions.send_batch(run_now()) == 1
    message = smtp_sink.to("reader@example.org")[0]
    delivery = Delivery.objects.get()
    assert message["Subject"] == "New: Title of notice/one"
    assert message["Message-ID"] == delivery.message_id
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    for kind in ("plain", "html"):
        words = body(message, kind)
        assert "What it says." in words
        assert "You follow: China · Notices" in words
        assert f"{settings.SITE_URL}/r/notice/one" in words
        assert f"{settings.SITE_URL}/updates/unsubscribe/{delivery.token}/" in words
        assert f"{settings.SITE_URL}/updates/manage/{subscription.subscriber.token}/" in words
        assert ".invalid" not in words


def test_a_mail_in_chinese(smtp_sink: SmtpSink) -> None:
    vocabulary()
    member(user=UserFactory(email="reader@example.org", language="zh-hans"), jurisdiction=["cn"])
    change()
    actions.send_batch(run_now())
    message = smtp_sink.to("reader@example.org")[0]
    assert "notice/one 的标题" in message["Subject"]
    assert message["Content-Language"] == "zh-hans"
    for kind in ("plain", "html"):
        words = body(message, kind)
        assert "内容摘要。" in words
        assert "中国" in words
        assert f"{settings.SITE_URL}/zh-hans/r/notice/one" in words
        assert f"{settings.SITE_URL}/zh-hans/updates/subscriptions/" in words


def test_every_mail_can_be_stopped_in_one_click(smtp_sink: SmtpSink) -> None:
    """RFC 8058: both headers, an https-able address, one token for each delivery; for several topics too."""
    visitor("a@example.org")
    visitor("b@example.org")
    change("notice/one")
    change("notice/two")
    actions.send_batch(run_now())
    links = {message["List-Unsubscribe"] for message in smtp_sink.messages}
    assert len(links) == 2
    for link in links:
        assert re.fullmatch(rf"<{re.escape(settings.SITE_URL)}/updates/unsubscribe/[\w-]{{43}}/>", link)
    assert {message["List-Unsubscribe-Post"] for message in smtp_sink.messages} == {"List-Unsubscribe=One-Click"}


def test_many_changes_are_all_told(smtp_sink: SmtpSink) -> None:
    visitor("a@example.org")
    for number in range(60):
        change(f"notice/n{number:02}")
    actions.send_batch(run_now())
    (message,) = smtp_sink.messages
    for kind in ("plain", "html"):
        words = body(message, kind)
        assert [number for number in range(60) if f"/r/notice/n{number:02}" not in words] == []
    assert "60 changes in export control" in message["Subject"]


def test_markup_in_a_title_is_words(smtp_sink: SmtpSink) -> None:
    visitor("a@example.org")
    change(title={"en": "A <b>bold</b> & daring\nBcc: x@example.org"})
    actions.send_batch(run_now())
    (message,) = smtp_sink.messages
    assert "A &lt;b&gt;bold&lt;/b&gt; &amp; daring" in body(message, "html")
    assert "A <b>bold</b> & daring" in body(message, "plain")
    assert message["Bcc"] is None


def test_equal_words_are_rendered_once(monkeypatch: pytest.MonkeyPatch, smtp_sink: SmtpSink) -> None:
    made: list[compose.Edition] = []
    real = compose.Edition.__init__

    def count(self: compose.Edition, **fields: object) -> None:
        made.append(self)
        real(self, **fields)  # type: ignore[arg-type]

    monkeypatch.setattr(compose.Edition, "__init__", count)
    for number in range(6):
        visitor(f"r{number}@example.org", language="zh-hans" if number % 2 else "en")
    change()
    assert actions.send_batch(run_now()) == 6
    assert len(made) == 2


def test_a_batch_costs_two_queries_a_mail(smtp_sink: SmtpSink) -> None:
    def cost(readers: int, key: str) -> int:
        for number in range(readers):
            visitor(f"{key}-{number}@example.org", topic=[key])
        change(f"notice/{key}", topics=(key,))
        run = run_now()
        with CaptureQueriesContext(connection) as found:
            assert actions.send_batch(run) == readers
        return len([query for query in found if "SAVEPOINT" not in query["sql"]])

    assert cost(30, "many") - cost(1, "one") == 29 * 2


# --- Refusals --------------------------------------------------------------------------------------


def test_no_such_mailbox_suppresses_the_address(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("gone@example.org", "550 5.1.1 No such mailbox")
    visitor("gone@example.org")
    visitor("here@example.org")
    change()
    run = run_now()
    assert actions.send_batch(run) == 1
    assert run.deliveries.get(subscriber__address="gone@example.org").state == State.BOUNCED
    assert Suppression.objects.get().hash == address_hash("gone@example.org")
    assert (balance(run).sent, balance(run).bounced, balance(run).holds) == (1, 1, True)
    change("notice/two")
    assert run_now().deliveries.get(subscriber__address="gone@example.org").state == State.SUPPRESSED


def test_a_refusal_by_policy_suppresses_nobody(smtp_sink: SmtpSink) -> None:
    """A relay that does not trust us says so for everybody."""
    smtp_sink.refuse("a@example.org", "550 5.7.1 Relaying denied")
    visitor("a@example.org")
    change()
    run = run_now()
    actions.send_batch(run)
    assert run.deliveries.get().state == State.FAILED
    assert "5.7.1" in run.deliveries.get().answer
    assert not Suppression.objects.exists()
    assert balance(run).holds


def test_a_refusal_for_now_is_tried_again_and_given_up_at_last(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("busy@example.org", "451 4.3.0 Try later")
    visitor("busy@example.org")
    change()
    run = run_now()
    for number, pause in enumerate(RETRIES, start=1):
        assert actions.send_batch(run) == 0
        delivery = run.deliveries.get()
        assert (delivery.state, delivery.attempts) == (State.PENDING, number)
        assert delivery.not_before is not None
        assert abs(delivery.not_before - timezone.now() - pause) < timedelta(seconds=20)
        assert actions.send_batch(run) == 0  # too early: nothing happens
        assert run.deliveries.get().attempts == number
        run.deliveries.update(not_before=timezone.now() - timedelta(seconds=1))
    actions.send_batch(run)
    assert run.deliveries.get().state == State.FAILED
    assert balance(run).holds


def test_a_refusal_for_now_ends_when_the_server_is_well(smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse("busy@example.org", "451 4.3.0 Try later")
    visitor("busy@example.org")
    change()
    run = run_now()
    actions.send_batch(run)
    smtp_sink.refused.clear()
    run.deliveries.update(not_before=None)
    assert actions.send_batch(run) == 1
    assert len(smtp_sink.to("busy@example.org")) == 1


def test_without_a_mail_server_the_mails_wait(smtp_sink: SmtpSink, settings: object) -> None:
    visitor("a@example.org")
    change()
    run = run_now()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # type: ignore[attr-defined]
    assert actions.send_batch(run) == 0
    delivery = run.deliveries.get()
    assert (delivery.state, delivery.attempts) == (State.PENDING, 0)
    settings.EMAIL_PORT = port  # type: ignore[attr-defined]
    run.deliveries.update(not_before=None)
    assert actions.send_batch(run) == 1


def test_an_address_that_cannot_be_written_fails_alone(smtp_sink: SmtpSink) -> None:
    odd = member(user=UserFactory(email="odd@example.org"))
    User.objects.filter(pk=odd.subscriber.user_id).update(email="örtlich@example.org")
    visitor("a@example.org")
    change()
    run = run_now()
    assert actions.send_batch(run) == 1
    assert balance(run).failed == 1
    assert balance(run).holds


# --- What comes back -------------------------------------------------------------------------------


def test_a_bounce_that_comes_back(smtp_sink: SmtpSink) -> None:
    visitor("a@example.org")
    change()
    run = run_now()
    actions.send_batch(run)
    key = run.deliveries.get().message_id
    actions.bounced(message_id=key, permanent=False, reason="full")
    assert run.deliveries.get().state == State.HANDED_OVER
    actions.bounced(message_id=key, permanent=True, reason="gone")
    assert run.deliveries.get().state == State.BOUNCED
    assert Suppression.objects.get().kind == Suppression.Kind.BOUNCE


def test_a_complaint_suppresses_and_leaves_the_mail_delivered(smtp_sink: SmtpSink) -> None:
    visitor("a@example.org")
    change()
    run = run_now()
    actions.send_batch(run)
    actions.bounced(message_id=run.deliveries.get().message_id, permanent=True, complaint=True)
    assert run.deliveries.get().state == State.HANDED_OVER
    assert Suppression.objects.get().kind == Suppression.Kind.COMPLAINT


def test_the_folder_of_a_development_start_takes_mails_too() -> None:
    visitor("a@example.org")
    change()
    assert actions.send_batch(run_now()) == 1
    sent = mail.outbox[-1].message()
    assert sent["To"] == "a@example.org"
    assert "List-Unsubscribe" in sent


def test_the_address_of_a_deactivated_account_gets_nothing(smtp_sink: SmtpSink) -> None:
    """Also when it was followed as a visitor's."""
    visitor("gone@example.org")
    visitor("here@example.org")
    change()
    run = run_now()
    UserFactory(email="gone@example.org", is_active=False)
    assert actions.send_batch(run) == 1
    assert run.deliveries.get(subscriber__address="gone@example.org").state == State.SUPPRESSED
    assert balance(run).holds


def test_nobody_asks_the_address_of_a_deactivated_account(smtp_sink: SmtpSink) -> None:
    UserFactory(email="gone@example.org", is_active=False)
    subscription = actions.sign_up("gone@example.org", filters={}, frequency="weekly", language="en")
    assert not actions.ask(subscription)
    assert smtp_sink.messages == []
