"""Many outlines in little memory: their bytes, and a geometry only while it is asked for.

A geometry object costs several times its coordinates. Buildings are small and many, so theirs are
made when a point falls into their box; the few large outlines above them stay, prepared.
"""

from array import array
from collections.abc import Iterable
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

    def __init__(
        self,
        wkb: bytes,
        starts: npt.NDArray[np.int64],
        sizes: npt.NDArray[np.int64],
        large: dict[int, Any],
    ) -> None:
        self._wkb, self._starts = wkb, array("q", starts.tobytes())
        self._ends = array("q", (starts + sizes).tobytes())
        self._large = large
        self._remembered: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._starts)

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
        return self._wkb[self._starts[row] : self._ends[row]]


def lay_out(
    wkb: bytes, starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]
) -> tuple[Outlines, npt.NDArray[np.float64]]:
    """Outlines, and west, south, east, north of each (n, 4).

    `wkb` holds all of them in any order; row n is `sizes[n]` bytes from `starts[n]`.
    """
    large: dict[int, Any] = {}
    boxes = [np.empty((0, 4))]
    pairs = list(zip(starts.tolist(), (starts + sizes).tolist(), strict=True))
    for first in range(0, len(pairs), BLOCK):
        block = [wkb[start:end] for start, end in pairs[first : first + BLOCK]]
        shapes: Shapes = shapely.from_wkb(block)
        boxes.append(shapely.bounds(shapes))
        for row in np.flatnonzero(shapely.get_num_coordinates(shapes) >= WORTH_PREPARING):
            large[first + int(row)] = shapes[row]
    shapely.prepare(list(large.values()))
    return Outlines(wkb, starts, sizes, large), np.concatenate(boxes)
