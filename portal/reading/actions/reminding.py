"""Mails before and after the due day: one row in the ledger for each person, cycle and offset."""

import datetime as dt
from itertools import groupby

from django.db import transaction

from portal.accounts.actions import mail
from portal.core.dates import today
from portal.reading import queries
from portal.reading.models import Asked

OFFSETS = (-3, 1, 7)
"""Days from the due day. Of several that were missed only the last one is sent."""


@transaction.atomic
def remind(*, on: dt.date | None = None) -> int:
    """Remind everybody for whom it is time; how many mails were written that were not there before."""
    on = on or today()
    near = queries.waiting().filter(due_on__lte=on - dt.timedelta(days=OFFSETS[0])).order_by("cycle", "due_on", "pk")
    told = 0
    for (cycle, offset), rows in groupby(near, lambda row: (row.cycle_id, _offset(row, on))):
        if offset is not None:
            people = [row.person for row in rows]
            occasion = f"reading/{cycle}/{offset}"
            told += mail("reading.reminder", to=people, occasion=occasion, cycle_id=cycle)
    return told


def _offset(row: Asked, on: dt.date) -> int | None:
    """The last offset that has come; None before the first, and when asking itself was later than that."""
    come = [offset for offset in OFFSETS if row.due_on + dt.timedelta(days=offset) <= on]
    if not come or row.asked_at.date() >= row.due_on + dt.timedelta(days=come[-1]):
        return None
    return come[-1]
