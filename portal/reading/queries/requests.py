"""Reads of reading requests: who is asked, who has, who is late. Nothing here reads across organisations."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import NotFound
from portal.organisations.models import Membership, Organisation, Role
from portal.reading.models import Acknowledgement, Asked, Audience, Cycle, ReadingRequest

ASKABLE = (
    *("guideline", "instrument", "provision", "notice", "case", "term", "entry", "list", "regime", "flag"),
    *("jurisdiction", "authority", "framework", "questionnaire", "course", "lesson"),
)
"""Kinds of things with a page of their own, on which the button can stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person in one cycle. `state` is acknowledged, withdrawn, again, left, late or open."""

    asked: Asked
    acknowledgement: Acknowledgement | None
    state: str


def asked() -> QuerySet[Asked]:
    """All who were ever asked, each with `belongs`: whether they are still a member of the organisation."""
    members = Membership.objects.filter(
        organisation=OuterRef("cycle__request__organisation"),
        user=OuterRef("person"),
        ended_at=None,
        organisation__closed_at=None,
        user__is_active=True,
    )
    rows = Asked.objects.select_related("cycle__request__organisation", "acknowledgement", "person")
    return rows.annotate(belongs=Exists(members))


def waiting() -> QuerySet[Asked]:
    """Who should still read something: in the newest cycle of a request that stands, and still a member."""
    return asked().filter(
        Q(belongs=True),
        cycle__number=F("cycle__request__rounds"),
        cycle__request__withdrawn_at=None,
        acknowledgement=None,
    )


def to_read(user: User, organisation: Organisation | None = None) -> QuerySet[Asked]:
    """What this person should read, by due day; for one organisation, or for all to which they belong."""
    rows = waiting().filter(person=user).order_by("due_on", "pk")
    return rows.filter(cycle__request__organisation=organisation) if organisation else rows


def asked_here(user: User, key: str) -> Asked | None:
    """Why this person sees a bar on the page of a key: what waits, soonest due first, else what they did last."""
    rows = asked().filter(
        person=user,
        cycle__request__key=key,
        cycle__request__withdrawn_at=None,
        cycle__number=F("cycle__request__rounds"),
    )
    return rows.filter(Q(belongs=True)).order_by(F("acknowledgement__at").desc(nulls_first=True), "due_on").first()


def own_asked(user: User, pk: int) -> Asked:
    """One of the rows that ask this person. NotFound for those of others."""
    found = asked().filter(Q(belongs=True), person=user, pk=pk).first()
    if found is None:
        raise NotFound(_("Nobody asks you to read this."))
    return found


def acknowledged_by(user: User) -> QuerySet[Acknowledgement]:
    """What a person has acknowledged, newest first."""
    rows = Acknowledgement.objects.filter(asked__person=user).select_related("asked__cycle__request__organisation")
    return rows.order_by("-at", "-pk")


def requests_of(organisation: Organisation, *, on: dt.date) -> QuerySet[ReadingRequest]:
    """An organisation's requests, newest first, each with the numbers of its newest cycle. One query.

    `people` are asked; of them `done` have acknowledged, `gone` went away without, `left` are still to do it, and
    of these `late` are past their day.
    """
    newest = Cycle.objects.filter(request=OuterRef("pk"), number=OuterRef("rounds"))
    return ReadingRequest.objects.filter(organisation=organisation).annotate(
        people=_number(Q()),
        done=_number(Q(acknowledgement__isnull=False)),
        gone=_number(Q(acknowledgement=None, belongs=False)),
        late=_number(Q(acknowledgement=None, belongs=True, due_on__lt=on)),
        due_on=Subquery(newest.values("due_on")[:1]),
        left=F("people") - F("done") - F("gone"),
    )


def _number(which: Q) -> Coalesce:
    rows = asked().select_related(None).filter(cycle__request=OuterRef("pk"), cycle__number=OuterRef("rounds"))
    counted = rows.filter(which).order_by().values("cycle__request").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def request_of(organisation: Organisation, ref: uuid.UUID, *, on: dt.date) -> ReadingRequest:
    """One request of this organisation. NotFound for those of others."""
    found = requests_of(organisation, on=on).select_related("organisation").filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such reading request."))
    return found


def lines(request: ReadingRequest, *, on: dt.date) -> list[Line]:
    """Everybody who was ever asked: the newest cycle first, there by name. One query."""
    rows = asked().filter(cycle__request=request).order_by("-cycle__number", "person_name", "pk")
    return [line(row, on=on) for row in rows]


def line(row: Asked, *, on: dt.date) -> Line:
    """A row of `asked()` with its state on a day."""
    done = getattr(row, "acknowledgement", None)
    return Line(row, done, "acknowledged" if done else _left_open(row, on))


def _left_open(row: Asked, on: dt.date) -> str:
    request = row.cycle.request
    if row.cycle.number != request.rounds:
        return "again"
    if request.withdrawn_at:
        return "withdrawn"
    if not row.belongs:  # type: ignore[attr-defined]
        return "left"
    return "late" if row.due_on < on else "open"


def members(organisation: Organisation) -> QuerySet[Membership]:
    """Who can be asked: members who can sign in, by name."""
    rows = Membership.objects.filter(organisation=organisation, ended_at=None, user__is_active=True)
    return rows.select_related("user").order_by("user__name", "user__email")


def audience(request: ReadingRequest, chosen: set[int]) -> list[User]:
    """Who is meant now; `chosen` are the ids of the people picked one by one. One query."""
    rows = members(request.organisation)
    if request.audience == Audience.EVERYBODY:
        rows = rows.exclude(role=Role.AUDITOR)
    elif request.audience == Audience.ROLES:
        rows = rows.filter(role__in=request.roles)
    else:
        rows = rows.filter(user__in=chosen)
    return [row.user for row in rows]


def standing_requests() -> QuerySet[ReadingRequest]:
    """Requests that were not withdrawn, of organisations that are not closed."""
    rows = ReadingRequest.objects.filter(withdrawn_at=None, organisation__closed_at=None)
    return rows.select_related("organisation").order_by("pk")


def in_state(rows: QuerySet[ReadingRequest], state: str) -> QuerySet[ReadingRequest]:
    """Those of `requests_of` that are open, late, done or withdrawn; all for any other word."""
    standing = rows.filter(withdrawn_at=None)
    match state:
        case "withdrawn":
            return rows.exclude(withdrawn_at=None)
        case "late":
            return standing.filter(Q(late__gt=0))
        case "done":
            return standing.filter(Q(left=0))
        case "open":
            return standing.filter(Q(left__gt=0))
    return rows


def roles_of(request: ReadingRequest) -> list[str]:
    """The roles that a request asks, in words."""
    return [str(Role(role).label) for role in request.roles]


def roles_by_person(organisation: Organisation) -> dict[int, str]:
    """Person id -> present role. One query."""
    rows = Membership.objects.filter(organisation=organisation, ended_at=None)
    return dict(rows.values_list("user", "role"))


def with_newcomers() -> QuerySet[ReadingRequest]:
    """Standing requests whose organisation has members that their newest cycle does not ask: perhaps they should be.

    Which roles are meant, `audience` says. One query.
    """
    there = Asked.objects.filter(
        cycle__request=OuterRef(OuterRef("pk")),
        cycle__number=OuterRef(OuterRef("rounds")),
        person=OuterRef("user"),
    )
    others = Membership.objects.filter(
        ~Exists(there), organisation=OuterRef("organisation"), ended_at=None, user__is_active=True
    )
    everybody = Q(Exists(others.exclude(role=Role.AUDITOR)), audience=Audience.EVERYBODY)
    return standing_requests().filter(everybody | Q(Exists(others), audience=Audience.ROLES))
