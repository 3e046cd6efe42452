"""Working time: when a limit given in hours or days of work runs out.

The calendar is data (opening hours by weekday, and days that differ); nothing here reads a clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
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
            return _passed(start, timedelta(hours=amount), calendar)
        case TimeUnit.EMERGENCY_DAY:
            return _passed(start, timedelta(days=amount), calendar)
        case TimeUnit.WORKING_HOUR:
            return _after_hours(local, timedelta(hours=amount), calendar)
        case TimeUnit.WORKING_DAY:
            return _after_days(local, int(amount), calendar)


def _passed(start: datetime, span: timedelta, calendar: Calendar) -> datetime:
    """So much later by any clock: where summer time begins or ends, hours of the wall are not."""
    return (start.astimezone(UTC) + span).astimezone(calendar.zone)


def left(now: datetime, until: datetime, unit: TimeUnit, calendar: Calendar) -> float:
    """How much of `unit` lies between `now` and `until`; 0 when it has run out.

    What a stopped clock has left: `due(later, left(now, until))` goes on from where it stood. The
    rest of a working day is given again as a whole one, because working days are not divided.
    """
    if until <= now:
        return 0.0
    match unit:
        case TimeUnit.EMERGENCY_HOUR:
            return (until.astimezone(UTC) - now.astimezone(UTC)) / timedelta(hours=1)
        case TimeUnit.EMERGENCY_DAY:
            return (until.astimezone(UTC) - now.astimezone(UTC)) / timedelta(days=1)
        case TimeUnit.WORKING_HOUR:
            return worked(now, until, calendar) / timedelta(hours=1)
        case TimeUnit.WORKING_DAY:
            first, last = (moment.astimezone(calendar.zone).date() for moment in (now, until))
            days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
            return float(sum(bool(calendar.openings(day)) for day in days))


def worked(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """The working time between two moments; none when `end` is not later."""
    begin, stop = start.astimezone(calendar.zone), end.astimezone(calendar.zone)
    total = timedelta()
    for day in _days_from(begin.date()):
        if day > stop.date():
            return total
        for opens, closes in calendar.openings(day):
            first = max(begin, datetime.combine(day, opens, calendar.zone))
            last = min(stop, datetime.combine(day, closes, calendar.zone))
            total += max(last - first, timedelta())
    raise _no_work()


def before(until: datetime, amount: float, unit: TimeUnit, calendar: Calendar) -> datetime:
    """The latest moment that has `amount` of `unit` left until `until`: when to remind.

    Days go back to the same time of day, working days over working days.
    """
    local = until.astimezone(calendar.zone)
    match unit:
        case TimeUnit.EMERGENCY_HOUR:
            return _passed(until, -timedelta(hours=amount), calendar)
        case TimeUnit.EMERGENCY_DAY:
            return _passed(until, -timedelta(days=amount), calendar)
        case TimeUnit.WORKING_HOUR:
            return _before_hours(local, timedelta(hours=amount), calendar)
        case TimeUnit.WORKING_DAY:
            return _before_days(local, int(amount), calendar)


def _before_hours(end: datetime, left: timedelta, calendar: Calendar) -> datetime:
    for day in _days_back(end.date()):
        for opens, closes in reversed(calendar.openings(day)):
            begins = datetime.combine(day, opens, calendar.zone)
            ends = min(end, datetime.combine(day, closes, calendar.zone))
            if ends - begins >= left:
                return ends - left
            left -= max(ends - begins, timedelta())
    raise _no_work()


def _before_days(end: datetime, days: int, calendar: Calendar) -> datetime:
    for day in _days_back(end.date() - timedelta(days=1)):
        if calendar.openings(day):
            days -= 1
            if days <= 0:
                return datetime.combine(day, end.timetz())
    raise _no_work()


def _days_back(last: date) -> Iterator[date]:
    return (last - timedelta(days=n) for n in range(HORIZON_DAYS))


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
