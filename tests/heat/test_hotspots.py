"""What is planted is found, what is noise is not; esda says the same scores."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from esda.getisord import G_Local
from esda.moran import Moran_Local
from hypothesis import given
from hypothesis import strategies as st
from libpysal.weights import W
from scipy import stats

from gridsvc.heat import chance, emerging, hotspots, spotting
from gridsvc.heat.emerging import KINDS, kind, mann_kendall
from tests.heat import field

SEEDS = range(40)


def weights(pairs: hotspots.Pairs, count: int, star: bool) -> W:
    near: dict[int, list[int]] = {row: [] for row in range(count)}
    for row, other in zip(*(one.tolist() for one in pairs), strict=True):
        if star or row != other:
            near[row].append(other)
    return W(near, silence_warnings=True)


def test_scores_are_those_of_esda() -> None:
    pairs = field.pairs(10)
    values = np.random.default_rng(1).poisson(2.0, len(field.cells(10))).astype(float)
    w = weights(pairs, len(values), star=True)
    w.transform = "b"
    peer = G_Local(values, w, transform="b", permutations=0, star=None)
    assert hotspots.scores(values, pairs) == pytest.approx(peer.Zs)
    w = weights(pairs, len(values), star=False)
    moran = Moran_Local(values, w, transformation="r", permutations=0)
    assert hotspots.clusters(values, pairs).i == pytest.approx(moran.Is)


def test_p_is_what_shuffling_comes_to() -> None:
    """Against four thousand shuffles, which no draw repeats a value in."""
    pairs, rng = field.pairs(10), np.random.default_rng(2)
    values = rng.poisson(1.5, len(field.cells(10))).astype(float)
    around, near = hotspots.neighbourhoods(values, pairs)
    at_most, at_least = np.zeros(len(values)), np.zeros(len(values))
    for _ in range(4_000):
        shuffled, _ = hotspots.neighbourhoods(rng.permutation(values), pairs)
        at_most += shuffled <= around
        at_least += shuffled >= around
    low, high = chance.tails(values, around, near)
    assert low == pytest.approx(at_most / 4_000, abs=0.035)
    assert high == pytest.approx(at_least / 4_000, abs=0.035)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=8), st.integers(1, 4), st.integers(0, 40))
def test_tails_are_all_the_ways_to_draw(values: list[int], draws: int, wanted: int) -> None:
    every = np.array([0])
    for _ in range(draws):
        every = (every[:, None] + np.array(values)).ravel()
    low, high = chance.tails(
        np.array(values, dtype=float), np.array([float(wanted)]), np.array([draws])
    )
    if min(values) == max(values):
        assert (low[0], high[0]) == (1, 1)
        return
    inside = min(max(wanted, draws * min(values)), draws * max(values))
    assert low[0] == pytest.approx((every <= inside).mean())
    assert high[0] == pytest.approx((every >= inside).mean())


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=30))
def test_the_correction_is_that_of_scipy(p: list[float]) -> None:
    assert chance.corrected(np.array(p)) == pytest.approx(stats.false_discovery_control(p))


@pytest.mark.parametrize("rate", [0.05, 0.5, 5.0])
def test_planted_clusters_are_found(rate: float) -> None:
    """Discs of 19 hexagons with so many more that a person would see them: 95 % of their hexagons
    are hot, over many fields."""
    found, planted = 0, 0
    for seed in SEEDS:
        inside = field.discs(seed, 3, 2)
        rng = np.random.default_rng(seed)
        values = rng.poisson(np.where(inside, 4 * rate + 4, rate)).astype(float)
        spot = hotspots.spots(values, field.pairs()).spot
        found += int((spot[inside] >= 90).sum())
        planted += int(inside.sum())
    assert found >= 0.95 * planted


@pytest.mark.parametrize("rate", [0.02, 0.2, 1.0, 5.0, 50.0])
def test_noise_has_no_hot_spot(rate: float) -> None:
    """Of a hundred fields of noise at most five have any spot at all at the 95 level, and many
    fewer than one hexagon in twenty is called at any."""
    with_any = {"spots": 0, "clusters": 0}
    for seed in range(100):
        values = np.random.default_rng(seed).poisson(rate, len(field.cells())).astype(float)
        spots = hotspots.spots(values, field.pairs())
        clusters = hotspots.clusters(values, field.pairs())
        with_any["spots"] += bool((np.abs(spots.spot) >= 95).any())
        with_any["clusters"] += bool((clusters.kind != "none").any())
        assert (spots.spot != 0).mean() <= 0.05
    assert max(with_any.values()) <= 5, with_any


@pytest.mark.parametrize("values", [[], [3], [0] * 7, [5] * 7])
def test_nothing_is_hot_where_all_is_alike(values: list[int]) -> None:
    count = len(values)
    whole = np.array([(a, b) for a in range(count) for b in range(count)]).reshape(-1, 2)
    pairs = (whole[:, 0].astype(np.int32), whole[:, 1].astype(np.int32))
    spots = hotspots.spots(np.array(values, dtype=float), pairs)
    assert not spots.spot.any() and not spots.z.any()
    assert (hotspots.clusters(np.array(values, dtype=float), pairs).kind == "none").all()


def test_trends_are_those_of_kendall() -> None:
    rng = np.random.default_rng(4)
    series = rng.poisson(3, (50, 20)).astype(float)
    z, p = mann_kendall(series)
    for row in range(50):
        peer = stats.kendalltau(np.arange(20), series[row], method="asymptotic")
        assert np.sign(z[row]) == np.sign(np.round(peer.statistic, 12))
        # Ours takes the step to the next possible sum into account; kendalltau does not.
        assert p[row] == pytest.approx(peer.pvalue, abs=0.06)


T, F = True, False


@pytest.mark.parametrize(
    ("hot", "cold", "trend", "told"),
    [
        ([F, F, F, T], [F] * 4, 1, "new"),
        ([F, F, T, T], [F] * 4, 0, "consecutive"),
        ([T, T, T, T], [F] * 4, 1, "intensifying"),
        ([T, T, T, T], [F] * 4, 0, "persistent"),
        ([T, T, T, T], [F] * 4, -1, "diminishing"),
        ([F, *[T] * 10], [F] * 11, 0, "persistent"),
        ([T, F, F, T], [F] * 4, 0, "sporadic"),
        ([F, T, F, T], [T, F, F, F], 0, "oscillating"),
        ([F, F, F, T], [T, F, F, F], 0, "oscillating"),
        ([*[T] * 10, F], [F] * 11, 0, "historical"),
        ([T, T, F, F], [F] * 4, 0, ""),
        ([F] * 4, [F] * 4, 1, ""),
        ([T], [F], 0, "new"),
    ],
)
def test_kinds(hot: list[bool], cold: list[bool], trend: int, told: str) -> None:
    assert kind(hot, cold, trend) == told


@given(st.lists(st.sampled_from([0, 1, 2]), min_size=1, max_size=30), st.integers(-1, 1))
def test_every_spot_of_the_last_step_has_a_kind(steps: list[int], trend: int) -> None:
    hot, cold = [one == 1 for one in steps], [one == 2 for one in steps]
    found = kind(hot, cold, trend)
    assert (found in KINDS) if hot[-1] else found in ("", "historical")


PLANTED = {
    "new": [1.0] * 11 + [9.0],
    "consecutive": [1.0] * 8 + [9.0] * 4,
    "persistent": [9.0] * 12,
    "historical": [9.0] * 11 + [1.0],
}


@pytest.mark.parametrize("told", PLANTED)
def test_what_is_planted_in_time_is_told(told: str) -> None:
    right, planted = 0, 0
    for seed in range(10):
        inside = field.discs(seed, 2, 2)
        rate = np.where(inside[:, None], np.array(PLANTED[told]), 1.0)
        counts = np.random.default_rng(seed).poisson(rate).astype(float)
        found = emerging.emerging(counts, field.pairs())
        # Of the discs' inner hexagons: the rim is half without.
        right += sum(found.kind[row] == told for row in np.flatnonzero(inside))
        planted += int(inside.sum())
    assert right >= 0.9 * planted, right / planted


def test_noise_in_time_has_no_kind() -> None:
    told = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        counts = rng.poisson(1.0, (len(field.cells()), 12)).astype(float)
        told.append(sum(map(bool, emerging.emerging(counts, field.pairs()).kind)))
    assert np.mean([one > 0 for one in told]) <= 0.075, told
    assert max(told) <= 0.05 * len(field.cells())


@pytest.mark.parametrize(
    ("step", "until", "zone", "edges"),
    [
        ("week", "2026-03-09T12:00:00Z", "America/New_York", ["02-23 05", "03-02 05", "03-09 04"]),
        ("month", "2028-03-31T20:00:00Z", "Asia/Shanghai", ["01-31 16", "02-29 16", "03-31 16"]),
        ("month", "2026-01-15T00:00:00Z", "UTC", ["11-01 00", "12-01 00", "01-01 00"]),
    ],
)
def test_steps_are_whole_local_days(step: str, until: str, zone: str, edges: list[str]) -> None:
    """Over a change of clocks, a leap day, and the turn of a year."""
    span = spotting.Span(datetime.fromisoformat(until), step, 2)
    found = spotting.stepped(span, ZoneInfo(zone))
    assert [f"{edge.astimezone(UTC):%m-%d %H}" for edge in found] == edges
