"""A raster of cells over boxes: which boxes may hold a point, without building a geometry for it.

A tree answers many points at once well; for one point most of its time goes into making a point
object. Here one lookup is two multiplications and a slice.
"""

from array import array

import numpy as np
import numpy.typing as npt

MOST_CELLS_A_SIDE = 512


class Cells:
    """Boxes (n, 4: west, south, east, north) by cell, each cell's boxes in ascending order."""

    def __init__(self, boxes: npt.NDArray[np.float64]) -> None:
        self.west, self.south = float(boxes[:, 0].min()), float(boxes[:, 1].min())
        self.east, self.north = float(boxes[:, 2].max()), float(boxes[:, 3].max())
        side = int(np.clip(np.sqrt(len(boxes)), 1, MOST_CELLS_A_SIDE))
        self.side = side
        # A hair below `side`, so that the eastern and northern edges fall into the last cells.
        fit = side * (1 - 1e-9)
        self.per_lon = fit / max(self.east - self.west, 1e-12)
        self.per_lat = fit / max(self.north - self.south, 1e-12)
        self.boxes = tuple(array("d", boxes[:, edge].tobytes()) for edge in range(4))
        self._fill(boxes)

    def _fill(self, boxes: npt.NDArray[np.float64]) -> None:
        """Boxes repeated for every cell they touch, sorted by cell."""
        left, right = (self._column(boxes[:, edge]) for edge in (0, 2))
        low, high = (self._row(boxes[:, edge]) for edge in (1, 3))
        width, height = right - left + 1, high - low + 1
        count = width * height
        box = np.repeat(np.arange(len(boxes)), count)
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        column = left[box] + within % width[box]
        row = low[box] + within // width[box]
        cell = row * self.side + column
        order = np.argsort(cell, kind="stable")
        starts = np.searchsorted(cell[order], np.arange(self.side * self.side + 1))
        self._members = array("i", box[order].astype(np.int32).tobytes())
        self._starts = array("i", starts.astype(np.int32).tobytes())

    def _column(self, lons: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        return ((lons - self.west) * self.per_lon).astype(np.int64)

    def _row(self, lats: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        return ((lats - self.south) * self.per_lat).astype(np.int64)

    def pairs(
        self, lons: npt.NDArray[np.float64], lats: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Which of n points lie in which boxes, edges included: points and boxes, shapes (m,)."""
        within = (lons >= self.west) & (lons <= self.east)
        within &= (lats >= self.south) & (lats <= self.north)
        some = np.flatnonzero(within)
        cell = self._row(lats[some]) * self.side + self._column(lons[some])
        starts = np.frombuffer(self._starts, dtype=np.int32)
        first, count = starts[cell], starts[cell + 1] - starts[cell]
        point = np.repeat(some, count)
        place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        box = np.frombuffer(self._members, dtype=np.int32)[np.repeat(first, count) + place]
        west, south, east, north = (np.frombuffer(edge, dtype=np.float64) for edge in self.boxes)
        lon, lat = lons[point], lats[point]
        touches = (
            (west[box] <= lon) & (lon <= east[box]) & (south[box] <= lat) & (lat <= north[box])
        )
        return point[touches], box[touches].astype(np.int64)

    def meeting(self, west: float, south: float, east: float, north: float) -> list[int]:
        """The boxes that meet a window, edges included, in ascending order."""
        if not (west <= self.east and east >= self.west):
            return []
        if not (south <= self.north and north >= self.south):
            return []
        left, right = (
            int((min(max(lon, self.west), self.east) - self.west) * self.per_lon)
            for lon in (west, east)
        )
        low, high = (
            int((min(max(lat, self.south), self.north) - self.south) * self.per_lat)
            for lat in (south, north)
        )
        found: set[int] = set()
        for row in range(low * self.side, high * self.side + 1, self.side):
            cells = slice(self._starts[row + left], self._starts[row + right + 1])
            found.update(self._members[cells])
        wests, souths, easts, norths = self.boxes
        return sorted(
            box
            for box in found
            if wests[box] <= east
            and west <= easts[box]
            and souths[box] <= north
            and south <= norths[box]
        )

    def near(self, lon: float, lat: float) -> list[int]:
        """The boxes that hold the point, edges included, in ascending order."""
        if not (self.west <= lon <= self.east and self.south <= lat <= self.north):
            return []
        row, column = (lat - self.south) * self.per_lat, (lon - self.west) * self.per_lon
        cell = int(row) * self.side + int(column)
        west, south, east, north = self.boxes
        return [
            box
            for box in self._members[self._starts[cell] : self._starts[cell + 1]]
            if west[box] <= lon <= east[box] and south[box] <= lat <= north[box]
        ]
