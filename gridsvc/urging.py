"""Reminders before a limit runs out and supervision after it: 催办, 督办, 挂牌督办, by rows.

What falls due is known beforehand: each running clock carries the moment of its next mark, so a
sweep reads an index and nothing is missed or doubled, however long nobody swept. One event a case
and sweep says which marks were passed and when; whether a clock was kept does not depend on it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc import snapshot
from gridsvc.db import to_json
from gridsvc.rulebook import Rulebook
from gridsvc.rules import deadlines
from gridsvc.rules.deadlines import Clock

DUE = text("""
    SELECT ran.case_no, ran.no, ran.clock, ran.department_code, ran.step, ran.name_zh, ran.name_en,
           ran.due_at, ran.marks, held.version, held.stage, held.supervision
    FROM case_clock ran JOIN case_ held USING (district_code, case_no)
    WHERE ran.district_code = :district AND ran.mark_at <= :now
    ORDER BY ran.mark_at, ran.case_no, ran.no LIMIT :limit
    FOR UPDATE OF held SKIP LOCKED
""")

MARK = text("""
    UPDATE case_clock ran SET marks = given.marks, mark_at = given.mark_at
    FROM jsonb_to_recordset(CAST(:clocks AS jsonb))
             AS given (case_no text, no integer, marks integer, mark_at timestamptz)
    WHERE ran.district_code = :district AND (ran.case_no, ran.no) = (given.case_no, given.no)
""")

TELL = text("""
    WITH given AS (
        SELECT * FROM jsonb_to_recordset(CAST(:cases AS jsonb))
                          AS given (case_no text, supervision text, detail jsonb)
    ), urged AS (
        UPDATE case_ held SET supervision = given.supervision, version = held.version + 1
        FROM given
        WHERE held.district_code = :district AND held.case_no = given.case_no
        RETURNING held.case_no, held.version, held.stage, given.detail
    )
    INSERT INTO case_event (district_code, case_no, seq, kind, at, stage, detail)
    SELECT :district, case_no, version, 'urge', :now, stage, detail FROM urged
""")


class Passed(NamedTuple):
    """What a clock has passed since it was last looked at, and when it marks next."""

    row: Row[Any]
    marks: list[dict[str, Any]]
    next_at: datetime | None


def sweep(session: Session, district: str, now: datetime, limit: int = 2000) -> int:
    """Tell what has fallen due. Returns how many clocks were marked: fewer than `limit` is all."""
    rows = session.execute(DUE, {"district": district, "now": now, "limit": limit}).all()
    if not rows:
        return 0
    rules = snapshot.rules(session, district)
    passed = [_passed(rules, row, now) for row in rows]
    clocks = [
        {
            "case_no": one.row.case_no,
            "no": one.row.no,
            "marks": one.row.marks + len(one.marks),
            "mark_at": one.next_at,
        }
        for one in passed
    ]
    session.execute(MARK, {"district": district, "clocks": to_json(clocks)})
    by_case = sorted(passed, key=lambda one: (one.row.case_no, one.row.no))
    cases = [
        _told(rules, list(of_case)) for _, of_case in groupby(by_case, lambda one: one.row.case_no)
    ]
    session.execute(TELL, {"district": district, "now": now, "cases": to_json(cases)})
    return len(rows)


def _passed(rules: Rulebook, row: Row[Any], now: datetime) -> Passed:
    rows = deadlines.urgings(rules.urgings, Clock(row.clock), row.due_at, rules.calendar)
    left = rows[row.marks :]
    over = [one for one in left if one[0] <= now]
    marks = [
        {
            "clock": row.clock,
            "step": row.step,
            "name": {"zh": row.name_zh, "en": row.name_en} if row.name_zh else None,
            "department": row.department_code,
            "due_at": row.due_at,
            "fell_due_at": moment,
            "level": urging.level,
            "row": urging.no,
            "tells": urging.tells_post,
        }
        for moment, urging in over
    ]
    return Passed(row, marks, left[len(over)][0] if len(over) < len(left) else None)


def _told(rules: Rulebook, passed: Sequence[Passed]) -> dict[str, Any]:
    row, marks = passed[0].row, [mark for one in passed for mark in one.marks]
    level = highest(rules, [row.supervision, *(mark["level"] for mark in marks)])
    changed = {} if level == row.supervision else {"supervision": level}
    return {
        "case_no": row.case_no,
        "supervision": level,
        "detail": {"marks": marks, "set": changed},
    }


def highest(rules: Rulebook, levels: Iterable[str | None]) -> str | None:
    """The hardest of the levels of supervision; a reminder is none."""
    order = list(rules.terms.get("supervision", ()))
    return max((one for one in levels if one in order), key=order.index, default=None)
