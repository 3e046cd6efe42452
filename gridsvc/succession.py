"""A department ends, and another takes over its work: open cases go along (domain rule 33).

Who takes over is a row, with a day; from the day after its last one a department's open cases are
the successor's. What was done under the old name stays under it, in the trail and in the rates.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import casestate, casework, events, snapshot
from gridsvc.casework import Rows
from gridsvc.rulebook import Rulebook
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.lifecycle import Stage
from gridsvc.tables.cases import CaseDepartment

DUE = text("""
    SELECT DISTINCT held.case_no FROM department ended
    JOIN case_department called ON (called.district_code, called.department_code)
                                 = (ended.district_code, ended.code)
    JOIN case_ held ON (held.district_code, held.case_no)
                     = (called.district_code, called.case_no)
    WHERE ended.district_code = :district AND ended.successor_code IS NOT NULL
      AND ended.valid_to < :today AND called.released_at IS NULL AND held.closed_at IS NULL
    ORDER BY case_no LIMIT :limit
""")


def sweep(session: Session, district: str, now: datetime, limit: int = 200) -> int:
    """Hand over what has fallen to successors. Returns how many cases: fewer than `limit` is
    all."""
    rules = snapshot.rules(session, district)
    today = now.astimezone(rules.calendar.zone).date()
    asked = {"district": district, "today": today, "limit": limit}
    due = session.scalars(DUE, asked).all()
    for case_no in due:
        rows = casework.locked(session, district, case_no)
        before = casestate.state(*rows), list(rows.called)
        with session.no_autoflush:
            detail = hand_over(rules, rows, today, now)
            rows.case.version += 1
            casework.keep(session, rows, *before, detail)
        events.record(session, rows.case, "succeed", None, now, detail)
        session.flush()
    return len(due)


def hand_over(rules: Rulebook, rows: Rows, day: date, now: datetime) -> dict[str, Any]:
    """Put successors in the place of those who have ended; what the event says, names included."""
    moved = []
    for one in list(rows.called):
        new = rules.in_place_of(one.department_code, day)
        if one.released_at is None and new != one.department_code:
            moved.append((one.department_code, new))
            _take_over(rows, one, new, now)
    if rows.case.stage == Stage.REPORT_IN and all(
        one.reported_in_at for one in rows.called if one.released_at is None
    ):
        # Whoever was still awaited has become one that is here.
        rows.case.stage = Stage.HANDLE
    return {
        "succeeded": [{"was": _party(rules, old), "now": _party(rules, new)} for old, new in moved],
        **({"department": moved[0][1]} if len(moved) == 1 else {}),
    }


def _party(rules: Rulebook, code: str) -> dict[str, Any]:
    return {"code": code, "name": rules.department_name(code).both}


def _take_over(rows: Rows, one: CaseDepartment, new: str, now: datetime) -> None:
    """The successor gets the row, the running clocks and the open requests."""
    _take_row(rows.called, one, new)
    old = one.department_code
    running = [clock for clock in rows.clocks if clock.stopped_at is None]
    own = {clock.clock for clock in running if clock.department_code == new}
    if any(other.department_code == new and other.reported_in_at for other in rows.called):
        own.add(Clock.REPORT_IN)
    for clock in running:
        if clock.department_code != old:
            continue
        if clock.clock in own:
            clock.stopped_at, clock.void = now, True
            clock.mark_at = clock.rest = None
        else:
            clock.department_code = new
    for asked in rows.asks:
        if asked.department_code == old and asked.decided_at is None:
            asked.department_code = new


def _take_row(called: list[CaseDepartment], one: CaseDepartment, new: str) -> None:
    """A successor that is at work on the case already keeps its own row, and does the other's task
    too."""
    called.remove(one)
    there = next((other for other in called if other.department_code == new), None)
    if there is None or there.released_at is not None:
        called[:] = [other for other in called if other is not there] + [_copy(one, new)]
        return
    there.role = min(there.role, one.role)
    if one.task and one.done_at is None:
        there.task = "；".join(filter(None, (there.task, one.task)))
        there.done_at = there.done_by = None


def _copy(one: CaseDepartment, code: str) -> CaseDepartment:
    names = (column.name for column in CaseDepartment.__table__.columns)
    return CaseDepartment(
        **{name: getattr(one, name) for name in names} | {"department_code": code}
    )
