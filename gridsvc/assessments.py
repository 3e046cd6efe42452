"""Every whistle of a period assessed, department by department, from the records alone."""

from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.rules.assessment import (
    Assessment,
    Criterion,
    Facts,
    Result,
    assess,
    check_share,
    result,
)
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot

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
    SELECT concerned.case_no, concerned.department_code, came.kept AS came, worked.kept AS worked,
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
    WHERE CAST(:department AS text) IS NULL OR concerned.department_code = :department
    ORDER BY concerned.department_code, concerned.case_no
""")

WEIGHT, SHARE = "weight_", "performance_share_percent"


class Assessed(NamedTuple):
    """One department's part in one whistle."""

    case_no: str
    department: str
    facts: Facts
    assessment: Assessment


def of_period(
    session: Session, facts: Snapshot, period: Period, department: str | None = None
) -> list[Assessed]:
    """Every whistle that was closed in the period, by department and case."""
    weights = {one: facts.rules.setting(WEIGHT + one) for one in Criterion}
    values: dict[str, Any] = {
        "district": facts.district,
        "department": department,
        **period._asdict(),
    }
    found = []
    for row in session.execute(PARTS, values):
        told = Facts(row.came, row.worked, row.reworks, row.handed_back, row.score)
        found.append(Assessed(row.case_no, row.department_code, told, assess(told, weights)))
    return found


def results(facts: Snapshot, assessed: list[Assessed]) -> dict[str, Result]:
    """What a period adds up to for each department."""
    by_department: dict[str, list[Assessment]] = {}
    for one in assessed:
        by_department.setdefault(one.department, []).append(one.assessment)
    share = check_share(facts.rules.setting(SHARE))
    return {code: result(its, share) for code, its in by_department.items()}
