"""The index in memory and PostGIS always give the same answer, at edges and corners too."""

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import gridindex
from gridsvc.geo import LonLat
from gridsvc.gridindex import Floats, GridIndex, Rows
from tests.conftest import lay_town
from tests.sketch import NORTH, STEP, WEST, middle

ASKED = text("""
    SELECT unit.code FROM unnest(CAST(:lons AS float8[]), CAST(:lats AS float8[]))
        WITH ORDINALITY AS point (lon, lat, place)
    LEFT JOIN LATERAL (
        SELECT code FROM grid_unit
        WHERE district_code = :district AND edition_no = :edition
          AND ST_Intersects(geom, ST_SetSRID(ST_MakePoint(point.lon, point.lat), 4326))
        ORDER BY level DESC, code COLLATE "C" LIMIT 1
    ) unit ON true
    ORDER BY point.place
""")


def postgis(session: Session, index: GridIndex, lons: Floats, lats: Floats) -> list[str | None]:
    values = {"edition": index.edition, "lons": lons.tolist(), "lats": lats.tolist()}
    return list(session.scalars(ASKED, values | {"district": "t"}))


def codes(index: GridIndex, rows: Rows) -> list[str | None]:
    return [index.codes[row] if row >= 0 else None for row in rows]


@pytest.fixture
def index(session: Session) -> GridIndex:
    district = lay_town(session)
    assert district.edition_no
    return gridindex.load(session, district.code, district.edition_no)


# Multiples of a quarter square: inner points, edges, corners, and ground outside.
steps = st.integers(-2, 14).map(lambda n: round(n * STEP / 4, 6))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(steps, steps), min_size=1, max_size=60))
def test_edges_and_corners_agree_with_postgis(
    session: Session, index: GridIndex, offsets: list[tuple[float, float]]
) -> None:
    lons = np.array([round(WEST + east, 6) for east, _ in offsets])
    lats = np.array([round(NORTH - south, 6) for _, south in offsets])
    bulk = codes(index, index.rows(lons, lats))
    assert bulk == postgis(session, index, lons, lats)
    assert bulk == codes(index, np.array([index.row(*at) for at in zip(lons, lats, strict=True)]))


def test_a_shared_edge_belongs_to_the_smaller_code(index: GridIndex) -> None:
    on_the_edge = round(WEST + 2 * STEP, 6), middle(0, 0)[1]
    assert index.codes[index.row(*on_the_edge)] == "T.S.A"


def test_a_building_goes_before_the_ground_around_it(index: GridIndex) -> None:
    hit = index.locate(LonLat(*middle(0, 0)))
    assert hit is not None
    assert [unit.level for unit in hit.chain] == [1, 2, 3, 5]


def test_the_border_is_as_far_as_it_is(index: GridIndex) -> None:
    hit = index.locate(LonLat(*middle(0, 2)))
    assert hit is not None
    # Half a square to the south, west and east; a hundredth of a degree is 1.1 km.
    assert hit.border_m == pytest.approx(503, rel=0.02)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(0, 90), (0, -90), (180, 0), (-180, 0), (float("nan"), 0.0), (float("inf"), 0.0)],
)
def test_the_ends_of_the_earth_are_nowhere_and_no_exception(
    index: GridIndex, lon: float, lat: float
) -> None:
    assert index.row(lon, lat) == -1
    assert index.rows(np.array([lon]), np.array([lat])).tolist() == [-1]


def test_a_hole_is_told_from_the_outside(index: GridIndex) -> None:
    assert index.in_hole(LonLat(*middle(1, 1)))
    assert not index.in_hole(LonLat(103.5, 25.5))


def test_a_shape_with_many_corners_agrees_on_its_vertices(session: Session) -> None:
    """Points on vertices and on the middle of edges of a real-looking outline."""
    district = lay_town(session)
    assert district.edition_no
    index = gridindex.load(session, district.code, district.edition_no)
    corners = shapely.get_coordinates(index.shapes.at(range(len(index.shapes))))
    middles = (corners[:-1] + corners[1:]) / 2
    points = np.concatenate([corners, middles])
    found = codes(index, index.rows(points[:, 0].copy(), points[:, 1].copy()))
    assert found == postgis(session, index, points[:, 0], points[:, 1])
