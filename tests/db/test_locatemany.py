"""Many points at once give what one by one gives."""

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from gridsvc import gridindex
from gridsvc.datum import Datum
from gridsvc.gridindex import GridIndex
from gridsvc.locate import Location, locate
from gridsvc.locatemany import Locator
from tests.conftest import HOUSE, lay_town
from tests.db.test_places import units
from tests.sketch import NORTH, STEP, WEST


@pytest.fixture
def index(session: Session) -> GridIndex:
    district = lay_town(session)
    assert district.edition_no
    return gridindex.load(session, district.code, district.edition_no)


# Around the house in metres, and all over the town in quarters of a square.
beside = st.tuples(st.floats(-60, 60), st.floats(-60, 60)).map(
    lambda metres: (HOUSE[0] + metres[0] / 100_800, HOUSE[1] + metres[1] / 111_195)
)
steps = st.integers(-2, 14)
anywhere = st.tuples(steps, steps).map(
    lambda steps: (round(WEST + steps[0] * STEP / 4, 6), round(NORTH - steps[1] * STEP / 4, 6))
)
odd = st.sampled_from([(float("nan"), 1.0), (180.0, 0.0), (-180.0, 90.0), (500.0, 0.0)])
points = st.lists(st.tuples(beside | anywhere | odd, st.floats(0, 400)), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(points, st.sampled_from([Datum.WGS84, Datum.CGCS2000]))
def test_every_answer_is_the_one_of_a_single_question(
    index: GridIndex, told: list[tuple[tuple[float, float], float]], datum: Datum
) -> None:
    lons, lats = (np.array([point[axis] for point, _ in told]) for axis in (0, 1))
    accuracy = np.array([metres for _, metres in told])
    many = Locator(index).locate(lons, lats, datum, accuracy)
    for at, ((lon, lat), metres) in enumerate(told):
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            assert many.manual[at] == "no_position"
            continue
        one = locate(index, Location(lon, lat, datum, metres))
        chain = index.chain(int(many.rows[at])) if many.rows[at] >= 0 else ()
        assert (chain, many.method[at], many.manual[at]) == (one.chain, one.method, one.manual)
        for figures, single in (
            (many.border_m, one.border_m),
            (many.nearest_m, one.nearest_m),
            (many.confidence, one.confidence if one.chain else None),
        ):
            assert figures[at] == pytest.approx(np.nan if single is None else single, nan_ok=True)


def test_a_building_across_the_border_is_not_near() -> None:
    """Beside single answers, where most points of a town are not near a border."""
    left, right = shapely.box(102, 25, 102.01, 25.01), shapely.box(102.01, 25, 102.02, 25.01)
    grid = units(
        ("D", 1, "", shapely.union_all([left, right])),
        ("L", 3, "D", left),
        ("R", 3, "D", right),
        ("B", 5, "D R", shapely.box(102.01001, 25.005, 102.0103, 25.0053)),
    )
    many = Locator(grid).locate(np.array([102.00999, 102.010005]), np.array([25.0051, 25.0051]))
    assert [grid.codes[row] for row in many.rows.tolist()] == ["L", "B"]


def test_chinese_datums_are_converted(index: GridIndex) -> None:
    lons, lats = np.array([HOUSE[0] + 0.0016]), np.array([HOUSE[1] - 0.0027])
    many = Locator(index).locate(lons, lats, Datum.GCJ02)
    one = locate(index, Location(float(lons[0]), float(lats[0]), Datum.GCJ02))
    assert one.point is not None
    assert (many.lons[0], many.lats[0]) == pytest.approx(one.point, abs=1e-9)
