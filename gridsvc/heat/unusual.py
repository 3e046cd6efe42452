"""More than usual for the weekday and the season: counts against those of the same days before.

After Farrington, Andrews, Beale and Catchpole (1996), Journal of the Royal Statistical Society A
159, 547-563, as Noufaily and others (2013), Statistics in Medicine 32, 1206-1222, reweighted it:
the usual count is a mean in which former outbreaks weigh little, its scatter is more than chance
alone, and what is asked is how likely as many or more are. The scatter beyond chance is taken as
one for all places that are asked at once; a dozen weeks of one place cannot tell it.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from gridsvc.heat.chance import corrected

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# From so many deviations on a former count weighs less.
OUTBREAK = 2.58
# Of nothing in all weeks before, so much is usual in all of them together.
TRACE = 0.5
FEWEST_BEFORE = 4


class Unusual(NamedTuple):
    """Of n places: what is usual, the most that still is, how likely as many are, corrected, and
    whether it is told."""

    usual: Floats
    most: Ints
    p: Floats
    q: Floats
    told: Flags


def unusual(
    count: Floats, before: Floats, season: float = 1.0, false: float = 0.05, least: float = 5
) -> Unusual:
    """Counts (n) against those of m former times (n, m), times what the season makes of them.

    `false` is the share of false alarms among those told; fewer than `least` alarm nobody. With
    fewer than four former times nothing is unusual yet.
    """
    places, times = before.shape
    if times < FEWEST_BEFORE or places == 0:
        one = np.ones(places)
        return Unusual(np.zeros(places), np.zeros(places, np.int64), one, one, one < 0)
    mean, scatter = _usual(before)
    mean *= season
    # What the mean may be though so few were seen, then its own uncertainty and that of a count.
    may = mean + scatter * TRACE / times
    spread = scatter * may * (1 + 1 / times)
    size = may**2 / np.maximum(spread - may, 1e-9)
    p = _at_least(count, may, size)
    q = corrected(p)
    return Unusual(mean, _most(may, size, false), p, q, (q <= false) & (count >= least))


def _at_least(count: Floats, mean: Floats, size: Floats) -> Floats:
    """How likely so many or more are, of a negative binomial of this mean and size."""
    beyond = special.betainc(np.maximum(count, 1), size, mean / (size + mean))
    return np.where(count > 0, beyond, 1.0)


def _most(mean: Floats, size: Floats, false: float) -> Ints:
    """The largest count that is not yet so unlikely."""
    most = np.floor(mean)
    while (more := _at_least(most + 1, mean, size) > false).any():
        most = most + more
    return most.astype(np.int64)


def _usual(before: Floats) -> tuple[Floats, float]:
    """The mean of each place, former outbreaks weighing little, and the scatter of all: the
    variance over the mean, at least 1."""
    times = before.shape[1]
    floor = TRACE / times
    weight = np.ones_like(before)
    mean = np.maximum(before.mean(axis=1), floor)
    scatter = _scatter(before, mean, weight)
    for _ in range(2):
        off = _anscombe(before, mean[:, None], scatter)
        weight = np.where(off > OUTBREAK, (OUTBREAK / np.maximum(off, OUTBREAK)) ** 2, 1.0)
        mean = np.maximum((weight * before).sum(axis=1) / weight.sum(axis=1), floor)
        scatter = _scatter(before, mean, weight)
    return mean, scatter


def _anscombe(count: Floats, mean: Floats, scatter: float) -> Floats:
    """How far counts are off, on a scale on which small counts are as even as large ones."""
    off: Floats = 1.5 * (count ** (2 / 3) - mean ** (2 / 3)) / (mean ** (1 / 6) * np.sqrt(scatter))
    return off


def _scatter(before: Floats, mean: Floats, weight: Floats) -> float:
    seen = before.sum(axis=1) > 0
    freedom = float(weight[seen].sum() - seen.sum())
    if freedom <= 0:
        return 1.0
    off = weight * (before - mean[:, None]) ** 2 / mean[:, None]
    return max(float(off[seen].sum()) / freedom, 1.0)
