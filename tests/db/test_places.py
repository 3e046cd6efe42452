"""What is said of a point beside its chain: other grounds, the nearest building, odd places."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import gridindex, nearby
from gridsvc.geo import LonLat
from gridsvc.gridindex import GridIndex, Units
from gridsvc.locate import Location, locate
from tests.conftest import HOUSE, lay_town
from tests.sketch import NORTH, STEP, WEST, middle

METRE = 1 / 111_195
SHARE = text("""
    SELECT unit.code, ST_Area(ST_Intersection(ST_Transform(unit.geom, 4543), circle))
                      / ST_Area(circle) AS share
    FROM grid_unit unit, ST_Buffer(ST_Transform(
        ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), 4543), :radius, 16) circle
    WHERE district_code = 't' AND edition_no = :edition AND level = 3
      AND ST_Intersects(ST_Transform(unit.geom, 4543), circle)
""")


@pytest.fixture
def index(session: Session) -> GridIndex:
    district = lay_town(session)
    assert district.edition_no
    return gridindex.load(session, district.code, district.edition_no)


offset = st.floats(0.2, 2.8).map(lambda squares: squares * STEP)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(east=offset, south=offset, radius=st.floats(5, 1500))
def test_shares_of_the_circle_agree_with_postgis(
    session: Session, index: GridIndex, east: float, south: float, radius: float
) -> None:
    point = LonLat(WEST + east, NORTH - south)
    values = {"lon": point.lon, "lat": point.lat, "radius": radius, "edition": index.edition}
    wanted = {row.code: row.share for row in session.execute(SHARE, values)}
    found = {
        index.codes[part.row]: part.share
        for part in nearby.shares(index, point, radius)
        if part.row >= 0 and index.level_of[part.row] == 3
    }
    for code in wanted.keys() | found.keys():
        assert found.get(code, 0) == pytest.approx(wanted.get(code, 0), abs=0.03)
    assert sum(part.share for part in nearby.shares(index, point, radius)) == pytest.approx(
        1, abs=0.01
    )


def test_a_radius_across_a_border_names_the_other_ground_and_its_part(index: GridIndex) -> None:
    border = LonLat(WEST + 2 * STEP - 10 * METRE / 0.906, NORTH - STEP / 2)
    place = locate(index, Location(border.lon, border.lat, accuracy_m=40))
    assert place.chain[-1].code == "T.S.A"
    (other,) = place.candidates
    assert other.chain[-1].code == "T.S.B"
    # A circle of 40 m cut 10 m from its middle: 34.3 % lie beyond the chord.
    beyond = (math.acos(0.25) - 0.25 * math.sqrt(1 - 0.25**2)) / math.pi
    assert other.share == pytest.approx(beyond, abs=0.01)
    assert place.confidence == pytest.approx(1 - beyond, abs=0.01)


def test_a_small_radius_leaves_no_doubt(index: GridIndex) -> None:
    place = locate(index, Location(*middle(0, 0), accuracy_m=200))
    assert (place.confidence, place.candidates) == (1.0, ())


def test_outside_with_a_radius_names_what_it_reaches(index: GridIndex) -> None:
    west = LonLat(WEST - 20 * METRE / 0.906, NORTH - STEP / 2)
    place = locate(index, Location(west.lon, west.lat, accuracy_m=60))
    assert place.manual == "outside_grid"
    assert [one.chain[-1].code for one in place.candidates] == ["T.S.A"]


def test_a_point_beside_a_building_is_led_to_it(index: GridIndex) -> None:
    lon, lat = HOUSE
    wall = lon + 0.00015
    beside = Location(wall + 8 * METRE / math.cos(math.radians(lat)), lat)
    place = locate(index, beside)
    assert (place.method, place.chain[-1].code) == ("nearest_building", "T.B.1")
    assert place.nearest_m == pytest.approx(8, abs=0.2)
    assert locate(index, beside, nearest_m=5).chain[-1].code == "T.S.A"
    assert locate(index, Location(lon, lat)).method == "contains"


def test_a_building_across_the_border_is_not_near() -> None:
    """The nearest building may not carry a point over into another community."""
    left, right = shapely.box(102, 25, 102.01, 25.01), shapely.box(102.01, 25, 102.02, 25.01)
    house = shapely.box(102.01001, 25.005, 102.0103, 25.0053)
    grid = units(
        ("D", 1, "", shapely.union_all([left, right])),
        ("L", 3, "D", left),
        ("R", 3, "D", right),
        ("B", 5, "D R", house),
    )
    beside = locate(grid, Location(102.00999, 25.0051))
    assert (beside.method, beside.chain[-1].code) == ("contains", "L")
    assert locate(grid, Location(102.010005, 25.0051)).chain[-1].code == "B"


def units(*rows: tuple[str, int, str, shapely.Geometry]) -> GridIndex:
    codes, levels, above, shapes = zip(*rows, strict=True)
    wkb = [shapely.to_wkb(shape) for shape in shapes]
    return GridIndex(
        1,
        Units(
            np.array([code.encode() for code in codes]),
            np.array(levels, dtype=np.int8),
            list(codes),
            list(above),
            np.array([len(one) for one in wkb]),
            b"".join(wkb),
        ),
    )


@pytest.mark.parametrize("lat", [90.0, -90.0, 0.0])
@pytest.mark.parametrize("lon", [180.0, -180.0, 0.0, 179.99999])
@pytest.mark.parametrize("accuracy", [None, 0, 30, 1_000_000])
def test_poles_and_the_antimeridian_have_one_answer(
    lon: float, lat: float, accuracy: float | None
) -> None:
    world = units(
        ("W", 1, "", shapely.box(-180, -90, 180, 90)),
        ("E", 3, "W", shapely.box(0, -90, 180, 90)),
        ("V", 3, "W", shapely.box(-180, -90, 0, 90)),
    )
    place = locate(world, Location(lon, lat, accuracy_m=accuracy))
    assert len(place.chain) == 2
    turned = locate(world, Location(-lon if abs(lon) == 180 else lon, lat, accuracy_m=accuracy))
    assert place.chain[-1].code == turned.chain[-1].code == "E"


def test_the_antimeridian_is_one_line() -> None:
    east = units(("E", 1, "", shapely.box(179, -1, 180, 1)))
    assert east.row(-180.0, 0.0) == east.row(180.0, 0.0) == 0
    assert east.rows(np.array([-180.0, 180.0]), np.zeros(2)).tolist() == [0, 0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lon=st.floats(-180, 180), lat=st.floats(-90, 90), accuracy=st.none() | st.floats(0, 1_000_000)
)
def test_any_point_on_earth_is_answered(
    index: GridIndex, lon: float, lat: float, accuracy: float | None
) -> None:
    place = locate(index, Location(lon, lat, accuracy_m=accuracy))
    assert bool(place.chain) != bool(place.manual)
