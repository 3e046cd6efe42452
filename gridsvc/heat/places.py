"""What a map is divided into: the units of a level, or hexagons of one size."""

from collections.abc import Callable
from threading import RLock
from typing import NamedTuple

import numpy as np
import shapely
from cachetools import LRUCache, cached
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import unitshapes
from gridsvc.gridindex import GridIndex
from gridsvc.heat import hexagons
from gridsvc.heat.columns import Columns, Floats, Ints, Rows
from gridsvc.heat.hexagons import Names
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Shapes

M2_PER_KM2 = 1e6

SIZES = text("""
    SELECT code, area_m2 FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND level = :level
""")


class Places(NamedTuple):
    """k places. `at` (n) is each case's place, -1 where it has none; `households` is NaN where
    they are not known. `outlines` answers the shapes of some rows, in EPSG:4326."""

    codes: list[str]
    names: list[str]
    at: Rows
    km2: Floats
    households: Floats
    outlines: Callable[[Ints], Shapes]


class _Level(NamedTuple):
    rows: Ints
    km2: Floats
    households: Floats
    shapes: Shapes


class _Cells(NamedTuple):
    names: Names
    told: list[str]
    km2: Floats
    shapes: Shapes


# An edition never changes; of hexagons more may come.
_levels: LRUCache[tuple[str, int, int], _Level] = LRUCache(32)
_cells: LRUCache[tuple[str, int, int], _Cells] = LRUCache(32)
_holding = RLock()


def forget() -> None:
    """Drop the outlines that are held."""
    with _holding:
        _levels.clear()
        _cells.clear()


def of_units(session: Session, facts: Snapshot, columns: Columns, level: int) -> Places:
    """The units of a level, by code."""
    held, grid = _read(session, facts, level), facts.grid
    # One more than there are units, so that -1 finds its own -1.
    place = np.full(len(grid.codes) + 1, -1, dtype=np.int32)
    place[held.rows] = np.arange(len(held.rows), dtype=np.int32)
    return Places(
        [grid.codes[row] for row in held.rows.tolist()],
        [grid.names[row] for row in held.rows.tolist()],
        place[columns.cases.ground[level - 1]],
        held.km2,
        held.households,
        lambda rows: held.shapes[rows],
    )


def of_hexagons(facts: Snapshot, columns: Columns, resolution: int) -> Places:
    """The hexagons in which any case lies, in no order; each with the name of the ground that its
    middle falls on."""
    layer = columns.hexagons[resolution]
    key = (facts.district, facts.grid.edition, resolution)
    with _holding:
        held = _cells.get(key)
        if held is None or not _alike(layer.names, held.names):
            held = _cells[key] = _told(facts.grid, layer.names, None)
        elif len(held.names) < len(layer.names):
            held = _cells[key] = _told(facts.grid, layer.names, held)
    count, shapes = len(layer.names), held.shapes
    return Places(
        [hexagons.written(cell) for cell in layer.names.tolist()],
        held.told[:count],
        layer.at,
        held.km2[:count],
        np.full(count, np.nan),
        lambda rows: shapes[rows],
    )


def ground(facts: Snapshot, resolution: int, unit: int | None = None) -> Names:
    """Every hexagon that touches the district, or the unit in this row, ascending: with and
    without cases."""
    outline = _outline(facts.grid) if unit is None else facts.grid.shapes[unit]
    return hexagons.within(outline, resolution)


def ground_names(grid: GridIndex, cells: Names) -> list[str]:
    """What the ground under the middle of each hexagon is called; its own name outside."""
    rows = grid.rows(*hexagons.middles(cells)) if len(cells) else np.empty(0, dtype=np.int64)
    return [
        grid.names[grid.ground(row)] if row >= 0 else hexagons.written(cell)
        for row, cell in zip(rows.tolist(), cells.tolist(), strict=True)
    ]


def bounds(facts: Snapshot) -> tuple[float, float, float, float]:
    """West, south, east, north of the district."""
    west, south, east, north = shapely.bounds(_outline(facts.grid)).tolist()
    return west, south, east, north


def _outline(grid: GridIndex) -> shapely.Geometry:
    top = np.flatnonzero(grid.levels == grid.levels.min())
    return shapely.union_all(grid.shapes.at(top.tolist()))


@cached(
    _levels,
    key=lambda _, facts, level: (facts.district, facts.grid.edition, level),
    lock=_holding,
)
def _read(session: Session, facts: Snapshot, level: int) -> _Level:
    grid = facts.grid
    asked = {"district": facts.district, "edition": grid.edition, "level": level}
    areas = {row.code: row.area_m2 for row in session.execute(SIZES, asked)}
    drawn = unitshapes.of_level(session, facts, level)
    return _Level(
        np.array([grid.codes.row(code) for code in drawn.codes], dtype=np.int64),
        np.array([areas[code] / M2_PER_KM2 for code in drawn.codes], dtype=np.float64),
        np.array([count or np.nan for count in drawn.households], dtype=np.float64),
        drawn.shapes,
    )


def _alike(names: Names, others: Names) -> bool:
    """Whether the one begins with the other: a thread may hold columns older than the newest."""
    both = min(len(names), len(others))
    return bool((names[:both] == others[:both]).all())


def _told(grid: GridIndex, names: Names, held: _Cells | None) -> _Cells:
    known = held or _Cells(names[:0], [], np.empty(0), np.empty(0, dtype=object))
    fresh = names[len(known.names) :]
    return _Cells(
        names,
        known.told + ground_names(grid, fresh),
        np.concatenate([known.km2, hexagons.areas_km2(fresh)]),
        np.concatenate([known.shapes, hexagons.outlines(fresh.tolist())]),
    )
