"""Asking people to read something, asking again when it changes, asking who joins later, taking it back."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.actions import mail
from portal.accounts.models import User
from portal.core import audit
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import NotFound, PortalError
from portal.core.texts import pick
from portal.organisations.models import ROLES_OF_KIND, Organisation
from portal.organisations.permissions import must
from portal.reading import queries
from portal.reading.models import Asked, Audience, Cycle, ReadingRequest
from portal.reading.standing import Standing
from portal.references.models import Address
from portal.references.queries import address, addresses

LEAST_DAYS = 7
"""Who is asked later, or again, has at least these days."""
LONGEST_NOTE = 2000


@transaction.atomic
def ask(
    organisation: Organisation,
    *,
    key: str,
    due_on: dt.date,
    by: User,
    audience: str = Audience.EVERYBODY,
    roles: Iterable[str] = (),
    people: Iterable[User] = (),
    note: str = "",
    again: bool = False,
    ref: uuid.UUID | None = None,
) -> ReadingRequest:
    """Ask members to read what stands at a key and to say that they have; they hear of it by mail.

    With a `ref` that was used, nothing is asked twice: the request of that `ref` is given back.
    """
    must(by, "reading.ask", organisation)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    made = ReadingRequest.objects.filter(ref=ref).first() if ref else None
    if made is not None:
        if made.organisation_id != organisation.pk:
            raise NotFound(_("There is no such reading request."))
        return made
    there, now = _askable(key), timezone.now()
    if due_on < timezone.localdate():
        raise PortalError(_("The day has passed. Choose one that is still to come."), code="due-on")
    row = ReadingRequest(
        ref=ref or uuid.uuid4(),
        organisation=organisation,
        key=there.key,
        title=there.title,
        kind=there.kind,
        note=note.strip()[:LONGEST_NOTE],
        audience=Audience(audience),
        roles=[role for role in roles if role in ROLES_OF_KIND[organisation.kind]],
        days=min((due_on - timezone.localdate()).days, 3650),
        again=again,
        asked_by=by,
        asked_by_name=str(by)[:200],
        asked_at=now,
    )
    meant = queries.audience(row, {person.pk for person in people})
    if not meant:
        raise PortalError(_("Nobody would be asked. Choose people, or roles that somebody has."), code="nobody")
    row.save()
    _open_cycle(row, queries.standing(there), due_on=due_on, people=meant, now=now)
    _record("reading.asked", row, by.actor, key=row.key, people=len(meant), due_on=due_on.isoformat())
    return row


def _askable(key: str) -> Address:
    there = address(key)
    if there.kind not in queries.ASKABLE:
        raise PortalError(_("This has no page of its own on which people could say that they have read it."))
    if there.withdrawn_on is not None:
        raise PortalError(_("This was withdrawn; nobody needs to read it any more."))
    return there


def _open_cycle(
    row: ReadingRequest, stands: Standing, *, due_on: dt.date, people: list[User], now: dt.datetime
) -> Cycle:
    cycle = Cycle.objects.create(
        request=row,
        number=row.rounds,
        version=stands.version,
        marks=dict(stands.marks),
        opened_at=now,
        due_on=due_on,
    )
    _ask_people(cycle, people, due_on=due_on, now=now)
    return cycle


def _ask_people(cycle: Cycle, people: list[User], *, due_on: dt.date, now: dt.datetime) -> None:
    rows = [
        Asked(cycle=cycle, person=person, person_name=str(person)[:200], asked_at=now, due_on=due_on)
        for person in people
    ]
    Asked.objects.bulk_create(rows, ignore_conflicts=True)
    mail("reading.asked", to=people, occasion=f"reading/{cycle.pk}", at=now, cycle_id=cycle.pk)


@transaction.atomic
def withdraw(request: ReadingRequest, *, because: str, by: User) -> ReadingRequest:
    """Take a request back, with a reason. What was acknowledged stays. Twice is once."""
    row = _locked(request)
    must(by, "reading.ask", row.organisation)
    if row.withdrawn_at is not None:
        return row
    if not because.strip():
        raise PortalError(_("Say why it is withdrawn."))
    row.withdrawn_at, row.withdrawn_by_name = timezone.now(), str(by)[:200]
    row.withdrawn_because = because.strip()[:LONGEST_NOTE]
    row.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_because"])
    _record("reading.withdrawn", row, by.actor, key=row.key, because=row.withdrawn_because)
    return row


def ask_again() -> int:
    """Open a new cycle of each request whose thing has changed and that asks for it; how many."""
    rows = list(queries.standing_requests().filter(again=True))
    book = addresses({row.key for row in rows})
    now = queries.standings({there.key: there for there in book.values()}.values())
    return sum(
        _asked_again(row, now[book[row.key].key])
        for row in rows
        if row.key in book and book[row.key].withdrawn_on is None
    )


@transaction.atomic
def _asked_again(request: ReadingRequest, stands: Standing) -> bool:
    row = _locked(request)
    newest = row.cycles.get(number=row.rounds)
    if row.withdrawn_at is not None or not stands.is_later_than(newest.version, newest.marks):
        return False
    before = set(Asked.objects.filter(cycle__request=row).values_list("person", flat=True))
    people = queries.audience(row, before)
    row.rounds += 1
    row.save(update_fields=["rounds"])
    _open_cycle(row, stands, due_on=_later(row), people=people, now=timezone.now())
    _record("reading.asked_again", row, SYSTEM, key=row.key, people=len(people), cycle=row.rounds)
    return True


def ask_newcomers() -> int:
    """Ask who has joined, or has got a role, since; how many people."""
    return sum(_ask_also(row) for row in queries.with_newcomers())


@transaction.atomic
def _ask_also(request: ReadingRequest) -> int:
    row = _locked(request)
    cycle = row.cycles.get(number=row.rounds)
    there = set(cycle.asked.values_list("person", flat=True))
    people = [user for user in queries.audience(row, set()) if user.pk not in there]
    if people and row.withdrawn_at is None:
        _ask_people(cycle, people, due_on=max(cycle.due_on, _later(row)), now=timezone.now())
        _record("reading.asked", row, SYSTEM, key=row.key, people=len(people), cycle=row.rounds)
    return len(people)


def _later(row: ReadingRequest) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=max(row.days, LEAST_DAYS))


def _locked(request: ReadingRequest) -> ReadingRequest:
    return ReadingRequest.objects.select_for_update().select_related("organisation").get(pk=request.pk)


def _record(event: str, row: ReadingRequest, by: Actor, **details: object) -> None:
    label = pick(row.title)[0]
    audit.record(event, by=by, target=row.target, label=label, organisation=row.organisation.key, **details)
