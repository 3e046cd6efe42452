"""A mosaic of small cells that fills the outline exactly, finer where more people live.

Boundaries are drawn along its edges: neighbours then share every vertex, whatever is joined.
"""

import heapq
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.demo.chance import Floats, Ints, Shapes
from geodata.demo.outline import GRID_M


class Mosaic(NamedTuple):
    """The cells, their centres, and for each cell the neighbours that share an edge with it."""

    cells: Shapes
    centres: Floats
    neighbours: list[list[int]]


def lay(
    outline: BaseGeometry,
    centres: Floats,
    reach: Floats,
    counts: Ints,
    background: int,
    rng: np.random.Generator,
) -> Mosaic:
    """Cells crowded round the centres (each with its reach in metres and its number of cells)."""
    near = np.repeat(centres, counts, axis=0)
    near = near + rng.normal(size=near.shape) * np.repeat(reach, counts)[:, None] * 0.55
    low, high = np.split(np.array(outline.bounds), 2)
    far = low + rng.random((background, 2)) * (high - low)
    seeds = np.concatenate([near, far])
    shapely.prepare(outline)
    seeds = seeds[shapely.contains_xy(outline, seeds[:, 0], seeds[:, 1])]
    return _cut(outline, even_out(seeds, outline, rounds=2))


def even_out(seeds: Floats, outline: BaseGeometry, rounds: int) -> Floats:
    """Move each seed to the middle of its cell, so that cells become round and alike."""
    for _ in range(rounds):
        cells = around(seeds, outline)
        crossing = ~shapely.contains_properly(outline, cells)
        cells[crossing] = shapely.intersection(cells[crossing], outline)
        middle = shapely.centroid(cells)
        moved = np.column_stack([shapely.get_x(middle), shapely.get_y(middle)])
        inside = shapely.contains_xy(outline, moved[:, 0], moved[:, 1])
        seeds = np.where(inside[:, None], moved, seeds)
    return seeds


def around(seeds: Floats, outline: BaseGeometry) -> Shapes:
    """The ground nearer to each seed than to any other, in the order of the seeds."""
    found = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=outline, ordered=True)
    return np.asarray(shapely.get_parts(found), dtype=object)


def grow(
    mosaic: Mosaic, starts: Ints, cost: Callable[[int, int, int], float], within: Ints | None = None
) -> Ints:
    """Let areas grow from their starting cells, cheapest step first; the area of each cell.

    A cell is reached through a neighbour of the same area only, so every area is in one piece.
    `cost(area, cell, neighbour)` prices a step; `within` holds each cell to its present group.
    """
    area = np.full(len(mosaic.cells), -1, dtype=np.int64)
    queue = [(0.0, int(cell), number) for number, cell in enumerate(starts)]
    heapq.heapify(queue)
    while queue:
        spent, cell, number = heapq.heappop(queue)
        if area[cell] >= 0:
            continue
        area[cell] = number
        for other in mosaic.neighbours[cell]:
            if area[other] < 0 and (within is None or within[other] == within[cell]):
                heapq.heappush(queue, (spent + cost(number, cell, other), other, number))
    return area


def _cut(outline: BaseGeometry, seeds: Floats) -> Mosaic:
    """Cut the outline along the cells' edges, with every crossing a shared vertex."""
    edges = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=outline, only_edges=True)
    lines = shapely.union_all(np.array([edges, outline.boundary]), grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    inner = shapely.point_on_surface(faces)
    cells = np.asarray(faces[shapely.contains(outline, inner)], dtype=object)
    middle = shapely.centroid(cells)
    centres = np.column_stack([shapely.get_x(middle), shapely.get_y(middle)])
    return Mosaic(cells, centres, _neighbours(cells))


def _neighbours(cells: Shapes) -> list[list[int]]:
    points, owner = shapely.get_coordinates(cells, return_index=True)
    same = owner[1:] == owner[:-1]
    ends = np.round(np.stack([points[:-1], points[1:]], axis=1)[same] / GRID_M).astype(np.int64)
    swap = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[swap] = ends[swap][:, ::-1]
    _, edge = np.unique(ends.reshape(-1, 4), axis=0, return_inverse=True)
    of_edge = owner[1:][same]
    order = np.argsort(edge, kind="stable")
    edge, of_edge = edge[order], of_edge[order]
    shared = np.flatnonzero(edge[1:] == edge[:-1])
    found: list[list[int]] = [[] for _ in cells]
    for one, other in zip(of_edge[shared], of_edge[shared + 1], strict=True):
        found[one].append(int(other))
        found[other].append(int(one))
    return found
