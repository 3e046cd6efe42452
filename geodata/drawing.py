"""Outlines as a map draws them from afar: fewer corners, and no gap between neighbours."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geodata.chains import Shapes

# Up to each zoom a drawing serves, and how coarse it may be: half a pixel there, in the metres of
# Web Mercator. Beyond the first, and for buildings, the outline itself is drawn.
COARSE = {13: 5.0, 11: 20.0, 9: 78.0}
BUILDING = 5


def drawings(flat: Shapes, levels: npt.NDArray[Any]) -> dict[int, Shapes]:
    """For each zoom in COARSE the simplified outlines (n,), None for buildings.

    `flat` are outlines in EPSG:3857, shape (n,). The units of a level are simplified together, so
    that neighbours keep one common border; a level that overlaps itself is left as it is.
    """
    found = {zoom: np.full(len(flat), None, dtype=object) for zoom in COARSE}
    for level in sorted(set(levels.tolist()) - {BUILDING}):
        rows = np.flatnonzero(levels == level)
        drawn = flat[rows]
        sound = bool(shapely.coverage_is_valid(drawn))
        for zoom, metres in COARSE.items():
            if sound:
                drawn = np.asarray(shapely.coverage_simplify(drawn, metres), dtype=object)
            # A unit smaller than what is left out keeps its own outline.
            gone = shapely.is_empty(drawn) | ~shapely.is_valid(drawn)
            found[zoom][rows] = _multi(np.where(gone, flat[rows], drawn))
    return found


def _multi(shapes: Shapes) -> Shapes:
    """Polygons and multipolygons (n,), all as multipolygons."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    return np.asarray(shapely.multipolygons(parts, indices=owner), dtype=object)
