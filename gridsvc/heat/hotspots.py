"""Where it is really hot: Getis-Ord Gi* and local Moran over hexagons, hexagons without a case
included, corrected for asking in many places.

Getis and Ord (1992), Geographical Analysis 24, 189-206, with Ord and Getis (1995), ib. 27, 286-306;
Anselin (1995), ib. 27, 93-115. The p of both is that of the permutations they describe, computed
(`gridsvc.heat.chance`). Neighbours are the hexagons around, as far as they touch the district.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gridsvc.heat.chance import corrected, tails

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Pairs = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]

# What is set aside while the usual is found, and how often that is asked again.
SET_ASIDE, ROUNDS = 0.05, 5
# False discoveries that each class allows.
LEVELS = ((0.01, 99), (0.05, 95), (0.10, 90))


class Spots(NamedTuple):
    """Of n places: Gi* as a standard score, its p of both sides, corrected, and the class: 99, 95
    or 90 where hot, the same below zero where cold, 0 where neither."""

    z: Floats
    p: Floats
    q: Floats
    spot: Ints


class Clusters(NamedTuple):
    """Of n places: local Moran's I, its p, corrected, and the kind: high-high, low-low, high-low,
    low-high, or none."""

    i: Floats
    p: Floats
    q: Floats
    kind: npt.NDArray[np.str_]


def scores(values: Floats, pairs: Pairs) -> Floats:
    """Gi* of n places; `pairs` are each place's neighbours, itself among them. Zeros where all
    values are equal."""
    count = len(values)
    if count == 0:
        return np.zeros(0)
    mean, deviation = values.mean(), values.std()
    around, near = neighbourhoods(values, pairs)
    spread = deviation * np.sqrt(np.maximum((count * near - near**2) / max(count - 1, 1), 0.0))
    z = np.zeros(count)
    known = spread > 1e-12
    z[known] = (around[known] - mean * near[known]) / spread[known]
    return z


def spots(values: Floats, pairs: Pairs) -> Spots:
    """Hot and cold spots among n places."""
    around, near = neighbourhoods(values, pairs)
    p, warm = tested(values, around, near)
    q = corrected(p)
    return Spots(scores(values, pairs), p, q, classed(q, warm))


def neighbourhoods(values: Floats, pairs: Pairs) -> tuple[Floats, Ints]:
    """The sum of the values around each of n places, and of how many: shapes (n,), (n,)."""
    count = len(values)
    near = np.bincount(pairs[0], minlength=count)
    around = np.bincount(pairs[0], values[pairs[1]], minlength=count)
    return around.astype(np.float64), near


def tested(values: Floats, around: Floats, near: Ints) -> tuple[Floats, Flags]:
    """p of both sides of sums of `near` (n) of the values, and which side; what stands out is set
    aside and the rest asked again, for clusters must not make each other look usual.

    Where nothing stands out at first nothing is set aside: noise is as seldom called as before.
    """
    p, warm = np.ones(len(values)), np.zeros(len(values), dtype=bool)
    usual = np.ones(len(values), dtype=bool)
    for _ in range(ROUNDS):
        low, high = tails(values[usual], around, near)
        p, warm = np.minimum(2 * np.minimum(low, high), 1.0), high < low
        stays = corrected(p) > SET_ASIDE
        if (stays == usual).all() or stays.sum() < len(values) / 2:
            break
        usual = stays
    return p, warm


def classed(q: Floats, hot: npt.NDArray[np.bool_]) -> Ints:
    """The class of each of n places by its corrected p and its side."""
    spot = np.zeros(len(q), dtype=np.int64)
    for most, name in reversed(LEVELS):
        spot[q <= most] = name
    return np.where(hot, spot, -spot)


def clusters(values: Floats, pairs: Pairs, most: float = 0.05) -> Clusters:
    """High among high, low among low, and those unlike what is around them, among n places."""
    count = len(values)
    if count == 0:
        return Clusters(np.zeros(0), np.zeros(0), np.zeros(0), np.empty(0, dtype="<U9"))
    others = pairs[0] != pairs[1]
    around, near = neighbourhoods(values, (pairs[0][others], pairs[1][others]))
    off = values - values.mean()
    spread = float((off**2).sum()) / max(count - 1, 1)
    mean = np.divide(around, near, out=np.full(count, values.mean()), where=near > 0)
    i = off * (mean - values.mean()) / spread if spread > 0 else np.zeros(count)
    low, high = tails(values, around, near)
    p = np.minimum(2 * np.minimum(low, high), 1.0)
    q = corrected(p)
    kind = np.full(count, "none", dtype="<U9")
    told, lifted, warm = q <= most, off > 0, high < low
    kind[told & lifted & warm], kind[told & ~lifted & ~warm] = "high-high", "low-low"
    kind[told & lifted & ~warm], kind[told & ~lifted & warm] = "high-low", "low-high"
    return Clusters(i, p, q, kind)
