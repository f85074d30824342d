"""Who hears by mail of enrolments and certificates."""

import datetime as dt

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from portal.accounts.models import PersonalMail
from portal.accounts.tasks import send_mail
from portal.core.actors import SYSTEM
from portal.courses import actions
from portal.courses.models import Certificate
from tests.courses.factories import START, enrolled, make_course, taken

pytestmark = pytest.mark.django_db


def sent():
    """(subject, text, HTML) of everything that waits, sent now."""
    outgoing.outbox.clear()
    for pk in PersonalMail.objects.filter(state="pending").order_by("pk").values_list("pk", flat=True):
        send_mail(mail_id=pk)
    made = []
    for mail in outgoing.outbox:
        message = mail.message()
        parts = [part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()]
        made.append((message["Subject"], *parts))
    return made


def test_an_enrolment_by_the_firm_is_told_once(learner, officer, firm):
    course = make_course().course
    for _number in range(2):
        actions.enrol(course, person=learner, by=officer.actor, organisation=firm)
    ((subject, text, html),) = sent()
    assert subject == "You are enrolled: Space 1"
    assert firm.name in text
    assert "http://localhost:8000/courses/space/" in text
    assert 'href="http://localhost:8000/courses/space/"' in html
    assert "20 minutes" in text
    assert "3 times" in text


def test_in_chinese(learner, officer, firm):
    learner.language = "zh-hans"
    learner.save()
    actions.enrol(make_course().course, person=learner, by=officer.actor, organisation=firm)
    ((_subject, text, _html),) = sent()
    assert "航天 1" in text
    assert "http://localhost:8000/zh-hans/courses/space/" in text


def test_who_enrols_themselves_is_not_told(learner, firm):
    enrolled(learner, make_course(), firm)
    assert not PersonalMail.objects.exists()


def test_who_has_passed_meanwhile_is_not_told_of_the_enrolment(learner, officer, firm):
    made = actions.enrol(make_course().course, person=learner, by=officer.actor, organisation=firm)
    taken(made)
    ((subject, _text, _html),) = sent()
    assert subject.startswith("Your certificate")


def test_a_certificate_is_told(learner, firm):
    taken(enrolled(learner, make_course(), firm))
    certificate = Certificate.objects.get()
    ((subject, text, html),) = sent()
    assert subject == "Your certificate: Space 1"
    for address in (f"/certificates/{certificate.serial}/", f"/verify/{certificate.token}/"):
        assert f"http://localhost:8000{address}" in text
        assert f'href="http://localhost:8000{address}"' in html


def test_a_failed_test_is_not_told(learner, firm):
    taken(enrolled(learner, make_course(), firm), wrong=4)
    assert not PersonalMail.objects.exists()


def test_a_certificate_revoked_meanwhile_is_not_told(learner, firm):
    taken(enrolled(learner, make_course(), firm))
    actions.revoke(Certificate.objects.get(), reason="Mistake", by=SYSTEM)
    assert sent() == []


def test_records_of_long_ago_are_not_told(learner, officer, firm):
    assert timezone.now() - START > dt.timedelta(days=3)
    actions.enrol(make_course().course, person=learner, by=officer.actor, organisation=firm, now=START)
    assert not PersonalMail.objects.exists()


@pytest.mark.xdist_group("worker")
def test_the_worker_tells(worker, smtp_sink, learner, officer, firm):
    actions.enrol(make_course().course, person=learner, by=officer.actor, organisation=firm)
    worker.wait(lambda: smtp_sink.to(learner.email))
    assert smtp_sink.messages[0]["Subject"] == "You are enrolled: Space 1"
