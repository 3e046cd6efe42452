"""A small district with any number of cases of every fate, laid straight into its tables."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from gridsvc import events
from gridsvc.snapshot import Snapshot
from gridsvc.tables.cases import Case, CaseClock, CaseDepartment, CaseEvent, Feedback, Report
from tests.conftest import NOON

DISTRICT = "t"
WEST, SOUTH, EAST, NORTH = 101.995, 24.965, 102.035, 25.005
FATES = (None, "solved", "solved", "solved", "dismissed", "merged")
NOBODY = UUID(int=0)
LET_GO = text("DELETE FROM case_clock WHERE district_code = 't' AND case_no = ANY(:cases)")
FORGET = text("DELETE FROM feedback WHERE district_code = 't' AND case_no = ANY(:cases)")


def lay(session: Session, facts: Snapshot, seed: int, count: int, prefix: str = "C") -> list[str]:
    """So many cases within ninety days around NOON, some without a place, some outside the grid;
    with calls, departments, feedback, one event each, and that event's line. Their numbers."""
    rng = np.random.default_rng(seed)
    rows = [_case(rng, facts, f"{prefix}{number:06d}") for number in range(count)]
    if not rows:
        return []
    session.execute(insert(Case), rows)
    parts = [_parts(rng, row) for row in rows]
    for number, table in enumerate((CaseDepartment, CaseClock, Report, Feedback)):
        if found := [one for part in parts for one in part[number]]:
            session.execute(insert(table), found)
    happened(session, [row["case_no"] for row in rows], 1)
    return [row["case_no"] for row in rows]


def happened(session: Session, cases: Sequence[str], seq: int) -> None:
    """An event of each case, with its line in the record."""
    if not cases:
        return
    told = {"district_code": DISTRICT, "seq": seq, "kind": "note", "at": NOON, "stage": "collect"}
    session.execute(
        insert(CaseEvent), [told | {"case_no": case, "detail": {"set": {}}} for case in cases]
    )
    events.number(session, DISTRICT, None)


def change(session: Session, facts: Snapshot, seed: int, cases: Sequence[str], seq: int) -> None:
    """These cases get another fate, place, time and calls, as moves and judging again would do."""
    rng = np.random.default_rng(seed)
    session.execute(LET_GO, {"cases": list(cases)})
    session.execute(FORGET, {"cases": list(cases)})
    for case in cases:
        row = _case(rng, facts, case)
        held = session.get_one(Case, (DISTRICT, case), populate_existing=True)
        for name in ("place", "chain", "closed_at", "due_at", "outcome", "hung_up_at", "kind"):
            setattr(held, name, row[name])
        held.category_code, held.rework_count = row["category_code"], row["rework_count"]
        clocks = [one | {"no": 9} for one in _parts(rng, row)[1][:1]]
        session.flush()
        if clocks:
            session.execute(insert(CaseClock), clocks)
    happened(session, cases, seq)


def _moment(rng: np.random.Generator) -> datetime:
    return NOON + timedelta(hours=float(np.round(rng.uniform(-45 * 24, 45 * 24), 2)))


def _case(rng: np.random.Generator, facts: Snapshot, case_no: str) -> dict[str, Any]:
    opened = _moment(rng)
    fate = FATES[rng.integers(len(FATES))]
    lon, lat = rng.uniform(WEST, EAST), rng.uniform(SOUTH, NORTH)
    placed = rng.random() < 0.95
    row = facts.grid.row(lon, lat) if placed else -1
    return {
        "district_code": DISTRICT,
        "case_no": case_no,
        "stage": "collect",
        "kind": [None, "problem_whistle", "emergency_whistle"][rng.integers(3)],
        "category_code": ["litter", "drain", "other", None][rng.integers(4)],
        "text": "x",
        "opened_at": opened,
        "due_at": opened + timedelta(hours=int(rng.integers(1, 200)))
        if rng.random() < 0.9
        else None,
        "closed_at": opened + timedelta(hours=float(rng.gamma(2, 30))) if fate else None,
        "outcome": fate,
        "edition_no": facts.grid.edition,
        "chain": facts.grid.chain_codes(row) if row >= 0 else [],
        "place": f"SRID=4326;POINT({lon!r} {lat!r})" if placed else None,
        "hung_up_at": opened if rng.random() < 0.1 else None,
        "rework_count": int(rng.integers(0, 2)),
        "version": 1,
    }


def _parts(rng: np.random.Generator, row: dict[str, Any]) -> tuple[list[dict[str, Any]], ...]:
    key = {"district_code": row["district_code"], "case_no": row["case_no"]}
    bodies = ["works", "water"][: rng.integers(0, 3)]
    called = [
        key | {"department_code": code, "role": "supporting" if place else "lead"}
        for place, code in enumerate(bodies)
    ]
    clocks = []
    for place, code in enumerate(bodies):
        start = row["opened_at"] + timedelta(hours=float(rng.uniform(0, 20)))
        came = start + timedelta(hours=float(rng.gamma(1, 3))) if rng.random() < 0.8 else None
        clocks.append(
            key
            | {"no": place + 1, "clock": "report_in", "department_code": code, "limit_no": 1}
            | {"amount": 2.0, "unit": "hour", "started_at": start, "stopped_at": came}
            | {"due_at": start + timedelta(hours=2), "void": bool(rng.random() < 0.1)}
        )
    told = key | {"report_no": row["case_no"], "event_seq": 1, "account_id": NOBODY}
    told |= {"body_hash": b"", "received_at": row["opened_at"], "channel": "api", "text": "x"}
    given = key | {"report_no": row["case_no"], "given_at": _moment(rng)}
    given["satisfied"] = ["yes", "partly", "no"][rng.integers(3)]
    return called, clocks, [told], [given] if rng.random() < 0.5 else []
