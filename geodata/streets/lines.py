"""Streets of a layer of lines.

Lines meet where they cross or touch. Where a field tells bridges from the ground (`level`), lines
of unlike values meet only at their ends. An end that stops short of another line by less than
`join` metres is led on to it.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import projecting
from geodata.streets.raw import Box, Raw
from gridsvc.errors import BadInput
from gridsvc.walking.network import Floats, Ints

# Corners closer than this are one: metres.
GRAIN_M = 0.01


class Weaving(NamedTuple):
    """How lines become a network: the field that tells levels apart, and metres between an end and
    a line that still meet."""

    level: str | None = None
    join: float = 0.5


def read(lines: pd.DataFrame, box: Box, metric_srid: int, how: Weaving | None = None) -> Raw:
    """The layer (EPSG:4326) as nodes and stretches. BadInput where it holds no line."""
    how = how or Weaving()
    if not isinstance(lines, gpd.GeoDataFrame):
        raise BadInput(zh="文件中没有线状图形。", en="There are no lines in the file.")
    if how.level is not None and how.level not in lines:
        raise BadInput(
            zh=f"没有字段“{how.level}”。", en=f"There is no field {how.level!r} to tell levels."
        )
    kinds = shapely.get_type_id(lines.geometry.to_numpy())
    good = np.isin(kinds, (1, 5)) & ~lines.geometry.is_empty.to_numpy()
    near = lines.geometry.intersects(shapely.box(*box)).to_numpy()
    kept = lines[good & near]
    left_out = Counter({"no_line": int((~good).sum())})
    if kept.empty:
        return Raw(np.empty(0), np.empty(0), np.empty((0, 2), dtype=np.int64), 0, +left_out)
    shapes = projecting.to_metres(shapely.force_2d(kept.geometry.to_numpy()), metric_srid)
    levels = kept[how.level].astype(str).to_numpy() if how.level else np.zeros(len(kept))
    woven = [_noded(shapes[levels == level]) for level in np.unique(levels)]
    nodes, ends = _numbered(np.concatenate(woven))
    nodes, ends = _joined(nodes, ends, max(how.join, GRAIN_M))
    degrees = projecting.to_degrees(np.asarray(shapely.points(nodes), dtype=object), metric_srid)
    return Raw(shapely.get_x(degrees), shapely.get_y(degrees), ends, len(kept), +left_out)


def _noded(shapes: projecting.Shapes) -> Floats:
    """Every stretch between two corners, shape (m, 2, 2); lines are cut where they cross."""
    whole = shapely.union_all(shapes, grid_size=GRAIN_M)
    corners, line = shapely.get_coordinates(shapely.get_parts(whole), return_index=True)
    pairs = np.flatnonzero(line[1:] == line[:-1])
    return np.stack([corners[pairs], corners[pairs + 1]], axis=1)


def _numbered(stretches: Floats) -> tuple[Floats, Ints]:
    """Nodes (k, 2) and the stretches between them (m, 2): corners at one place are one node."""
    places, at = np.unique(
        np.round(stretches.reshape(-1, 2) / GRAIN_M), axis=0, return_inverse=True
    )
    return places * GRAIN_M, at.reshape(-1, 2)


def _joined(nodes: Floats, ends: Ints, join: float) -> tuple[Floats, Ints]:
    """Loose ends led on to the line that they nearly, or exactly, touch."""
    loose = np.flatnonzero(np.bincount(ends.ravel(), minlength=len(nodes)) == 1)
    lines = np.asarray(shapely.linestrings(nodes[ends]), dtype=object)
    tree = shapely.STRtree(lines)
    points = np.asarray(shapely.points(nodes[loose]), dtype=object)
    asked, found = tree.query(points, predicate="dwithin", distance=join)
    foreign = (ends[found] != loose[asked, None]).all(axis=1)
    asked, found = asked[foreign], found[foreign]
    apart = shapely.distance(points[asked], lines[found])
    nearest = np.lexsort((apart, asked))
    first = np.unique(asked[nearest], return_index=True)[1]
    chosen = nearest[first]
    return _split(nodes, ends, loose[asked[chosen]], found[chosen])


def _split(nodes: Floats, ends: Ints, at: Ints, stretch: Ints) -> tuple[Floats, Ints]:
    """Stretches cut where a node (k,) comes nearest to them, and led to that node."""
    if len(at) == 0:
        return nodes, ends
    lines = np.asarray(shapely.linestrings(nodes[ends[stretch]]), dtype=object)
    share = shapely.line_locate_point(lines, shapely.points(nodes[at]), normalized=True)
    feet = shapely.get_coordinates(shapely.line_interpolate_point(lines, share, normalized=True))
    foot = len(nodes) + np.arange(len(at))
    cut = list(_pieces(ends, stretch, share, foot))
    whole = np.delete(ends, np.unique(stretch), axis=0)
    links = np.column_stack([at, foot])
    return np.concatenate([nodes, feet]), np.concatenate([whole, np.array(cut), links])


def _pieces(ends: Ints, stretch: Ints, share: Floats, foot: Ints) -> Iterator[tuple[int, int]]:
    for one in np.unique(stretch).tolist():
        mine = np.flatnonzero(stretch == one)
        stops = [ends[one, 0], *foot[mine[np.argsort(share[mine])]], ends[one, 1]]
        yield from pairwise(stops)
