"""Walks along streets agree with networkx, in which every door is a node."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from gridsvc.walking.areas import STEP_M
from gridsvc.walking.network import Floats, Network, islands, pack, tidy, unpack
from gridsvc.walking.straight import Straight
from gridsvc.walking.streets import Streets
from gridsvc.walking.ways import Pairs, Ways
from tests.walking import oracle

FAR = 60.0


class Town:
    """Streets at random, some of them parallel, of no length, or apart from all others."""

    def __init__(self, seed: int) -> None:
        chance = np.random.default_rng(seed)
        count = int(chance.integers(4, 30))
        # Some corners lie at one place; no two streets lie on each other, for there the nearest
        # of them would be either.
        corners = np.round(chance.uniform(0, 600, (count, 2)), 2)
        corners = corners[chance.integers(0, count, count)]
        ends = chance.integers(0, count, (int(chance.integers(4, 60)), 2))
        run = corners[ends[:, 0]] - corners[ends[:, 1]]
        metres = np.hypot(*run.T) * chance.choice([1.0, 1.0, 1.3], len(ends))
        self.network = tidy(corners[:, 0] / 1e5, corners[:, 1] / 1e5, ends, metres)
        self.nodes = np.column_stack([self.network.lons, self.network.lats]) * 1e5
        self.homes = chance.uniform(-40, 640, (40, 2))
        self.places = chance.uniform(-40, 640, (int(chance.integers(1, 6)), 2))


def spread(pairs: list[Pairs], places: int, homes: int) -> Floats:
    whole = np.full((places, homes), np.inf)
    for some in pairs:
        assert np.isinf(whole[some.place, some.home]).all(), "a pair stands twice"
        whole[some.place, some.home] = some.metres
    return whole


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([80.0, 250.0, 2_000.0]))
def test_walks_agree_with_networkx(seed: int, limit: float) -> None:
    town = Town(seed)
    if len(town.network.ends) == 0:
        return
    ways = Streets(town.network, town.nodes, town.homes, FAR)
    truth = oracle.distances(town.network, town.nodes, town.places, town.homes, FAR)
    nearest = ways.nearest(town.places)
    assert nearest.metres == pytest.approx(truth.min(axis=0))
    reached = np.isfinite(nearest.metres)
    rows = np.flatnonzero(reached)
    assert (nearest.place >= 0).tolist() == reached.tolist()
    assert truth[nearest.place[rows], rows] == pytest.approx(nearest.metres[rows])
    found = spread(list(ways.pairs(town.places, limit)), *truth.shape)
    wanted = np.where(truth <= limit, truth, np.inf)
    # At the very limit both may be right.
    clear = np.abs(truth - limit) > 1e-6
    assert found[clear] == pytest.approx(wanted[clear])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_one_more_place_brings_nobody_farther_away(seed: int) -> None:
    town = Town(seed)
    ways: list[Ways] = [Straight(town.homes, 1.4)]
    if len(town.network.ends):
        ways.append(Streets(town.network, town.nodes, town.homes, FAR))
    for one in ways:
        before = one.nearest(town.places[:-1]).metres
        assert (one.nearest(town.places).metres <= before + 1e-6).all()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_no_walk_is_shorter_than_the_straight_line(seed: int) -> None:
    town = Town(seed)
    if len(town.network.ends) == 0:
        return
    walked = Streets(town.network, town.nodes, town.homes, FAR).nearest(town.places)
    direct = Straight(town.homes, 1.0).nearest(town.places)
    assert (walked.metres >= direct.metres - 1e-6).all()


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_ground_is_where_homes_would_walk_as_far(seed: int) -> None:
    town = Town(seed)
    if len(town.network.ends) == 0:
        return
    ways = Streets(town.network, town.nodes, town.homes, FAR)
    ground = ways.ground(town.places, 250.0)
    assert (ground.metres <= 250 + 1e-6).all()
    # Where two streets cross without meeting, a home would be on either.
    lines = shapely.linestrings(town.nodes[town.network.ends])
    beside = [(shapely.distance(lines, shapely.Point(at)) < 0.01).sum() for at in ground.points]
    alone = np.array(beside, dtype=int) == 1
    there = Streets(town.network, town.nodes, ground.points[alone], FAR).nearest(town.places)
    assert there.metres == pytest.approx(ground.metres[alone], abs=1e-4)
    # Every street within reach is there: no home at a street is far from its points.
    home = np.flatnonzero((ways.nearest(town.places).metres < 250) & (ways.doors.gap < 20))
    if len(home):
        apart, _ = cKDTree(ground.points).query(town.homes[home])
        assert (apart <= np.hypot(20, STEP_M)).all()


def test_a_straight_line_is_as_long_as_it_is_times_the_detour() -> None:
    homes = np.array([[0.0, 0.0], [300.0, 400.0]])
    ways = Straight(homes, 1.4)
    assert ways.nearest(np.array([[0.0, 0.0]])).metres == pytest.approx([0, 700])
    (some,) = ways.pairs(np.array([[0.0, 0.0]]), 699.0)
    assert some.home.tolist() == [0]
    assert np.isinf(ways.nearest(np.empty((0, 2))).metres).all()


LINE = Network(
    np.array([0.0, 0.001, 0.002, 0.009]),
    np.zeros(4),
    np.array([[0, 1], [1, 2]]),
    np.array([100.0, 100.0]),
)
AT = np.column_stack([LINE.lons, LINE.lats]) * 1e5


def test_a_place_in_a_lake_serves_nobody_and_a_home_in_a_lake_is_told() -> None:
    homes = np.array([[50.0, 10.0], [50.0, 500.0]])
    ways = Streets(LINE, AT, homes, FAR)
    assert ways.stranded.tolist() == [False, True]
    assert ways.apart(np.array([[50.0, 500.0], [50.0, 5.0]])).tolist() == [True, False]
    assert np.isinf(ways.nearest(np.array([[50.0, 500.0]])).metres).all()
    assert not list(ways.pairs(np.array([[50.0, 500.0]]), 900.0))


def test_neighbours_on_one_stretch_do_not_walk_round_by_its_end() -> None:
    ways = Streets(LINE, AT, np.array([[40.0, 10.0]]), FAR)
    assert ways.nearest(np.array([[60.0, 0.0]])).metres == pytest.approx([30.0])


def test_what_is_kept_is_what_was_woven() -> None:
    town = Town(7)
    again = unpack(pack(town.network))
    for had, has in zip(town.network, again, strict=True):
        assert has == pytest.approx(had, abs=1e-4)


def test_a_network_is_tidied() -> None:
    lons = np.array([0.0, 0.0, 0.001, 0.5, 0.002])
    ends = np.array([[0, 2], [1, 2], [2, 0], [0, 1], [2, 2], [2, 4]])
    made = tidy(lons, np.zeros(5), ends, np.array([9.0, 5.0, 7.0, 0.0, 3.0, 4.0]))
    # Two nodes at one place are one; of three stretches side by side the shortest is left; what has
    # no length, leads nowhere, or is touched by no stretch is gone.
    assert made.lons.tolist() == [0.0, 0.001, 0.002]
    assert made.ends.tolist() == [[0, 1], [1, 2]]
    assert made.metres.tolist() == [5.0, 4.0]


def test_islands_are_counted_from_the_longest() -> None:
    ends, metres = np.array([[0, 1], [2, 3]]), np.array([5.0, 50.0])
    network = Network(np.array([0.0, 0.1, 0.2, 0.3]), np.zeros(4), ends, metres)
    assert islands(network).tolist() == [1, 1, 0, 0]
