"""Hexagons of H3 (Uber, 2018): which one each case lies in, worked out once, when it arrives."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import h3.api.basic_int as h3
import numpy as np
import numpy.typing as npt
import shapely

Names = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

# From about 5 km2 a hexagon down to about 1.5 ha.
RESOLUTIONS = (7, 8, 9, 10)
TURN = 360.0


class Layer(NamedTuple):
    """One resolution: hexagons by number, and the number of each case's; -1 without a place."""

    names: Names
    at: Rows


class Hexagons:
    """Of each resolution, for n cases."""

    def __init__(self, layers: Mapping[int, Layer]) -> None:
        self._layers = layers

    def __getitem__(self, resolution: int) -> Layer:
        return self._layers[resolution]

    @property
    def size(self) -> int:
        return sum(one.names.nbytes + one.at.nbytes for one in self._layers.values())

    def patched(self, rows: Rows, lons: Floats, lats: Floats, total: int) -> "Hexagons":
        """With these rows' places set, and of so many cases in all."""
        return Hexagons(
            {
                resolution: _patched(layer, resolution, rows, (lons, lats), total)
                for resolution, layer in self._layers.items()
            }
        )


EMPTY = Hexagons(
    {
        resolution: Layer(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32))
        for resolution in RESOLUTIONS
    }
)


def _patched(
    layer: Layer, resolution: int, rows: Rows, places: tuple[Floats, Floats], total: int
) -> Layer:
    cells = cells_of(*places, resolution)
    has = cells > 0
    found, which = np.unique(cells[has], return_inverse=True)
    fresh = np.setdiff1d(found, layer.names, assume_unique=True)
    names = np.concatenate([layer.names, fresh])
    # Numbers stay what they were: new hexagons come after those that are known.
    order = np.argsort(names).astype(np.int32)
    numbers = order[np.searchsorted(names, found, sorter=order)]
    at = np.full(total, -1, dtype=np.int32)
    at[: len(layer.at)] = layer.at
    at[rows] = -1
    at[rows[has]] = numbers[which]
    return Layer(names, at)


def cells_of(lons: Floats, lats: Floats, resolution: int) -> Names:
    """The hexagon of each of n points, 0 where a point is not on the ground. Shape (n,)."""
    cell_of = h3.latlng_to_cell
    cells = np.zeros(len(lons), dtype=np.uint64)
    known = np.isfinite(lons) & np.isfinite(lats)
    points = zip(lats[known].tolist(), lons[known].tolist(), strict=True)
    cells[known] = np.fromiter(
        (cell_of(lat, lon, resolution) for lat, lon in points), np.uint64, int(known.sum())
    )
    return cells


def within(outline: shapely.Geometry, resolution: int) -> Names:
    """Every hexagon that touches an outline in EPSG:4326, ascending. Shape (n,)."""
    parts = [
        h3.LatLngPoly(
            [(lat, lon) for lon, lat in part.exterior.coords],
            *([(lat, lon) for lon, lat in ring.coords] for ring in part.interiors),
        )
        for part in shapely.get_parts(outline)
        if not part.is_empty
    ]
    cells = {
        cell
        for part in parts
        for cell in h3.polygon_to_cells_experimental(part, resolution, contain="overlap")
    }
    return np.array(sorted(cells), dtype=np.uint64)


def outlines(cells: Iterable[int]) -> npt.NDArray[np.object_]:
    """The hexagons' (a few in the world are pentagons) outlines in EPSG:4326. Shape (n,).

    One that the antimeridian cuts is laid out whole beyond 180 degrees.
    """
    made = [shapely.Polygon(_whole(h3.cell_to_boundary(cell))) for cell in cells]
    shapes = np.empty(len(made), dtype=object)
    shapes[:] = made
    return shapes


def _whole(boundary: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    corners = [(lon, lat) for lat, lon in boundary]
    lons = [lon for lon, _ in corners]
    if max(lons) - min(lons) <= TURN / 2:
        return corners
    return [(lon + TURN if lon < 0 else lon, lat) for lon, lat in corners]


def middles(cells: Names) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of the hexagons' middles. Shapes (n,)."""
    points = np.array([h3.cell_to_latlng(cell) for cell in cells.tolist()]).reshape(-1, 2)
    return points[:, 1], points[:, 0]


def areas_km2(cells: Names) -> Floats:
    return np.array([h3.cell_area(cell, "km^2") for cell in cells.tolist()], dtype=np.float64)


def discs(cells: Names, rings: int = 1) -> tuple[Rows, Rows]:
    """Which of n ascending cells lie within so many rings of which: two arrays of rows (m,), each
    cell beside itself too. The edge of the ground has fewer neighbours, and so has a pentagon."""
    place = {cell: row for row, cell in enumerate(cells.tolist())}
    pairs = [
        (row, other)
        for cell, row in place.items()
        for near in h3.grid_disk(cell, rings)
        if (other := place.get(near)) is not None
    ]
    flat = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return flat[:, 0], flat[:, 1]


def written(cell: int) -> str:
    """The hexagon's name as others know it."""
    return str(h3.int_to_str(cell))
