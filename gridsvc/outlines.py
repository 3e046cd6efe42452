"""Many outlines in little memory: their bytes, and a geometry only while it is asked for.

A geometry object costs several times its coordinates. Buildings are small and many, so theirs are
made when a point falls into their box; the few large outlines above them stay, prepared.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

# Preparing a ring costs memory and pays only where many segments would be tested.
WORTH_PREPARING = 24
# Small outlines remembered between single lookups, about 600 bytes each.
MOST_REMEMBERED = 8_192
# How many outlines are made at once when many points are asked for.
BLOCK = 16_384

Shapes = npt.NDArray[Any]


class Outlines:
    """n polygons or multipolygons by row, from 0. What is seen of it never changes."""

    def __init__(self, wkb: Sequence[bytes]) -> None:
        boxes = [np.empty((0, 4))]
        large: dict[int, Any] = {}
        for start in range(0, len(wkb), BLOCK):
            shapes: Shapes = shapely.from_wkb(wkb[start : start + BLOCK])
            boxes.append(shapely.bounds(shapes))
            for row in np.flatnonzero(shapely.get_num_coordinates(shapes) >= WORTH_PREPARING):
                large[start + int(row)] = shapes[row]
        self.boxes = np.concatenate(boxes)
        shapely.prepare(list(large.values()))
        self._large = large
        self._wkb = b"".join(wkb)
        sizes = np.fromiter(map(len, wkb), np.int64, len(wkb))
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        self._remembered: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> Any:
        """The outline in this row."""
        shape = self._large.get(row) or self._remembered.get(row)
        if shape is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered = {}
            shape = self._remembered[row] = shapely.from_wkb(self._bytes(row))
        return shape

    def at(self, rows: Iterable[int]) -> Shapes:
        """The outlines in these rows."""
        wanted = [self._large.get(row) or self._bytes(row) for row in rows]
        # Not by assignment of the list: numpy would make fixed-length bytes of it on the way, which
        # drop zeros at their end.
        made = np.fromiter(wanted, object, len(wanted))
        raw = np.fromiter((isinstance(one, bytes) for one in wanted), bool, len(wanted))
        made[raw] = shapely.from_wkb(made[raw])
        return made

    def touching(
        self, rows: npt.NDArray[np.int64], lons: npt.NDArray[np.float64], lats: Any
    ) -> npt.NDArray[np.bool_]:
        """Whether each of n points touches the outline in the row beside it. Shapes (n,)."""
        touches = np.zeros(len(rows), dtype=bool)
        order = np.argsort(rows, kind="stable")
        wanted, place = np.unique(rows[order], return_inverse=True)
        ends = np.searchsorted(place, np.arange(BLOCK, len(wanted) + BLOCK, BLOCK))
        start = 0
        for block, end in enumerate(ends):
            some = order[start:end]
            shapes = self.at(wanted[block * BLOCK : (block + 1) * BLOCK].tolist())
            near = shapes[place[start:end] - block * BLOCK]
            touches[some] = shapely.intersects_xy(near, lons[some], lats[some])
            start = end
        return touches

    def _bytes(self, row: int) -> bytes:
        return self._wkb[self._starts[row] : self._starts[row + 1]]
