"""What lies around a point: the ground that its circle of error reaches, and the nearest building.

All is measured in a plane laid through the point, good to 1 % within a few kilometres.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from gridsvc.geo import METRES_PER_DEGREE, LonLat, metres_per_degree_lon
from gridsvc.gridindex import BUILDING, GridIndex

# Corners on a quarter of the circle of error: its area is good to 0.2 %.
QUARTER = 16
# Less of the circle than this is a touch, not a doubt.
LEAST_SHARE = 0.001
OUTSIDE = -1

Shapes = npt.NDArray[Any]


class Share(NamedTuple):
    """A unit that may hold the place, and the part of the circle of error that lies on its ground.

    `row` is OUTSIDE for the part that lies outside the grid.
    """

    row: int
    share: float


class Near(NamedTuple):
    """A unit and how far away it is, in metres."""

    row: int
    metres: float


def shares(grid: GridIndex, point: LonLat, radius_m: float) -> list[Share]:
    """How the circle of so many metres around the point is divided; the largest part first.

    Each part belongs to the deepest unit above the buildings that covers it. The parts add up
    to 1 where units of one level do not overlap.
    """
    rows, shapes = _around(grid, point, radius_m, lambda level: level < BUILDING)
    circle = shapely.Point(0, 0).buffer(radius_m, quad_segs=QUARTER)
    covered = dict(
        zip(rows, (shapely.area(shapely.intersection(shapes, circle)) / circle.area), strict=True)
    )
    left = {OUTSIDE: 1.0} | {row: float(share) for row, share in covered.items()}
    for row, share in covered.items():
        above = [up for up in grid.parents[row].tolist() if up in covered and up != row]
        left[above[-1] if above else OUTSIDE] -= float(share)
    found = [Share(row, share) for row, share in left.items() if share >= LEAST_SHARE]
    return sorted(found, key=lambda one: (-one.share, one.row))


def nearest_building(grid: GridIndex, point: LonLat, within_m: float) -> Near | None:
    """The nearest building at most so many metres away; of equally near ones the first by code."""
    rows, shapes = _around(grid, point, within_m, lambda level: level == BUILDING)
    if not rows:
        return None
    metres = shapely.distance(shapes, shapely.Point(0, 0))
    first = int(np.argmin(metres))
    return Near(rows[first], float(metres[first])) if metres[first] <= within_m else None


def _around(
    grid: GridIndex, point: LonLat, metres: float, wanted: Callable[[int], bool]
) -> tuple[list[int], Shapes]:
    """Units of wanted levels near the point: rows (n,), and what of them lies within the window
    (n,), in metres from the point."""
    scale = np.array([metres_per_degree_lon(point.lat), METRES_PER_DEGREE])
    east, north = np.minimum(metres / scale, 360.0).tolist()
    window = (point.lon - east, point.lat - north, point.lon + east, point.lat + north)
    rows = [row for row in grid.cells.meeting(*window) if wanted(grid.level_of[row])]
    clipped = shapely.clip_by_rect(grid.shapes.at(rows), *window)
    return rows, shapely.transform(clipped, lambda corners: (corners - point) * scale)
