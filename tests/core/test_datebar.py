"""The date bar: dates on a line from 0 to 1000."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from portal.core.datebar import WIDTH, Mark, Span, date_bar

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))


def test_whole_years_are_the_frame() -> None:
    bar = date_bar(on=dt.date(2021, 6, 1), today=dt.date(2023, 3, 1), words="In force", kind="good")

    assert (bar.first_year, bar.last_year) == (2021, 2023)
    assert bar.ticks[0] == 0
    assert len(bar.ticks) == 3
    assert 0 < bar.chosen_x < bar.today_x < WIDTH
    assert not bar.on_today


def test_marks_are_in_order_and_the_chosen_one_is_known() -> None:
    marks = [Mark(dt.date(2022, 1, 1), "amended"), Mark(dt.date(2020, 12, 1), "in force")]

    bar = date_bar(on=dt.date(2022, 1, 1), today=dt.date(2022, 1, 1), words="", kind="good", marks=marks)

    assert [placed.mark.words for placed in bar.marks] == ["in force", "amended"]
    assert [placed.chosen for placed in bar.marks] == [False, True]
    assert bar.on_today


def test_an_open_span_reaches_the_end() -> None:
    spans = [Span(dt.date(2020, 1, 1), dt.date(2021, 1, 1), "pending"), Span(dt.date(2021, 1, 1), None, "good")]

    bar = date_bar(on=dt.date(2020, 1, 1), today=dt.date(2021, 5, 1), words="", kind="good", spans=spans)

    assert bar.spans[0].x == 0
    assert bar.spans[0].width == bar.spans[1].x
    assert bar.spans[1].x + bar.spans[1].width == WIDTH


@given(on=DAYS, today=DAYS, days=st.lists(DAYS, max_size=8))
def test_everything_stays_on_the_line_in_order(on: dt.date, today: dt.date, days: list[dt.date]) -> None:
    bar = date_bar(on=on, today=today, words="", kind="good", marks=[Mark(day, "") for day in days])

    places = [placed.x for placed in bar.marks]
    assert places == sorted(places)
    assert all(0 <= x <= WIDTH for x in [*places, bar.chosen_x, bar.today_x, *bar.ticks])
