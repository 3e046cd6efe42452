"""How well it goes: rates that anybody can count again.

Every rate is two lists of what was counted and a third of what was left out, with the reason; the
figure follows from their lengths. A rate over fewer than ten is marked as small. Domain rules 18
to 24; the source prints no formula, so the definitions are ours and are told with each rate.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from statistics import median, quantiles
from typing import NamedTuple

from gridsvc.words import Words

SMALL = 10


class Period(NamedTuple):
    """From `since` up to, and without, `until`."""

    since: datetime
    until: datetime

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and self.since <= moment < self.until


class CaseFact(NamedTuple):
    """What the rates ask of a case."""

    case_no: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    reworks: int
    extended: int
    hung_up: bool
    reopened: tuple[datetime, ...]


class CallFact(NamedTuple):
    """What the rates ask of a call on a department: a case may have several."""

    case_no: str
    department: str
    called_at: datetime
    due_at: datetime
    reported_in_at: datetime | None
    called_back: bool
    handed_back: bool
    hung_up: bool


class FeedbackFact(NamedTuple):
    """What a reporter thought of the answer."""

    case_no: str
    report_no: str
    given_at: datetime
    satisfied: str


class Item(NamedTuple):
    """What was counted: a case, a department's part in it, or a report on it."""

    case_no: str
    department: str | None = None
    report_no: str | None = None


class Rate(NamedTuple):
    """`numerator` is part of `denominator`; `excluded` is in neither, with the reason's code."""

    code: str
    numerator: list[Item]
    denominator: list[Item]
    excluded: list[tuple[Item, str]]

    @property
    def value(self) -> float | None:
        """The share, or None where there is nothing to divide by."""
        return len(self.numerator) / len(self.denominator) if self.denominator else None

    @property
    def small(self) -> bool:
        return len(self.denominator) < SMALL


class Hours(NamedTuple):
    """Hours by the clock on the wall, of everything that was counted."""

    code: str
    items: list[tuple[Item, float]]

    @property
    def median(self) -> float | None:
        return median(hours for _, hours in self.items) if self.items else None

    @property
    def p90(self) -> float | None:
        hours = sorted(hours for _, hours in self.items)
        if len(hours) < 2:
            return hours[0] if hours else None
        return quantiles(hours, n=10, method="inclusive")[-1]

    @property
    def small(self) -> bool:
        return len(self.items) < SMALL


class Definition(NamedTuple):
    name: Words
    words: Words


DEFINITIONS = {
    "response": Definition(
        Words("响应率", "Response rate"),
        Words(
            "报到时限在期内届满的派遣中，按时报到的占比。时限未届满前被撤回、或案件挂账的不计。",
            "Of the calls whose time to report in ran out in the period, those answered in time. "
            "Calls taken back before that, and cases hung up, are left out.",
        ),
    ),
    "on_time": Definition(
        Words("按期结案率", "Closed on time"),
        Words(
            "时限（含批准的延期）在期内届满的案件中，按时结案的占比。不予受理和挂账中的不计。",
            "Of the cases whose time, with granted extensions, ran out in the period, those closed "
            "in time. Dismissed cases and cases hung up are left out.",
        ),
    ),
    "closing": Definition(
        Words("结案率", "Closing rate"),
        Words(
            "期内受理的案件中，到期末已结案的占比。不予受理的不计。",
            "Of the cases accepted in the period, those closed by its end. Dismissed cases are "
            "left out.",
        ),
    ),
    "solved": Definition(
        Words("解决率", "Solved"),
        Words(
            "期内结案或被重新打开的案件中，经他人核实解决且至今没有重新打开的占比。不予受理的不计。",
            "Of the cases closed or opened again in the period, those verified as solved and not "
            "opened again since. Dismissed cases are left out.",
        ),
    ),
    "satisfied": Definition(
        Words("满意率", "Satisfied"),
        Words(
            "期内上报人通过链接作出的评价中，满意的占比；基本满意不算满意。",
            "Of the reporters who judged the answer in the period, those satisfied; partly "
            "satisfied is not counted as satisfied.",
        ),
    ),
    "rework": Definition(
        Words("返工率", "Rework"),
        Words(
            "期内核实结案的案件中，曾经返工的占比。",
            "Of the cases verified and closed in the period, those sent back at least once.",
        ),
    ),
    "hand_back": Definition(
        Words("回退率", "Handed back"),
        Words(
            "期内派遣中，经批准回退的占比。",
            "Of the calls made in the period, those that were handed back and let go.",
        ),
    ),
    "report_in_hours": Definition(
        Words("报到用时", "Hours to report in"),
        Words(
            "期内报到的派遣，自派遣到报到的小时数（自然时间）。",
            "Of the calls answered in the period: hours from the call, by the clock on the wall.",
        ),
    ),
    "close_hours": Definition(
        Words("结案用时", "Hours to close"),
        Words(
            "期内核实结案的案件，自受理到结案的小时数（自然时间）。",
            "Of the cases verified and closed in the period: hours from acceptance, by the clock "
            "on the wall.",
        ),
    ),
}

REASONS = {
    "merged": Words("已并案", "merged into another"),
    "dismissed": Words("不予受理", "dismissed"),
    "hung_up": Words("挂账中", "hung up"),
    "called_back": Words("时限届满前撤回", "taken back in time"),
}


def rates(
    cases: Sequence[CaseFact],
    calls: Sequence[CallFact],
    given: Sequence[FeedbackFact],
    period: Period,
) -> list[Rate]:
    """All rates of the period, in the order of DEFINITIONS."""
    return [
        _of_calls("response", _response, calls, period),
        _of_cases("on_time", _on_time, cases, period),
        _of_cases("closing", _closing, cases, period),
        _of_cases("solved", _solved, cases, period),
        _satisfied(given, period),
        _of_cases("rework", _rework, cases, period),
        _of_calls("hand_back", _hand_back, calls, period),
    ]


def hours(cases: Sequence[CaseFact], calls: Sequence[CallFact], period: Period) -> list[Hours]:
    """How long it took, of what ended in the period."""
    came = [
        (Item(call.case_no, call.department), _hours(call.called_at, call.reported_in_at))
        for call in calls
        if call.reported_in_at and period.holds(call.reported_in_at)
    ]
    closed = [
        (Item(case.case_no), _hours(case.opened_at, case.closed_at))
        for case in cases
        if case.closed_at and period.holds(case.closed_at) and case.outcome == "solved"
    ]
    return [Hours("report_in_hours", came), Hours("close_hours", closed)]


def _hours(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600


# Outcomes that are neither a success nor a failure of whoever handles.
LEFT_OUT = {"dismissed", "merged"}

# True: counted and in the numerator. False: counted. A reason: left out. None: not of the period.
Verdict = bool | str | None


def _on_time(case: CaseFact, period: Period) -> Verdict:
    if case.due_at is None or not period.holds(case.due_at):
        return None
    if case.outcome in LEFT_OUT:
        return case.outcome
    if case.hung_up:
        return "hung_up"
    return case.closed_at is not None and case.closed_at <= case.due_at


def _closing(case: CaseFact, period: Period) -> Verdict:
    if not period.holds(case.opened_at):
        return None
    if case.outcome in LEFT_OUT:
        return case.outcome
    return case.closed_at is not None and case.closed_at < period.until


def _solved(case: CaseFact, period: Period) -> Verdict:
    if not (period.holds(case.closed_at) or any(map(period.holds, case.reopened))):
        return None
    if case.outcome in LEFT_OUT:
        return case.outcome
    return case.outcome == "solved"


def _rework(case: CaseFact, period: Period) -> Verdict:
    if not period.holds(case.closed_at) or case.outcome != "solved":
        return None
    return case.reworks > 0


def _response(call: CallFact, period: Period) -> Verdict:
    if not period.holds(call.due_at):
        return None
    if call.called_back:
        return "called_back"
    if call.hung_up and call.reported_in_at is None:
        return "hung_up"
    return call.reported_in_at is not None and call.reported_in_at <= call.due_at


def _hand_back(call: CallFact, period: Period) -> Verdict:
    return call.handed_back if period.holds(call.called_at) else None


def _satisfied(given: Iterable[FeedbackFact], period: Period) -> Rate:
    judged = (
        (Item(one.case_no, None, one.report_no), one.satisfied == "yes")
        for one in given
        if period.holds(one.given_at)
    )
    return _rate("satisfied", judged)


def _of_cases(
    code: str,
    judge: Callable[[CaseFact, Period], Verdict],
    cases: Iterable[CaseFact],
    period: Period,
) -> Rate:
    return _rate(code, ((Item(case.case_no), judge(case, period)) for case in cases))


def _of_calls(
    code: str,
    judge: Callable[[CallFact, Period], Verdict],
    calls: Iterable[CallFact],
    period: Period,
) -> Rate:
    judged = ((Item(call.case_no, call.department), judge(call, period)) for call in calls)
    return _rate(code, judged)


def _rate(code: str, judged: Iterable[tuple[Item, Verdict]]) -> Rate:
    rate = Rate(code, [], [], [])
    for item, verdict in judged:
        if isinstance(verdict, str):
            rate.excluded.append((item, verdict))
        elif verdict is not None:
            rate.denominator.append(item)
            if verdict:
                rate.numerator.append(item)
    return rate
