"""Demand against floor area, beside PySAL's own."""

import numpy as np
import pandas as pd
import pytest
from access import fca
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsvc.walking.network import Floats
from gridsvc.walking.pressure import two_steps
from gridsvc.walking.straight import Straight


def _town(seed: int) -> tuple[Straight, Floats, Floats, Floats]:
    chance = np.random.default_rng(seed)
    homes, places = chance.uniform(0, 1_000, (30, 2)), chance.uniform(0, 1_000, (6, 2))
    return (
        Straight(homes, 1.4),
        places,
        chance.uniform(50, 900, 6),
        chance.integers(1, 200, 30).astype(float),
    )


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_access_says(seed: int) -> None:
    ways, places, supply, demand = _town(seed)
    limit = 500.0
    ours = two_steps(ways.pairs(places, limit), supply, demand)
    costs = pd.DataFrame(
        [
            (int(home), int(place), float(metres))
            for some in ways.pairs(places, 1e9)
            for place, home, metres in zip(*some, strict=True)
        ],
        columns=["home", "place", "metres"],
    )
    told = fca.two_stage_fca(
        demand_df=pd.DataFrame({"people": demand}, index=pd.RangeIndex(30, name="home")),
        supply_df=pd.DataFrame({"area": supply}, index=pd.RangeIndex(6, name="place")),
        cost_df=costs,
        max_cost=limit,
        demand_index=True,
        demand_name="people",
        supply_index=True,
        supply_name="area",
        cost_origin="home",
        cost_dest="place",
        cost_name="metres",
    )
    expected = told.reindex(range(len(demand))).fillna(0).to_numpy()
    assert ours.at_homes == pytest.approx(expected)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_where_all_is_within_reach_everything_is_given_away_once(seed: int) -> None:
    ways, places, supply, demand = _town(seed)
    found = two_steps(ways.pairs(places, 1e9), supply, demand)
    assert (found.at_homes * demand).sum() / demand.sum() == pytest.approx(
        supply.sum() / demand.sum()
    )


def test_what_is_unknown_takes_and_gives_nothing() -> None:
    ways = Straight(np.array([[0.0, 0.0], [10.0, 0.0]]), 1.0)
    places, demand = np.array([[0.0, 0.0], [5.0, 0.0]]), np.array([np.nan, 20.0])
    found = two_steps(ways.pairs(places, 100.0), np.array([40.0, np.nan]), demand)
    assert found.at_places == pytest.approx([2.0, np.nan], nan_ok=True)
    # The home of unknown households is told what it would find.
    assert found.at_homes == pytest.approx([2.0, 2.0])
