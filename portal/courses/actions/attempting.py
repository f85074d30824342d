"""The test: a paper drawn on the server, answers that are only added, a deadline that the server keeps."""

import datetime as dt
import secrets
from collections.abc import Collection

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import audit
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import Conflict, NotAllowed, PortalError
from portal.courses import drawing, queries, scoring
from portal.courses.actions.certifying import issue
from portal.courses.fingerprints import digest
from portal.courses.models import (
    Attempt,
    AttemptState,
    CourseVersion,
    Enrolment,
    Mark,
    Paper,
    PaperItem,
    Response,
)

log = structlog.get_logger(__name__)


@transaction.atomic
def start_attempt(
    enrolment: Enrolment, *, by: Actor, now: dt.datetime | None = None, seed: str | None = None
) -> Attempt:
    """The attempt in progress, else a new one. The lock on the enrolment lets two starts at once make one attempt."""
    now = now or timezone.now()
    _must_be(enrolment, by)
    locked = queries.enrolments().select_for_update(of=("self",)).get(pk=enrolment.pk)
    running = locked.attempts.filter(state=AttemptState.STARTED).first()
    if running is not None and not running.overdue(now):
        return running
    if running is not None:
        submit(running, by=SYSTEM, now=now)
        locked.refresh_from_db()
    used = locked.attempts.count()
    _may_start(locked, used)
    seed = seed or secrets.token_hex(16)
    attempt = Attempt.objects.create(
        enrolment=locked,
        ordinal=used + 1,
        paper=draw_paper(locked.version, seed),
        seed=seed,
        started_at=now,
        deadline=locked.version.deadline(now),
    )
    _record("attempt.started", attempt, by)
    return attempt


def _must_be(enrolment: Enrolment, by: Actor) -> None:
    if by.key != enrolment.person.actor.key:
        raise NotAllowed(_("Only the learner can take the test."))


def _may_start(enrolment: Enrolment, used: int) -> None:
    if enrolment.completed_at is not None:
        raise Conflict(_("You have passed this course already."))
    if enrolment.ended_at is not None or used >= enrolment.version.attempts:
        raise Conflict(_("All attempts of this enrolment are used."))
    if not enrolment.person.name:
        raise Conflict(_("The certificate needs your name: enter it in your profile, then start the test."))


def draw_paper(version: CourseVersion, seed: str) -> Paper:
    """The paper of this seed; a paper with the same content is used again."""
    pool = [row.question for row in version.pool.select_related("question")]
    drawable = [drawing.Drawable(row.pk, row.lesson, tuple(option["label"] for option in row.options)) for row in pool]
    drawn = drawing.draw(drawable, [(part["lesson"], part["count"]) for part in version.draw], seed)
    paper, made = Paper.objects.get_or_create(digest=digest([[item.id, list(item.order)] for item in drawn]))
    if made:
        PaperItem.objects.bulk_create(
            PaperItem(paper=paper, position=position, question_id=item.id, order=list(item.order))
            for position, item in enumerate(drawn, 1)
        )
    return paper


@transaction.atomic
def answer(
    attempt: Attempt, *, position: int, chosen: Collection[str], by: Actor, now: dt.datetime | None = None
) -> Response | None:
    """Add an answer to one question; an empty choice takes it back. The same choice again adds nothing.

    Conflict after the deadline or the submission: nothing is added then.
    """
    now = now or timezone.now()
    locked = Attempt.objects.select_for_update(of=("self",)).select_related("enrolment__person").get(pk=attempt.pk)
    _must_be(locked.enrolment, by)
    if not locked.started:
        raise Conflict(_("This attempt was submitted; its answers can no longer be changed."))
    if locked.overdue(now):
        raise Conflict(_("The time for this attempt is up. What you had answered until then counts."))
    labels = _labels(locked, position, chosen)
    latest = locked.responses.filter(position=position).order_by("-pk").first()
    if latest is not None and latest.chosen == labels:
        return latest
    if latest is None and not labels:
        return None
    return Response.objects.create(attempt=locked, position=position, chosen=labels, at=now)


def _labels(attempt: Attempt, position: int, chosen: Collection[str]) -> list[str]:
    """The chosen labels in order, if the question allows them."""
    item = PaperItem.objects.filter(paper=attempt.paper_id, position=position).select_related("question").first()
    if item is None:
        raise PortalError(_("The test has no such question."))
    labels = sorted(set(chosen))
    if not set(labels) <= set(item.order):
        raise PortalError(_("The question has no such option."))
    if item.question.kind == "single" and len(labels) > 1:
        raise PortalError(_("Choose one option."))
    return labels


@transaction.atomic
def submit(attempt: Attempt, *, by: Actor, now: dt.datetime | None = None) -> Attempt:
    """Mark what was answered and close the attempt; a passed one ends the round with a certificate. Safe to repeat.

    After the deadline it is closed as timed out, by whomever; before it only the learner may submit.
    """
    now = now or timezone.now()
    enrolment = queries.enrolments().select_for_update(of=("self",)).get(pk=attempt.enrolment_id)
    locked = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    locked.enrolment = enrolment
    if not locked.started:
        return locked
    late = locked.overdue(now)
    if not late or by != SYSTEM:
        _must_be(enrolment, by)
    result = _mark(locked, enrolment.version)
    locked.state = AttemptState.TIMED_OUT if late else AttemptState.SUBMITTED
    locked.submitted_at = locked.deadline if late else now
    locked.correct, locked.score, locked.passed = result.correct, result.percent, result.passed
    locked.save(update_fields=["state", "submitted_at", "correct", "score", "passed"])
    if result.passed:
        enrolment.completed_at = locked.submitted_at
        enrolment.save(update_fields=["completed_at"])
        issue(locked, by=SYSTEM, now=locked.submitted_at or now)
    _record("attempt.submitted", locked, by, score=result.percent, passed=result.passed, late=late)
    return locked


def _mark(attempt: Attempt, version: CourseVersion) -> scoring.Score:
    chosen = queries.chosen_in(attempt)
    marks = [
        Mark(
            attempt=attempt,
            position=item.position,
            question=item.question,
            fraction=scoring.fraction(chosen.get(item.position, []), item.question.correct),
        )
        for item in queries.items_of(attempt)
    ]
    Mark.objects.bulk_create(marks)
    return scoring.score([int(mark.fraction) for mark in marks], pass_mark=version.pass_mark)


def close_overdue(*, now: dt.datetime | None = None) -> int:
    """Close every attempt whose time is up, each in its own transaction; how many. One that fails holds no other."""
    now = now or timezone.now()
    closed = 0
    for attempt in queries.overdue(now).order_by("deadline"):
        try:
            submit(attempt, by=SYSTEM, now=now)
        except Exception:
            log.exception("an overdue attempt could not be closed", attempt=attempt.pk)
        else:
            closed += 1
    return closed


def _record(event: str, attempt: Attempt, by: Actor, **details: object) -> None:
    enrolment = attempt.enrolment
    audit.record(
        event,
        by=by,
        target=attempt.key,
        label=enrolment.version,
        organisation=enrolment.organisation.key if enrolment.organisation else "",
        course=enrolment.version.course.key,
        version=enrolment.version.number,
        ordinal=attempt.ordinal,
        **details,
    )
