"""Repair outlines, and say what each repair changes."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from geodata import projecting
from geodata.chains import Shapes
from geodata.findings import Finding, capped
from gridsvc.words import Words

REASON = re.compile(r"^(?P<what>[^\[]+?)\s*\[(?P<x>\S+) (?P<y>\S+)\]$")


class Mended(NamedTuple):
    """Rows whose outlines are valid areas in two dimensions, and what was changed."""

    units: gpd.GeoDataFrame
    findings: list[Finding]


def mend(units: gpd.GeoDataFrame, metric_srid: int) -> Mended:
    """Heights dropped and invalid outlines repaired; units of which nothing is left are taken out.

    Every unit comes back as a valid MultiPolygon. Index 0..n-1.
    """
    given = units.geometry.to_numpy()
    noticed = list(_heights(units, given))
    shapes = areas(shapely.force_2d(given))
    mixed = shapely.get_type_id(given) == shapely.GeometryType.GEOMETRYCOLLECTION
    wrong = np.flatnonzero(~shapely.is_valid(shapes) | mixed)
    before = shapes[wrong]
    shapes[wrong] = areas(shapely.make_valid(before, method="structure", keep_collapsed=False))
    noticed += capped(_repairs(units.iloc[wrong], before, shapes[wrong], metric_srid))
    units = units.set_geometry(gpd.GeoSeries(shapes, index=units.index, crs=units.crs))
    return Mended(units[~shapely.is_empty(shapes)].reset_index(drop=True), noticed)


def areas(shapes: Shapes) -> Shapes:
    """The polygons of each shape (n,), at any depth, as one MultiPolygon; lines are left out."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    parts, within = shapely.get_parts(parts, return_index=True)
    polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    empty = np.full(len(shapes), shapely.MultiPolygon(), dtype=object)
    found = shapely.multipolygons(parts[polygon], indices=owner[within[polygon]], out=empty)
    return np.asarray(found, dtype=object)


def _heights(units: gpd.GeoDataFrame, given: Shapes) -> Iterator[Finding]:
    """One finding a level: heights are common in files and mean nothing to a grid."""
    high = shapely.has_z(given)
    for level in sorted(set(units["level"][high])):
        rows = high & (units["level"] == level).to_numpy(bool)
        yield Finding(
            "warning",
            "heights_dropped",
            None,
            Words(
                f"第{level}级有{rows.sum():,}个单元的图形含高程，高程未保存。",
                f"{rows.sum():,} outlines of level {level} carry heights; they are not kept.",
            ),
            {"level": int(level), "units": int(rows.sum())},
            shapely.multipoints(shapely.centroid(shapely.force_2d(given[rows]))),
        )


def _repairs(
    units: gpd.GeoDataFrame, before: Shapes, after: Shapes, metric_srid: int
) -> Iterator[Finding]:
    measured = [
        (
            shapely.area(projecting.to_metres(shapes, metric_srid)).round(2),
            shapely.get_num_geometries(shapes),
            shapely.get_num_coordinates(shapes),
        )
        for shapes in (before, after)
    ]
    reasons = shapely.is_valid_reason(before)
    for row, (code, name) in enumerate(zip(units["code"], units["name"], strict=True)):
        old, new = ([float(figure[row]) for figure in figures] for figures in measured)
        named = ("area_m2", "parts", "vertices")
        detail: dict[str, Any] = {"reason": str(reasons[row])}
        detail |= {f"{figure}_before": value for figure, value in zip(named, old, strict=True)}
        detail |= {f"{figure}_after": value for figure, value in zip(named, new, strict=True)}
        if shapely.is_empty(after[row]):
            yield _lost(code, name, detail, before[row])
        else:
            yield _repaired(code, name, detail, after[row])


def _repaired(code: str, name: str, detail: dict[str, Any], shape: Any) -> Finding:
    reason = detail["reason"]
    found = REASON.match(reason)
    change = (
        "{area_m2_before:,} → {area_m2_after:,} m²，{vertices_before:.0f} → {vertices_after:.0f}"
    )
    changed = change.format(**detail)
    return Finding(
        "warning",
        "invalid_geometry",
        code,
        Words(
            f"“{name}”（{code}）的图形无效（{reason}），已修复：{changed} 个顶点。"
            "请核对修复后的边界。",
            f"The outline of {name} ({code}) was not valid ({reason}); repaired: "
            f"{changed.replace('，', ', ')} vertices. Check the repaired border.",
        ),
        detail,
        shapely.Point(float(found["x"]), float(found["y"])) if found else shape,
    )


def _lost(code: str, name: str, detail: dict[str, Any], shape: Any) -> Finding:
    return Finding(
        "error",
        "no_outline",
        code,
        Words(
            f"“{name}”（{code}）的图形无效（{detail['reason']}），修复后没有面积，未导入。",
            f"The outline of {name} ({code}) was not valid ({detail['reason']}) and has no area "
            "once repaired; left out.",
        ),
        detail,
        shapely.Point(shapely.get_coordinates(shape)[0]),
    )
