"""A smooth map: what lies around each spot, cut into bands. Counts become cases per km²; hours the
kernel-weighted median or percentile around the spot; shares the ratio of two kernels."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import shapely

from gridsvc.heat.classes import limits
from gridsvc.heat.columns import Flags, Floats, Ints
from gridsvc.heat.measures import SMALL, Measure
from gridsvc.heat.raster import Grid, Raster, bands, quantile
from gridsvc.heat.saying import DIFFERENCE, NOTHING
from gridsvc.themes import Column, Shade
from gridsvc.words import Words

# Where the kernel holds less than this share of a case, nothing is drawn.
FAINT = 0.02
PER_KM2 = Words("件/平方公里", "cases per km²")
FEW = Words("件数过少", "too few cases")

Drawn = tuple[list[dict[str, Any]], list[shapely.Geometry], list[Shade]]


class Spread(NamedTuple):
    """Points of a period on the raster: the square and value of each, and the kernel's mass."""

    squares: Ints
    value: Floats
    held: Grid
    mass: Grid

    @property
    def on_map(self) -> int:
        return len(self.squares)

    @classmethod
    def of(cls, over: Raster, lons: Floats, lats: Floats, value: Floats) -> "Spread":
        squares = over.squares(lons, lats)
        on = squares >= 0
        held = over.binned(squares[on])
        return cls(squares[on], value[on], held, over.smoothed(held))

    def surface(self, over: Raster, measure: Measure) -> Grid:
        """The figure around each square; NaN where nothing can be said."""
        if measure.form == "count":
            return self.mass / over.km2
        if not self.on_map:
            return np.full(over.shape, np.nan)
        if measure.form == "hours":
            return quantile(over, self.squares, self.value, measure.part)
        weight = over.smoothed(over.binned(self.squares, self.value))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(100 * weight / self.mass)


def heads(with_before: bool) -> Sequence[Column]:
    columns = [
        Column("name", Words("范围", "Band")),
        Column("cases", Words("件数", "Counted"), 0),
        Column("value", Words("区间中值", "Middle of the band"), 2),
    ]
    if with_before:
        columns.insert(2, Column("cases_before", Words("对比期件数", "Counted before"), 0))
    return columns


class Told(NamedTuple):
    """A surface where cases are enough, NaN elsewhere, and where there are some but too few."""

    surface: Grid
    few: Flags


def told(over: Raster, measure: Measure, spread: Spread) -> Told:
    """What can be said of one period. A density is what it is; all else needs cases enough within
    the kernel."""
    weight = spread.mass * over.reach
    there = weight > FAINT
    enough = there if measure.form == "count" else there & (weight >= SMALL)
    return Told(np.where(enough, spread.surface(over, measure), np.nan), there & ~enough)


def alone(
    over: Raster, measure: Measure, spread: Spread, found: Told, cuts: Sequence[float]
) -> Drawn:
    """One period's bands by these limits."""
    shade = Shade("value", measure.title, cuts, _unit(measure), NOTHING)
    return _drawn(over, found, shade, spread, None)


def difference(
    over: Raster, measure: Measure, spreads: tuple[Spread, Spread], both: tuple[Told, Told]
) -> Drawn:
    """What the first period has more than the second."""
    weights = [spread.mass * over.reach for spread in spreads]
    there = weights[0] + weights[1] > FAINT
    if measure.form == "count":
        # Where one has nothing, the other's density is the difference.
        densities = [np.nan_to_num(one.surface) for one in both]
        enough = there & (weights[0] + weights[1] >= SMALL)
        surface = densities[0] - densities[1]
    else:
        surface = both[0].surface - both[1].surface
        enough = there & np.isfinite(surface)
    found = Told(np.where(enough, surface, np.nan), there & ~enough)
    known = found.surface[np.isfinite(found.surface)]
    cuts = limits(known, around=True)
    shade = Shade("value", DIFFERENCE, cuts, _unit(measure), NOTHING, around=True)
    return _drawn(over, found, shade, *spreads)


def common(founds: Sequence[Told]) -> tuple[float, ...]:
    """Limits that fit all of them."""
    every = np.concatenate([one.surface[np.isfinite(one.surface)] for one in founds])
    return limits(every)


def _unit(measure: Measure) -> Words:
    return PER_KM2 if measure.form == "count" else measure.unit


def _drawn(over: Raster, found: Told, shade: Shade, fresh: Spread, former: Spread | None) -> Drawn:
    """Rows, their shapes, and the shade: one row a band, the ground with too few cases last."""
    rows, shapes = _bands(over, found.surface, shade.limits, fresh, former)
    if found.few.any() or not rows:
        band = next(iter(bands(over, np.where(found.few, 1.0, 0.0), (0.5, 2.0))))
        rows.append(_row(FEW, None, found.few, fresh, former) | {"small": True})
        shapes.append(band.shape)
    return rows, shapes, [shade]


def _bands(
    over: Raster, told: Grid, cuts: Sequence[float], fresh: Spread, former: Spread | None
) -> tuple[list[dict[str, Any]], list[shapely.Geometry]]:
    known = told[np.isfinite(told)]
    if not len(known):
        return [], []
    low = min(float(known.min()), cuts[0]) - 1e-9
    high = max(float(known.max()), cuts[-1]) * (1 + 1e-9) + 1e-9
    edges = (low, *cuts, high)
    rows, shapes = [], []
    for band in bands(over, told, edges):
        if shapely.is_empty(band.shape) and not band.squares.any():
            continue
        name = _span(band.low, band.high, edges)
        # A value within the band: what its colour is found by.
        middle = min(max((band.low + band.high) / 2, low), high)
        rows.append(_row(name, middle, band.squares, fresh, former))
        shapes.append(band.shape)
    return rows, shapes


def _span(low: float, high: float, edges: Sequence[float]) -> Words:
    if low == edges[0]:
        return Words(f"低于{high:,.10g}", f"under {high:,.10g}")
    if high == edges[-1]:
        return Words(f"{low:,.10g}及以上", f"{low:,.10g} and more")
    return Words(f"{low:,.10g} — {high:,.10g}", f"{low:,.10g} to {high:,.10g}")


def _row(
    name: Words, value: float | None, inside: Any, fresh: Spread, former: Spread | None
) -> dict[str, Any]:
    row = {"name": name, "cases": round(float(fresh.held[inside].sum())), "value": value}
    if former:
        row["cases_before"] = round(float(former.held[inside].sum()))
    return row
