"""Kernels, quantiles, shrinkage and classes against plain ways of counting the same."""

import h3.api.basic_int as h3
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from gridsvc.heat import hexagons, measures, raster
from gridsvc.heat.classes import limits, rounded
from gridsvc.heat.measures import MEASURES
from gridsvc.heat.shrink import steadied
from gridsvc.themes import DIVERGING, SEQUENTIAL

BOX = (102.60, 24.90, 102.80, 25.05)
SIGMA = 300.0
Floats = NDArray[np.float64]


def points(seed: int, count: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    return rng.uniform(BOX[0], BOX[2], count), rng.uniform(BOX[1], BOX[3], count)


def weights(over: raster.Raster, at: int, squares: NDArray[np.int64]) -> Floats:
    """The Gaussian weight of each point as seen from a square, worked out one by one."""
    width = over.shape[1]
    rows, columns = np.divmod(squares, width)
    row, column = divmod(at, width)
    far = (rows - row) ** 2 + (columns - column) ** 2
    return np.where(
        np.maximum(abs(rows - row), abs(columns - column)) <= raster.REACH * over.sigma,
        np.exp(-far / (2 * over.sigma**2)),
        0,
    )


@given(st.integers(0, 2**20), st.integers(0, 400))
def test_a_kernel_keeps_what_it_holds(seed: int, count: int) -> None:
    over = raster.over(BOX, SIGMA)
    squares = over.squares(*points(seed, count))
    assert (squares >= 0).all()
    mass = over.smoothed(over.binned(squares))
    assert mass.sum() == pytest.approx(count)


def test_a_kernel_is_the_sum_of_its_points() -> None:
    over = raster.over(BOX, SIGMA)
    squares = over.squares(*points(1, 300))
    weight = over.smoothed(over.binned(squares)) * over.reach
    for at in squares[:20].tolist():
        assert weight.ravel()[at] == pytest.approx(weights(over, at, squares).sum(), rel=0.01)


@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_smooth_quantile_is_that_of_the_weighted_cases(part: float) -> None:
    over, rng = raster.over(BOX, 800.0), np.random.default_rng(2)
    squares = over.squares(*points(2, 2_000))
    hours = rng.gamma(1.5, 30, 2_000)
    found = raster.quantile(over, squares, hours, part).ravel()
    for at in squares[:30].tolist():
        weight = weights(over, at, squares)
        order = np.argsort(hours)
        passed = np.cumsum(weight[order]) / weight.sum()
        plain = hours[order][np.searchsorted(passed, part)]
        assert found[at] == pytest.approx(plain, rel=0.25)


def test_points_far_outside_are_on_no_square() -> None:
    over = raster.over(BOX, SIGMA)
    lons = np.array([BOX[0] - 1, 0.0, np.nan, BOX[0]])
    lats = np.array([BOX[1], 0.0, np.nan, BOX[1]])
    assert (over.squares(lons, lats) >= 0).tolist() == [False, False, False, True]


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.floats(0, 1e4, allow_nan=False)), min_size=1, max_size=60
    )
)
def test_quantiles_by_place_are_those_of_numpy(rows: list[tuple[int, float]]) -> None:
    place = np.array([one for one, _ in rows], dtype=np.int32)
    value = np.array([hours for _, hours in rows])
    for code, part in (("close_median", 0.5), ("close_p90", 0.9)):
        n, found = measures.reduced(MEASURES[code], place, value, 5)
        for one in range(5):
            mine = value[place == one]
            assert n[one] == len(mine)
            if len(mine):
                assert found[one] == pytest.approx(np.quantile(mine, part))
            else:
                assert np.isnan(found[one])


@given(st.lists(st.tuples(st.integers(0, 200), st.floats(0, 1)), min_size=1, max_size=40))
def test_a_steadied_share_lies_between_its_own_and_that_of_all(
    rows: list[tuple[int, float]],
) -> None:
    n = np.array([count for count, _ in rows])
    share = np.array([np.round(part * count) / max(count, 1) for count, part in rows])
    found = steadied(n, share)
    assert (np.isnan(found) == (n == 0)).all()
    if n.sum():
        mean = (n * share).sum() / n.sum()
        has = n > 0
        low, high = np.minimum(share, mean), np.maximum(share, mean)
        assert (found[has] >= low[has] - 1e-9).all() and (found[has] <= high[has] + 1e-9).all()


def test_fewer_cases_are_drawn_further() -> None:
    n, share = np.array([4, 400, 400, 400]), np.array([1.0, 0.9, 0.1, 0.2])
    found = steadied(n, share)
    assert share[0] - found[0] > share[1] - found[1] > 0


@given(st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), max_size=60), st.booleans())
def test_classes_ascend_and_have_colours(values: list[float], around: bool) -> None:
    found = limits(np.array(values, dtype=np.float64), around)
    assert 1 <= len(found) < len(DIVERGING if around else SEQUENTIAL)
    assert list(found) == sorted(set(found))


@given(st.floats(1e-6, 1e9))
def test_limits_are_easily_said(value: float) -> None:
    found = rounded(value)
    assert 0.7 <= found / value <= 1.4
    assert len(f"{found:.9f}".replace(".", "").strip("0")) <= 2


@pytest.mark.parametrize("resolution", hexagons.RESOLUTIONS)
def test_new_hexagons_keep_the_numbers_of_old_ones(resolution: int) -> None:
    lons, lats = points(3, 50)
    rows = np.arange(50, dtype=np.int32)
    held = hexagons.EMPTY.patched(rows[:30], lons[:30], lats[:30], 30)
    later = held.patched(rows[20:], lons[20:], lats[20:], 50)
    assert later[resolution].names[: len(held[resolution].names)].tolist() == (
        held[resolution].names.tolist()
    )
    for row in range(50):
        cell = h3.latlng_to_cell(lats[row], lons[row], resolution)
        assert later[resolution].names[later[resolution].at[row]] == cell


def test_a_hexagon_on_the_antimeridian_and_a_pentagon_can_be_drawn() -> None:
    across = h3.latlng_to_cell(-16.8, 179.999, 7)
    pentagon = next(iter(h3.get_pentagons(7)))
    for shape in hexagons.outlines([across, pentagon]):
        assert shape.is_valid and shape.bounds[2] - shape.bounds[0] < 1
    disc = np.array(sorted(h3.grid_disk(pentagon, 2)), dtype=np.uint64)
    mine, _ = hexagons.discs(disc)
    assert np.bincount(mine).max() == 7
    assert np.bincount(mine)[disc.tolist().index(pentagon)] == 6


def test_a_district_smaller_than_a_hexagon_has_one() -> None:
    square = shapely.box(102.7, 25.0, 102.7001, 25.0001)
    assert 1 <= len(hexagons.within(square, 7)) <= 3
    assert len(hexagons.within(shapely.MultiPolygon([square]), 7)) >= 1
