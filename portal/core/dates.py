"""Dates: today for a reader, dates in addresses, and dates that are known only to the month or the year."""

import datetime as dt
import re

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from portal.core.errors import PortalError

FIRST_YEAR, LAST_YEAR = 1000, 9000  # so that a day before and a year after are dates too
PARTIAL = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


def today() -> dt.date:
    """The date in the reader's time zone."""
    return timezone.localdate()


def parse_on(value: str | None) -> dt.date | None:
    """The date of an `?on=YYYY-MM-DD`; None when it is absent; PortalError with a sentence when it is not a date."""
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError as error:
        raise _not_a_date(value) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _not_a_date(value)
    return day


def parse_shown(value: str | None) -> dt.date | None:
    """The day of a `?shown=`, up to today: nobody knows what will be shown on a day to come. As parse_on otherwise."""
    day = parse_on(value)
    if day and day > today():
        words = _("What this site will show on %(day)s cannot be known yet. Choose a day up to today.")
        raise PortalError(words % {"day": formats.date_format(day, "DATE_FORMAT")})
    return day


def _not_a_date(value: str) -> PortalError:
    return PortalError(_("“%(value)s” is not a date. Write it as year, month, day: 2024-12-01.") % {"value": value})


def first_day(partial: str) -> dt.date:
    """The first day of a year, a month or a day written `2024`, `2024-10` or `2024-10-19`. ValueError otherwise."""
    if not PARTIAL.match(partial):
        raise ValueError(f"“{partial}” is not a year, a month or a day such as 2024, 2024-10, 2024-10-19")
    return dt.date.fromisoformat(partial + "-01" * (2 - partial.count("-")))
