"""Working time against an oracle for Chinese holidays, and by property."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsvc.clock import Calendar, Opening, TimeUnit, before, due, left, worked
from gridsvc.errors import BadInput

ZONE = ZoneInfo("Asia/Shanghai")
DAY = (Opening(time(9), time(12)), Opening(time(13, 30), time(17, 30)))
HOLIDAYS = Path(__file__).parents[2] / "geodata" / "demo" / "guandu" / "calendar.csv"


def shipped_calendar() -> Calendar:
    with HOLIDAYS.open(encoding="utf-8") as file:
        days = {date.fromisoformat(r["day"]): r["working"] == "true" for r in csv.DictReader(file)}
    return Calendar(ZONE, dict.fromkeys(range(1, 6), DAY), days)


CALENDAR = shipped_calendar()


def test_the_shipped_calendar_agrees_with_the_official_one_on_every_day() -> None:
    day = date(2025, 1, 1)
    while day <= date(2026, 12, 31):
        assert bool(CALENDAR.openings(day)) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        # A Monday noon: 2 hours of work are 13:30-15:30.
        ("2026-03-02T12:00", 2, TimeUnit.WORKING_HOUR, "2026-03-02T15:30"),
        # Friday 17:00: half an hour left, the rest on Monday.
        ("2026-03-06T17:00", 2, TimeUnit.WORKING_HOUR, "2026-03-09T10:30"),
        ("2026-03-02T12:00", 2, TimeUnit.WORKING_DAY, "2026-03-04T17:30"),
        # National day 2026: 1-7 October are holidays.
        ("2026-09-30T18:00", 1, TimeUnit.WORKING_DAY, "2026-10-08T17:30"),
        ("2026-12-31T23:30", 1, TimeUnit.EMERGENCY_HOUR, "2027-01-01T00:30"),
        ("2026-12-31T23:30", 2, TimeUnit.EMERGENCY_DAY, "2027-01-02T23:30"),
    ],
)
def test_limits_run_out_when_a_person_would_say(
    start: str, amount: float, unit: TimeUnit, end: str
) -> None:
    begins = datetime.fromisoformat(start).replace(tzinfo=ZONE)
    assert due(begins, amount, unit, CALENDAR) == datetime.fromisoformat(end).replace(tzinfo=ZONE)


START = datetime(2025, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(0), timedelta(days=638)).map(lambda passed: START + passed)


@settings(deadline=None)
@given(moments, st.floats(0.1, 40), st.floats(0.1, 40))
def test_working_hours_add_up(start: datetime, first: float, second: float) -> None:
    """Stopping on the way and going on comes to the same end, whenever the worker looks."""
    halfway = due(start, first, TimeUnit.WORKING_HOUR, CALENDAR)
    end = due(start, first + second, TimeUnit.WORKING_HOUR, CALENDAR)
    assert abs(due(halfway, second, TimeUnit.WORKING_HOUR, CALENDAR) - end) < timedelta(seconds=1)


@given(moments, st.integers(1, 20))
def test_a_limit_ends_in_working_time_and_after_its_start(start: datetime, days: int) -> None:
    end = due(start, days, TimeUnit.WORKING_DAY, CALENDAR)
    assert end > start
    assert CALENDAR.openings(end.date())[-1].closes == end.timetz().replace(tzinfo=None)


def test_a_calendar_without_work_is_refused() -> None:
    with pytest.raises(BadInput):
        due(datetime(2026, 1, 1, tzinfo=UTC), 1, TimeUnit.WORKING_DAY, Calendar(ZONE, {}, {}))


units = st.sampled_from(list(TimeUnit))
quarters = st.integers(0, 320).map(lambda n: n / 4)


@given(moments, quarters, units)
def test_a_clock_that_is_stopped_and_goes_on_at_once_runs_out_as_before(
    start: datetime, amount: float, unit: TimeUnit
) -> None:
    until = due(start, amount, unit, CALENDAR)
    assert left(until, until, unit, CALENDAR) == 0
    rest = left(start, until, unit, CALENDAR)
    assert rest >= 0
    if unit is TimeUnit.WORKING_DAY:
        assert rest == max(int(amount), 1)
    assert abs(due(start, rest, unit, CALENDAR) - until) < timedelta(milliseconds=1)


@given(moments, quarters, quarters, units)
def test_a_clock_stopped_half_way_keeps_what_it_had(
    start: datetime, amount: float, passed: float, unit: TimeUnit
) -> None:
    until = due(start, amount, unit, CALENDAR)
    stopped = start + timedelta(hours=passed)
    rest = left(stopped, until, unit, CALENDAR)
    assert 0 <= rest <= max(amount, 1) + 1e-6
    # A later going on never runs out earlier, and never before it goes on.
    later = stopped + timedelta(hours=30)
    again = due(later, rest, unit, CALENDAR)
    assert again >= later.astimezone(ZONE)
    if until > stopped:
        assert again >= until - timedelta(milliseconds=1)


@given(moments, moments, moments)
def test_working_time_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    whole = worked(first, last, CALENDAR)
    assert whole == worked(first, middle, CALENDAR) + worked(middle, last, CALENDAR)
    assert timedelta() <= whole <= last - first
    assert worked(last, first, CALENDAR) == timedelta()


@given(moments, st.integers(1, 160).map(lambda n: n / 4))
def test_a_reminder_comes_when_so_much_is_left(start: datetime, amount: float) -> None:
    until = due(start + timedelta(days=60), 8, TimeUnit.WORKING_HOUR, CALENDAR)
    early = before(until, amount, TimeUnit.WORKING_HOUR, CALENDAR)
    assert worked(early, until, CALENDAR) == timedelta(hours=amount)
    for unit in (TimeUnit.WORKING_DAY, TimeUnit.EMERGENCY_DAY, TimeUnit.EMERGENCY_HOUR):
        assert before(until, amount, unit, CALENDAR) < until


def test_a_reminder_two_working_days_ahead_skips_the_holiday() -> None:
    until = datetime(2026, 10, 9, 17, 30, tzinfo=ZONE)
    assert before(until, 2, TimeUnit.WORKING_DAY, CALENDAR) == datetime(
        2026, 9, 30, 17, 30, tzinfo=ZONE
    )


def test_emergency_hours_are_real_hours_where_summer_time_begins() -> None:
    zone = ZoneInfo("America/New_York")
    calendar = Calendar(zone, {}, {})
    start = datetime(2026, 3, 8, 1, 30, tzinfo=zone)
    until = due(start, 2, TimeUnit.EMERGENCY_HOUR, calendar)
    assert until == datetime(2026, 3, 8, 4, 30, tzinfo=zone)
    assert left(start, until, TimeUnit.EMERGENCY_HOUR, calendar) == 2
    assert before(until, 2, TimeUnit.EMERGENCY_HOUR, calendar) == start
