"""Which unit covers which, level by level, as the ground says."""

from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geodata import findings
from geodata.findings import Finding

# Below this share of its area inside the declared parent, a unit's place is in doubt. Real
# outlines of neighbouring registers differ by slivers of a few tenths of a percent.
DOUBTFUL_SHARE = 0.98

Rows = npt.NDArray[np.int64]


class Chains(NamedTuple):
    """For each unit the codes from the highest level down to itself, and what was noticed."""

    codes: list[list[str]]
    findings: list[Finding]


def link(units: gpd.GeoDataFrame) -> Chains:
    """Chains of units (columns level, code, parent_code, name, geometry; index 0..n-1).

    A unit belongs at each higher level to the unit there that holds an inner point of it; when
    that is not the declared parent, to the one that holds most of its area.
    """
    above = np.full((len(units), 6), -1, dtype=np.int64)
    noticed: list[Finding] = []
    by_code = {code: row for row, code in enumerate(units["code"])}
    declared = np.array([by_code.get(code, -1) for code in units["parent_code"]], dtype=np.int64)
    levels = units["level"].to_numpy()
    shapes = units.geometry.to_numpy()
    inner = shapely.point_on_surface(shapes)
    present = sorted(set(levels.tolist()))
    for place, level in enumerate(present[1:], 1):
        rows = np.flatnonzero(levels == level)
        for upper in present[:place]:
            parents = np.flatnonzero(levels == upper)
            above[rows, upper] = _holding(shapes, inner[rows], parents)
            if upper == present[place - 1]:
                noticed += _settle(units, above, rows, declared, upper)
        orphans = rows[(above[rows] == -1).all(axis=1)]
        noticed += [findings.no_parent(*_named(units, row), int(level)) for row in orphans]
    above[np.arange(len(units)), levels] = np.arange(len(units))
    codes = units["code"].to_numpy()
    return Chains([[codes[row] for row in line if row >= 0] for line in above], noticed)


def _holding(shapes: npt.NDArray[Any], points: npt.NDArray[Any], parents: Rows) -> Rows:
    """For each point the parent that holds it (the first by row where several touch), or -1."""
    candidates = shapes[parents]
    shapely.prepare(candidates)
    point, near = shapely.STRtree(candidates).query(points)
    xs, ys = shapely.get_x(points), shapely.get_y(points)
    inside = shapely.intersects_xy(candidates[near], xs[point], ys[point])
    found = np.full(len(points), len(shapes), dtype=np.int64)
    np.minimum.at(found, point[inside], parents[near[inside]])
    found[found == len(shapes)] = -1
    return found


def _settle(
    units: gpd.GeoDataFrame, above: Rows, rows: Rows, declared: Rows, upper: int
) -> list[Finding]:
    """Weigh declared parents against the ground, where a parent is declared at this level."""
    levels, shapes = units["level"].to_numpy(), units.geometry.to_numpy()
    claimed = rows[(declared[rows] >= 0) & (levels[declared[rows]] == upper)]
    parents = declared[claimed]
    shapely.prepare(shapes[parents])
    doubtful = claimed[~shapely.covers(shapes[parents], shapes[claimed])]
    noticed = []
    for row in doubtful:
        parent = declared[row]
        share = _share(shapes[row], shapes[parent])
        if share >= DOUBTFUL_SHARE:
            above[row, upper] = parent
            continue
        others = np.flatnonzero(levels == upper)
        shares = [_share(shapes[row], shapes[other]) for other in others]
        above[row, upper] = others[int(np.argmax(shares))]
        code, name = _named(units, row)
        ground = units["code"].iloc[above[row, upper]]
        noticed.append(
            findings.parent_conflict(code, name, units["code"].iloc[parent], share, ground)
        )
    return noticed


def _share(shape: Any, other: Any) -> float:
    if not shapely.intersects(shape, other):
        return 0.0
    return float(shapely.area(shapely.intersection(shape, other)) / shapely.area(shape))


def _named(units: gpd.GeoDataFrame, row: int) -> tuple[str, str]:
    return str(units["code"].iloc[row]), str(units["name"].iloc[row])


def sum_up(units: pd.DataFrame, chains: list[list[str]]) -> pd.Series:
    """Households, with what is missing above summed from below where every part is known."""
    households = units["households"].astype("Int64").copy()
    known = dict(zip(units["code"], households, strict=True))
    for level in sorted(set(units["level"]), reverse=True)[1:]:
        parts: dict[str, list[Any]] = {}
        for chain, code in zip(chains, units["code"], strict=True):
            if len(chain) > 1 and chain[-1] == code:
                parts.setdefault(chain[-2], []).append(known[code])
        for code in units.loc[units["level"] == level, "code"]:
            below = parts.get(code, [])
            if pd.isna(known[code]) and below and not any(pd.isna(part) for part in below):
                known[code] = sum(below)
    return pd.Series([known[code] for code in units["code"]], index=units.index, dtype="Int64")
