"""Where a GPS block says a photo was taken, or the plain reason why it does not say."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL.TiffImagePlugin import IFDRational

from gridsvc.datum import Datum
from gridsvc.photo import position
from tests.photo.made import dms, gps

NINETY = (IFDRational(90, 1), IFDRational(0, 1), IFDRational(1, 1))


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(102.7431, 25.0132), (-94.288772, 39.051344), (36.793572, -1.263844), (-70.66, -33.45)],
)
def test_hemispheres(lon: float, lat: float) -> None:
    found = position.read(gps(lon, lat))
    assert found.point is not None and found.reason is None
    assert abs(found.point.lon - lon) < 1e-6 and abs(found.point.lat - lat) < 1e-6


@given(
    st.floats(-180, 180, allow_nan=False).filter(lambda lon: abs(lon) > 1e-3),
    st.floats(-90, 90, allow_nan=False),
)
def test_any_place_on_earth_comes_back_within_a_millionth_of_a_degree(
    lon: float, lat: float
) -> None:
    found = position.read(gps(lon, lat))
    assert found.point is not None
    assert abs(found.point.lon - lon) < 1e-6 and abs(found.point.lat - lat) < 1e-6


def without(*tags: int) -> dict[int, Any]:
    return {tag: value for tag, value in gps(102.74, 25.01).items() if tag not in tags}


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ({}, "no_gps"),
        ({0: b"\x02\x02\x00\x00", 6: 340.0}, "gps_without_coordinates"),
        (without(2), "coordinates_incomplete"),
        (without(4), "coordinates_incomplete"),
        (without(1), "no_hemisphere"),
        (without(3), "no_hemisphere"),
        (gps(102, 25) | {1: "\0"}, "no_hemisphere"),
        (gps(102, 25) | {3: "N"}, "no_hemisphere"),
        (gps(102, 25) | {2: dms(25)[:2]}, "coordinates_incomplete"),
        (gps(102, 25) | {2: IFDRational(25, 1)}, "coordinates_incomplete"),
        (gps(102, 25) | {2: b"25"}, "coordinates_incomplete"),
        (gps(102, 25) | {2: (25, b"x", 0)}, "bad_numbers"),
        (gps(102, 25) | {2: (IFDRational(25, 0), 0, 0)}, "bad_numbers"),
        (gps(102, 25) | {4: (IFDRational(0, 0), 0, 0)}, "bad_numbers"),
        (gps(102, 25) | {4: (float("nan"), 0.0, 0.0)}, "bad_numbers"),
        (gps(102, 25) | {4: (float("inf"), 0.0, 0.0)}, "bad_numbers"),
        (gps(102, 25) | {2: NINETY}, "out_of_range"),
        (gps(102, 25) | {4: (IFDRational(181, 1), 0, 0)}, "out_of_range"),
        (gps(102, 25) | {4: (102, 61, 0)}, "out_of_range"),
        (gps(102, 25) | {4: (102, 0, 61)}, "out_of_range"),
        (gps(102, 25) | {4: (102, -1, 0)}, "out_of_range"),
        (gps(0, 0), "zero_coordinates"),
        (gps(102, 25, datum="TOKYO"), "other_datum"),
    ],
)
def test_what_is_no_place_has_a_plain_reason(block: dict[int, Any], reason: str) -> None:
    found = position.read(block)
    assert (found.point, found.reason) == (None, reason)


def test_one_zero_coordinate_is_a_place() -> None:
    """The equator and the meridian of Greenwich have streets."""
    for lon, lat in ((0.0, 51.4779), (36.8, 0.0)):
        assert position.read(gps(lon, lat)).point == pytest.approx((lon, lat))


def test_the_edges_of_the_earth_are_on_it() -> None:
    assert position.read(gps(180, 90)).point == (180, 90)
    assert position.read(gps(-180, -90)).point == (-180, -90)


def test_decimal_minutes_and_seconds_of_sixty_are_read() -> None:
    block = gps(102, 25) | {2: (Fraction(25), Fraction(3, 4), Fraction(0)), 4: (102, 59, 60.0)}
    assert position.read(block).point == pytest.approx((103.0, 25.0125))


@pytest.mark.parametrize("value", ["n", "N\0", "North", b"N\x00"])
def test_letters_are_read_as_cameras_write_them(value: Any) -> None:
    assert position.read(gps(102, 25) | {1: value}).point == pytest.approx((102, 25))


def test_a_stated_datum_overrules_what_the_photo_says() -> None:
    plain = position.read(gps(102.74, 25.01, datum="WGS-84   "))
    stated = position.read(gps(102.74, 25.01, datum="WGS-84"), Datum.GCJ02)
    marked = position.read(gps(102.74, 25.01, datum="GCJ-02"))
    assert plain.point == pytest.approx((102.74, 25.01), abs=1e-7)
    assert stated.point == marked.point and stated.datum == marked.datum == Datum.GCJ02
    assert stated.point and plain.point
    assert 100 < abs(stated.point.lon - plain.point.lon) * 1e5 < 700


def test_a_chinese_datum_outside_china_is_a_reason() -> None:
    found = position.read(gps(9.5, 47.1), Datum.GCJ02)
    assert (found.point, found.reason) == (None, "datum_outside_china")


def test_accuracy_and_heading_are_read_where_they_make_sense() -> None:
    told = gps(102, 25, error=IFDRational(77, 2), heading=IFDRational(3480, 10))
    found = position.read(told)
    assert (found.accuracy_m, found.heading) == (38.5, 348.0)
    found = position.read(gps(102, 25, error=IFDRational(-5, 1), heading=IFDRational(361, 1)))
    assert (found.accuracy_m, found.heading) == (None, None)
    assert found.point is not None


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=9),
    st.binary(max_size=9),
    st.builds(IFDRational, st.integers(), st.integers()),
    st.lists(st.one_of(st.integers(), st.floats(), st.binary(max_size=3)), max_size=4).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from([0, 1, 2, 3, 4, 6, 17, 18, 29, 31]), ANYTHING),
    st.sampled_from([None, *Datum]),
)
def test_any_block_gives_a_place_on_earth_or_a_reason(
    block: dict[int, Any], stated: Datum | None
) -> None:
    found = position.read(block, stated)
    assert (found.point is None) != (found.reason is None)
    if found.point:
        assert -180 <= found.point.lon <= 180 and -90 <= found.point.lat <= 90
