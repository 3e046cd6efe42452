"""On a whole district of 60,000 buildings the index and PostGIS give the same answers."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from geodata import districts, editions
from geodata.demo import demo
from geodata.districts import DistrictIn
from geodata.editions import Provenance
from gridsvc import gridindex

FOLDER = next(Path(demo.__file__).parent.glob("*/district.json")).parent
UNTIL = datetime(2026, 11, 20, 2, tzinfo=UTC)
RANDOM, BORDER = 100_000, 20_000

# Units outside, points inside: PostGIS prepares each unit once instead of once a point.
ASKED = text("""
    SELECT DISTINCT ON (asked.id) asked.id, unit.code
    FROM grid_unit unit CROSS JOIN LATERAL (
        SELECT id FROM asked WHERE ST_Intersects(unit.geom, asked.point) OFFSET 0
    ) asked
    WHERE unit.district_code = 'd' AND unit.edition_no = 1
    ORDER BY asked.id, unit.level DESC, unit.code COLLATE "C"
""")


def test_random_and_border_points_of_sixty_thousand_buildings(session: Session) -> None:
    """100,000 random points, and 20,000 on vertices and edges, one by one and in bulk."""
    made = demo.generate(FOLDER, until=UNTIL, buildings=60_000, cases=0)
    facts = DistrictIn(
        code="d", name_zh="d", name_en="d", metric_srid=4543, time_zone="Asia/Shanghai"
    )
    district = districts.lay_down(session, facts)
    staged = editions.stage(
        session, district, made.units, Provenance("generated", "ours", "own"), UNTIL
    )
    assert staged.findings == []
    index = gridindex.load(session, "d", staged.no)
    points = _points(index)
    lons, lats = points[:, 0].copy(), points[:, 1].copy()

    session.execute(text("CREATE TEMP TABLE asked (id int, point geometry(Point, 4326))"))
    session.execute(
        text("""
            INSERT INTO asked
            SELECT id - 1, ST_SetSRID(ST_MakePoint(lon, lat), 4326)
            FROM unnest(CAST(:lons AS float8[]), CAST(:lats AS float8[]))
                WITH ORDINALITY AS given (lon, lat, id)
        """),
        {"lons": lons.tolist(), "lats": lats.tolist()},
    )
    session.execute(text("CREATE INDEX ON asked USING gist (point)"))
    session.execute(text("ANALYZE asked"))
    there = {row.id: row.code for row in session.execute(ASKED)}

    rows = index.rows(lons, lats)
    here = {point: index.codes[row] for point, row in enumerate(rows) if row >= 0}
    assert len(here) > RANDOM / 3
    assert here == there
    single = [index.row(lon, lat) for lon, lat in points[-30_000:].tolist()]
    assert single == rows[-30_000:].tolist()


def _points(index: gridindex.GridIndex) -> gridindex.Floats:
    chance = np.random.default_rng(11)
    west, south, east, north = index.shapes[len(index.shapes) - 1].bounds
    anywhere = np.column_stack(
        [chance.uniform(west, east, RANDOM), chance.uniform(south, north, RANDOM)]
    )
    upper = shapely.get_coordinates(index.shapes.at(np.flatnonzero(index.levels < 5).tolist()))
    buildings = shapely.get_coordinates(index.shapes.at(np.flatnonzero(index.levels == 5).tolist()))
    corners = np.concatenate([upper, buildings[: len(upper)]])
    middles = (corners[:-1] + corners[1:]) / 2
    border = chance.choice(np.concatenate([corners, middles]), BORDER, replace=False)
    return np.concatenate([anywhere, border])
