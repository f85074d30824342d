"""Mails about reading, from the rows as they are when a mail leaves. They carry titles and the
word of the colleague who asks."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.accounts.mails import Letter, composes
from portal.accounts.models import User
from portal.core.dates import today
from portal.core.texts import pick
from portal.reading import queries
from portal.reading.models import Asked
from portal.references.queries import addresses


@composes("reading.asked")
def asked(person: User, ids: Mapping[str, Any]) -> Letter | None:
    """An organisation asks this person to read something."""
    row = _waiting(person, ids)
    if row is None:
        return None
    again = row.cycle.number > 1
    subject = _("Please read again: %(title)s") if again else _("Please read: %(title)s")
    return _letter(row, subject, "emails/reading/asked", again=again)


@composes("reading.reminder")
def reminder(person: User, ids: Mapping[str, Any]) -> Letter | None:
    """The day is near, or has passed."""
    row = _waiting(person, ids)
    if row is None:
        return None
    late = row.due_on < today()
    subject = _("Past its day, still to read: %(title)s") if late else _("Still to read: %(title)s")
    return _letter(row, subject, "emails/reading/reminder", late=late)


def _waiting(person: User, ids: Mapping[str, Any]) -> Asked | None:
    return queries.waiting().filter(person=person, cycle=ids["cycle_id"]).first()


def _letter(row: Asked, subject: str, template: str, **more: object) -> Letter | None:
    request = row.cycle.request
    there = addresses([request.key]).get(request.key)
    if there is None:
        return None
    title, _language = pick(there.title)
    context = {
        "title": title,
        "asked": row,
        "request": request,
        "organisation": request.organisation,
        "link": f"{settings.SITE_URL}{there.get_absolute_url()}?for={request.organisation.slug}#acknowledge",
        **more,
    }
    return Letter(subject % {"title": title}, template, context)
