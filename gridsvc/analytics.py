"""Figures by unit: open cases."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.snapshot import Snapshot

COUNTS = text("""
    WITH held AS (
        SELECT unnest(chain) AS code, due_at < :now AS late
        FROM case_ WHERE district_code = :district AND closed_at IS NULL
    ), counted AS (
        SELECT code, count(*) AS open, count(*) FILTER (WHERE late) AS overdue
        FROM held GROUP BY code
    )
    SELECT unit.code, counted.open, counted.overdue,
           ST_X(ST_Transform(unit.label, 4326)) AS lon, ST_Y(ST_Transform(unit.label, 4326)) AS lat
    FROM counted JOIN grid_unit unit USING (code)
    WHERE unit.district_code = :district AND unit.edition_no = :edition AND unit.level = :level
    ORDER BY unit.code
""")


def counts(session: Session, facts: Snapshot, level: int, now: datetime) -> list[dict[str, Any]]:
    """Open and overdue cases of each unit of a level that has any."""
    rows = session.execute(COUNTS, _where(facts, level) | {"now": now})
    return [
        {
            "code": row.code,
            "open": row.open,
            "overdue": row.overdue,
            "label": {"lon": row.lon, "lat": row.lat},
        }
        for row in rows
    ]


def _where(facts: Snapshot, level: int) -> dict[str, Any]:
    return {"district": facts.district, "edition": facts.grid.edition, "level": level}
