"""Smooth surfaces: points binned into squares of metres, a Gaussian kernel over them, and the
surface cut into bands that a map can draw and a table can list."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, pi
from typing import Any, NamedTuple

import contourpy
import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage

from gridsvc.geo import METRES_PER_DEGREE, metres_per_degree_lon

Grid = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

# Squares in one standard deviation, and how many of those the kernel reaches.
SQUARES, REACH = 2.0, 4.0
MOST_A_SIDE = 700
# Classes of hours, evenly in their logarithm: over a thousandfold each is 15 % wide, and a quantile
# is found between its ends.
BINS = 48
SHORTEST_H = 0.01
DIGITS = 5


class Raster(NamedTuple):
    """Squares of `step` metres from the south-western corner; sigma in squares. Shape (h, w)."""

    west: float
    south: float
    step: float
    east_m: float
    sigma: float
    shape: tuple[int, int]

    @property
    def km2(self) -> float:
        """Of one square."""
        return self.step**2 / 1e6

    @property
    def reach(self) -> float:
        """What the kernel weighs in all where its middle weighs one: cases at one square as seen
        from there."""
        return 2 * pi * self.sigma**2

    def squares(self, lons: Floats, lats: Floats) -> Rows:
        """The flat number of the square of each of n points, -1 outside. Shape (n,)."""
        column = np.floor((lons - self.west) * self.east_m / self.step)
        row = np.floor((lats - self.south) * METRES_PER_DEGREE / self.step)
        height, width = self.shape
        with np.errstate(invalid="ignore"):
            inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        flat = np.full(len(lons), -1, dtype=np.int64)
        flat[inside] = row[inside].astype(np.int64) * width + column[inside].astype(np.int64)
        return flat

    def binned(self, squares: Rows, weights: Floats | None = None) -> Grid:
        """How many of the points, or how much weight, lies in each square. Shape (h, w)."""
        height, width = self.shape
        held = np.bincount(squares, weights, minlength=height * width)
        return held.reshape(height, width).astype(np.float64)

    def smoothed(self, held: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The kernel over it; what it holds in all stays the same, for its edge is empty."""
        return np.asarray(
            ndimage.gaussian_filter(held, self.sigma, mode="constant", truncate=REACH)
        )


def over(bounds: tuple[float, float, float, float], sigma_m: float) -> Raster:
    """A raster over a box of degrees, with room for the kernel all around."""
    west, south, east, north = bounds
    east_m = metres_per_degree_lon((south + north) / 2)
    # As far again as the kernel reaches, so that points near the box keep all of their weight.
    room = 2 * REACH * sigma_m
    wide = (east - west) * east_m + 2 * room
    high = (north - south) * METRES_PER_DEGREE + 2 * room
    step = max(sigma_m / SQUARES, max(wide, high) / MOST_A_SIDE)
    shape = (ceil(high / step) + 1, ceil(wide / step) + 1)
    return Raster(
        west - room / east_m,
        south - room / METRES_PER_DEGREE,
        step,
        east_m,
        sigma_m / step,
        shape,
    )


def quantile(raster: Raster, squares: Rows, hours: Floats, part: float) -> Grid:
    """The kernel-weighted quantile of the hours around each square, NaN where nothing weighs.

    Hours are binned by their logarithm, each bin is smoothed, and the bin is found in which the
    part is reached: a quantile of weighted cases, no mean that a single slow one would carry away.
    """
    logs = np.log(np.maximum(hours, SHORTEST_H))
    low, high = float(logs.min()), float(logs.max())
    width = max((high - low) / BINS, 1e-9)
    bins = np.minimum(((logs - low) / width).astype(np.int64), BINS - 1)
    size = raster.shape[0] * raster.shape[1]
    layers = np.bincount(bins * size + squares, minlength=BINS * size)
    held = layers.reshape(BINS, *raster.shape).astype(np.float32)
    total = raster.smoothed(held.sum(axis=0))
    wanted = part * total
    passed, found = np.zeros_like(total), np.full(total.shape, np.nan, dtype=np.float32)
    for number in range(BINS):
        if not held[number].any():
            continue
        here = raster.smoothed(held[number])
        reached = np.isnan(found) & (passed + here >= wanted) & (here > 0)
        within = (wanted[reached] - passed[reached]) / here[reached]
        found[reached] = low + (number + np.clip(within, 0, 1)) * width
        passed += here
    found[total <= 1e-6] = np.nan
    return np.exp(found).astype(np.float64)


class Band(NamedTuple):
    """Ground on which the surface lies from `low` up to `high`, and which squares those are."""

    low: float
    high: float
    shape: shapely.Geometry
    squares: npt.NDArray[np.bool_]


def bands(raster: Raster, surface: Grid, cuts: Sequence[float]) -> Iterator[Band]:
    """The surface between each two neighbouring cuts. Squares that are NaN are in none."""
    height, width = raster.shape
    lons = raster.west + (np.arange(width) + 0.5) * raster.step / raster.east_m
    lats = raster.south + (np.arange(height) + 0.5) * raster.step / METRES_PER_DEGREE
    lines = contourpy.contour_generator(
        lons, lats, np.ma.masked_invalid(surface), fill_type=contourpy.FillType.OuterOffset
    )
    for low, high in pairwise(cuts):
        with np.errstate(invalid="ignore"):
            inside = (surface >= low) & (surface < high)
        filled: Any = lines.filled(low, high)
        points, offsets = filled
        yield Band(low, high, _polygons(points, offsets), inside)


def _polygons(points: Sequence[Floats], offsets: Sequence[Any]) -> shapely.Geometry:
    made = []
    for corners, starts in zip(points, offsets, strict=True):
        at = starts.tolist()
        rings = [np.round(corners[first:end], DIGITS) for first, end in pairwise(at)]
        rings = [ring for ring in rings if len(ring) >= 4]
        if rings:
            made.append(shapely.Polygon(rings[0], rings[1:]))
    return shapely.MultiPolygon(made)
