"""Who learns what: somebody with a certificate, somebody half way, somebody who failed once."""

import datetime as dt

from django.utils import timezone

from portal.accounts.models import User
from portal.core.actors import Actor
from portal.courses import actions, queries
from portal.courses.models import Attempt, Enrolment
from portal.organisations.models import Organisation

COURSE = "commercial-space"


def passed(person: User, *, organisation: Organisation, by: Actor) -> None:
    """Read everything, answered everything right."""
    enrolment = _enrol(person, organisation, by)
    _read(enrolment, lessons=5)
    _sit(enrolment, right=99)


def half_way(person: User, *, organisation: Organisation, by: Actor) -> None:
    """Two lessons read, no attempt yet."""
    _read(_enrol(person, organisation, by), lessons=2)


def failed_once(person: User, *, organisation: Organisation, by: Actor) -> None:
    """Read everything, but got only nine questions right."""
    enrolment = _enrol(person, organisation, by)
    _read(enrolment, lessons=5)
    _sit(enrolment, right=9)


def _enrol(person: User, organisation: Organisation, by: Actor) -> Enrolment:
    course = queries.current_version(COURSE).course
    return actions.enrol(course, person=person, by=by, organisation=organisation, now=timezone.now())


def _read(enrolment: Enrolment, *, lessons: int) -> None:
    for lesson in enrolment.version.lessons.order_by("number")[:lessons]:
        actions.read_lesson(enrolment, lesson=lesson, by=enrolment.person.actor)


def _sit(enrolment: Enrolment, *, right: int) -> Attempt:
    """One attempt with this many right answers."""
    by = enrolment.person.actor
    attempt = actions.start_attempt(enrolment, by=by, seed=f"demonstration-{enrolment.person.email}")
    for number, item in enumerate(queries.items_of(attempt)):
        wrong = [label for label in item.order if label not in item.question.correct][:1]
        chosen = item.question.correct if number < right else wrong
        actions.answer(attempt, position=item.position, chosen=chosen, by=by)
    return actions.submit(attempt, by=by, now=timezone.now() + dt.timedelta(seconds=1))
