"""Reads for dashboards and pages."""

import datetime as dt

import pytest

from portal.core.errors import NotFound
from portal.courses import queries
from portal.organisations.models import Role
from tests.courses.factories import START, enrolled, make_course, started, taken
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_only_the_newest_version_of_courses_on_offer():
    make_course("a", number=1)
    newest = make_course("a", number=2)
    gone = make_course("b").course
    gone.withdrawn_on = START.date()
    gone.save()
    assert list(queries.courses()) == [newest]


def test_a_lesson_that_a_later_version_dropped_keeps_its_page():
    make_course(number=1, lessons=3)
    make_course(number=2, lessons=2)
    assert queries.lesson("space", 2).version.number == 2
    assert queries.lesson("space", 3).version.number == 1
    with pytest.raises(NotFound):
        queries.lesson("space", 4)


def test_open_for_shows_what_is_open(learner):
    space, missiles = make_course("space"), make_course("missiles")
    taken(enrolled(learner, space))
    attempt = started(enrolled(learner, missiles))
    (row,) = queries.open_for(learner)
    assert (row.enrolment.course.slug, row.running, row.left, row.lessons) == ("missiles", attempt, 2, 2)
    (certificate,) = queries.certificates_of(learner)
    assert certificate.attempt.enrolment.course.slug == "space"


def test_behind_names_who_needs_a_word(firm, outsider, other_firm):
    version = make_course(attempts=1, valid_months=1)
    people = [MembershipFactory(organisation=firm, role=Role.LEARNER).user for _number in range(5)]
    spent, slow, expiring, fine, left = [enrolled(person, version, firm, START) for person in people]
    enrolled(outsider, version, other_firm, START)
    taken(spent, wrong=4, now=START)
    taken(expiring, now=START)
    people[4].memberships.update(ended_at=START)
    fine.enrolled_at = START + 20 * DAY
    fine.save()
    found = queries.behind(firm, now=START + 29 * DAY)
    assert {(row.progress.enrolment, row.why) for row in found} == {(spent, "exhausted"), (expiring, "expiring")}
    found = queries.behind(firm, now=START + 31 * DAY)
    assert (slow, "slow") in {(row.progress.enrolment, row.why) for row in found}
    assert left not in {row.progress.enrolment for row in found}


def test_progress_costs_the_same_for_one_and_for_thirty(django_assert_num_queries, firm):
    version = make_course()
    for number in range(30):
        person = MembershipFactory(organisation=firm, role=Role.LEARNER).user
        taken(enrolled(person, version, firm), wrong=number % 5)
    for count in (1, 30):
        rows = list(queries.enrolments_in(firm)[:count])
        with django_assert_num_queries(5):
            assert len(queries.progress_of(rows)) == count


def test_a_serial_is_found_however_it_is_typed(learner):
    certificate = taken(enrolled(learner, make_course())).certificate
    for typed in (certificate.serial, certificate.serial.lower(), f" {certificate.serial.replace('-', ' ')} "):
        assert queries.certificate(typed) == certificate
    with pytest.raises(NotFound):
        queries.certificate("AAAA-BBBB-CCCC")


def test_serials_have_no_letters_that_look_alike(learner):
    serial = taken(enrolled(learner, make_course())).certificate.serial
    assert len(serial) == 14
    assert not set(serial) & set("01OIUL")
