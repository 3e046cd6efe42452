"""A theme: figures of many places. What a map draws, a workbook lists and a GeoPackage holds are
the same rows, so that no two of them can differ."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gridsvc.errors import Lang
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
    colours part in two directions from zero. `classes` names them, one more than the limits, where
    the values themselves mean nothing to people.
    """

    column: str
    title: Words
    limits: Sequence[float]
    unit: Words
    empty: Words
    around: bool = False
    classes: Sequence[Words] = ()


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


def written(value: Any, column: Column, lang: Lang) -> str:
    """A value as people read it; an em dash for what cannot be said."""
    match value:
        case None:
            return "—"
        case bool():
            return (Words("是", "yes") if value else Words("否", "no")).say(lang)
        case Words():
            return value.say(lang)
        case int() | float() if column.digits is not None:
            return f"{value:,.{column.digits}f}"
    return str(value)


# One hue from light to dark, and two hues that part from a neutral middle (ColorBrewer PuBu and
# PuOr): both can be told apart in all kinds of colour vision.
SEQUENTIAL = ("#F1EEF6", "#D0D1E6", "#A6BDDB", "#74A9CF", "#2B8CBE", "#045A8D")
DIVERGING = ("#542788", "#998EC3", "#D8DAEB", "#F7F7F7", "#FEE0B6", "#F1A340", "#B35806")


def colours(shade: Shade) -> list[str]:
    """The colours of the shade's classes, one more than its limits."""
    ramp = DIVERGING if shade.around else SEQUENTIAL
    count = len(shade.limits) + 1
    if count > len(ramp):
        raise ValueError(f"{count} classes, at most {len(ramp)}")
    return [ramp[round(place)] for place in np.linspace(0, len(ramp) - 1, count)]


def classed(values: Sequence[float | None], shade: Shade) -> list[str | None]:
    """The colour of each value (n), None where there is none to show."""
    ramp = colours(shade)
    known = np.array([np.nan if value is None else value for value in values], dtype=float)
    place = np.searchsorted(np.asarray(shade.limits, dtype=float), known, side="right")
    return [None if np.isnan(value) else ramp[at] for value, at in zip(known, place, strict=True)]
