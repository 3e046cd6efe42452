"""From Chinese map datums to WGS 84: one by one by the library, many by the published formula."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.datum import Datum, many_to_wgs84, to_wgs84, wgs84_to_gcj02
from gridsvc.errors import DatumRefused

METRES_PER_DEGREE = 111_320
# Well inside China, where both datums are defined.
lons, lats = st.floats(80, 130), st.floats(20, 45)


@given(lons, lats, st.sampled_from(list(Datum)))
def test_many_at_once_agree_with_the_library(lon: float, lat: float, datum: Datum) -> None:
    one = to_wgs84(lon, lat, datum)
    many = many_to_wgs84(np.array([lon]), np.array([lat]), datum)
    assert (many[0][0], many[1][0]) == pytest.approx(one, abs=1e-9)


def test_there_and_back_is_good_to_a_tenth_of_a_millimetre() -> None:
    """A tenth of a metre would do; the iteration leaves rounding only."""
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(80, 130, 50_000), rng.uniform(20, 45, 50_000)
    back = many_to_wgs84(*wgs84_to_gcj02(lon, lat), Datum.GCJ02)
    away = np.hypot(back[0] - lon, back[1] - lat) * METRES_PER_DEGREE
    assert away.max() < 1e-4


@given(lons, lats)
def test_the_shift_is_what_a_wrong_datum_looks_like(lon: float, lat: float) -> None:
    """The formula shifts by 17 m (in Qinghai) to 714 m, as a grid of 0.02 degrees shows; by less
    than 100 m in one place of a hundred."""
    moved = to_wgs84(lon, lat, Datum.GCJ02)
    metres = np.hypot((moved.lon - lon) * np.cos(np.radians(lat)), moved.lat - lat)
    assert 15 < metres * METRES_PER_DEGREE < 750


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
@pytest.mark.parametrize("place", [(9.52, 47.14), (-74.0, 40.7), (0.0, 0.0), (180.0, 90.0)])
def test_outside_china_such_a_datum_is_refused(place: tuple[float, float], datum: Datum) -> None:
    with pytest.raises(DatumRefused):
        to_wgs84(*place, datum)
    inside = np.array([102.7, place[0]]), np.array([25.0, place[1]])
    with pytest.raises(DatumRefused):
        many_to_wgs84(*inside, datum)


def test_cgcs2000_is_taken_as_it_is() -> None:
    assert to_wgs84(102.7, 25.0, Datum.CGCS2000) == (102.7, 25.0)
