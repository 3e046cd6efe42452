"""Hot for how many live there: the cases around a place against those that its households would
have if all households were alike.

Counts alone are hot wherever people live. Given all cases, those of a neighbourhood with a part of
the households are binomial if households are alike (Besag and Newell 1991, Journal of the Royal
Statistical Society A 154, 143-155; Openshaw's cases around a place). Households are not quite
alike, so the scatter beyond chance is taken from all places that do not stand out, and the binomial
becomes a negative binomial; neighbours share part of it, so it is measured on neighbourhoods.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from gridsvc.heat.chance import corrected
from gridsvc.heat.hotspots import ROUNDS, SET_ASIDE, Pairs, Spots, classed, neighbourhoods

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Where nobody is expected nothing can be unusual: fewer cases than this are not compared.
LEAST_EXPECTED = 0.5


class Relative(NamedTuple):
    """Of n places: the spots (by neighbourhood), the cases expected in each place itself, and where
    something can be told."""

    spots: Spots
    expected: Floats
    told: Flags


def relative(cases: Floats, households: Floats, known: Flags, pairs: Pairs) -> Relative:
    """Hot and cold spots of cases (n) against households (n).

    `known` (n) is false where some households of the place were never counted: its neighbourhood
    is not told. `pairs` are each place's neighbours, itself among them.
    """
    count = len(cases)
    told = _told(households, known, pairs)
    inside = known & (households > 0)
    total, alive = cases[inside].sum(), households[inside].sum()
    rate = total / alive if alive > 0 else 0.0
    expected = np.where(inside, rate * households, 0.0)
    around, _ = neighbourhoods(np.where(inside, cases, 0.0), pairs)
    mean, _ = neighbourhoods(expected, pairs)
    told &= mean >= LEAST_EXPECTED
    p, z = np.ones(count), np.zeros(count)
    usual, hot = told.copy(), np.zeros(count, dtype=bool)
    for _ in range(ROUNDS):
        level, scatter = _level(around[usual], mean[usual])
        low, high = _tails(around[told], level * mean[told], scatter)
        p[told] = np.minimum(2 * np.minimum(low, high), 1.0)
        hot[told] = high < low
        z[told] = (around[told] - level * mean[told]) / np.sqrt(scatter * level * mean[told])
        q = np.ones(count)
        q[told] = corrected(p[told])
        stays = told & (q > SET_ASIDE)
        if (stays == usual).all() or stays.sum() < told.sum() / 2:
            break
        usual = stays
    q = np.ones(count)
    q[told] = corrected(p[told])
    return Relative(Spots(z, p, q, classed(q, hot)), expected, told)


def beside(cases: Floats, expected: Floats, told: Flags) -> Floats:
    """How far each place's own cases are off what is expected, in deviations of chance; 0 where
    nobody is expected or nothing can be told."""
    off = np.zeros(len(cases))
    some = told & (expected > 0)
    off[some] = (cases[some] - expected[some]) / np.sqrt(expected[some])
    return off


def _told(households: Floats, known: Flags, pairs: Pairs) -> Flags:
    """Where somebody lives around, and all who do were counted."""
    lived, _ = neighbourhoods(households, pairs)
    dark, _ = neighbourhoods((~known).astype(float), pairs)
    return np.asarray((lived > 0) & (dark == 0))


def _level(around: Floats, mean: Floats) -> tuple[float, float]:
    """How many cases there are for one expected, and the variance over the mean, at least 1."""
    if len(around) == 0 or mean.sum() <= 0 or around.sum() == 0:
        return 1.0, 1.0
    level = float(around.sum() / mean.sum())
    off = (around - level * mean) ** 2 / (level * mean)
    return level, max(float(off.mean()), 1.0)


def _tails(count: Floats, mean: Floats, scatter: float) -> tuple[Floats, Floats]:
    """How likely at most, and at least, so many are: Poisson, or a negative binomial of that mean
    whose variance is `scatter` times as large."""
    if scatter <= 1.0 + 1e-9:
        at_most = special.pdtr(count, mean)
        at_least = np.where(count > 0, special.pdtrc(np.maximum(count - 1, 0), mean), 1.0)
        return at_most, at_least
    size = mean / (scatter - 1)
    chance = 1 / scatter
    at_most = special.betainc(size, count + 1, chance)
    beyond = special.betaincc(size, np.maximum(count, 1), chance)
    return at_most, np.where(count > 0, beyond, 1.0)
