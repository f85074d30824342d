"""Saying that one has read and understood: written once, never changed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core import audit
from portal.core.errors import Conflict
from portal.core.texts import pick
from portal.reading import queries
from portal.reading.models import Acknowledgement, Asked, ReadingRequest
from portal.references.queries import address


@transaction.atomic
def acknowledge(asked: Asked, *, digest: str, language: str, by: User) -> Acknowledgement:
    """Note that a person has read the words with this digest, in this language. Twice is once.

    Conflict when the request was withdrawn or asked anew, or when other words stand there than those shown.
    """
    request = ReadingRequest.objects.select_for_update().get(pk=asked.cycle.request_id)
    row = queries.own_asked(by, asked.pk)
    done = Acknowledgement.objects.filter(asked=row).first()
    if done is not None:
        return done
    if request.withdrawn_at is not None:
        raise Conflict(_("The request was withdrawn: nothing needs to be acknowledged any more."))
    if row.cycle.number != request.rounds:
        raise Conflict(_("You are asked to read a newer version by now. Open the page again."))
    there = address(request.key)
    stands = queries.standing(there)
    shown, now_there = stands.shown(language)
    if digest != now_there:
        raise Conflict(_("The text has changed since you opened the page. Read it again, please."), code="text-changed")
    made = Acknowledgement.objects.create(
        asked=row,
        person_name=str(by)[:200],
        key=there.key,
        title=there.title,
        version=stands.version,
        language=shown,
        digest=digest,
        at=timezone.now(),
    )
    audit.record(
        "reading.acknowledged",
        by=by.actor,
        target=request.target,
        label=pick(there.title)[0],
        organisation=row.cycle.request.organisation.key,
        key=there.key,
        version=stands.version,
        digest=digest,
    )
    return made
