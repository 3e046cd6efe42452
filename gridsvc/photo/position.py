"""Where a photo was taken, as its GPS block says, or why it does not say.

EXIF positions are WGS 84 by the standard (Exif 2.32, 4.6.6). Some phones and camera programs sold
in China write GCJ-02 all the same, without marking it: who knows of such a source states the
datum. GPSMapDatum is believed where it names a datum that is known here.
"""

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, NamedTuple

from gridsvc.datum import Datum, to_wgs84
from gridsvc.errors import DatumRefused
from gridsvc.geo import LonLat

LAT_REF, LAT, LON_REF, LON = 1, 2, 3, 4
DIRECTION, MAP_DATUM, H_ERROR = 17, 18, 31
COORDINATES = {LAT_REF, LAT, LON_REF, LON}
# A place in the Gulf of Guinea where no photo was taken: cameras write it for "not known".
NOWHERE_DEGREES = 1e-6
MOST_ERROR_M = 1_000_000.0
DATUMS = {
    "WGS84": Datum.WGS84,
    "WGS1984": Datum.WGS84,
    "CGCS2000": Datum.CGCS2000,
    "GCJ02": Datum.GCJ02,
    "BD09": Datum.BD09,
}
OTHER_DATUMS = re.compile(r"TOKYO|NAD27|ED50|PULKOVO|BEIJING54|XIAN80|OSGB36|AGD66")


class Position(NamedTuple):
    """A point in WGS 84, or the code of the reason why there is none (terms, photo_reason)."""

    point: LonLat | None = None
    reason: str | None = None
    datum: Datum = Datum.WGS84
    accuracy_m: float | None = None
    heading: float | None = None


def read(block: Mapping[int, Any], stated: Datum | None = None) -> Position:
    """The position in a GPS block (tag number to value); `stated` overrules the block's datum."""
    if not block:
        return Position(reason="no_gps")
    if not COORDINATES & block.keys():
        return Position(reason="gps_without_coordinates")
    if missing := COORDINATES - block.keys():
        only_side = missing <= {LAT_REF, LON_REF}
        return Position(reason="no_hemisphere" if only_side else "coordinates_incomplete")
    lat = _degrees(block[LAT], _side(block[LAT_REF], "NS"), 90)
    lon = _degrees(block[LON], _side(block[LON_REF], "EW"), 180)
    if isinstance(lat, str) or isinstance(lon, str):
        return Position(reason=next(bad for bad in (lat, lon) if isinstance(bad, str)))
    if abs(lat) < NOWHERE_DEGREES and abs(lon) < NOWHERE_DEGREES:
        return Position(reason="zero_coordinates")
    datum = stated or _datum(block.get(MAP_DATUM))
    if datum is None:
        return Position(reason="other_datum")
    try:
        point = to_wgs84(lon, lat, datum)
    except DatumRefused:
        return Position(reason="datum_outside_china", datum=datum)
    return Position(
        point,
        datum=datum,
        accuracy_m=_within(block.get(H_ERROR), MOST_ERROR_M),
        heading=_within(block.get(DIRECTION), 360.0),
    )


def _side(value: Any, sides: str) -> int | None:
    """1 for the first of the two sides, -1 for the second, None for anything else."""
    letter = _text(value)[:1].upper()
    return None if letter not in sides or not letter else 1 - 2 * sides.index(letter)


def _degrees(value: Any, side: int | None, most: float) -> float | str:
    """Degrees, minutes and seconds as degrees with their sign, or the reason's code."""
    if side is None:
        return "no_hemisphere"
    if not isinstance(value, tuple | list) or len(value) != 3:
        return "coordinates_incomplete"
    parts = [_number(part) for part in value]
    if any(part is None for part in parts):
        return "bad_numbers"
    degrees, minutes, seconds = (part or 0.0 for part in parts)
    whole = degrees + minutes / 60 + seconds / 3600
    if min(degrees, minutes, seconds) < 0 or minutes > 60 or seconds > 60 or whole > most:
        return "out_of_range"
    return side * whole


def _number(value: Any) -> float | None:
    """A finite number, or None for everything else: a zero denominator, text, bytes."""
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if isfinite(number) else None


def _within(value: Any, most: float) -> float | None:
    number = _number(value)
    return number if number is not None and 0 <= number <= most else None


def _datum(value: Any) -> Datum | None:
    """The datum that the block names; WGS 84 where it names none; None for a foreign one."""
    named = re.sub(r"[^A-Z0-9]", "", _text(value).upper())
    if OTHER_DATUMS.search(named):
        return None
    return DATUMS.get(named, Datum.WGS84)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", errors="ignore")
    return value.strip(" \0") if isinstance(value, str) else ""
