"""Who hears by mail of what happened to an assessment, in which words; once with a real worker."""

import datetime as dt
from email.message import Message

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from portal.accounts.models import PersonalMail
from portal.accounts.tasks import send_mail
from portal.assessments import actions
from portal.organisations import actions as organisations
from portal.organisations.models import Membership

pytestmark = pytest.mark.django_db


def told(kind):
    """Who hears of it."""
    return set(PersonalMail.objects.filter(kind=f"assessments.{kind}").values_list("person", flat=True))


def sent(kind) -> list[Message]:
    """The mails of this kind, sent now."""
    outgoing.outbox.clear()
    for pk in PersonalMail.objects.filter(kind=f"assessments.{kind}").values_list("pk", flat=True):
        send_mail(mail_id=pk)
    return [mail.message() for mail in outgoing.outbox]


def words(message: Message) -> tuple[str, str]:
    text, html = (part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart())
    return text, html


def section(assessment):
    return assessment.questionnaire_version.sections.first()


def delegated(assessment, officer, contributor, **more):
    return actions.delegate(assessment, section(assessment), to=contributor, by=officer, **more)


def test_who_is_asked_hears_of_it(assessment, officer, contributor):
    due = dt.date(2026, 12, 1)
    delegated(assessment, officer, contributor, due_on=due, message="Ask <Li> in stores & shipping")
    (message,) = sent("delegated")
    text, html = words(message)
    assert message["To"] == contributor.email
    assert message["Subject"] == "Please answer: Section 1"
    assert f"http://localhost:8000/assessments/{assessment.ref}/sections/s1/" in text
    assert "Ask <Li> in stores & shipping" in text
    assert "Ask &lt;Li&gt; in stores &amp; shipping" in html
    assert f'href="http://localhost:8000/assessments/{assessment.ref}/sections/s1/?for={assessment.organisation.slug}"' in html
    assert "1 December 2026" in text


def test_in_chinese_with_chinese_links(assessment, officer, contributor):
    contributor.language = "zh-hans"
    contributor.save()
    delegated(assessment, officer, contributor)
    (message,) = sent("delegated")
    text, html = words(message)
    assert f"http://localhost:8000/zh-hans/assessments/{assessment.ref}/sections/s1/" in text
    assert "第1节" in text
    assert '<html lang="zh-hans">' in html


def test_asking_again_is_told_only_with_something_new(assessment, officer, contributor):
    for _number in range(2):
        delegated(assessment, officer, contributor, message="Please")
    assert PersonalMail.objects.count() == 1
    delegated(assessment, officer, contributor, message="Please, today")
    assert PersonalMail.objects.count() == 2


def test_who_asks_themselves_is_not_told(assessment, officer):
    actions.delegate(assessment, section(assessment), to=officer, by=officer)
    assert told("delegated") == set()


def test_a_section_taken_back_is_not_told(assessment, officer, contributor):
    actions.withdraw_delegation(delegated(assessment, officer, contributor), by=officer)
    assert sent("delegated") == []
    assert PersonalMail.objects.get().state == "needless"


def test_who_left_hears_nothing(assessment, officer, contributor):
    delegated(assessment, officer, contributor)
    organisations.remove(Membership.objects.get(user=contributor), by=officer.actor)
    assert sent("delegated") == []


def test_reviewers_hear_of_a_submission_and_nobody_else(
    submitted, officer, owner, contributor, learner, auditor, outsider
):
    assert told("submitted") == set()  # the others came later
    actions.reopen(submitted, reason="More", by=officer)
    actions.submit(submitted, by=officer)
    actions.submit(submitted, by=officer)
    assert told("submitted") == {owner.pk}
    (message,) = sent("submitted")
    assert f"/assessments/{submitted.ref}/review/" in words(message)[0]
    assert str(officer) in words(message)[0]


def test_a_submission_that_was_decided_meanwhile_is_not_told(assessment, owner, officer):
    from tests.assessments.factories import question_of

    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", by=officer)
    actions.submit(assessment, by=officer)
    actions.approve(assessment, by=owner)
    assert sent("submitted") == []


def test_a_return_is_told_without_its_reason(submitted, officer, owner):
    actions.send_back(submitted, reason="Secret weakness in stores", by=owner)
    actions.send_back(submitted, reason="Secret weakness in stores", by=owner)
    (message,) = sent("returned")
    text, html = words(message)
    assert message["To"] == officer.email
    assert str(owner) in text
    assert "Secret" not in text + html


def test_an_approval_is_told_to_starter_and_submitter(assessment, officer, owner, firm):
    from tests.assessments.factories import question_of
    from tests.factories import MembershipFactory

    second = MembershipFactory(organisation=firm, role="officer").user
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", by=officer)
    actions.submit(assessment, by=second)
    actions.approve(assessment, by=owner)
    assert told("approved") == {officer.pk, second.pk}
    assert {message["Subject"] for message in sent("approved")} == {"Approved: Programme 2026"}


def test_a_starter_who_decides_is_not_told_of_it(assessment, officer, owner):
    from tests.assessments.factories import question_of

    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", by=officer)
    actions.submit(assessment, by=owner)
    actions.approve(assessment, by=officer)
    assert told("approved") == {owner.pk}


def test_closed_accounts_are_not_told(submitted, officer, owner):
    officer.is_active = False
    officer.save()
    actions.approve(submitted, by=owner)
    assert told("approved") == set()


@pytest.mark.xdist_group("worker")
def test_the_worker_tells_once(worker, smtp_sink, assessment, officer, contributor):
    delegated(assessment, officer, contributor)
    row = PersonalMail.objects.get()
    worker.wait(lambda: PersonalMail.objects.get(pk=row.pk).state == "handed-over")
    send_mail(mail_id=row.pk)
    (message,) = smtp_sink.to(contributor.email)
    assert message["Message-ID"] == row.message_id
    assert f"/assessments/{assessment.ref}/sections/s1/" in message.get_body(("plain",)).get_content()


@pytest.mark.xdist_group("worker")
def test_a_lost_task_is_swept_up(worker, smtp_sink, redis, assessment, officer, contributor):
    from portal.core.background import enqueue

    worker.kill()
    delegated(assessment, officer, contributor)
    redis.delete("celery")  # the task is gone
    PersonalMail.objects.update(created_at=timezone.now() - dt.timedelta(minutes=3))
    worker.start()
    enqueue("accounts.send_waiting")
    worker.wait(lambda: smtp_sink.to(contributor.email))
