"""Whose households a facility's area belongs to: the rule of division and what follows from it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gridsvc.rules.coverage import Ladder, measure, supply


def ladder(homes: list[list[list[int]]]) -> Ladder:
    """A district of streets of communities of buildings with so many households each."""
    levels, parents, households = [1], [[0, -1, -1, -1, -1]], [0]

    def add(level: int, above: list[int], count: int) -> int:
        row = len(levels)
        levels.append(level)
        chain = list(above)
        chain[level - 1] = row
        parents.append(chain)
        households.append(count)
        return row

    for street in homes:
        at_street = add(2, parents[0], 0)
        for community in street:
            at_community = add(3, parents[at_street], 0)
            for count in community:
                add(5, parents[at_community], count)
    for row, level in enumerate(levels):
        if level == 5:
            for above in parents[row][:3]:
                households[above] += households[row]
    return Ladder(np.array(levels), np.array(parents), np.array(households, dtype=float))


DISTRICTS = st.lists(
    st.lists(st.lists(st.integers(0, 400), min_size=1, max_size=4), min_size=1, max_size=4),
    min_size=1,
    max_size=3,
)


@st.composite
def provided(draw: Any) -> tuple[Ladder, list[list[int]], np.ndarray[Any, Any]]:
    """A district with facilities that serve any units of any levels."""
    ground = ladder(draw(DISTRICTS))
    rows = st.integers(0, len(ground.levels) - 1)
    serves = draw(st.lists(st.lists(rows, min_size=1, max_size=3), min_size=1, max_size=5))
    areas = draw(st.lists(st.floats(0, 5e3), min_size=len(serves), max_size=len(serves)))
    return ground, serves, np.array(areas)


def children(ground: Ladder, row: int) -> list[int]:
    """The units right below a unit."""
    level = int(ground.levels[row])
    below = {1: 2, 2: 3, 3: 5}.get(level)
    at = np.flatnonzero((ground.levels == below) & (ground.parents[:, level - 1] == row))
    found: list[int] = at.tolist()
    return found


@given(provided())
def test_children_add_up_to_their_parent(
    case: tuple[Ladder, list[list[int]], np.ndarray[Any, Any]],
) -> None:
    ground, serves, areas = case
    found = supply(ground, serves, areas)
    assert found.area[0] == pytest.approx(areas.sum())
    for row in range(len(ground.levels)):
        below = children(ground, row)
        # Area of units without households has nobody to be handed down to.
        if below and ground.households[row] and not found.open[below].any():
            assert found.area[below].sum() == pytest.approx(found.area[row])


@given(provided(), st.data())
def test_adding_a_facility_never_lowers_coverage(
    case: tuple[Ladder, list[list[int]], np.ndarray[Any, Any]], data: st.DataObject
) -> None:
    ground, serves, areas = case
    row = data.draw(st.integers(0, len(ground.levels) - 1))
    more = data.draw(st.floats(0, 5e3))
    before = supply(ground, serves, areas).area
    after = supply(ground, [*serves, [row]], np.append(areas, more)).area
    assert (after >= before - 1e-6).all()
    for unit in ground.parents[row][ground.parents[row] >= 0].tolist():
        assert after[unit] - before[unit] == pytest.approx(more, abs=1e-6)


@given(DISTRICTS, st.data())
def test_a_border_that_moves_takes_along_exactly_the_households_between(
    homes: list[list[list[int]]], data: st.DataObject
) -> None:
    ground = ladder(homes)
    communities = np.flatnonzero(ground.levels == 3).tolist()
    assume(len(communities) > 1)
    house = data.draw(st.sampled_from(np.flatnonzero(ground.levels == 5).tolist()))
    old = int(ground.parents[house, 2])
    new = data.draw(st.sampled_from([one for one in communities if one != old]))
    moved_chain = ground.parents.copy()
    moved_chain[house, :3] = ground.parents[new, :3]
    households = ground.households.copy()
    count = households[house]
    for gone, come in zip(ground.parents[house, :3], moved_chain[house, :3], strict=True):
        households[gone] -= count
        households[come] += count
    moved = Ladder(ground.levels, moved_chain, households)
    # One facility for all: each household has the same whichever side it is on.
    areas = np.array([1000.0])
    before, after = (supply(one, [[0]], areas) for one in (ground, moved))
    each = areas[0] / ground.households[0] if ground.households[0] else 0.0
    change = np.zeros(len(ground.levels))
    np.add.at(change, ground.parents[house, :3], -count * each)
    np.add.at(change, moved_chain[house, :3], count * each)
    assert after.area - before.area == pytest.approx(change, abs=1e-6)


def test_a_shared_facility_counts_once_and_by_households() -> None:
    ground = ladder([[[100], [300]], [[600]]])
    one, other = np.flatnonzero(ground.levels == 3)[:2].tolist()
    found = supply(ground, [[one, other]], np.array([400.0]))
    assert (found.area[one], found.area[other]) == (100, 300)
    assert found.area[0] == 400 and found.area[ground.parents[one, 1]] == 400


def test_a_unit_inside_another_served_unit_is_served_once() -> None:
    ground = ladder([[[100], [300]]])
    street, community = 1, 2
    found = supply(ground, [[street, community]], np.array([400.0]))
    assert found.area[street] == 400 and found.area[community] == 100


def test_unknown_area_stays_unknown_where_it_serves_and_above() -> None:
    ground = ladder([[[100], [300]], [[600]]])
    one = int(np.flatnonzero(ground.levels == 3)[0])
    found = supply(ground, [[one], [one]], np.array([np.nan, 50.0]))
    assert found.open[one] and found.open[0] and found.area[one] == 50
    other_street = int(np.flatnonzero(ground.levels == 2)[1])
    assert not found.open[other_street]


def test_households_that_nobody_knows_share_evenly_and_tell_nothing_below() -> None:
    ground = ladder([[[100], [300]]])
    unknown = ground.households.copy()
    one, other = np.flatnonzero(ground.levels == 3).tolist()
    unknown[one] = np.nan
    found = supply(ground._replace(households=unknown), [[one, other]], np.array([400.0]))
    assert (found.area[one], found.area[other]) == (200, 200)
    assert found.open[ground.levels == 5].all() and not found.open[0]


def test_no_facilities_give_nothing() -> None:
    ground = ladder([[[100]]])
    found = supply(ground, [], np.array([]))
    assert not found.area.any() and not found.open.any()


def test_no_data_is_not_zero_and_no_households_not_infinity() -> None:
    assert measure(100, None, 30).no_data == "households_unknown"
    assert measure(100, 0, 30).per_100_households is None
    assert measure(None, 10, 30).no_data == "area_unknown"
    assert measure(0, 1000, 30) == (0.0, False, 300.0, None)


def test_what_is_known_may_suffice() -> None:
    assert measure(400, 1000, 30, more=True) == (None, True, None, "area_unknown")
    assert measure(200, 1000, 30, more=True).met is None


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(1, 10**6))
def test_more_area_is_never_less_coverage(area: float, more: float, households: int) -> None:
    before, after = measure(area, households, 30), measure(area + more, households, 30)
    assert before.per_100_households is not None and after.per_100_households is not None
    assert after.per_100_households >= before.per_100_households
    assert (after.shortfall_m2 or 0) <= (before.shortfall_m2 or 0)
