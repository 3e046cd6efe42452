"""Working time: when a limit given in hours or days of work runs out.

The calendar is data (opening hours by weekday, and days that differ); nothing here reads a clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gridsvc.errors import BadInput

HORIZON_DAYS = 3660


class TimeUnit(StrEnum):
    """工作时, 工作日, 紧急工作时 (runs day and night), 紧急工作日 (every day of the week)."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    EMERGENCY_HOUR = "emergency_hour"
    EMERGENCY_DAY = "emergency_day"


class Opening(NamedTuple):
    """One stretch of work within a day, local time, `opens` before `closes`."""

    opens: time
    closes: time


class Calendar(NamedTuple):
    """Opening hours by ISO weekday (1 Monday), and the days that are an exception."""

    zone: ZoneInfo
    week: Mapping[int, Sequence[Opening]]
    exceptions: Mapping[date, bool]

    def openings(self, day: date) -> Sequence[Opening]:
        """The stretches of work on a day. A make-up working day keeps Monday's hours."""
        usual = self.week.get(day.isoweekday(), ())
        working = self.exceptions.get(day)
        if working is None:
            return usual
        return (usual or self.week.get(1, ())) if working else ()


def due(start: datetime, amount: float, unit: TimeUnit, calendar: Calendar) -> datetime:
    """The moment at which `amount` of `unit` has passed since `start`, in the calendar's zone.

    A working day ends at that day's close of work; the day of `start` is not counted.
    Raises BadInput when the calendar has no work within ten years.
    """
    local = start.astimezone(calendar.zone)
    match unit:
        case TimeUnit.EMERGENCY_HOUR:
            return (start + timedelta(hours=amount)).astimezone(calendar.zone)
        case TimeUnit.EMERGENCY_DAY:
            return (start + timedelta(days=amount)).astimezone(calendar.zone)
        case TimeUnit.WORKING_HOUR:
            return _after_hours(local, timedelta(hours=amount), calendar)
        case TimeUnit.WORKING_DAY:
            return _after_days(local, int(amount), calendar)


def _after_hours(start: datetime, left: timedelta, calendar: Calendar) -> datetime:
    for day in _days_from(start.date()):
        for opens, closes in calendar.openings(day):
            begins = max(start, datetime.combine(day, opens, calendar.zone))
            ends = datetime.combine(day, closes, calendar.zone)
            if ends - begins >= left:
                return begins + left
            left -= max(ends - begins, timedelta())
    raise _no_work()


def _after_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    for day in _days_from(start.date() + timedelta(days=1)):
        if openings := calendar.openings(day):
            days -= 1
            if days <= 0:
                return datetime.combine(day, openings[-1].closes, calendar.zone)
    raise _no_work()


def _days_from(first: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(HORIZON_DAYS))


def _no_work() -> BadInput:
    return BadInput(
        zh="工作日历中没有工作时间，无法计算时限。",
        en="The calendar has no working time.",
    )
