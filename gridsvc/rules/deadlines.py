"""Which time limits hold for a case, and when each reminds. The most specific row wins."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from gridsvc.clock import Calendar, TimeUnit, before, due
from gridsvc.words import Words


class Clock(StrEnum):
    """What a limit limits."""

    CASE = "case"
    REVIEW = "review"
    REPORT_IN = "report_in"
    HANDLE = "handle"
    VERIFY = "verify"
    REPLY = "reply"
    STEP = "step"


class Limit(NamedTuple):
    """One row of limits. None for category or kind means any."""

    no: int
    category: str | None
    kind: str | None
    amount: float
    unit: TimeUnit
    basis: str
    clock: Clock = Clock.CASE
    step: int | None = None
    name: Words | None = None


class Urging(NamedTuple):
    """One row of supervision: so long before (negative) or after a clock runs out."""

    no: int
    clock: Clock | None
    amount: float
    unit: TimeUnit
    level: str
    tells_post: str


def choose(
    rows: Iterable[Limit], categories: Sequence[str], kind: str | None, clock: Clock = Clock.CASE
) -> Limit | None:
    """The limit for the category (then its groups, then any) and the whistle kind (then any)."""
    fitting = _fitting(rows, categories, kind, clock)
    return min(fitting, key=lambda row: (*_order(row, categories), row.no), default=None)


def steps(rows: Iterable[Limit], categories: Sequence[str], kind: str | None) -> list[Limit]:
    """The limits of the steps of the work, in their order: all rows of the most specific set."""
    fitting = _fitting(rows, categories, kind, Clock.STEP)
    best = min((_order(row, categories) for row in fitting), default=None)
    return sorted(
        (row for row in fitting if _order(row, categories) == best),
        key=lambda row: (row.step or 0, row.no),
    )


def _fitting(
    rows: Iterable[Limit], categories: Sequence[str], kind: str | None, clock: Clock
) -> list[Limit]:
    return [
        row
        for row in rows
        if row.clock == clock
        and (row.category is None or row.category in categories)
        and (row.kind is None or row.kind == kind)
    ]


def _order(row: Limit, categories: Sequence[str]) -> tuple[int, int]:
    what = len(categories) if row.category is None else categories.index(row.category)
    return what, 0 if row.kind is not None else 1


def urgings(
    rows: Iterable[Urging], clock: Clock, due_at: datetime, calendar: Calendar
) -> list[tuple[datetime, Urging]]:
    """When a clock that runs out at `due_at` reminds and urges, in the order of time."""
    at = [(_moment(row, due_at, calendar), row) for row in rows if row.clock in (None, clock)]
    return sorted(at, key=lambda one: (one[0], one[1].no))


def _moment(row: Urging, due_at: datetime, calendar: Calendar) -> datetime:
    if row.amount < 0:
        return before(due_at, -row.amount, row.unit, calendar)
    # At once is at once, also at night.
    return due(due_at, row.amount, row.unit, calendar) if row.amount else due_at
