"""What can happen to a person's learning."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.core.actors import SYSTEM
from portal.core.errors import Conflict, NotAllowed, PortalError
from portal.core.models import AuditEvent
from portal.courses import actions, queries
from portal.courses.actions import attempting
from portal.courses.actions.attempting import draw_paper
from portal.courses.actions.certifying import months_later
from portal.courses.models import Attempt, AttemptState, Certificate, Enrolment, EnrolmentSource, LessonRead, Paper
from portal.courses.tasks import close_overdue
from tests.courses.factories import START, enrolled, make_course, started, taken
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


# --- Enrolling -------------------------------------------------------------------------------------


def test_enrolling_pins_the_newest_version_and_is_safe_to_repeat(learner, firm):
    make_course(number=1)
    version = make_course(number=2)
    first, again = enrolled(learner, version, firm), enrolled(learner, version, firm)
    assert first == again
    assert (first.version, first.source) == (version, EnrolmentSource.SELF)
    assert AuditEvent.objects.filter(event="course.enrolled").count() == 1


def test_learning_for_a_firm_and_for_oneself_are_two_rounds(learner, firm):
    version = make_course()
    assert enrolled(learner, version, firm) != enrolled(learner, version)
    assert Enrolment.objects.filter(person=learner).count() == 2


def test_an_officer_enrols_a_member(learner, officer, firm):
    made = actions.enrol(make_course().course, person=learner, by=officer.actor, organisation=firm)
    assert (made.source, made.enrolled_by) == (EnrolmentSource.ASSIGNED, officer.actor.key)


def test_only_members_who_may_learn_are_enrolled(outsider, auditor, officer, firm):
    course = make_course().course
    for person in (outsider, auditor):
        with pytest.raises(PortalError, match="does not learn for"):
            actions.enrol(course, person=person, by=officer.actor, organisation=firm)
    assert not Enrolment.objects.exists()


def test_nobody_enrols_in_a_withdrawn_course(learner):
    course = make_course().course
    course.withdrawn_on = dt.date(2026, 1, 1)
    with pytest.raises(Conflict, match="withdrawn"):
        actions.enrol(course, person=learner, by=learner.actor)


def test_the_database_refuses_a_second_open_round(learner):
    enrolment = enrolled(learner, make_course())
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            person=learner,
            course=enrolment.course,
            version=enrolment.version,
            enrolled_at=START,
            enrolled_by="user:1",
        )


def test_reading_a_lesson_twice_changes_nothing(learner):
    enrolment = enrolled(learner, make_course())
    lesson = enrolment.version.lessons.get(number=1)
    first = actions.read_lesson(enrolment, lesson=lesson, by=learner.actor, now=START)
    again = actions.read_lesson(enrolment, lesson=lesson, by=learner.actor, now=START + DAY)
    assert first.at == again.at == START
    assert LessonRead.objects.count() == 1


def test_nobody_reads_for_somebody_else(learner, officer):
    enrolment = enrolled(learner, make_course())
    with pytest.raises(NotAllowed):
        actions.read_lesson(enrolment, lesson=enrolment.version.lessons.get(number=1), by=officer.actor)


# --- Attempts --------------------------------------------------------------------------------------


def test_a_paper_follows_the_lessons_and_its_seed(learner):
    version = make_course(lessons=3, bank=5, count=2)
    attempt = actions.start_attempt(enrolled(learner, version), by=learner.actor, seed="abc")
    items = queries.items_of(attempt)
    assert sorted(item.question.lesson for item in items) == [1, 1, 2, 2, 3, 3]
    assert [item.position for item in items] == [1, 2, 3, 4, 5, 6]
    assert draw_paper(version, "abc") == attempt.paper
    assert draw_paper(version, "abd") != attempt.paper
    assert Paper.objects.count() == 2


def test_starting_again_goes_on_with_the_attempt_in_progress(learner):
    enrolment = enrolled(learner, make_course())
    assert started(enrolment) == started(enrolment)
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_make_one_attempt(learner):
    enrolment = enrolled(learner, make_course())

    def start(_number):
        try:
            return started(enrolment).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(start, range(8)))
    assert len(made) == 1
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_submissions_at_once_make_one_certificate(learner):
    attempt = started(enrolled(learner, make_course()))
    for item in queries.items_of(attempt):
        actions.answer(attempt, position=item.position, chosen=["a"], by=learner.actor)

    def submit(_number):
        try:
            return actions.submit(attempt, by=learner.actor).score
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(submit, range(6))) == {100}
    assert Certificate.objects.count() == 1
    assert attempt.marks.count() == 4


def test_the_database_refuses_a_second_attempt_in_progress(learner):
    attempt = started(enrolled(learner, make_course()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(enrolment=attempt.enrolment, ordinal=2, paper=attempt.paper, seed="x", started_at=START)


def test_answers_are_only_added_and_the_latest_counts(learner):
    attempt = started(enrolled(learner, make_course()))
    for chosen in (["b"], ["a"], ["a"], []):
        actions.answer(attempt, position=1, chosen=chosen, by=learner.actor)
    assert list(attempt.responses.values_list("chosen", flat=True)) == [["b"], ["a"], []]
    assert queries.chosen_in(attempt) == {}


@pytest.mark.parametrize(
    ("position", "chosen", "words"),
    [(9, ["a"], "no such question"), (1, ["z"], "no such option"), (1, ["a", "b"], "Choose one")],
)
def test_answers_that_the_paper_does_not_allow(learner, position, chosen, words):
    attempt = started(enrolled(learner, make_course()))
    with pytest.raises(PortalError, match=words):
        actions.answer(attempt, position=position, chosen=chosen, by=learner.actor)
    assert not attempt.responses.exists()


def test_nobody_answers_or_submits_for_somebody_else(learner, officer):
    attempt = started(enrolled(learner, make_course()))
    with pytest.raises(NotAllowed):
        actions.answer(attempt, position=1, chosen=["a"], by=officer.actor)
    for actor in (officer.actor, SYSTEM):
        with pytest.raises(NotAllowed):
            actions.submit(attempt, by=actor)


def test_the_deadline_is_the_servers(learner):
    attempt = started(enrolled(learner, make_course(time_limit=30)), START)
    assert attempt.deadline == START + 30 * MINUTE
    actions.answer(attempt, position=1, chosen=["a"], by=learner.actor, now=START + 30 * MINUTE)
    with pytest.raises(Conflict, match="time for this attempt is up"):
        actions.answer(
            attempt, position=2, chosen=["a"], by=learner.actor, now=START + 30 * MINUTE + dt.timedelta(seconds=1)
        )
    late = actions.submit(attempt, by=learner.actor, now=START + 40 * MINUTE)
    assert (late.state, late.submitted_at, late.correct) == (AttemptState.TIMED_OUT, attempt.deadline, 1)


def test_overdue_attempts_are_closed_with_what_was_answered(learner, officer):
    version = make_course(time_limit=30)
    overdue = started(enrolled(learner, version), START)
    fresh = started(enrolled(officer, version))
    for item in queries.items_of(overdue):
        actions.answer(overdue, position=item.position, chosen=["a"], by=learner.actor, now=START + MINUTE)
    close_overdue()
    close_overdue()
    overdue.refresh_from_db()
    fresh.refresh_from_db()
    assert (overdue.state, overdue.passed) == (AttemptState.TIMED_OUT, True)
    assert overdue.certificate.issued_at == overdue.deadline
    assert fresh.state == AttemptState.STARTED


def test_an_overdue_attempt_is_closed_before_the_next_one_starts(learner):
    enrolment = enrolled(learner, make_course(time_limit=30))
    first = started(enrolment, START)
    second = started(enrolment, START + 31 * MINUTE)
    first.refresh_from_db()
    assert (first.state, second.ordinal) == (AttemptState.TIMED_OUT, 2)


def test_no_answer_after_submission(learner):
    attempt = taken(enrolled(learner, make_course()), wrong=4)
    with pytest.raises(Conflict, match="submitted"):
        actions.answer(attempt, position=1, chosen=["a"], by=learner.actor)


def test_submitting_twice_changes_nothing(learner):
    attempt = taken(enrolled(learner, make_course()))
    again = actions.submit(attempt, by=learner.actor, now=START)
    assert again.submitted_at == attempt.submitted_at
    assert attempt.marks.count() == 4
    assert Certificate.objects.count() == 1


def test_a_score_below_the_pass_mark_issues_nothing(learner):
    attempt = taken(enrolled(learner, make_course(pass_mark=75)), wrong=2)
    assert (attempt.score, attempt.passed, attempt.correct) == (50, False, 2)
    assert not Certificate.objects.exists()
    assert attempt.enrolment.open


def test_attempts_run_out(learner):
    enrolment = enrolled(learner, make_course(attempts=2))
    for _round in range(2):
        taken(enrolment, wrong=4)
    with pytest.raises(Conflict, match="All attempts"):
        started(enrolment)
    assert queries.progress_of([enrolment])[0].exhausted


def test_a_passed_course_is_not_tested_again(learner):
    enrolment = enrolled(learner, make_course())
    taken(enrolment)
    with pytest.raises(Conflict, match="passed this course"):
        started(enrolment)


def test_a_person_without_a_name_gets_no_paper(db):
    person = UserFactory(name="")
    with pytest.raises(Conflict, match="your name"):
        started(enrolled(person, make_course()))


def test_a_new_round_is_a_new_row(learner, officer, firm):
    version = make_course(attempts=1)
    spent = enrolled(learner, version, firm, START)
    taken(spent, wrong=4, now=START)
    with pytest.raises(Conflict, match="7 days"):
        enrolled(learner, version, firm, START + DAY)
    fresh = actions.enrol(version.course, person=learner, by=officer.actor, organisation=firm, now=START + DAY)
    spent.refresh_from_db()
    assert fresh != spent
    assert spent.ended_at == START + DAY
    assert spent.attempts.count() == 1


def test_people_on_their_own_wait_a_week_for_a_new_round(learner):
    version = make_course(attempts=1)
    spent = enrolled(learner, version, now=START)
    taken(spent, wrong=4, now=START)
    assert enrolled(learner, version, now=START + 8 * DAY) != spent


# --- Certificates ----------------------------------------------------------------------------------


def test_a_certificate_says_what_was_certified(learner, firm):
    attempt = taken(enrolled(learner, make_course(valid_months=24), firm, START), wrong=1, now=START)
    certificate = attempt.certificate
    assert certificate.payload["person"] == learner.name
    assert certificate.payload["organisation"] == "Lanzhou Composites"
    assert certificate.payload["course"]["title"] == {"en": "Space 1", "zh-hans": "航天 1"}
    assert (certificate.payload["score"], certificate.payload["pass_mark"]) == (75, 75)
    assert certificate.valid_until == dt.date(2028, 11, 2)
    assert certificate.genuine
    learner.name = "Somebody Else"
    learner.save()
    assert Certificate.objects.get().payload["person"] != learner.name


def test_a_changed_payload_is_noticed(learner):
    certificate = taken(enrolled(learner, make_course())).certificate
    certificate.payload["score"] = 99
    certificate.save()
    assert not Certificate.objects.get().genuine


def test_the_state_of_a_certificate_on_any_day_comes_from_its_rows(learner, officer):
    certificate = taken(enrolled(learner, make_course(valid_months=1), now=START), now=START).certificate
    day = START.date()
    assert certificate.state(day) == "valid"
    assert certificate.state(dt.date(2026, 12, 2)) == "valid"
    assert certificate.state(dt.date(2026, 12, 3)) == "expired"
    revoked = actions.revoke(certificate, reason="Answers were shared.", by=officer.actor, now=START + 3 * DAY)
    assert revoked.state(day + 2 * DAY) == "valid"
    assert revoked.state(day + 3 * DAY) == "revoked"
    assert revoked.state(day + 300 * DAY) == "revoked"


def test_revoking_needs_a_reason_and_happens_once(learner, officer):
    certificate = taken(enrolled(learner, make_course())).certificate
    with pytest.raises(PortalError, match="reason"):
        actions.revoke(certificate, reason="  ", by=officer.actor)
    for reason in ("First.", "Second."):
        actions.revoke(certificate, reason=reason, by=officer.actor)
    assert list(certificate.events.values_list("kind", "reason")) == [("issued", ""), ("revoked", "First.")]
    assert AuditEvent.objects.filter(event="certificate.revoked").count() == 1


def test_passing_again_replaces_the_earlier_certificate(learner):
    version = make_course()
    first = taken(enrolled(learner, version, now=START), now=START).certificate
    second = taken(enrolled(learner, version, now=START + DAY), now=START + DAY).certificate
    first = queries.certificate(first.serial)
    assert first.state((START + DAY).date()) == "superseded"
    assert first.events.last().reason == second.serial
    assert second.state((START + DAY).date()) == "valid"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 11, 22), 24, (2028, 11, 22)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(dt.date(*day), months) == dt.date(*later)


# --- Nothing that people rely on changes -----------------------------------------------------------


def frozen():
    """Every byte of what was asked, answered, marked and certified."""
    from portal.courses import models

    kept = [
        models.Enrolment,
        models.Attempt,
        models.Response,
        models.Mark,
        models.Paper,
        models.PaperItem,
        models.Certificate,
        models.CertificateEvent,
    ]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in kept}


def test_a_new_version_changes_no_byte_of_attempts_marks_and_certificates(learner, officer):
    version = make_course(number=1)
    taken(enrolled(learner, version))
    taken(enrolled(officer, version), wrong=4)
    before = frozen()
    make_course(number=2, lessons=3, pass_mark=100, time_limit=5)
    assert frozen() == before
    attempt = started(officer.enrolments.get())
    assert {item.question.number for item in queries.items_of(attempt)} == {1}


def test_revoking_twice_is_revoking_once_in_every_time_zone(learner, officer):
    """In the evening of UTC it is tomorrow in China: the first revocation was not seen by the second."""
    certificate = taken(enrolled(learner, make_course(), now=START), now=START).certificate
    evening = START.replace(hour=20)
    with timezone.override("Asia/Shanghai"):
        for _again in range(2):
            actions.revoke(certificate, reason="Shared.", by=officer.actor, now=evening)
    assert certificate.events.filter(kind="revoked").count() == 1


def test_an_overdue_attempt_that_fails_does_not_hold_the_others(learner, officer, monkeypatch):
    version = make_course()
    first, second = (
        actions.start_attempt(enrolled(person, version, now=START), by=person.actor, now=START)
        for person in (learner, officer)
    )
    mark = attempting._mark

    def broken_for_the_first(attempt, version):
        if attempt.pk == first.pk:
            raise ValueError("no")
        return mark(attempt, version)

    monkeypatch.setattr(attempting, "_mark", broken_for_the_first)
    assert actions.close_overdue(now=START + DAY) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("started", "timed_out")
