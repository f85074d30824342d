"""What Aurora's people are asked to read: one request that waits for one person, one that is overdue."""

import datetime as dt

from django.utils import timezone

from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.reading import actions, queries
from portal.reading.models import Asked, Audience, Cycle, ReadingRequest
from portal.references.queries import address, addresses

NEARLY_DONE, OVERDUE, KEPT = "guide/classification", "guide/end-use-checks", "cn-ecl/art-12"


def make(organisation: Organisation, *, officer: User, people: list[User]) -> None:
    """Everybody but the last of `people` has read the first; nobody the second, which is past its day."""
    book = addresses([NEARLY_DONE, OVERDUE, KEPT])
    if NEARLY_DONE in book:
        row = _asked(organisation, NEARLY_DONE, officer, people, note="Before you classify the new star tracker.")
        for person in people[:-1]:
            _read(row, person)
    if OVERDUE in book:
        _put_back(_asked(organisation, OVERDUE, officer, people[1:], note=""), days=10)
    if KEPT in book:
        actions.save_bookmark(officer, key=KEPT)
        words = "Ask engineering which of our items this concerns; see [[guide/classification]]."
        actions.write_note(officer, key=KEPT, body=words if NEARLY_DONE in book else words.partition(";")[0])


def _asked(organisation: Organisation, key: str, officer: User, people: list[User], *, note: str) -> ReadingRequest:
    due_on = timezone.localdate() + dt.timedelta(days=14)
    return actions.ask(
        organisation, key=key, due_on=due_on, by=officer, audience=Audience.CHOSEN, people=people, note=note, again=True
    )


def _read(row: ReadingRequest, person: User) -> None:
    asked = queries.to_read(person).get(cycle__request=row)
    language, digest = queries.standing(address(row.key)).shown(person.language)
    actions.acknowledge(asked, digest=digest, language=language, by=person)


def _put_back(row: ReadingRequest, *, days: int) -> None:
    """As if it had been asked some weeks ago; nothing can be asked with a day that has passed."""
    earlier, due_on = timezone.now() - dt.timedelta(days=14 + days), timezone.localdate() - dt.timedelta(days=days)
    ReadingRequest.objects.filter(pk=row.pk).update(asked_at=earlier)
    Cycle.objects.filter(request=row).update(opened_at=earlier, due_on=due_on)
    Asked.objects.filter(cycle__request=row).update(asked_at=earlier, due_on=due_on)
