"""Dates as people and files write them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from portal.core import dates
from portal.core.errors import PortalError


def test_today_is_the_readers_day() -> None:
    with time_machine.travel("2026-11-22T20:00:00Z", tick=False):
        assert dates.today() == dt.date(2026, 11, 22)
        with timezone.override("Asia/Shanghai"):
            assert dates.today() == dt.date(2026, 11, 23)


@pytest.mark.parametrize("absent", [None, ""])
def test_no_date_asked_for(absent: str | None) -> None:
    assert dates.parse_on(absent) is None


def test_a_date_asked_for() -> None:
    assert dates.parse_on("2024-12-01") == dt.date(2024, 12, 1)


@pytest.mark.parametrize("nonsense", ["2024-13-01", "2024-02-30", "yesterday", "01.12.2024", "٢٠٢٤"])
def test_what_is_no_date_is_said_in_a_sentence(nonsense: str) -> None:
    with pytest.raises(PortalError, match=nonsense):
        dates.parse_on(nonsense)


@pytest.mark.parametrize(
    ("written", "first"),
    [("2024", (2024, 1, 1)), ("2024-10", (2024, 10, 1)), ("2024-10-19", (2024, 10, 19))],
)
def test_first_day_of_a_partial_date(written: str, first: tuple[int, int, int]) -> None:
    assert dates.first_day(written) == dt.date(*first)


@pytest.mark.parametrize("nonsense", ["", "24", "2024-1", "2024-13", "2024-10-19T00:00", "2024-10-32"])
def test_what_is_no_partial_date(nonsense: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        dates.first_day(nonsense)
