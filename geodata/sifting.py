"""Which rows can become grid units at all; each of the others is a finding of severity error."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely import GeometryType

from geodata import projecting
from geodata.findings import Finding, capped
from gridsvc.errors import BadInput
from gridsvc.geo import SRID
from gridsvc.words import Words

COLUMNS = ("level", "code", "parent_code", "name", "kind", "households", "generated")
AREAS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON, GeometryType.GEOMETRYCOLLECTION)
# Beyond this many a 64-bit number drops digits, so a code kept as a number is no longer the code.
EXACT = 2**53
MARGIN_DEGREES = 1.0

Flags = npt.NDArray[np.bool_]


class Sifted(NamedTuple):
    """Usable rows in the order of level and code, and why the others are not used."""

    units: gpd.GeoDataFrame
    findings: list[Finding]


def sift(given: gpd.GeoDataFrame, metric_srid: int) -> Sifted:
    """Rows (EPSG:4326, COLUMNS; absent ones are empty) that have a level, a code and an area.

    Adds `unnamed`. BadInput only where there are no rows, or not in EPSG:4326.
    """
    if given.crs is None or given.crs.to_epsg() != SRID:
        raise BadInput(zh="网格图形必须是 EPSG:4326。", en="The grid must be in EPSG:4326.")
    if given.empty:
        raise BadInput(zh="没有任何网格单元。", en="There is no grid unit at all.")
    units = _typed(given)
    shapes = units.geometry.to_numpy()
    noticed: list[Finding] = []
    usable = np.ones(len(units), dtype=bool)
    for fault in (_outlines, _coordinates, _levels, _codes):
        found = fault(units[usable], shapes[usable], metric_srid)
        noticed += capped(found.findings)
        usable[np.flatnonzero(usable)[found.bad]] = False
    kept = units[usable].sort_values(["level", "code"], ignore_index=True)
    kept["level"] = kept["level"].astype(int)
    return Sifted(gpd.GeoDataFrame(kept, geometry="geometry", crs=SRID), noticed)


class Fault(NamedTuple):
    """Rows that one rule takes out, as flags (n,), and what is said of them."""

    bad: Flags
    findings: Iterator[Finding]


def _typed(given: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    units = given.reindex(columns=[*COLUMNS, "geometry"]).reset_index(drop=True)
    units["code"] = texts(units["code"])
    units["parent_code"] = texts(units["parent_code"]).replace("", None)
    units["name"] = texts(units["name"])
    units["unnamed"] = units["name"] == ""
    units["name"] = units["name"].where(~units["unnamed"], units["code"])
    units["generated"] = units["generated"].eq(True)
    units["households"] = pd.to_numeric(units["households"], errors="coerce")
    units["level"] = pd.to_numeric(units["level"], errors="coerce")
    return units


def texts(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Cells as text without spaces around; "" for none. 110105001.0 is the number 110105001."""
    if pd.api.types.is_float_dtype(column):
        whole = column.notna() & (column % 1 == 0) & (column.abs() < EXACT)
        column = column.astype(object).where(~whole, column[whole].astype("int64"))
    return column.astype(object).where(column.notna(), "").astype(str).str.strip()


def _outlines(units: gpd.GeoDataFrame, shapes: Any, _srid: int) -> Fault:
    areal = np.isin(shapely.get_type_id(shapes), AREAS) & ~shapely.is_empty(shapes)
    bad = ~areal
    return Fault(bad, (_no_outline(*row) for row in _rows(units[bad], shapes[bad])))


def _no_outline(code: str, name: str, shape: Any) -> Finding:
    what = "空" if shape is None or shape.is_empty else shape.geom_type
    what_en = "nothing" if shape is None or shape.is_empty else f"a {shape.geom_type}"
    return Finding(
        "error",
        "no_outline",
        code,
        Words(
            f"“{name}”（{code}）的图形为{what}，不是面，未导入。网格单元必须是面。",
            f"The shape of {name} ({code}) is {what_en}, not an area; left out. "
            "A grid unit is an area.",
        ),
        {"type": None if shape is None else shape.geom_type},
        shape if shape is not None and not shape.is_empty else None,
    )


def _coordinates(units: gpd.GeoDataFrame, shapes: Any, metric_srid: int) -> Fault:
    """Numbers that are no place on earth, or only one with longitude and latitude swapped."""
    bounds = shapely.bounds(shapes)
    finite = np.isfinite(shapely.get_coordinates(shapes)).all(axis=1)
    owner = np.repeat(np.arange(len(shapes)), shapely.get_num_coordinates(shapes))
    broken = np.bincount(owner, ~finite, minlength=len(shapes)) > 0
    broken |= ~_within(bounds, (-180.0, -90.0, 180.0, 90.0))
    west, south, east, north = projecting.area_of_use(metric_srid)
    use = (
        west - MARGIN_DEGREES,
        south - MARGIN_DEGREES,
        east + MARGIN_DEGREES,
        north + MARGIN_DEGREES,
    )
    swapped = ~_within(bounds, use) & _within(bounds[:, [1, 0, 3, 2]], use)
    bad = broken | swapped
    return Fault(
        bad,
        (
            (_swapped if turned else _impossible)(*row)
            for turned, row in zip(swapped[bad], _rows(units[bad], shapes[bad]), strict=True)
        ),
    )


def _within(bounds: Any, box: tuple[float, float, float, float]) -> Flags:
    west, south, east, north = box
    inside: Flags = (bounds[:, :2] >= (west, south)).all(axis=1)
    inside &= (bounds[:, 2:] <= (east, north)).all(axis=1)
    return inside


def _swapped(code: str, name: str, shape: Any) -> Finding:
    return Finding(
        "error",
        "swapped_coordinates",
        code,
        Words(
            f"“{name}”（{code}）的经度与纬度写反了，未导入。请在源文件中对调。",
            f"Longitude and latitude of {name} ({code}) are swapped; left out. "
            "Swap them in the file.",
        ),
        {},
        shapely.transform(shape, lambda corners: corners[:, ::-1]),
    )


def _impossible(code: str, name: str, shape: Any) -> Finding:
    return Finding(
        "error",
        "bad_coordinates",
        code,
        Words(
            f"“{name}”（{code}）的坐标不是地球上的位置，未导入。请检查坐标系（--crs）与数据。",
            f"The coordinates of {name} ({code}) are no place on earth; left out. "
            "Check the coordinate system (--crs) and the data.",
        ),
        {"bounds": [None if np.isnan(x) else float(x) for x in shapely.bounds(shape)]},
        None,
    )


def _levels(units: gpd.GeoDataFrame, shapes: Any, _srid: int) -> Fault:
    bad = ~units["level"].isin(range(1, 6)).to_numpy(bool)
    levels = units["level"][bad]
    return Fault(
        bad,
        (
            _wrong_level(*row, level)
            for row, level in zip(_rows(units[bad], shapes[bad]), levels, strict=True)
        ),
    )


def _wrong_level(code: str, name: str, shape: Any, level: float) -> Finding:
    stated = "空" if np.isnan(level) else f"{level:g}"
    return Finding(
        "error",
        "wrong_level",
        code,
        Words(
            f"“{name}”（{code}）的层级为{stated}，应为 1 至 5，未导入。",
            f"The level of {name} ({code}) is "
            f"{'missing' if np.isnan(level) else stated}, not 1 to 5; left out.",
        ),
        {"level": None if np.isnan(level) else level},
        shape,
    )


def _codes(units: gpd.GeoDataFrame, shapes: Any, _srid: int) -> Fault:
    codes = units["code"]
    blank = (codes == "").to_numpy(bool)
    again = codes.duplicated().to_numpy(bool) & ~blank
    return Fault(blank | again, _about_codes(units, shapes, blank, again))


def _about_codes(
    units: gpd.GeoDataFrame, shapes: Any, blank: Flags, again: Flags
) -> Iterator[Finding]:
    for row in np.flatnonzero(blank):
        name = str(units["name"].iloc[row])
        yield Finding(
            "error",
            "wrong_code",
            None,
            Words(f"“{name}”没有编码，未导入。", f"A unit named {name!r} has no code; left out."),
            {"name": name},
            shapes[row],
        )
    for code, rows in units[again].groupby("code", sort=False).indices.items():
        first = int(np.flatnonzero(units["code"] == code)[0])
        others = np.flatnonzero(again)[rows]
        yield Finding(
            "error",
            "repeated_code",
            str(code),
            Words(
                f"编码{code}出现了{len(others) + 1}次，只保留第一个“{units['name'].iloc[first]}”。"
                "请为其余单元改编码。",
                f"The code {code} occurs {len(others) + 1} times; only the first, "
                f"{units['name'].iloc[first]}, is kept. Give the others codes of their own.",
            ),
            {"times": len(others) + 1},
            shapely.geometrycollections(shapes[[first, *others]]),
        )


def _rows(units: gpd.GeoDataFrame, shapes: Any) -> Iterator[tuple[str, str, Any]]:
    return zip(units["code"], units["name"], shapes, strict=True)
