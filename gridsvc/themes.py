"""A theme: figures of many places. What a map draws, a workbook lists and a GeoPackage holds are
the same rows, so that no two of them can differ."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gridsvc.words import Words

Shapes = npt.NDArray[np.object_]


class Column(NamedTuple):
    """One column of a theme's rows; `digits` after the point, None for what is no number."""

    name: str
    title: Words
    digits: int | None = None


class Shade(NamedTuple):
    """How one column colours the map.

    `limits` divide the classes, ascending; a limit belongs to the class above it. `empty` says
    what a place without a value means (it is hatched, never coloured as zero). With `around` the
    colours part in two directions from zero.
    """

    column: str
    title: Words
    limits: Sequence[float]
    unit: Words
    empty: Words
    around: bool = False


class Theme(NamedTuple):
    """Rows (n) with their shapes (n, EPSG:4326, points or polygons), and how they are shown.

    `code` names it in files and addresses; `note` says how the figures were made. Each row holds
    every column's value (None: nothing can be said), and may hold `small: True` where it was
    counted from too few cases to be relied on: drawn hatched, and said so in the legend. The first
    shade is the one shown first.
    """

    code: str
    title: Words
    note: Words
    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]
    shapes: Shapes
    shades: Sequence[Shade]
