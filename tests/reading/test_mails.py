"""Who hears by mail of what they should read, when and in which words; once with a real worker."""

import datetime as dt
from collections import Counter

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from portal.accounts.models import MailState, PersonalMail
from portal.accounts.tasks import send_mail
from portal.organisations import actions as organisations
from portal.organisations.models import Membership
from portal.reading import actions
from portal.reading.tasks import sweep
from portal.references.actions import withdraw
from tests.reading.factories import KEY, acknowledge, ask, make_guideline, overdue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guideline(transactional: None):
    return make_guideline()


@pytest.fixture
def transactional(request) -> None:
    """The test with a worker needs rows that another process can see, before anything is made."""
    if "worker" in request.fixturenames:
        request.getfixturevalue("worker")


def sent() -> list[tuple[str, str, str, str]]:
    """(to, subject, text, HTML) of everything that waits, sent now."""
    outgoing.outbox.clear()
    for pk in PersonalMail.objects.filter(state="pending").order_by("pk").values_list("pk", flat=True):
        send_mail(mail_id=pk)
    made = []
    for mail in outgoing.outbox:
        message = mail.message()
        text, html = (part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart())
        made.append((mail.to[0], str(message["Subject"]), text, html))
    return made


def told(kind: str) -> Counter:
    """person -> how often."""
    return Counter(PersonalMail.objects.filter(kind=kind).values_list("person", flat=True))


def on(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_asking_is_told_in_words(firm, officer, learner) -> None:
    ask(firm, officer, audience="chosen", people=[learner], note="Look at section 2 <first>.")
    ((to, subject, text, html),) = sent()
    assert (to, subject) == (learner.email, "Please read: Checks of end-use")
    link = f"http://localhost:8000/guidelines/end-use/?for={firm.slug}#acknowledge"
    assert link in text
    assert f'href="{link}"' in html
    assert f"{officer.name} of {firm.name}" in text
    assert "Look at section 2 <first>." in text
    assert "&lt;first&gt;" in html


def test_in_chinese(firm, officer, learner) -> None:
    learner.language = "zh-hans"
    learner.save()
    ask(firm, officer, audience="chosen", people=[learner])
    ((_to, subject, text, _html),) = sent()
    assert "end-use 核查" in subject
    assert "http://localhost:8000/zh-hans/guidelines/end-use/" in text


def test_who_has_read_or_left_meanwhile_is_not_told(firm, owner, officer, learner, contributor) -> None:
    ask(firm, officer, audience="chosen", people=[learner, contributor])
    acknowledge(learner)
    organisations.remove(Membership.objects.get(user=contributor), by=owner.actor)
    assert sent() == []
    assert set(PersonalMail.objects.values_list("state", flat=True)) == {MailState.NEEDLESS}


def test_of_a_withdrawn_request_nobody_hears(firm, officer) -> None:
    actions.withdraw(ask(firm, officer), because="x", by=officer)
    assert sent() == []


def test_a_new_edition_is_told_as_a_change(firm, officer, learner) -> None:
    ask(firm, officer, again=True, audience="chosen", people=[learner])
    sent()
    make_guideline(number=2)
    actions.ask_again()
    ((_to, subject, text, _html),) = sent()
    assert subject == "Please read again: Checks of end-use"
    assert "It has changed" in text


def test_reminders_each_once(firm, officer, learner) -> None:
    ask(firm, officer, days=14, audience="chosen", people=[learner])
    for day, number in [(0, 0), (10, 0), (11, 1), (12, 1), (14, 1), (15, 2), (16, 2), (21, 3), (40, 3)]:
        actions.remind(on=on(day))
        actions.remind(on=on(day))
        assert told("reading.reminder")[learner.pk] == number, f"day {day}"


def test_of_missed_reminders_only_the_last_is_sent(firm, officer, learner) -> None:
    made = ask(firm, officer, audience="chosen", people=[learner])
    overdue(made, 30)
    assert actions.remind() == 1
    assert PersonalMail.objects.get(kind="reading.reminder").occasion.endswith("/7")


def test_a_day_so_near_needs_no_reminder_before_it(firm, officer, learner) -> None:
    ask(firm, officer, days=2, audience="chosen", people=[learner])
    assert actions.remind() == 0
    assert actions.remind(on=on(3)) == 1


def test_the_words_of_reminders(firm, officer, learner) -> None:
    made = ask(firm, officer, days=2, audience="chosen", people=[learner])
    overdue(made, -2)
    actions.remind()
    _asked, (_to, subject, text, _html) = sent()
    assert subject == "Still to read: Checks of end-use"
    overdue(made, 1)
    actions.remind()
    ((_to, subject, text, _html),) = sent()
    assert subject == "Past its day, still to read: Checks of end-use"
    assert "You have not yet said that you did" in text


def test_who_has_read_is_not_reminded(firm, officer, learner, contributor) -> None:
    made = ask(firm, officer)
    acknowledge(learner)
    overdue(made, 1)
    assert actions.remind() == 2
    assert learner.pk not in told("reading.reminder")


def test_a_withdrawn_guideline_page_still_opens(firm, officer, learner, client_for) -> None:
    ask(firm, officer, audience="chosen", people=[learner])
    withdraw([KEY], on=timezone.localdate())
    assert len(sent()) == 1
    assert client_for(learner).get("/guidelines/end-use/").status_code == 200


def test_reminding_hundreds_takes_few_queries(firm, officer, django_assert_max_num_queries) -> None:
    from tests.factories import MembershipFactory

    for _number in range(30):
        MembershipFactory(organisation=firm, role="learner")
    overdue(ask(firm, officer), 1)
    with django_assert_max_num_queries(8):
        assert actions.remind() == 31


@pytest.mark.xdist_group("worker")
def test_the_worker_asks_and_reminds(worker, smtp_sink, learner, officer, firm) -> None:
    made = ask(firm, officer, audience="chosen", people=[learner])
    worker.wait(lambda: len(smtp_sink.to(learner.email)) == 1)
    overdue(made, 1)
    sweep.delay()
    worker.wait(lambda: len(smtp_sink.to(learner.email)) == 2)
    sweep.delay()
    subjects = [message["Subject"] for message in smtp_sink.to(learner.email)]
    assert subjects == ["Please read: Checks of end-use", "Past its day, still to read: Checks of end-use"]
