"""A due moment drawn step by step: which days count towards it, and how much of each."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from gridsvc.clock import Calendar, Opening, TimeUnit, due, worked

# A longer way is told without its days.
MOST_DAYS = 400


class Kind(StrEnum):
    """Why a day counts or does not."""

    WORKING = "working"
    MAKE_UP = "make_up"
    REST = "rest"
    HOLIDAY = "holiday"
    # Of a limit in working days the day it starts on.
    START = "start"
    # Of emergency hours and days every day counts.
    EVERY = "every"


class Step(NamedTuple):
    """One day of the way: the work on it, and how much of the limit's unit it used."""

    day: date
    kind: Kind
    openings: tuple[Opening, ...]
    used: float


def draw(
    start: datetime, amount: float, unit: TimeUnit, calendar: Calendar
) -> tuple[datetime, list[Step]]:
    """When it is due, by the very function that sets clocks, and each day on the way there.

    Raises BadInput when the calendar has no work.
    """
    until = due(start, amount, unit, calendar)
    first, last = (moment.astimezone(calendar.zone).date() for moment in (start, until))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if len(days) > MOST_DAYS:
        return until, []
    return until, [_step(day, start, until, unit, calendar) for day in days]


def _step(day: date, start: datetime, until: datetime, unit: TimeUnit, calendar: Calendar) -> Step:
    begins = datetime.combine(day, datetime.min.time(), calendar.zone)
    ends = datetime.combine(day + timedelta(days=1), datetime.min.time(), calendar.zone)
    openings = tuple(calendar.openings(day))
    first, last = max(begins, start), min(ends, until)
    match unit:
        case TimeUnit.WORKING_HOUR:
            used = worked(first, last, calendar) / timedelta(hours=1)
            return Step(day, _kind(day, calendar), openings, used)
        case TimeUnit.WORKING_DAY:
            if day == start.astimezone(calendar.zone).date():
                return Step(day, Kind.START, openings, 0.0)
            return Step(day, _kind(day, calendar), openings, float(bool(openings)))
        case _:
            whole = timedelta(hours=1) if unit is TimeUnit.EMERGENCY_HOUR else timedelta(days=1)
            span = last.timestamp() - first.timestamp()
            return Step(day, Kind.EVERY, openings, span / whole.total_seconds())


def _kind(day: date, calendar: Calendar) -> Kind:
    differs = calendar.exceptions.get(day)
    if differs is None:
        return Kind.WORKING if calendar.openings(day) else Kind.REST
    usual = bool(calendar.week.get(day.isoweekday()))
    if differs:
        return Kind.WORKING if usual else Kind.MAKE_UP
    return Kind.HOLIDAY if usual else Kind.REST
