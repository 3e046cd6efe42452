"""The best set of sites, beside every set there is, PySAL's model, and the greedy one."""

from itertools import chain, combinations
from typing import NamedTuple

import numpy as np
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spopt.locate import MCLP

from gridsvc.siting import greedy, model
from gridsvc.siting.model import Floats, Ints, Sites, Solution

SECONDS = 20.0


class Case(NamedTuple):
    sites: Sites
    short: Floats
    worth: Floats
    reached: list[Ints]
    homes: Floats
    budget: float


def case(seed: int) -> Case:
    """Up to eight sites in four communities; some cost nothing, some lie at the same place."""
    chance = np.random.default_rng(seed)
    count = int(chance.integers(0, 9))
    sites = Sites(
        chance.integers(1, 60, count).astype(float),
        chance.choice([0.0, 1.0, 2.5, 4.0, 7.0], count),
        chance.integers(0, 4, count),
    )
    reached = [np.flatnonzero(chance.random(25) < 0.25) for _ in range(count)]
    if count > 1:
        reached[1] = reached[0]
    return Case(
        sites,
        chance.choice([0.0, 10.0, 45.0, 80.0, np.nan], 4),
        chance.integers(0, 500, 4).astype(float),
        reached,
        chance.choice([0.0, 3.0, 10.0, np.nan], 25),
        float(chance.choice([0.0, 3.0, 8.0, 100.0])),
    )


def subsets(count: int) -> list[list[int]]:
    every = range(count)
    return [list(one) for one in chain(*(combinations(every, size) for size in range(count + 1)))]


def cost(one: Case, chosen: list[int]) -> float:
    return float(one.sites.costs[chosen].sum())


def brought_over(one: Case, chosen: list[int]) -> float:
    area = np.bincount(one.sites.community[chosen], one.sites.areas[chosen], minlength=4)
    over = (np.nan_to_num(one.short) > 0) & (area >= np.nan_to_num(one.short))
    return float(one.worth[over].sum())


def served(one: Case, chosen: list[int]) -> float:
    homes = {home for site in chosen for home in one.reached[site].tolist()}
    return float(np.nansum(one.homes[sorted(homes)]))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_no_set_within_the_budget_brings_more_over_the_standard(seed: int) -> None:
    one = case(seed)
    found = model.over_standard(one.sites, one.short, one.worth, one.budget, SECONDS)
    sets = [some for some in subsets(len(one.sites.areas)) if cost(one, some) <= one.budget]
    best = max(brought_over(one, some) for some in sets)
    assert found.proved and found.gap == 0
    assert found.value == pytest.approx(best) == pytest.approx(found.bound)
    assert brought_over(one, found.chosen) == pytest.approx(best)
    assert cost(one, found.chosen) <= one.budget + 1e-6
    simple = greedy.over_standard(one.sites, one.short, one.worth, one.budget)
    assert cost(one, simple) <= one.budget + 1e-6
    assert brought_over(one, simple) <= best


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_no_set_that_brings_all_over_it_is_cheaper(seed: int) -> None:
    one = case(seed)
    found = model.cheapest(one.sites, one.short, SECONDS)
    every = subsets(len(one.sites.areas))
    most = brought_over(one, every[-1])
    enough = [some for some in every if _communities(one, some) == _communities(one, every[-1])]
    least = min(cost(one, some) for some in enough)
    assert found.proved
    assert found.value == pytest.approx(least) == pytest.approx(found.bound)
    assert brought_over(one, found.chosen) == pytest.approx(most)
    simple = greedy.cheapest(one.sites, one.short)
    assert _communities(one, simple) == _communities(one, every[-1])
    assert cost(one, simple) >= least - 1e-9


def _communities(one: Case, chosen: list[int]) -> list[bool]:
    area = np.bincount(one.sites.community[chosen], one.sites.areas[chosen], minlength=4)
    short = np.nan_to_num(one.short)
    return [bool(s > 0 and a >= s) for s, a in zip(short, area, strict=True)]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_no_set_within_the_budget_serves_more_homes(seed: int) -> None:
    one = case(seed)
    found = model.covering(one.reached, one.homes, one.sites.costs, one.budget, SECONDS)
    sets = [some for some in subsets(len(one.reached)) if cost(one, some) <= one.budget]
    best = max(served(one, some) for some in sets)
    assert found.proved
    assert found.value == pytest.approx(best) == pytest.approx(found.bound)
    assert served(one, found.chosen) == pytest.approx(best)
    assert cost(one, found.chosen) <= one.budget + 1e-6
    simple = greedy.covering(one.reached, one.homes, one.sites.costs, one.budget)
    assert cost(one, simple) <= one.budget + 1e-6
    assert served(one, simple) <= best + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_more_money_never_achieves_less(seed: int) -> None:
    one = case(seed)
    over = [
        model.over_standard(one.sites, one.short, one.worth, budget, SECONDS).value
        for budget in (0.0, 2.0, 5.0, 9.0, None)
    ]
    reach = [
        model.covering(one.reached, one.homes, one.sites.costs, budget, SECONDS).value
        for budget in (0.0, 2.0, 5.0, 9.0, None)
    ]
    assert over == sorted(over) and reach == sorted(reach)


@pytest.mark.parametrize("seed", range(4))
def test_maximal_covering_is_what_pysal_says(seed: int) -> None:
    chance = np.random.default_rng(seed)
    homes, sites, chosen = 120, 25, 6
    apart = chance.uniform(0, 100, (homes, sites))
    worth = chance.integers(1, 50, homes).astype(float)
    theirs = MCLP.from_cost_matrix(apart, worth, service_radius=18, p_facilities=chosen)
    theirs = theirs.solve(pulp.PULP_CBC_CMD(msg=False))
    reached = [np.flatnonzero(apart[:, site] <= 18) for site in range(sites)]
    ours = model.covering(reached, worth, np.ones(sites), float(chosen), SECONDS)
    assert ours.value == pytest.approx(theirs.problem.objective.value())
    assert len(ours.chosen) <= chosen


def test_without_time_there_is_no_proof_and_the_gap_is_told() -> None:
    chance = np.random.default_rng(3)
    reached = [np.flatnonzero(chance.random(3_000) < 0.02) for _ in range(300)]
    worth = chance.integers(1, 300, 3_000).astype(float)
    costs = chance.uniform(1, 9, 300)
    found = model.covering(reached, worth, costs, 150.0, 0.05)
    assert not found.proved
    assert found.value <= found.bound <= worth.sum()
    assert 0 < found.gap <= 1


def test_a_gap_is_a_part_of_the_bound() -> None:
    assert Solution([], 90.0, 100.0, False).gap == pytest.approx(0.1)
    assert Solution([], 0.0, 0.0, True).gap == 0
