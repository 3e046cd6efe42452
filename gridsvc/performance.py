"""The facts that rates are counted from, of a period and a part of the district."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.rules.rates import (
    DEFINITIONS,
    CallFact,
    CaseFact,
    FeedbackFact,
    Hours,
    Period,
    Rate,
    hours,
    rates,
)
from gridsvc.snapshot import Snapshot

# Each arm has an index of its own; a case that several arms find is read once.
CASES = """
    WITH touched AS (
        SELECT case_no FROM case_
        WHERE district_code = :district AND opened_at >= :since AND opened_at < :until
        UNION
        SELECT case_no FROM case_
        WHERE district_code = :district AND coalesce(due_at, 'infinity') >= :since
          AND coalesce(due_at, 'infinity') < :until
        UNION
        SELECT case_no FROM case_
        WHERE district_code = :district AND closed_at >= :since AND closed_at < :until
        UNION
        SELECT case_no FROM case_event
        WHERE district_code = :district AND kind = 'reopen' AND at >= :since AND at < :until
    )
    SELECT held.case_no, held.opened_at, held.due_at, held.closed_at, held.outcome,
           held.rework_count, held.hung_up_at IS NOT NULL AS hung_up,
           coalesce((SELECT max(extended) FROM case_clock ran
                     WHERE ran.district_code = :district AND ran.case_no = held.case_no
                       AND ran.clock = 'case'), 0) AS extended,
           ARRAY(SELECT at FROM case_event event
                 WHERE event.district_code = :district AND event.case_no = held.case_no
                   AND event.kind = 'reopen' ORDER BY at) AS reopened
    FROM touched JOIN case_ held USING (case_no)
    WHERE {where}
    ORDER BY held.case_no
"""

# A call lasts until the same department is called on the same case again.
CALLS = """
    SELECT ran.case_no, ran.department_code, ran.started_at, ran.due_at,
           CASE WHEN ran.void THEN NULL ELSE ran.stopped_at END AS reported_in_at,
           ran.void AND ran.stopped_at <= ran.due_at AS called_back,
           held.hung_up_at IS NOT NULL AS hung_up,
           EXISTS (SELECT FROM case_ask asked
                   WHERE asked.district_code = :district AND asked.case_no = ran.case_no
                     AND asked.kind = 'hand_back' AND asked.granted
                     AND asked.department_code = ran.department_code
                     AND asked.decided_at >= ran.started_at
                     AND NOT EXISTS (SELECT FROM case_clock again
                                     WHERE again.district_code = :district
                                       AND again.case_no = ran.case_no
                                       AND again.clock = 'report_in'
                                       AND again.department_code = ran.department_code
                                       AND again.started_at > ran.started_at
                                       AND again.started_at < asked.decided_at)) AS handed_back
    FROM case_clock ran JOIN case_ held USING (district_code, case_no)
    WHERE ran.clock = 'report_in' AND ran.started_at < :until
      AND (ran.stopped_at IS NULL OR ran.stopped_at >= :since OR ran.due_at >= :since)
      AND {where}
    ORDER BY ran.case_no, ran.no
"""

LEADS = text("""
    SELECT case_no, department_code FROM case_department
    WHERE district_code = :district AND case_no = ANY(:cases) AND role = 'lead'
      AND called_at IS NOT NULL
""")

# The unit of a level that a case lies in, by the edition that answers now.
GROUNDS = text("""
    SELECT held.case_no, unit.code FROM case_ held
    JOIN grid_unit unit ON unit.district_code = :district AND unit.edition_no = :edition
                       AND unit.level = :level AND unit.code = ANY(held.chain)
    WHERE held.district_code = :district AND held.case_no = ANY(:cases)
""")

GIVEN = """
    SELECT given.case_no, given.report_no, given.given_at, given.satisfied
    FROM feedback given JOIN case_ held USING (district_code, case_no)
    WHERE given.given_at >= :since AND given.given_at < :until AND {where}
    ORDER BY given.case_no, given.report_no
"""

CONDITIONS = {
    "unit": "held.chain @> ARRAY[CAST(:unit AS text)]",
    "kind": "held.kind = :kind",
    "categories": "held.category_code = ANY(:categories)",
}
OF_DEPARTMENT = """EXISTS (SELECT FROM case_department called
    WHERE called.district_code = :district AND called.case_no = held.case_no
      AND called.department_code = :department)"""


class Scope(NamedTuple):
    """A part of the district; None means all. A category holds for its groups below."""

    unit: str | None = None
    department: str | None = None
    kind: str | None = None
    category: str | None = None


class Performance(NamedTuple):
    rates: list[Rate]
    hours: list[Hours]


class Facts(NamedTuple):
    """What is counted: cases, calls on departments, and what reporters thought."""

    cases: list[CaseFact]
    calls: list[CallFact]
    given: list[FeedbackFact]

    def performance(self, period: Period) -> Performance:
        return Performance(rates(*self, period), hours(self.cases, self.calls, period))


def measure(session: Session, facts: Snapshot, scope: Scope, period: Period) -> Performance:
    """Every rate and time of a period. Raises UnknownCategory."""
    return _facts(session, facts, scope, period).performance(period)


def by_department(
    session: Session, facts: Snapshot, scope: Scope, period: Period
) -> dict[str, Performance]:
    """The same for each department that was called: its calls, and the cases that it led."""
    whole = _facts(session, facts, scope, period)
    numbers = [case.case_no for case in whole.cases] + [one.case_no for one in whole.given]
    rows = session.execute(LEADS, {"district": facts.district, "cases": numbers})
    leads: dict[str, str] = {row.case_no: row.department_code for row in rows}
    return _parted(whole, leads, lambda call: call.department, period)


def by_unit(
    session: Session, facts: Snapshot, scope: Scope, period: Period, level: int
) -> dict[str, Performance]:
    """The same for each unit of a level that had any case, by the cases' own chains."""
    whole = _facts(session, facts, scope, period)
    numbers = {one.case_no for part in whole for one in part}
    values = {"district": facts.district, "edition": facts.grid.edition, "level": level}
    rows = session.execute(GROUNDS, values | {"cases": sorted(numbers)})
    grounds: dict[str, str] = {row.case_no: row.code for row in rows}
    return _parted(whole, grounds, lambda call: grounds.get(call.case_no), period)


def _parted(
    whole: Facts,
    of_case: Mapping[str, str],
    of_call: Callable[[CallFact], str | None],
    period: Period,
) -> dict[str, Performance]:
    """The facts dealt out by code, and what each part comes to; what has no code is left out."""
    mine: dict[str, Facts] = {}

    def part(code: str) -> Facts:
        return mine.setdefault(code, Facts([], [], []))

    for case in whole.cases:
        if case.case_no in of_case:
            part(of_case[case.case_no]).cases.append(case)
    for call in whole.calls:
        if code := of_call(call):
            part(code).calls.append(call)
    for given in whole.given:
        if given.case_no in of_case:
            part(of_case[given.case_no]).given.append(given)
    return {code: mine[code].performance(period) for code in sorted(mine)}


def told(found: Performance) -> dict[str, Any]:
    """Every figure with its name and how it is counted, as it is told to people and machines."""
    return {
        "rates": [
            {
                "code": one.code,
                **defined(one.code),
                "value": one.value,
                "numerator": len(one.numerator),
                "denominator": len(one.denominator),
                "excluded": len(one.excluded),
                "small": one.small,
            }
            for one in found.rates
        ],
        "hours": [
            {
                "code": one.code,
                **defined(one.code),
                "median": one.median,
                "p90": one.p90,
                "counted": len(one.items),
                "small": one.small,
            }
            for one in found.hours
        ],
    }


def defined(code: str) -> dict[str, Any]:
    """What a figure is called and how it is counted."""
    name, words = DEFINITIONS[code]
    return {"name": name.both, "definition": words.both}


def _facts(session: Session, facts: Snapshot, scope: Scope, period: Period) -> Facts:
    values: dict[str, Any] = {
        "district": facts.district,
        "since": period.since,
        "until": period.until,
        **_asked(facts, scope),
    }
    where = ["held.district_code = :district"]
    where += [sql for name, sql in CONDITIONS.items() if name in values]
    of_case = [*where, OF_DEPARTMENT] if scope.department else where
    of_call = [*where, "ran.department_code = :department"] if scope.department else where
    cases = session.execute(text(CASES.format(where=" AND ".join(of_case))), values)
    calls = session.execute(text(CALLS.format(where=" AND ".join(of_call))), values)
    given = session.execute(text(GIVEN.format(where=" AND ".join(of_case))), values)
    return Facts(
        [
            CaseFact(
                row.case_no,
                row.opened_at,
                row.due_at,
                row.closed_at,
                row.outcome,
                row.rework_count,
                row.extended,
                row.hung_up,
                tuple(row.reopened),
            )
            for row in cases
        ],
        [
            CallFact(
                row.case_no,
                row.department_code,
                row.started_at,
                row.due_at,
                row.reported_in_at,
                row.called_back,
                row.handed_back,
                row.hung_up,
            )
            for row in calls
        ],
        [FeedbackFact(row.case_no, row.report_no, row.given_at, row.satisfied) for row in given],
    )


def _asked(facts: Snapshot, scope: Scope) -> Mapping[str, Any]:
    asked: dict[str, Any] = {}
    for name in ("unit", "department", "kind"):
        if (value := getattr(scope, name)) is not None:
            asked[name] = value
    if scope.category is not None:
        facts.rules.lineage(scope.category)
        asked["categories"] = [
            code for code in facts.rules.categories if scope.category in facts.rules.lineage(code)
        ]
    return asked


def month(year: int, number: int, zone: Any) -> Period:
    """A calendar month of the district."""
    following = (year + number // 12, number % 12 + 1)
    return Period(datetime(year, number, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone))
