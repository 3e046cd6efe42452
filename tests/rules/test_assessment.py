"""One whistle, one assessment."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.defaults import settings
from gridsvc.errors import BadInput
from gridsvc.rules.assessment import Criterion, Facts, assess, check_share, result

WEIGHTS = {one: settings()[f"weight_{one}"] for one in Criterion}
ALL_WELL = Facts(True, True, 0, False, 100)


def test_what_ships_adds_up_and_enters_by_a_fifth() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert settings()["performance_share_percent"] >= 20
    assert assess(ALL_WELL, WEIGHTS).points == 100
    assert assess(Facts(False, False, 2, True, 0), WEIGHTS).points == 0


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ({"reported_in_in_time": False}, 20),
        ({"handled_in_time": False}, 25),
        ({"reworks": 1}, 7.5),
        ({"handed_back": True}, 10),
        ({"street_score": 50}, 15),
    ],
)
def test_each_shortcoming_costs_its_weight(change: dict[str, Any], lost: float) -> None:
    facts = ALL_WELL._replace(**change)
    assert assess(facts, WEIGHTS).points == pytest.approx(100 - lost)


def test_what_was_not_asked_neither_helps_nor_harms() -> None:
    found = assess(Facts(True, None, None, False, None), WEIGHTS)
    assert found.points == 100
    assert [part.criterion for part in found.parts] == ["report_in", "hand_back"]
    assert sum(part.share for part in found.parts) == pytest.approx(1)
    assert assess(ALL_WELL, {}).points is None


def test_a_period_is_the_mean_and_enters_by_its_share() -> None:
    good, bad = assess(ALL_WELL, WEIGHTS), assess(Facts(False, False, 2, True, 0), WEIGHTS)
    assert result([good, bad], 20) == (50, 2, 10)
    assert result([], 20) == (None, 0, None)


@pytest.mark.parametrize("percent", [0, 19.9, 101])
def test_the_share_is_never_below_what_the_rule_says(percent: float) -> None:
    assert check_share(20) == 20
    with pytest.raises(BadInput):
        check_share(percent)


maybe = st.none() | st.booleans()
facts = st.builds(
    Facts,
    maybe,
    maybe,
    st.none() | st.integers(0, 5),
    st.booleans(),
    st.none() | st.integers(0, 100),
)


@given(facts, st.dictionaries(st.sampled_from(list(Criterion)), st.floats(0, 100)))
def test_points_are_never_beyond_and_doing_better_never_costs(
    told: Facts, weights: dict[Criterion, float]
) -> None:
    found = assess(told, weights)
    assert found.points is None or -1e-9 <= found.points <= 100 + 1e-6
    if told.handed_back:
        better = assess(told._replace(handed_back=False), weights)
        assert (found.points or 0) <= (better.points or 0) + 1e-9
