"""Every whistle of a period assessed both ways from the records: its departments, and its street.

A month that is frozen says what was kept of it; any other is counted anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from gridsvc.rulebook import Rulebook
from gridsvc.rules.assessment import (
    Assessment,
    Criterion,
    Deduction,
    Facts,
    Part,
    Result,
    Upheld,
    WhistleCriterion,
    WhistleFacts,
    assess,
    assess_whistle,
    check_share,
    result,
)
from gridsvc.rules.rates import Period
from gridsvc.tables.assessments import AssessmentAppeal, AssessmentFrozen

# A department's part ends with the case, or when it was handed back.
PARTS = text("""
    WITH ended AS (
        SELECT case_no, rework_count, score, closed_at FROM case_
        WHERE district_code = :district AND closed_at >= :since AND closed_at < :until
          AND outcome = 'solved' AND kind IS NOT NULL
    ), ran AS (
        SELECT case_no, department_code, clock, count(*) AS clocks,
               bool_and(stopped_at <= due_at) AS kept
        FROM case_clock JOIN ended USING (case_no)
        WHERE district_code = :district AND department_code IS NOT NULL
          AND clock IN ('report_in', 'handle') AND (NOT void OR stopped_at > due_at)
        GROUP BY case_no, department_code, clock
    ), back AS (
        SELECT DISTINCT case_no, department_code FROM case_ask JOIN ended USING (case_no)
        WHERE district_code = :district AND kind = 'hand_back' AND granted
          AND department_code IS NOT NULL
    ), concerned AS (
        SELECT case_no, department_code FROM ran
        UNION SELECT case_no, department_code FROM back
    )
    SELECT concerned.case_no, concerned.department_code, ended.closed_at, came.kept AS came,
           worked.kept AS worked,
           CASE WHEN worked.clocks > 0 THEN ended.rework_count END AS reworks,
           back.case_no IS NOT NULL AS handed_back,
           CASE WHEN worked.clocks > 0 THEN ended.score END AS score
    FROM concerned JOIN ended USING (case_no)
    LEFT JOIN ran came ON (came.case_no, came.department_code, came.clock)
                        = (concerned.case_no, concerned.department_code, 'report_in')
    LEFT JOIN ran worked ON (worked.case_no, worked.department_code, worked.clock)
                          = (concerned.case_no, concerned.department_code, 'handle')
    LEFT JOIN back ON (back.case_no, back.department_code)
                    = (concerned.case_no, concerned.department_code)
    ORDER BY concerned.department_code, concerned.case_no
""")

# A whistle belongs to the street of its place; a faulty one counts however it ended.
WHISTLES = text("""
    SELECT held.case_no, held.chain[2] AS street, held.closed_at, held.fault,
           (SELECT jsonb_agg(jsonb_build_object('proper', proper, 'described', described,
                                                'help', help) ORDER BY department_code)
            FROM whistle_rating rated
            WHERE (rated.district_code, rated.case_no)
                = (held.district_code, held.case_no)) AS ratings
    FROM case_ held
    WHERE held.district_code = :district AND held.closed_at >= :since AND held.closed_at < :until
      AND held.kind IS NOT NULL AND cardinality(held.chain) >= 2
      AND (held.outcome = 'solved' OR held.fault IS NOT NULL)
    ORDER BY street, held.case_no
""")

WEIGHT, SHARE = "weight_", "performance_share_percent"
WHISTLE, DEDUCT = "whistle_", "whistle_deduct_"
DEPARTMENT, STREET = "department", "street"


class Scales(NamedTuple):
    """Weights of the criteria, points that faults cost, share of the performance total."""

    weights: dict[Criterion, float]
    whistle: dict[WhistleCriterion, float]
    deductions: dict[str, float]
    share: float


class Assessed(NamedTuple):
    """One whistle assessed for one side: a department, or the street that whistled."""

    side: str
    case_no: str
    body: str
    closed_at: datetime
    facts: Facts | WhistleFacts
    upheld: Upheld
    assessment: Assessment


def scales(rules: Rulebook) -> Scales:
    """As the district's rows have them now."""
    return Scales(
        {one: rules.setting(WEIGHT + one) for one in Criterion},
        {one: rules.setting(WHISTLE + one) for one in WhistleCriterion},
        {
            name.removeprefix(DEDUCT): value
            for name, value in rules.settings.items()
            if name.startswith(DEDUCT)
        },
        check_share(rules.setting(SHARE)),
    )


def of_period(session: Session, rules: Rulebook, period: Period) -> list[Assessed]:
    """Every whistle that was closed in the period, by body and case: as kept where its month is
    frozen, else from the records as they are."""
    first, last = (month_of(rules, at) for at in period)
    held = select(AssessmentFrozen).where(
        AssessmentFrozen.district_code == rules.district,
        AssessmentFrozen.month.between(first, last),
    )
    frozen = session.scalars(held.order_by(AssessmentFrozen.month)).all()
    months = {row.month for row in frozen}
    kept = (one for row in frozen for one in read(row) if period.since <= one.closed_at)
    found = [one for one in kept if one.closed_at < period.until]
    found += [
        one for one in live(session, rules, period) if month_of(rules, one.closed_at) not in months
    ]
    return sorted(found, key=lambda one: (one.side, one.body, one.case_no))


def live(session: Session, rules: Rulebook, period: Period) -> Iterator[Assessed]:
    """Every whistle that was closed in the period, counted from the records as they are now."""
    by = scales(rules)
    values: dict[str, Any] = {"district": rules.district, **period._asdict()}
    appeals = _upheld(session, rules.district)
    for row in session.execute(PARTS, values):
        told = Facts(row.came, row.worked, row.reworks, row.handed_back, row.score)
        upheld = appeals.get((row.case_no, row.department_code), {})
        yield _assessed(
            DEPARTMENT, row.case_no, row.department_code, row.closed_at, told, upheld, by
        )
    for row in session.execute(WHISTLES, values):
        ratings = [
            {WhistleCriterion(name): points for name, points in one.items()}
            for one in row.ratings or ()
        ]
        upheld = appeals.get((row.case_no, row.street), {})
        said = WhistleFacts(ratings, row.fault)
        yield _assessed(STREET, row.case_no, row.street, row.closed_at, said, upheld, by)


def of_side(assessed: Iterable[Assessed], side: str) -> list[Assessed]:
    return [one for one in assessed if one.side == side]


def results(assessed: Iterable[Assessed], share: float) -> dict[str, Result]:
    """What a period adds up to for each body; they are of one side."""
    by_body: dict[str, list[Assessment]] = {}
    for one in assessed:
        by_body.setdefault(one.body, []).append(one.assessment)
    return {code: result(its, share) for code, its in by_body.items()}


def judged(one: Assessed, by: Scales) -> Assessment:
    """The assessment that these facts and appeals come to on these scales."""
    if isinstance(one.facts, Facts):
        return assess(one.facts, by.weights, one.upheld)
    return assess_whistle(one.facts, by.whistle, by.deductions, one.upheld)


def written(one: Assessed) -> dict[str, Any]:
    """An assessment as it is kept; `read` takes it back."""
    told = one.facts._asdict()
    if isinstance(one.facts, WhistleFacts):
        told["ratings"] = [{str(k): v for k, v in said.items()} for said in one.facts.ratings]
    return one._asdict() | {
        "facts": told,
        "assessment": {
            "points": one.assessment.points,
            "parts": [list(part) for part in one.assessment.parts],
            "deduction": one.assessment.deduction and list(one.assessment.deduction),
        },
    }


def read(row: AssessmentFrozen) -> Iterator[Assessed]:
    """What was kept of a month."""
    for kept in row.kept:
        told, came = kept["facts"], kept["assessment"]
        facts = Facts(**told) if kept["side"] == DEPARTMENT else WhistleFacts(**told)
        deduction = came["deduction"] and Deduction(*came["deduction"])
        parts = [Part(*part) for part in came["parts"]]
        closed_at = datetime.fromisoformat(kept["closed_at"])
        yield Assessed(
            kept["side"],
            kept["case_no"],
            kept["body"],
            closed_at,
            facts,
            kept["upheld"],
            Assessment(came["points"], parts, deduction),
        )


def _assessed(
    side: str,
    case_no: str,
    body: str,
    closed_at: datetime,
    facts: Facts | WhistleFacts,
    upheld: Upheld,
    by: Scales,
) -> Assessed:
    one = Assessed(side, case_no, body, closed_at, facts, upheld, Assessment(None, ()))
    return one._replace(assessment=judged(one, by))


def _upheld(session: Session, district: str) -> Mapping[tuple[str, str], dict[str, float]]:
    """The points that appeals gave, by case and body."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    appeals = select(AssessmentAppeal).where(
        AssessmentAppeal.district_code == district, AssessmentAppeal.upheld.is_(True)
    )
    for one in session.scalars(appeals):
        if one.points is not None:
            found.setdefault((one.case_no, one.body), {})[one.figure] = one.points
    return found


def month_of(rules: Rulebook, at: datetime) -> str:
    """The month of the district that a moment lies in, as 2026-10."""
    return at.astimezone(rules.calendar.zone).strftime("%Y-%m")
