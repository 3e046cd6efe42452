"""Read the grid: units, their children, and their officers."""

from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc.errors import UnknownUnit
from gridsvc.snapshot import Snapshot

COLUMNS = """
    unit.level, unit.code, unit.name, unit.parent_code AS parent, unit.kind, unit.households,
    unit.area_m2, unit.generated,
    ST_X(ST_Transform(unit.label, 4326)) AS lon, ST_Y(ST_Transform(unit.label, 4326)) AS lat,
    ST_XMin(unit.geom) AS west, ST_YMin(unit.geom) AS south,
    ST_XMax(unit.geom) AS east, ST_YMax(unit.geom) AS north
"""

# Two questions, two statements: a plan for "either" would serve neither.
BY_LEVEL = text(f"""
    SELECT {COLUMNS} FROM grid_unit unit
    WHERE district_code = :district AND edition_no = :edition AND level = :level
    ORDER BY code LIMIT :limit
""")  # noqa: S608

BY_PARENT = text(f"""
    SELECT {COLUMNS} FROM grid_unit unit
    WHERE district_code = :district AND edition_no = :edition
      AND chain[cardinality(chain) - 1] = :parent
    ORDER BY code LIMIT :limit
""")  # noqa: S608

ONE = text(f"""
    SELECT {COLUMNS}, ST_AsGeoJSON(unit.geom, 7) AS geometry,
           (SELECT count(*) FROM grid_unit child
            WHERE child.district_code = unit.district_code
              AND child.edition_no = unit.edition_no
              AND child.parent_code = unit.code) AS children_count
    FROM grid_unit unit
    WHERE district_code = :district AND edition_no = :edition AND code = :code
""")  # noqa: S608

EXTENT = text("""
    SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
    FROM (SELECT ST_Extent(geom) AS box FROM grid_unit
          WHERE district_code = :district AND edition_no = :edition
            AND cardinality(chain) = 1) everything
""")

# A list beyond this is a map's work.
MOST = 5_000


def listed(
    session: Session, facts: Snapshot, parent: str | None, level: int | None
) -> list[dict[str, Any]]:
    """The units of a level, or below a parent; without either, the highest level there is."""
    values: dict[str, Any] = {
        "district": facts.district,
        "edition": facts.grid.edition,
        "limit": MOST,
    }
    if parent is not None:
        require(facts, parent)
        return [out(row) for row in session.execute(BY_PARENT, values | {"parent": parent})]
    values["level"] = level or int(facts.grid.levels.min())
    return [out(row) for row in session.execute(BY_LEVEL, values)]


def one(session: Session, facts: Snapshot, code: str) -> Row[Any]:
    """The unit with its geometry as GeoJSON text. UnknownUnit when the edition has none."""
    row = session.execute(
        ONE, {"district": facts.district, "edition": facts.grid.edition, "code": code}
    ).one_or_none()
    if row is None:
        raise UnknownUnit(code=code)
    return row


def require(facts: Snapshot, code: str) -> None:
    """Pass if the current edition has the unit, or UnknownUnit."""
    if facts.grid.unit(code) is None:
        raise UnknownUnit(code=code)


def extent(session: Session, facts: Snapshot) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the district, in degrees."""
    row = session.execute(EXTENT, {"district": facts.district, "edition": facts.grid.edition}).one()
    return None if row.west is None else (row.west, row.south, row.east, row.north)


def out(row: Row[Any]) -> dict[str, Any]:
    return {
        "level": row.level,
        "code": row.code,
        "name": row.name,
        "parent": row.parent,
        "kind": row.kind,
        "households": row.households,
        "area_m2": row.area_m2,
        "label": {"lon": row.lon, "lat": row.lat},
        "bounds": (row.west, row.south, row.east, row.north),
        "generated": row.generated,
    }
