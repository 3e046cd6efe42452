"""Hot for how many live there: population alone is not hot, planted clusters are found, noise is
not, and what was never counted is not told."""

import h3.api.basic_int as h3
import numpy as np
import pytest
from scipy import stats

from gridsvc.heat import hotspots
from gridsvc.heat.relative import _tails, relative
from tests.heat import field

SEEDS = range(40)


def town(seed: int) -> np.ndarray:
    """Households that crowd in the middle: from hundreds there to nobody at the edge."""
    away = [h3.grid_distance(field.MIDDLE, cell) for cell in field.cells().tolist()]
    mean = 800 * np.exp(-np.array(away) / 5)
    return np.random.default_rng(seed).poisson(mean).astype(float)


def everywhere(count: int) -> np.ndarray:
    return np.ones(count, dtype=bool)


def test_the_tails_are_those_of_scipy() -> None:
    count, mean = np.arange(0.0, 30), np.full(30, 7.5)
    for scatter in (1.0, 1.7, 4.0):
        peer = (
            stats.poisson(7.5) if scatter == 1.0 else stats.nbinom(7.5 / (scatter - 1), 1 / scatter)
        )
        low, high = _tails(count, mean, scatter)
        assert low == pytest.approx(peer.cdf(count))
        assert high == pytest.approx(peer.sf(count - 1))


@pytest.mark.parametrize("rate", [0.02, 0.2])
def test_where_many_live_is_not_hot_by_that_alone(rate: float) -> None:
    """At most 5 % of the fields without a cluster show any, though counts alone are hot in all."""
    called, crowded = 0, 0
    for seed in SEEDS:
        households = town(seed)
        cases = np.random.default_rng(seed).poisson(rate * households).astype(float)
        found = relative(cases, households, everywhere(len(cases)), field.pairs())
        called += bool((np.abs(found.spots.spot) >= 95).any())
        crowded += bool((hotspots.spots(cases, field.pairs()).spot >= 95).any())
    assert called <= 0.05 * len(SEEDS)
    assert crowded == len(SEEDS)


def test_planted_clusters_are_found() -> None:
    found, planted = 0, 0
    for seed in SEEDS:
        households = town(seed) + 60
        inside = field.discs(seed, 3, 2)
        rate = np.where(inside, 0.2, 0.05)
        cases = np.random.default_rng(seed).poisson(rate * households).astype(float)
        spot = relative(cases, households, everywhere(len(cases)), field.pairs()).spots.spot
        found += int((spot[inside] >= 90).sum())
        planted += int(inside.sum())
    assert found >= 0.95 * planted


def test_households_that_are_not_alike_are_not_hot_everywhere() -> None:
    """With a scatter of twice chance false spots stay rare."""
    called = 0
    for seed in SEEDS:
        households = town(seed) + 40
        mean = 0.1 * households
        cases = np.random.default_rng(seed).negative_binomial(mean, 0.5).astype(float)
        found = relative(cases, households, everywhere(len(cases)), field.pairs())
        called += bool((np.abs(found.spots.spot) >= 95).any())
    assert called <= 0.10 * len(SEEDS)


def test_what_was_never_counted_is_not_told() -> None:
    households = np.full(len(field.cells()), 100.0)
    cases = np.full(len(households), 5.0)
    known = everywhere(len(households))
    known[10] = False
    cases[10] = 500.0
    found = relative(cases, households, known, field.pairs())
    around = field.pairs()[0][field.pairs()[1] == 10]
    assert not found.told[around].any() and found.told.sum() == len(households) - len(around)
    assert (found.spots.spot == 0).all()
    assert found.expected[0] == pytest.approx(5.0)


def test_nothing_is_nothing() -> None:
    pairs = field.pairs()
    count = len(field.cells())
    for cases, households in ((0.0, 10.0), (3.0, 0.0)):
        found = relative(
            np.full(count, cases), np.full(count, households), everywhere(count), pairs
        )
        assert (found.spots.spot == 0).all()
