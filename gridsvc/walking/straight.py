"""Distances where a district has no street network: a straight line, times a factor for detours."""

from collections.abc import Iterator

import numpy as np
import shapely
from scipy.spatial import cKDTree

from gridsvc.walking.network import Floats, Ints
from gridsvc.walking.ways import Basis, Flags, Nearest, Pairs, Shapes

# So many places are asked for at once, so that dense ground does not fill the memory.
BATCH = 64


class Straight:
    """Homes in metres (n, 2), and how much longer than a straight line a walk is."""

    basis: Basis = "straight_line"

    def __init__(self, homes: Floats, detour: float) -> None:
        self._homes, self._detour = homes, detour
        self._tree = cKDTree(homes)

    @property
    def stranded(self) -> Flags:
        return np.zeros(len(self._homes), dtype=bool)

    def apart(self, places: Floats) -> Flags:
        return np.zeros(len(places), dtype=bool)

    def nearest(self, places: Floats) -> Nearest:
        count = len(self._homes)
        if len(places) == 0:
            return Nearest(np.full(count, np.inf), np.full(count, -1, dtype=np.int64))
        metres, place = cKDTree(places).query(self._homes)
        return Nearest(metres * self._detour, place.astype(np.int64))

    def pairs(self, places: Floats, limit: float) -> Iterator[Pairs]:
        for start in range(0, len(places), BATCH):
            some = places[start : start + BATCH]
            found = self._tree.query_ball_point(some, limit / self._detour)
            sizes = [len(homes) for homes in found]
            place: Ints = np.repeat(np.arange(len(some)), sizes)
            home: Ints = np.array([row for homes in found for row in homes], dtype=np.int64)
            apart = np.hypot(*(some[place] - self._homes[home]).T)
            yield Pairs(place + start, home, apart * self._detour)

    def ground(self, places: Floats, limit: float) -> Shapes:
        found, at = np.unique(places, axis=0, return_inverse=True)
        circles = np.asarray(shapely.buffer(shapely.points(found), limit / self._detour), object)
        if len(found) > 1:
            cells = shapely.voronoi_polygons(
                shapely.multipoints(found),
                extend_to=shapely.box(*shapely.total_bounds(circles)),
                ordered=True,
            )
            circles = np.asarray(shapely.intersection(circles, shapely.get_parts(cells)), object)
        drawn: Shapes = circles[at.reshape(-1)]
        return drawn
