"""A theme as blocks of a document: its table, and a map for a shade."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from gridsvc.documents.blocks import Area, Cell, Column, Figure, Kind, Map, Ring, Table
from gridsvc.errors import Lang
from gridsvc.geo import SRID
from gridsvc.themes import Shade, Shapes, Theme, classed, colours, written

KINDS = {0: Kind.WHOLE, 1: Kind.ONE}
# A point is drawn as a disc of this part of the map's width.
DISC = 0.006
# Of more points than this those are left out that lie within this part of the width of another.
MANY, HAIR = 5_000, 0.003


def table(theme: Theme, lang: Lang, rows: Sequence[dict[str, Any]] | None = None) -> Table:
    """The theme's rows, or some of them, with the note below."""
    columns = [
        Column(
            column.title.say(lang), 1 if column.digits is not None else 2, column.digits is not None
        )
        for column in theme.columns
    ]
    cells = [_cells(theme, row, lang) for row in (theme.rows if rows is None else rows)]
    none = "没有数据。" if lang == "zh" else "There is nothing to show."
    return Table(theme.title.say(lang), columns, cells, theme.note.say(lang), none)


def _cells(theme: Theme, row: dict[str, Any], lang: Lang) -> list[Cell]:
    cells: list[Cell] = []
    for column in theme.columns:
        value = row[column.name]
        if column.digits is None:
            cells.append(written(value, column, lang))
        else:
            kind = KINDS.get(column.digits, Kind.TWO)
            cells.append(Figure(value, kind, bool(row.get("small")) and value is not None))
    return cells


def map_(
    theme: Theme, shade: Shade, srid: int, lang: Lang, outlines: Sequence[tuple[str, Any]] = ()
) -> Map:
    """The theme coloured by a shade, in the district's plane `srid`; `outlines` are named shapes
    (EPSG:4326) drawn above it."""
    values = [None if row.get("small") else row[shade.column] for row in theme.rows]
    shapes = _discs(to_metres(theme.shapes, srid))
    kept: Sequence[int] = range(len(shapes))
    if len(shapes) > MANY and (shapely.get_dimensions(theme.shapes) == 0).all():
        kept = _apart(shapes, classed(values, shade))
    areas = [Area("", rings(shapes[row]), values[row]) for row in kept]
    lines = to_metres(np.array([shape for _, shape in outlines], dtype=object), srid)
    return Map(
        f"{theme.title.say(lang)} · {shade.title.say(lang)}",
        areas,
        shade.limits,
        shade.unit.say(lang),
        shade.empty.say(lang),
        [Area(name, rings(one), None) for (name, _), one in zip(outlines, lines, strict=True)],
        "" if areas else ("没有可以绘制的内容。" if lang == "zh" else "There is nothing to draw."),
        colours(shade),
        [one.say(lang) for one in shade.classes],
    )


@cache
def _plane(srid: int) -> Transformer:
    return Transformer.from_crs(SRID, srid, always_xy=True)


def to_metres(shapes: Shapes, srid: int) -> Shapes:
    """Shapes (n,) in EPSG:4326, in a plane."""
    turn = _plane(srid).transform
    found = shapely.transform(shapes, lambda xy: np.column_stack(turn(xy[:, 0], xy[:, 1])))
    return np.asarray(found, dtype=object)


def rings(shape: Any) -> list[Ring]:
    """The rings of a shape's parts, those of its holes among them."""
    parts = shapely.get_rings(shapely.get_parts(shape))
    return [[(float(x), float(y)) for x, y in shapely.get_coordinates(ring)] for ring in parts]


def _apart(shapes: Shapes, colours: Sequence[str | None]) -> Sequence[int]:
    """The rows of discs of which no other one of the same colour lies within a hair: what a picture
    can show of many thousands."""
    west, south, east, north = shapely.total_bounds(shapes)
    hair = max(east - west, north - south) * HAIR
    middles = shapely.get_coordinates(shapely.centroid(shapes))
    squares = np.floor(middles / hair).astype(np.int64).tolist()
    seen: dict[tuple[Any, ...], int] = {}
    for row, (square, colour) in enumerate(zip(squares, colours, strict=True)):
        seen.setdefault((*square, colour), row)
    return list(seen.values())


def _discs(shapes: Shapes) -> Shapes:
    """Points grown to discs that can be seen; anything else as it is."""
    points = shapely.get_dimensions(shapes) == 0
    if not points.any():
        return shapes
    west, south, east, north = shapely.total_bounds(shapes)
    grown = shapes.copy()
    radius = max(east - west, north - south, 1_000.0) * DISC
    grown[points] = shapely.buffer(shapes[points], radius, quad_segs=4)
    return grown
