"""Shares of few cases drawn towards the whole: empirical Bayes after Marshall (1991), "Mapping
disease and mortality rates using empirical Bayes estimators", Applied Statistics 40, 283-294."""

import numpy as np

from gridsvc.heat.columns import Floats, Ints


def steadied(n: Ints, share: Floats) -> Floats:
    """The shares of k places, each of n cases, between itself and the mean of all: the fewer cases,
    the nearer to the mean. NaN where n is 0.

    How far is told by what the places differ by beyond chance; where that is nothing, all get the
    mean.
    """
    has = n > 0
    found = np.full(len(n), np.nan)
    if not has.any():
        return found
    cases, own = n[has].astype(np.float64), share[has]
    mean = float((cases * own).sum() / cases.sum())
    chance = mean * (1 - mean)
    spread = float((cases * (own - mean) ** 2).sum() / cases.sum())
    between = max(spread - chance / cases.mean(), 0.0)
    if between == 0.0:
        found[has] = mean
        return found
    trust = between / (between + chance / cases)
    found[has] = trust * own + (1 - trust) * mean
    return found
