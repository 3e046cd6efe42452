"""Distances where a district has no street network: a straight line, times a factor for detours."""

from collections.abc import Iterator

import numpy as np
from scipy.spatial import cKDTree

from gridsvc.walking.network import Floats, Ints
from gridsvc.walking.ways import NOWHERE, Basis, Flags, Ground, Nearest, Pairs

# So many places are asked for at once, so that dense ground does not fill the memory.
BATCH = 64
# Points of a circle's ground are so far apart.
STEP_M = 50.0


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

    def ground(self, places: Floats, limit: float) -> Ground:
        if len(places) == 0:
            return NOWHERE
        radius = limit / self._detour
        steps = np.arange(-np.floor(radius / STEP_M), np.floor(radius / STEP_M) + 1) * STEP_M
        around = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
        around = around[np.hypot(*around.T) <= radius]
        points = (places[:, None, :] + around).reshape(-1, 2)
        metres, place = cKDTree(places).query(points)
        return Ground(points, place.astype(np.int64), metres * self._detour)
