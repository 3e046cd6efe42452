"""Which cases, calls and opinions count for a figure, by the rates' own definitions
(`gridsvc.rules.rates`), over columns. A test holds the two against each other."""

from typing import NamedTuple

import numpy as np

from gridsvc.heat.columns import (
    DISMISSED,
    MERGED,
    MICROSECONDS_PER_HOUR,
    NEVER,
    SATISFIED,
    SOLVED,
    Columns,
    Flags,
    Floats,
    Ints,
    Rows,
    moment,
)
from gridsvc.rules.rates import Period


class Asked(NamedTuple):
    """A part of the cases, by hash of code and row of unit; None means all."""

    unit: int | None = None
    level: int = 1
    department: int | None = None
    kind: int | None = None
    categories: Ints | None = None


class Counted(NamedTuple):
    """What was counted: the row of the case and its value; shapes (m,)."""

    case: Rows
    value: Floats


def _within(at: Ints, period: Period) -> Flags:
    return (at >= moment(period.since)) & (at < moment(period.until))


def _of_case(columns: Columns, asked: Asked, with_department: bool = True) -> Flags | None:
    """Which cases are asked about; None for all."""
    cases, wanted = columns.cases, list[Flags]()
    if asked.unit is not None:
        wanted.append(cases.ground[asked.level - 1] == asked.unit)
    if asked.kind is not None:
        wanted.append(cases.kind == asked.kind)
    if asked.categories is not None:
        wanted.append(np.isin(cases.category, asked.categories))
    if asked.department is not None and with_department:
        on = np.zeros(len(cases.key), dtype=bool)
        on[columns.called.case[columns.called.department == asked.department]] = True
        wanted.append(on)
    return np.logical_and.reduce(wanted) if wanted else None


def _cases(columns: Columns, asked: Asked, wanted: Flags) -> Rows:
    part = _of_case(columns, asked)
    return np.flatnonzero(wanted if part is None else wanted & part).astype(np.int32)


def _calls(columns: Columns, asked: Asked, wanted: Flags) -> Ints:
    """Rows of the calls; a department is the one that was called."""
    part = _of_case(columns, asked, with_department=False)
    if part is not None:
        wanted = wanted & part[columns.calls.case]
    if asked.department is not None:
        wanted = wanted & (columns.calls.department == asked.department)
    return np.flatnonzero(wanted)


def _hours(start: Ints, end: Ints) -> Floats:
    return (end - start) / MICROSECONDS_PER_HOUR


def opened(columns: Columns, period: Period, asked: Asked) -> Counted:
    """Cases that came in in the period."""
    rows = _cases(columns, asked, _within(columns.cases.opened, period))
    return Counted(rows, np.ones(len(rows)))


def _closing(columns: Columns, period: Period, asked: Asked) -> Rows:
    """Cases verified and closed in the period."""
    cases = columns.cases
    return _cases(columns, asked, _within(cases.closed, period) & (cases.outcome == SOLVED))


def to_close(columns: Columns, period: Period, asked: Asked) -> Counted:
    """Hours from acceptance of the cases verified and closed in the period."""
    rows = _closing(columns, period, asked)
    return Counted(rows, _hours(columns.cases.opened[rows], columns.cases.closed[rows]))


def rework(columns: Columns, period: Period, asked: Asked) -> Counted:
    """Of the cases verified and closed in the period, 1 where it was sent back."""
    rows = _closing(columns, period, asked)
    return Counted(rows, columns.cases.reworked[rows].astype(np.float64))


def late(columns: Columns, period: Period, asked: Asked) -> Counted:
    """Of the cases whose time ran out in the period, 1 where it was not closed in time."""
    cases = columns.cases
    ran_out = _within(cases.due, period) & ~cases.hung_up
    ran_out &= (cases.outcome != DISMISSED) & (cases.outcome != MERGED)
    rows = _cases(columns, asked, ran_out)
    closed = cases.closed[rows]
    return Counted(rows, ((closed == NEVER) | (closed > cases.due[rows])).astype(np.float64))


def to_come(columns: Columns, period: Period, asked: Asked) -> Counted:
    """Hours from the call of the calls answered in the period."""
    calls = columns.calls
    rows = _calls(columns, asked, _within(calls.came, period))
    return Counted(calls.case[rows], _hours(calls.called[rows], calls.came[rows]))


def late_in(columns: Columns, period: Period, asked: Asked) -> Counted:
    """Of the calls whose time ran out in the period, 1 where nobody came in time."""
    calls = columns.calls
    never = calls.came == NEVER
    ran_out = _within(calls.due, period) & ~calls.called_back
    ran_out &= ~(columns.cases.hung_up[calls.case] & never)
    rows = _calls(columns, asked, ran_out)
    late = never[rows] | (calls.came[rows] > calls.due[rows])
    return Counted(calls.case[rows], late.astype(np.float64))


def dissatisfied(columns: Columns, period: Period, asked: Asked) -> Counted:
    """Of what reporters thought in the period, 1 where they were not satisfied."""
    given, part = columns.given, _of_case(columns, asked)
    judged = _within(given.at, period)
    rows = np.flatnonzero(judged if part is None else judged & part[given.case])
    no = given.satisfied[rows] == SATISFIED["no"]
    return Counted(given.case[rows], no.astype(np.float64))
