"""How tables of responsibility, their faults and their trials are told to a screen."""

from collections import defaultdict
from datetime import date
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import trial
from gridsvc.rules import responsibility
from gridsvc.rules.orphans import Orphan
from gridsvc.rules.responsibility import Row, Table
from gridsvc.snapshot import Snapshot
from gridsvc.trial import Changed, Trial

# A list beyond this is a file's work; the counts always tell of all.
MOST_UNITS, MOST_FLOWS = 1_000, 50

# Corners closer than this (some 5 m) are not worth sending to a screen.
GROUND = text("""
    SELECT code, ST_AsGeoJSON(ST_SimplifyPreserveTopology(geom, 0.00005), 6) AS ground
    FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND code = ANY(:codes)
""")


def findings_out(
    tx: Session, facts: Snapshot, table: Table, day: date, gaps: list[Orphan]
) -> dict[str, Any]:
    """Contradictions and gaps; the units with most gaps first, each with its ground."""
    grouped = _by_unit(gaps)
    shown = grouped[:MOST_UNITS]
    asked = {
        "district": facts.district,
        "edition": facts.grid.edition,
        "codes": [unit for (unit, _), _ in shown],
    }
    grounds = {row.code: orjson.loads(row.ground) for row in tx.execute(GROUND, asked)}
    return {
        "day": day,
        "contradictions": [
            {"one": row_out(facts, one), "other": row_out(facts, other)}
            for one, other in responsibility.contradictions(table.rows)
        ],
        "pairs": sum(gap.ends for gap in gaps),
        "units": len(grouped),
        "categories": len({gap.category for gap in gaps}),
        "orphans": [
            {
                "no": place,
                "unit": unit_out(facts, unit),
                "whole": whole,
                "ends": found[0].ends,
                "categories": [category_out(facts, gap.category) for gap in found],
                "ground": grounds.get(unit),
            }
            for place, ((unit, whole), found) in enumerate(shown, 1)
        ],
    }


def _by_unit(gaps: list[Orphan]) -> list[tuple[tuple[str, bool], list[Orphan]]]:
    grouped: dict[tuple[str, bool], list[Orphan]] = defaultdict(list)
    for gap in gaps:
        grouped[gap.unit, gap.whole].append(gap)
    return sorted(grouped.items(), key=lambda pair: (-len(pair[1]) * pair[1][0].ends, pair[0]))


def trial_out(
    tx: Session, facts: Snapshot, found: Trial, offset: int, limit: int
) -> dict[str, Any]:
    """The counts of a trial and one page of its cases."""
    page = found.changed[offset : offset + limit]
    texts = trial.texts(tx, facts, page)
    end = offset + limit
    return {
        "table": found.table,
        "since": found.period.since,
        "until": found.period.until,
        "as_if": found.period.as_if,
        **found.counts(),
        "flows": [
            {"before": body_out(facts, old), "after": body_out(facts, new), "cases": cases}
            for old, new, cases in found.flows()[:MOST_FLOWS]
        ],
        "items": [_changed(facts, one, texts[one.case.case_no]) for one in page],
        "next_offset": end if end < len(found.changed) else None,
    }


def _changed(facts: Snapshot, one: Changed, said: Any) -> dict[str, Any]:
    case = one.case
    return {
        "case_no": case.case_no,
        "day": case.day,
        "text": said.text,
        "category": category_out(facts, case.category_code),
        "unit": unit_out(facts, case.chain[-1] if case.chain else None),
        "location": None if said.lon is None else {"lon": said.lon, "lat": said.lat},
        "by": one.by,
        "before": _side(facts, one.before),
        "after": _side(facts, one.after),
        "lead_moves": one.lead_moves,
    }


def _side(facts: Snapshot, row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    supporting = [body_out(facts, code) for code in row.supporting]
    return {"row": row.no, "lead": body_out(facts, row.lead), "supporting": supporting}


def row_out(facts: Snapshot, row: Row) -> dict[str, Any]:
    """A row with the names of what it speaks of."""
    return row._asdict() | {
        "category": category_out(facts, row.category),
        "unit": unit_out(facts, row.unit),
        "lead": body_out(facts, row.lead),
        "supporting": [body_out(facts, code) for code in row.supporting],
    }


def category_out(facts: Snapshot, code: str | None) -> dict[str, Any] | None:
    """A category by its name; the code of one that is gone stands for itself."""
    known = facts.rules.categories.get(code or "")
    if code is None:
        return None
    return {"code": code, "name": known.name.both if known else {"zh": code, "en": code}}


def unit_out(facts: Snapshot, code: str | None) -> dict[str, Any] | None:
    """A unit by its name in the edition that answers."""
    if code is None:
        return None
    known = facts.grid.unit(code)
    return known._asdict() if known else {"level": 0, "code": code, "name": code}


def body_out(facts: Snapshot, code: str | None) -> dict[str, Any] | None:
    """A department or other body by its name."""
    return None if code is None else {"code": code, "name": facts.rules.department_name(code).zh}
