"""Figures by unit: open cases, hours to close."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

SMALL = 10

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

RESPONSE = text("""
    WITH closed AS (
        SELECT unnest(chain) AS code,
               extract(epoch FROM closed_at - opened_at) / 3600.0 AS hours
        FROM case_
        WHERE district_code = :district AND closed_at >= :since AND closed_at < :until
          AND outcome = 'solved'
    ), taken AS (
        SELECT code, count(*) AS closed,
               percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY hours) AS parts
        FROM closed GROUP BY code
    )
    SELECT unit.code, unit.name, coalesce(taken.closed, 0) AS closed,
           taken.parts[1] AS median_hours, taken.parts[2] AS p90_hours
    FROM grid_unit unit LEFT JOIN taken USING (code)
    WHERE unit.district_code = :district AND unit.edition_no = :edition AND unit.level = :level
    ORDER BY unit.code
""")

RESPONSE_NOTE = Words(
    "从收到上报到核实结项的小时数（自然时间）：中位数与第九十百分位。不足十件的单元已标明，仅供参考。",
    "Hours of the clock from report to verified closing: median and 90th percentile. Units with "
    "fewer than ten closed cases are marked: read them with care.",
)


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


def response_by_unit(
    session: Session, facts: Snapshot, level: int, since: datetime, until: datetime
) -> list[dict[str, Any]]:
    """Hours from report to closing for cases closed in the period, by unit of a level."""
    period = {"since": since, "until": until}
    rows = session.execute(RESPONSE, _where(facts, level) | period)
    return [{**row._mapping, "small": row.closed < SMALL} for row in rows]


def _where(facts: Snapshot, level: int) -> dict[str, Any]:
    return {"district": facts.district, "edition": facts.grid.edition, "level": level}
