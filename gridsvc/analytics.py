"""Figures by unit: open cases, facility area per 100 households, hours to close."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.rules import coverage
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

# The district's own standard (domain rule 35).
STANDARD_M2 = 30.0
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

COVERAGE = text("""
    WITH had AS (
        SELECT unnest(facility.chain) AS code, facility.floor_area_m2 AS area,
               facility.floor_area_m2 IS NULL AS unknown
        FROM facility JOIN facility_type type
          ON (type.district_code, type.code) = (facility.district_code, facility.type_code)
        WHERE facility.district_code = :district AND type.counts_toward_standard
          AND facility.state = 'open'
    ), summed AS (
        SELECT code, sum(area) AS area, bool_or(unknown) AS unknown FROM had GROUP BY code
    )
    SELECT unit.code, unit.name, unit.households,
           CASE WHEN summed.unknown THEN NULL ELSE coalesce(summed.area, 0) END AS area
    FROM grid_unit unit LEFT JOIN summed USING (code)
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

COVERAGE_NOTE = Words(
    "每百户居民拥有的社区综合服务设施建筑面积（平方米），标准为不低于30。哪些设施计入由设施类型表"
    "决定，默认为本系统所设。没有户数或面积的社区显示为“无数据”，不按零计算。",
    "Floor area of community service facilities per 100 households, in square metres; the standard "
    "is at least 30. Which types count is a setting whose default is ours. A unit without "
    "households or area is shown as no data, never as zero.",
)
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


def coverage_by_unit(session: Session, facts: Snapshot, level: int) -> list[dict[str, Any]]:
    """Facility area per 100 households of every unit of a level, None where it cannot be said."""
    rows = session.execute(COVERAGE, _where(facts, level))
    return [
        {
            "code": row.code,
            "name": row.name,
            "households": row.households,
            "area_m2": row.area,
            **coverage.measure(row.area, row.households, STANDARD_M2)._asdict(),
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
