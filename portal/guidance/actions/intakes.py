"""The life of an import of official texts: received, read and planned, taken in, refused. State is in rows."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from portal.core import audit
from portal.core.actors import Actor
from portal.core.background import enqueue
from portal.core.errors import Conflict, PortalError
from portal.guidance import statutes
from portal.guidance.actions.planning import Plan, Terms, plan
from portal.guidance.actions.texts import take_text, terms_of, write_lines
from portal.guidance.models import Instrument, IntakeState, TextIntake
from portal.guidance.statutes import Fault, Statute, Unreadable
from portal.guidance.statutes.statute import gettext_noop

log = structlog.get_logger(__name__)

LEASE = dt.timedelta(minutes=16)  # longer than a task may run (settings.CELERY_TASK_TIME_LIMIT)
STUCK = dt.timedelta(seconds=60)
AWAY = (RedisError, OSError)
MOST_FAULTS = 500


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was taken from."""

    title: str
    publisher: str = ""
    url: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was handed in."""

    name: str
    data: bytes
    kind: str = "auto"


# --- Receiving ----------------------------------------------------------------------------------------------------


def too_large(size: int) -> str:
    """The sentence for a file that is larger than settings.TEXT_MAX_BYTES; "" for others."""
    most = settings.TEXT_MAX_BYTES
    if size <= most:
        return ""
    return _("The file has %(size)s MB; at most %(most)s MB are taken.") % {
        "size": f"{size / 1_000_000:.0f}",
        "most": f"{most / 1_000_000:.0f}",
    }


@transaction.atomic
def receive(terms: Terms, file: Received, source: Source, *, by: Actor, organisation_key: str = "") -> TextIntake:
    """Keep a file privately and have it read by the worker."""
    row = _row(terms, file, source, by, organisation_key)
    row.save()
    enqueue("guidance.plan_text", intake_id=row.pk)
    audit.record(
        "text.received",
        by=by,
        target=terms.instrument.key,
        label=terms.instrument,
        organisation=organisation_key,
        intake=row.pk,
        file=row.file_name,
        sha256=row.sha256,
    )
    return row


def _row(terms: Terms, file: Received, source: Source, by: Actor, organisation_key: str) -> TextIntake:
    problem = too_large(len(file.data))
    if problem:
        raise PortalError(problem)
    if not source.title.strip():
        raise PortalError(_("Say where the text was taken from."))
    if terms.valid_until is not None and terms.valid_until <= terms.valid_from:
        raise PortalError(_("The text must end after it begins."))
    row = TextIntake(
        instrument=terms.instrument,
        language=terms.language,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        format=file.kind,
        source_title=source.title.strip()[:300],
        source_publisher=source.publisher.strip()[:200],
        source_url=source.url.strip()[:400],
        source_date=source.date,
        file_name=file.name[-200:],
        sha256=hashlib.sha256(file.data).hexdigest(),
        size=len(file.data),
        organisation_key=organisation_key,
        by_key=by.key,
        by=by.label[:200],
        received_at=timezone.now(),
    )
    # The name in the storage is ours: nothing of the uploaded name reaches the file system.
    row.file.save(f"{row.sha256[:20]}.bin", ContentFile(file.data), save=False)
    return row


# --- At once, for the command -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Outcome:
    """What a run of the command did: the plan, and the import that it made (None in a rehearsal, or for nothing)."""

    plan: Plan
    intake: TextIntake | None
    warnings: list[Fault]
    format: str


def take_file(
    terms: Terms, file: Received, source: Source, *, by: Actor, rehearse: bool = False, organisation_key: str = ""
) -> Outcome:
    """Read a file and take it in at once. Unreadable with every fault, and then nothing is written.

    A file that changes nothing and was taken in before on the same terms leaves no row.
    """
    problem = too_large(len(file.data))
    if problem:
        raise PortalError(problem)
    statute, kind = statutes.read(file.data, file.name, file.kind)
    if rehearse:
        return Outcome(plan(statute, terms), None, statute.warnings, kind)
    with transaction.atomic():
        Instrument.objects.select_for_update().get(pk=terms.instrument.pk)
        found = plan(statute, terms)
        if not found.changes and _taken_before(terms, hashlib.sha256(file.data).hexdigest()):
            return Outcome(found, None, statute.warnings, kind)
        row = _row(terms, file, source, by, organisation_key)
        row.format, row.state, row.warnings = kind, IntakeState.APPLYING, as_json(statute.warnings)
        row.save()
        found = take_text(row, statute, by=by)
    row.refresh_from_db()
    return Outcome(found, row, statute.warnings, kind)


def _taken_before(terms: Terms, sha256: str) -> bool:
    return TextIntake.objects.filter(
        instrument=terms.instrument,
        language=terms.language,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        sha256=sha256,
        state=IntakeState.APPLIED,
    ).exists()


# --- By the worker ------------------------------------------------------------------------------------------------


def plan_intake(intake: TextIntake) -> None:
    """Read the file of an import and work out what it would do. Safe twice."""
    row = _claim(intake, IntakeState.READ)
    if row is None:
        return
    try:
        statute, kind = _read(row)
        found = plan(statute, terms_of(row))
    except Unreadable as error:
        _refuse(row, error.faults)
        return
    except (OperationalError, InterfaceError):
        raise  # the lease runs out and the sweeper tries again
    except Exception:
        log.exception("a file of official texts could not be read", intake=row.pk)
        _refuse(row, [Fault(0, UNEXPECTED)])
        return
    with transaction.atomic():
        locked = TextIntake.objects.select_for_update().get(pk=row.pk)
        if locked.state != IntakeState.READ:
            return
        locked.format, locked.counts = kind, found.counts
        locked.warnings = as_json(statute.warnings)
        locked.scope = None if statute.scope is None else sorted(statute.scope)
        locked.state, locked.lease_until = IntakeState.PLANNED, None
        locked.total = len(found.lines)
        locked.save()
        write_lines(locked, found)


@transaction.atomic
def decide(intake: TextIntake, *, by: Actor) -> None:
    """Have a planned import taken in by the worker. Deciding twice is deciding once."""
    row = TextIntake.objects.select_for_update().get(pk=intake.pk)
    if row.state in {IntakeState.APPLYING, IntakeState.APPLIED}:
        return
    if row.state != IntakeState.PLANNED:
        raise Conflict(_("This import is not waiting for a decision."))
    row.state, row.done, row.lease_until = IntakeState.APPLYING, 0, None
    row.applied_by, row.applied_by_key = by.label[:200], by.key
    row.save()
    enqueue("guidance.apply_text", intake_id=row.pk)
    audit.record(
        "text.decided",
        by=by,
        target=row.instrument.key,
        label=row.instrument,
        organisation=row.organisation_key,
        intake=row.pk,
    )


def apply_intake(intake: TextIntake) -> None:
    """Take in what was decided. Safe twice; a worker that dies in it leaves nothing half done."""
    row = _claim(intake, IntakeState.APPLYING)
    if row is None:
        return
    by = Actor(row.applied_by_key, row.applied_by)
    try:
        statute, _kind = _read(row)
        take_text(row, statute, by=by, progress=lambda done, total: tell(row.pk, done, total))
    except Unreadable as error:
        _refuse(row, error.faults)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("official texts could not be taken in", intake=row.pk)
        _refuse(row, [Fault(0, UNEXPECTED)])


UNEXPECTED = gettext_noop("An unexpected error; nothing was written. The operator finds it in the log.")


@transaction.atomic
def discard(intake: TextIntake, *, by: Actor) -> None:
    """Say that a planned import is not to be taken in."""
    row = TextIntake.objects.select_for_update().get(pk=intake.pk)
    if row.state == IntakeState.REFUSED:
        return
    if row.state != IntakeState.PLANNED:
        raise Conflict(_("This import is not waiting for a decision."))
    _shut(row, [Fault(0, DISCARDED)])
    audit.record(
        "text.discarded",
        by=by,
        target=row.instrument.key,
        label=row.instrument,
        organisation=row.organisation_key,
        intake=row.pk,
    )


DISCARDED = gettext_noop("It was put aside before anything was written.")


def sweep(now: dt.datetime | None = None) -> int:
    """Queue again what waits for a worker that never came or died; how many."""
    now = now or timezone.now()
    free = Q(lease_until=None, received_at__lt=now - STUCK) | Q(lease_until__lt=now)
    waiting = TextIntake.objects.filter(free, state__in=[IntakeState.READ, IntakeState.APPLYING])
    found = list(waiting.values_list("pk", "state")[:100])
    for pk, state in found:
        if state == IntakeState.READ:
            enqueue("guidance.plan_text", intake_id=pk)
        else:
            enqueue("guidance.apply_text", intake_id=pk)
    return len(found)


def _claim(intake: TextIntake, state: IntakeState) -> TextIntake | None:
    """Take an import for this worker; None when it is in another state or another worker's."""
    now = timezone.now()
    free = TextIntake.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), pk=intake.pk, state=state)
    if not free.update(lease_until=now + LEASE):
        return None
    return TextIntake.objects.select_related("instrument__jurisdiction").get(pk=intake.pk)


def _read(row: TextIntake) -> tuple[Statute, str]:
    with row.file.open("rb") as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise Unreadable(Fault(0, gettext_noop("The file in the storage is not the one that was handed in.")))
    return statutes.read(data, row.file_name, row.format)


@transaction.atomic
def _refuse(row: TextIntake, faults: list[Fault]) -> None:
    locked = TextIntake.objects.select_for_update().get(pk=row.pk)
    if locked.state in {IntakeState.READ, IntakeState.APPLYING}:
        _shut(locked, faults)
        audit.record(
            "text.refused",
            by=Actor(locked.by_key, locked.by),
            target=locked.instrument.key,
            label=locked.instrument,
            organisation=locked.organisation_key,
            intake=locked.pk,
            faults=len(faults),
        )


def _shut(row: TextIntake, faults: list[Fault]) -> None:
    """The state of an import of which nothing is taken; its file is not kept."""
    row.state, row.faults, row.lease_until = IntakeState.REFUSED, as_json(faults), None
    name, storage = row.file.name, row.file.storage
    row.file = ""
    row.save()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def as_json(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults for the column that keeps them; the first 500."""
    return [
        {"line": fault.line, "message": fault.message, "values": fault.values} for fault in list(faults)[:MOST_FAULTS]
    ]


# --- Progress -----------------------------------------------------------------------------------------------------


def tell(pk: int, done: int, total: int) -> None:
    """Say how far a step is. In the cache: the rows are in a transaction that nobody sees before its end."""
    try:
        cache.set(f"intake:{pk}", (done, total), 3600)
    except AWAY:
        log.info("the cache is away: no progress is shown", intake=pk)


def progress(intake: TextIntake) -> tuple[int, int]:
    """(done, total) of the step in hand; (0, 0) where nothing is known."""
    try:
        done, total = cache.get(f"intake:{intake.pk}") or (0, 0)
    except AWAY:
        return 0, 0
    return int(done), int(total)


__all__ = [
    "Outcome",
    "Received",
    "Source",
    "apply_intake",
    "as_json",
    "decide",
    "discard",
    "plan_intake",
    "progress",
    "receive",
    "sweep",
    "take_file",
    "tell",
    "too_large",
]
