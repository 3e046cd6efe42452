"""A due moment drawn step by step adds up to what was asked, and ends where clocks end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.clock import Calendar, Opening, TimeUnit, due
from gridsvc.rules.counting import Kind, draw

ZONE = ZoneInfo("Asia/Shanghai")
DAY = [Opening(time(9), time(12)), Opening(time(13, 30), time(17, 30))]
WEEK = dict.fromkeys(range(1, 6), DAY)
# National Day of 2026 with its make-up days, drawn by hand.
DAYS = {date(2026, 10, n): False for n in range(1, 8)} | {
    date(2026, 9, 27): True,
    date(2026, 10, 10): True,
}
CALENDAR = Calendar(ZONE, WEEK, DAYS)
starts = st.integers(0, 60 * 24 * 61).map(
    lambda minutes: datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(starts, st.integers(1, 30), st.sampled_from(list(TimeUnit)))
def test_the_steps_add_up_and_end_where_the_clock_does(
    start: datetime, amount: int, unit: TimeUnit
) -> None:
    until, steps = draw(start, amount, unit, CALENDAR)
    assert until == due(start, amount, unit, CALENDAR)
    assert sum(step.used for step in steps) == pytest.approx(amount)
    assert [step.day for step in steps] == [
        steps[0].day + timedelta(days=n) for n in range(len(steps))
    ]
    assert steps[-1].day == until.date() and steps[0].day == start.astimezone(ZONE).date()
    for step in steps:
        assert (step.used == 0) or step.kind not in (Kind.REST, Kind.HOLIDAY, Kind.START)


def test_holidays_and_make_up_days_say_so() -> None:
    start = datetime(2026, 9, 30, 16, 30, tzinfo=ZONE)
    until, steps = draw(start, 2, TimeUnit.WORKING_HOUR, CALENDAR)
    assert until == datetime(2026, 10, 8, 10, tzinfo=ZONE)
    assert [(step.day.day, step.kind, step.used) for step in steps] == [
        (30, "working", 1.0),
        *((day, "rest" if day in (3, 4) else "holiday", 0.0) for day in range(1, 8)),
        (8, "working", 1.0),
    ]
    _, steps = draw(datetime(2026, 10, 9, 9, tzinfo=ZONE), 1, TimeUnit.WORKING_DAY, CALENDAR)
    assert [step.kind for step in steps] == [Kind.START, Kind.MAKE_UP]
