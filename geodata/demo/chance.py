"""Chance that can be repeated: one stream for each part, so that one part leaves others alone."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Shapes = NDArray[np.object_]


def stream(seed: int, part: str) -> np.random.Generator:
    """The stream of one part; the same seed and name always give the same numbers."""
    return np.random.default_rng([seed, *part.encode()])


def shares(total: int, weights: Floats, least: int) -> Ints:
    """Whole numbers that add up to `total` (or to the least possible), after the weights."""
    spare = max(0, total - least * len(weights))
    exact = spare * weights / weights.sum()
    whole = np.floor(exact).astype(np.int64)
    for index in np.argsort(whole - exact, kind="stable")[: spare - int(whole.sum())]:
        whole[index] += 1
    given: Ints = whole + least
    return given


def points_inside(rng: np.random.Generator, areas: Shapes, counts: Ints) -> tuple[Ints, Floats]:
    """So many points inside each area; the area's number and the position of each point."""
    shapely.prepare(areas)
    left, owners, found = counts.copy(), [], []
    bounds = shapely.bounds(areas)
    while left.any():
        owner = np.repeat(np.arange(len(areas)), left * 2)
        low, high = bounds[owner, :2], bounds[owner, 2:]
        tried = low + rng.random((len(owner), 2)) * (high - low)
        inside = shapely.contains_xy(areas[owner], tried[:, 0], tried[:, 1])
        owner, tried = owner[inside], tried[inside]
        taken = _rank(owner) < left[owner]
        owners.append(owner[taken])
        found.append(tried[taken])
        left -= np.bincount(owner[taken], minlength=len(areas))
    owner, position = np.concatenate(owners), np.concatenate(found)
    order = np.argsort(owner, kind="stable")
    return owner[order], position[order]


def number_within(group: NDArray[Any]) -> Ints:
    """The place of each row among the rows of its group, which lie together, from 0."""
    return _rank(group)


def _rank(group: NDArray[Any]) -> Ints:
    if len(group) == 0:
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    return np.arange(len(group)) - np.repeat(starts, np.diff(np.r_[starts, len(group)]))
