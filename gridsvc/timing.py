"""The clocks of one case: started by limits, stopped by what happens, extended, hung up.

Nothing here waits or runs: a clock is its moments, so whether it was kept never depends on when
somebody looked. Every clock that a case ever had stays with it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from gridsvc.clock import TimeUnit, due, left
from gridsvc.rulebook import Rulebook
from gridsvc.rules import deadlines
from gridsvc.rules.deadlines import Clock, Limit
from gridsvc.tables.cases import Case, CaseClock


class Timing(NamedTuple):
    """A case's clocks at a moment; what is started is added to the list."""

    rules: Rulebook
    case: Case
    clocks: list[CaseClock]
    now: datetime

    def running(
        self, clock: Clock | None = None, department: str | None = None, step: int | None = None
    ) -> Iterator[CaseClock]:
        """The clocks that have not stopped; each argument that is given narrows."""
        return (
            one
            for one in self.clocks
            if one.stopped_at is None
            and clock in (None, one.clock)
            and department in (None, one.department_code)
            and step in (None, one.step)
        )

    def start(self, clock: Clock, department: str | None = None) -> None:
        """A new clock by the limit that holds, if any does."""
        limit = deadlines.choose(self.rules.limits, self._lineage, self.case.kind, clock)
        if limit is not None:
            self._begin(limit, department, self.now)

    def start_steps(self) -> None:
        """The clocks of the steps of the work, all from now."""
        for limit in deadlines.steps(self.rules.limits, self._lineage, self.case.kind):
            self._begin(limit, None, self.now)

    def case_again(self, afresh: bool = False) -> None:
        """The case's own clock by the limit that holds now, still counted from the opening; from
        now when the case begins afresh. A clock that runs by that limit already goes on."""
        since = self.now if afresh else self.case.opened_at
        limit = deadlines.choose(self.rules.limits, self._lineage, self.case.kind)
        for one in self.running(Clock.CASE):
            same = limit and (limit.no, limit.amount, limit.unit)
            if same == (one.limit_no, one.amount, one.unit) and not afresh:
                return
            since = self.now if afresh else one.started_at
            self._stop(one, void=True)
        begun = self._begin(limit, None, since) if limit else None
        self.case.due_at = begun.due_at if begun else None

    def stop(self, clock: Clock, department: str | None = None, step: int | None = None) -> None:
        """What was limited has happened."""
        for one in self.running(clock, department, step):
            self._stop(one, void=False)

    def void(self, clock: Clock | None = None, department: str | None = None) -> None:
        """What was limited did not happen and is no longer asked; what had run out stays so."""
        for one in self.running(clock, department):
            self._stop(one, void=True)

    def extend(self, department: str | None, amount: float, unit: TimeUnit) -> None:
        """More time for a department, and for the case as a whole; counted on the clock."""
        handling = list(self.running(Clock.HANDLE, department))
        for one in [*handling, *self.running(Clock.CASE)]:
            one.due_at = due(one.due_at, amount, unit, self.rules.calendar)
            one.extended += 1
            self._set_mark(one, afresh=True)
        self._tell_case()

    def hang_up(self) -> None:
        """Every clock stands; what has run out stays run out."""
        self.case.hung_up_at = self.now
        for one in self.running():
            if one.due_at > self.now:
                unit = TimeUnit(one.unit)
                one.rest = left(self.now, one.due_at, unit, self.rules.calendar)
                one.mark_at = None

    def go_on(self) -> None:
        """Every clock that stood goes on with what it had left."""
        self.case.hung_up_at = None
        for one in self.running():
            if one.rest is not None:
                unit = TimeUnit(one.unit)
                one.due_at = due(self.now, one.rest, unit, self.rules.calendar)
                one.rest = None
                self._set_mark(one, afresh=True)
        self._tell_case()

    @property
    def _lineage(self) -> list[str]:
        return self.rules.lineage(self.case.category_code)

    def _begin(self, limit: Limit, department: str | None, since: datetime) -> CaseClock:
        begun = CaseClock(
            district_code=self.case.district_code,
            case_no=self.case.case_no,
            no=len(self.clocks) + 1,
            clock=limit.clock,
            department_code=department,
            step=limit.step,
            name_zh=limit.name.zh if limit.name else None,
            name_en=limit.name.en if limit.name else None,
            limit_no=limit.no,
            amount=limit.amount,
            unit=limit.unit,
            started_at=since,
            due_at=due(since, limit.amount, limit.unit, self.rules.calendar),
            void=False,
            extended=0,
            marks=0,
        )
        self._set_mark(begun, afresh=True)
        self.clocks.append(begun)
        return begun

    def _stop(self, one: CaseClock, void: bool) -> None:
        one.stopped_at, one.void, one.mark_at, one.rest = self.now, void, None, None

    def _tell_case(self) -> None:
        for one in self.running(Clock.CASE):
            self.case.due_at = one.due_at

    def _set_mark(self, one: CaseClock, afresh: bool = False) -> None:
        if afresh:
            one.marks = 0
        one.mark_at = next_mark(self.rules, one)


def next_mark(rules: Rulebook, one: CaseClock) -> datetime | None:
    """When the clock reminds or urges next; None when it has done so for every row."""
    return mark(rules, Clock(one.clock), one.due_at, one.marks)


def mark(rules: Rulebook, clock: Clock, due_at: datetime, passed: int = 0) -> datetime | None:
    """When a clock that runs out at `due_at` and has passed so many marks comes to the next."""
    rows = deadlines.urgings(rules.urgings, clock, due_at, rules.calendar)
    return rows[passed][0] if passed < len(rows) else None
