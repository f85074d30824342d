"""What the dashboard shows: what is due and under way, where the firm is weak, who is behind, what waits."""

from dataclasses import dataclass, field
from typing import Any

from portal.accounts.models import User
from portal.assessments import queries as assessments
from portal.assessments.models import Assessment
from portal.assessments.presenting import Shown, shown
from portal.assessments.queries import Due, ElementScore
from portal.core.dates import today
from portal.courses import queries as courses
from portal.courses.models import Certificate
from portal.courses.queries import Behind, Progress
from portal.notices.models import State
from portal.notices.queries import of_authority
from portal.organisations.models import Kind, Organisation
from portal.organisations.permissions import can
from portal.reading import queries as reading
from portal.reading.models import ReadingRequest
from portal.references.models import Address
from portal.references.queries import addresses
from portal.updates import queries as updates
from portal.updates.models import ChangeEvent


@dataclass(slots=True)
class Overview:
    """One person's first look, in one organisation or in none."""

    learning: list[Progress]
    certificates: list[Certificate]
    due: list[Due] = field(default_factory=list)
    to_read: list[tuple[reading.Line, Address | None]] = field(default_factory=list)
    asked: list[ReadingRequest] = field(default_factory=list)
    open_assessments: list[Assessment] = field(default_factory=list)
    weakest: list[tuple[ElementScore, Shown]] = field(default_factory=list)
    behind: list[Behind] = field(default_factory=list)
    desk: list[tuple[str, int]] = field(default_factory=list)
    changes: list[ChangeEvent] = field(default_factory=list)
    allowed: dict[str, bool] = field(default_factory=dict)


def overview(user: User, organisation: Organisation | None) -> Overview:
    """Everything for one person. About twenty-five queries, whatever the number of rows."""
    found = Overview(
        learning=courses.open_for(user),
        certificates=courses.certificates_of(user)[:5],
        changes=updates.followed_by(user),
    )
    if organisation is None:
        return found
    found.allowed = {
        "start": organisation.kind == Kind.FIRM and can(user, "assessment.start", organisation),
        "draft": can(user, "notice.draft", organisation),
        "desk": can(user, "notice.read", organisation) and organisation.kind == Kind.AUTHORITY,
        "training": can(user, "training.read", organisation),
        "asking": can(user, "reading.ask", organisation),
    }
    found.to_read = _to_read(user, organisation)
    if can(user, "reading.read", organisation):
        asked = reading.requests_of(organisation, on=today())
        found.asked = list(reading.in_state(asked, "open")[:5])
    if organisation.kind == Kind.FIRM:
        found.due = assessments.due_for(user, organisation)
    if organisation.kind == Kind.FIRM and can(user, "assessment.read", organisation):
        found.open_assessments = list(assessments.open_assessments(organisation)[:5])
        found.weakest = [(row, shown(row.score)) for row in assessments.weakest_elements(organisation)]
    if found.allowed["training"]:
        found.behind = courses.behind(organisation)[:10]
    if found.allowed["desk"]:
        found.desk = _at_desk(organisation)
    return found


def _to_read(user: User, organisation: Organisation) -> list[tuple[reading.Line, Address | None]]:
    lines = [reading.line(row, on=today()) for row in reading.to_read(user, organisation)[:10]]
    book = addresses(line.asked.cycle.request.key for line in lines)
    return [(line, book.get(line.asked.cycle.request.key)) for line in lines]


def _at_desk(organisation: Organisation) -> list[tuple[str, int]]:
    """(state in words, how many notices) of what is not yet before everybody."""
    states: list[Any] = [State.FAILED, State.DRAFT, State.IN_REVIEW, State.SCHEDULED]
    counts = dict.fromkeys(states, 0)
    for state in of_authority(organisation.authority_key).values_list("state", flat=True):
        if state in counts:
            counts[state] += 1
    return [(str(State(state).label), number) for state, number in counts.items() if number or state != State.FAILED]
