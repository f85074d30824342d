"""The ledger of mails to single people: told once, in doubt not again, never to a closed account."""

import datetime as dt
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import Any

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from portal.accounts import actions, mails, queries, tasks
from portal.accounts.mails import Letter
from portal.accounts.models import MailState, PersonalMail, User
from portal.core.transport import Fate, Outcome
from tests.factories import UserFactory
from tests.services import SmtpSink

KIND = "tests.happened"
TEMPLATE = "emails/assessments/submitted"
said: dict[str, Any] = {}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _composer() -> Iterator[None]:
    """Something to say; `said["letter"]` can be changed by a test."""
    said["letter"] = Letter("Line\r\nbreak", TEMPLATE, {"link": "https://portal.example/x/"})
    mails.composes(KIND)(compose)
    yield
    del mails._composers[KIND]


def compose(person: User, ids: Mapping[str, Any]) -> Letter | None:
    if isinstance(said["letter"], Exception):
        raise said["letter"]
    return said["letter"]


@pytest.fixture
def row() -> PersonalMail:
    actions.mail(KIND, to=[UserFactory()], occasion="thing/1", thing_id=1)
    return PersonalMail.objects.get()


def state(row: PersonalMail) -> str:
    row.refresh_from_db()
    return row.state


def messages() -> list[Message]:
    return [mail.message() for mail in outgoing.outbox]


def test_a_person_hears_of_an_occasion_once(row: PersonalMail) -> None:
    assert actions.mail(KIND, to=[row.person, UserFactory()], occasion="thing/1", thing_id=1) == 1
    assert actions.mail(KIND, to=[row.person], occasion="thing/2", thing_id=2) == 1
    assert actions.mail(KIND, to=[row.person, row.person], occasion="thing/2", thing_id=2) == 0
    assert PersonalMail.objects.count() == 3


def test_the_same_person_twice_in_one_call(row: PersonalMail) -> None:
    actions.mail(KIND, to=[row.person, row.person], occasion="thing/3", thing_id=1)
    assert PersonalMail.objects.filter(occasion="thing/3").count() == 1


def test_number_of_queries(django_assert_num_queries: Any) -> None:
    for number, people in ((1, UserFactory.create_batch(1)), (2, UserFactory.create_batch(30))):
        with django_assert_num_queries(5):
            actions.mail(KIND, to=people, occasion=f"thing/{number}", thing_id=1)


def test_an_unknown_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        actions.mail("tests.nobody", to=[UserFactory()], occasion="thing/1")


def test_what_happened_long_ago_is_told_to_nobody() -> None:
    assert actions.mail(KIND, to=[UserFactory()], occasion="a", at=timezone.now() - dt.timedelta(days=4)) == 0
    assert actions.mail(KIND, to=[UserFactory()], occasion="a", at=timezone.now() - dt.timedelta(days=2)) == 1


def test_sent_once(row: PersonalMail) -> None:
    tasks.send_mail(mail_id=row.pk)
    tasks.send_mail(mail_id=row.pk)
    tasks.send_mail(mail_id=row.pk + 1000)
    (message,) = messages()
    assert (state(row), message["Message-ID"], message["To"]) == ("handed-over", row.message_id, row.person.email)
    assert message["Subject"] == "Line break"
    assert message["Auto-Submitted"] == "auto-generated"
    assert row.sent_at is not None


def test_in_the_language_of_the_person() -> None:
    person = UserFactory(language="zh-hans")
    actions.mail(KIND, to=[person], occasion="thing/1")
    tasks.send_mail(mail_id=PersonalMail.objects.get().pk)
    (message,) = messages()
    assert message["Content-Language"] == "zh-hans"
    text, html = (part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart())
    assert "/zh-hans/account/profile/" in text
    assert '<html lang="zh-hans">' in html


def test_a_deactivated_account_gets_no_mail(row: PersonalMail) -> None:
    User.objects.filter(pk=row.person_id).update(is_active=False)
    tasks.send_mail(mail_id=row.pk)
    assert (state(row), messages()) == ("suppressed", [])


def test_what_needs_no_telling_any_more_is_not_told(row: PersonalMail) -> None:
    said["letter"] = None
    tasks.send_mail(mail_id=row.pk)
    assert (state(row), messages()) == ("needless", [])


def test_an_address_that_no_server_understands() -> None:
    actions.mail(KIND, to=[UserFactory(email="ü@example.org")], occasion="thing/1")
    row = PersonalMail.objects.get()
    tasks.send_mail(mail_id=row.pk)
    assert state(row) == "failed"


def test_a_refusal_for_good_and_one_for_now(smtp_sink: SmtpSink, row: PersonalMail) -> None:
    smtp_sink.refuse(row.person.email, "451 4.3.0 Try later")
    assert actions.send_mail(row) == MailState.PENDING
    assert "Try later" in PersonalMail.objects.get().answer
    assert actions.send_mail(row) is None  # not before its time
    PersonalMail.objects.update(not_before=timezone.now())
    smtp_sink.refuse(row.person.email)
    assert actions.send_mail(PersonalMail.objects.get()) == MailState.BOUNCED


def test_without_a_mail_server_it_waits_and_gives_up_in_the_end(row: PersonalMail, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1
    for _number in range(5):
        PersonalMail.objects.update(not_before=None)
        assert actions.send_mail(PersonalMail.objects.get()) == MailState.PENDING
    PersonalMail.objects.update(not_before=None)
    assert actions.send_mail(PersonalMail.objects.get()) == MailState.FAILED


def test_a_line_that_breaks_leaves_it_uncertain_for_good(row: PersonalMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.core.transport.Folder.hand", lambda *_: Outcome(Fate.UNCERTAIN, "lost", lost=True))
    assert actions.send_mail(row) == MailState.UNCERTAIN
    actions.sweep_mails(timezone.now() + dt.timedelta(hours=1))
    assert state(row) == "uncertain"


def test_a_worker_that_died_before_handing_over_and_one_that_died_in_it(row: PersonalMail) -> None:
    actions.mail(KIND, to=[row.person], occasion="thing/2")
    gone = timezone.now() - dt.timedelta(seconds=1)
    first, second = PersonalMail.objects.order_by("pk")
    PersonalMail.objects.filter(pk=first.pk).update(state="claimed", claim="x", lease_until=gone, attempts=1)
    PersonalMail.objects.filter(pk=second.pk).update(state="handing", claim="x", lease_until=gone, attempts=1)
    actions.sweep_mails()
    assert (state(first), state(second)) == ("pending", "uncertain")


def test_a_lease_that_holds_is_left_alone(row: PersonalMail) -> None:
    soon = timezone.now() + dt.timedelta(minutes=1)
    PersonalMail.objects.update(state="claimed", claim="x", lease_until=soon)
    actions.sweep_mails()
    assert state(row) == "claimed"
    assert actions.send_mail(row) is None


def test_words_that_cannot_be_composed_do_not_turn_for_ever(row: PersonalMail) -> None:
    said["letter"] = RuntimeError("a mistake of ours")
    now = timezone.now()
    for _number in range(6):
        with pytest.raises(RuntimeError):
            actions.send_mail(PersonalMail.objects.get())
        now += dt.timedelta(minutes=6)
        actions.sweep_mails(now)
    assert state(row) == "failed"


def test_the_sweeper_finds_what_was_lost(
    row: PersonalMail, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[int] = []
    monkeypatch.setattr("portal.accounts.actions.mailing.enqueue", lambda task, mail_id: sent.append(mail_id))
    tasks.send_waiting()
    assert sent == []  # too young to be lost
    actions.sweep_mails(timezone.now() + dt.timedelta(minutes=3))
    assert sent == [row.pk]
    actions.sweep_mails(timezone.now() + dt.timedelta(days=4))
    assert (sent, state(row)) == ([row.pk], "failed")


def test_deactivated_addresses() -> None:
    UserFactory(email="here@example.org")
    UserFactory(email="gone@example.org", is_active=False)
    assert queries.deactivated(["Gone@example.org", "here@example.org", "new@example.org"]) == {"gone@example.org"}


def test_operators_look_and_change_nothing(row: PersonalMail, client: Any) -> None:
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get("/administration/accounts/personalmail/")
    assert "thing/1" in page.content.decode()
    assert client.post(f"/administration/accounts/personalmail/{row.pk}/delete/").status_code == 403
