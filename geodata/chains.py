"""Which unit covers which, level by level, as the ground says."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

# Below this share of its area inside the declared parent, a unit's place is in doubt. Real
# outlines of neighbouring registers differ by slivers of a few tenths of a percent.
DOUBTFUL_SHARE = 0.98

Rows = npt.NDArray[np.int64]
Shapes = npt.NDArray[Any]


class Conflict(NamedTuple):
    """A unit whose declared parent covers only this share of it; rows of the frame."""

    row: int
    declared: int
    share: float
    ground: int


class Chains(NamedTuple):
    """`above[row, level]` is the row of the unit of that level that holds a unit, or -1; at its
    own level it is the unit itself. Shape (n, 6). `declared` is the row of the register's parent.
    """

    above: Rows
    declared: Rows
    inner: Shapes
    conflicts: list[Conflict]

    def parents(self) -> Rows:
        """Row of the deepest unit above each unit, -1 at the top. Shape (n,)."""
        own = np.arange(len(self.above))
        upper = np.where(self.above == own[:, None], -1, self.above)
        deepest = np.full(len(upper), -1, dtype=np.int64)
        for column in upper.T:
            deepest = np.where(column >= 0, column, deepest)
        return deepest

    def codes(self, codes: npt.NDArray[Any]) -> list[list[str]]:
        """For each unit the codes from the highest level down to itself."""
        return [[codes[row] for row in line if row >= 0] for line in self.above.tolist()]


def link(units: pd.DataFrame, shapes: Shapes) -> Chains:
    """Chains of units (columns level, code, parent_code; index 0..n-1) with shapes (n,).

    A unit belongs at each higher level to the unit there that holds an inner point of it. Where
    the level next above holds the declared parent, that one holds the unit if it covers at least
    98 % of it; else the one that covers most of it does.
    """
    levels = units["level"].to_numpy()
    above = np.full((len(units), 6), -1, dtype=np.int64)
    row_of = pd.Series(np.arange(len(units)), index=units["code"])
    declared = row_of.reindex(units["parent_code"]).fillna(-1).to_numpy(np.int64)
    inner = shapely.point_on_surface(shapes)
    conflicts: list[Conflict] = []
    present = sorted(set(levels.tolist()))
    for place, level in enumerate(present[1:], 1):
        rows = np.flatnonzero(levels == level)
        for upper in present[:place]:
            parents = np.flatnonzero(levels == upper)
            above[rows, upper] = _holding(shapes, inner[rows], parents)
        claimed = rows[(declared[rows] >= 0) & (levels[declared[rows]] == upper)]
        conflicts += _settle(shapes, above[:, upper], claimed, declared, parents)
    above[np.arange(len(units)), levels] = np.arange(len(units))
    return Chains(above, declared, inner, conflicts)


def _holding(shapes: Shapes, points: Shapes, parents: Rows) -> Rows:
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
    shapes: Shapes, holder: Rows, claimed: Rows, declared: Rows, parents: Rows
) -> list[Conflict]:
    """Weigh declared parents against the ground, and write the holders of the claimed rows."""
    wanted = declared[claimed]
    shapely.prepare(shapes[wanted])
    covered = shapely.covers(shapes[wanted], shapes[claimed])
    holder[claimed[covered]] = wanted[covered]
    doubtful = claimed[~covered]
    child, near = shapely.STRtree(shapes[parents]).query(shapes[doubtful], "intersects")
    rows, others = doubtful[child], parents[near]
    shared = shapely.area(shapely.intersection(shapes[rows], shapes[others]))
    shares = pd.Series(shared / shapely.area(shapes[rows]))
    best = shares.groupby(child).idxmax()
    ground = pd.Series(others[best.to_numpy(np.int64)], index=doubtful[best.index])
    inside = shares[others == declared[rows]]
    share = pd.Series(inside.to_numpy(), index=rows[inside.index]).reindex(doubtful, fill_value=0.0)
    trusted = share[share >= DOUBTFUL_SHARE].index.to_numpy(np.int64)
    holder[trusted] = declared[trusted]
    conflicts = []
    low = share[share < DOUBTFUL_SHARE]
    for row, part in zip(low.index.to_numpy(np.int64).tolist(), low.tolist(), strict=True):
        holder[row] = int(ground.get(row, -1))
        conflicts.append(Conflict(row, int(declared[row]), part, int(holder[row])))
    return conflicts


def sum_up(units: pd.DataFrame, parents: Rows) -> pd.Series:
    """Households, with what is missing above summed from below where every part is known."""
    households = units["households"].astype("Float64").copy()
    for level in sorted(set(units["level"]), reverse=True)[1:]:
        below = parents >= 0
        sums = households[below].groupby(parents[below]).agg(["sum", "count", "size"])
        whole = sums["sum"][sums["count"] == sums["size"]]
        missing = households.index[(units["level"] == level) & households.isna()]
        households.update(whole.reindex(missing).dropna())
    return households.round().astype("Int64")
