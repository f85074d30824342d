"""Enrolling people and noting what they have read."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.actions import mail
from portal.accounts.models import User
from portal.core import audit
from portal.core.actors import Actor
from portal.core.errors import Conflict, NotAllowed, PortalError
from portal.courses import queries
from portal.courses.models import Course, Enrolment, EnrolmentSource, LessonRead, LessonVersion
from portal.organisations.models import Membership, Organisation
from portal.organisations.permissions import roles_that_can

AGAIN_AFTER = dt.timedelta(days=7)
"""How long somebody who learns on their own waits for a new round after the last attempt."""


@transaction.atomic
def enrol(
    course: Course,
    *,
    person: User,
    by: Actor,
    organisation: Organisation | None = None,
    now: dt.datetime | None = None,
) -> Enrolment:
    """A round of the newest version of a course. Who is in a round already stays in it.

    With all attempts used, others may give a new round at once; people themselves after AGAIN_AFTER.
    """
    now = now or timezone.now()
    User.objects.select_for_update().get(pk=person.pk)
    version = queries.current_version(course.slug)
    _may_learn(course, person, organisation)
    by_self = by.key == person.actor.key
    rounds = queries.enrolments().filter(person=person, course=course, organisation=organisation)
    for progress in queries.progress_of(rounds.filter(completed_at=None, ended_at=None)):
        if not progress.exhausted:
            return progress.enrolment
        _must_have_waited(progress, by_self, now)
        progress.enrolment.ended_at = now
        progress.enrolment.save(update_fields=["ended_at"])
    made = Enrolment.objects.create(
        person=person,
        course=course,
        version=version,
        organisation=organisation,
        source=EnrolmentSource.SELF if by_self else EnrolmentSource.ASSIGNED,
        enrolled_at=now,
        enrolled_by=by.key,
    )
    if organisation is not None and not by_self:
        mail("courses.enrolled", to=[person], occasion=f"enrolment/{made.pk}", at=now, enrolment_id=made.pk)
    audit.record(
        "course.enrolled",
        by=by,
        target=course.key,
        label=person,
        organisation=organisation.key if organisation else "",
        person=person.actor.key,
        version=version.number,
    )
    return made


def _may_learn(course: Course, person: User, organisation: Organisation | None) -> None:
    if course.withdrawn_on is not None:
        raise Conflict(_("This course was withdrawn; nobody can enrol any more."))
    if organisation is None:
        return
    learns = Membership.objects.filter(
        organisation=organisation, user=person, ended_at=None, role__in=list(roles_that_can("course.take"))
    )
    if not learns.exists():
        raise PortalError(
            _("%(person)s does not learn for %(organisation)s: only members who may take courses can be enrolled.")
            % {"person": person, "organisation": organisation}
        )


def _must_have_waited(progress: queries.Progress, by_self: bool, now: dt.datetime) -> None:
    last = progress.attempts[-1].submitted_at
    if by_self and last is not None and now < last + AGAIN_AFTER:
        raise Conflict(
            _("All attempts are used. You can enrol again %(days)s days after the last one, or ask your organisation.")
            % {"days": AGAIN_AFTER.days}
        )


@transaction.atomic
def read_lesson(
    enrolment: Enrolment, *, lesson: LessonVersion, by: Actor, now: dt.datetime | None = None
) -> LessonRead:
    """Note that a learner has read a lesson of their version. Saying it twice changes nothing."""
    if by.key != enrolment.person.actor.key:
        raise NotAllowed(_("Only the learner can say what was read."))
    if lesson.version_id != enrolment.version_id:
        raise Conflict(_("This lesson belongs to another version of the course than the one you are enrolled in."))
    read, made = LessonRead.objects.get_or_create(
        enrolment=enrolment, lesson=lesson, defaults={"at": now or timezone.now()}
    )
    if made:
        audit.record(
            "lesson.read",
            by=by,
            target=f"{enrolment.course.key}/{lesson.number}",
            organisation=enrolment.organisation.key if enrolment.organisation else "",
        )
    return read
