"""One whistle, one assessment."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.assessments import Assessed, Scales, judged, read, written
from gridsvc.db import to_json
from gridsvc.defaults import settings
from gridsvc.errors import BadInput
from gridsvc.freezing import differing, scales_of
from gridsvc.rules.assessment import (
    FAULT,
    Assessment,
    Criterion,
    Facts,
    WhistleCriterion,
    WhistleFacts,
    assess,
    assess_whistle,
    check_share,
    result,
)
from gridsvc.tables.assessments import AssessmentFrozen

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


WHISTLE = {one: settings()[f"whistle_{one}"] for one in WhistleCriterion}
DEDUCTIONS = {"improper": 30.0, "empty": 60.0}
ratings = st.lists(st.fixed_dictionaries({one: st.integers(0, 100) for one in WhistleCriterion}))
said = st.builds(WhistleFacts, ratings, st.none() | st.sampled_from(["improper", "empty", "odd"]))
points = st.floats(0, 100)
appeals = st.dictionaries(st.sampled_from([*Criterion, *WhistleCriterion, FAULT]), points)


def test_what_ships_for_whistles_adds_up_and_deducts() -> None:
    assert sum(WHISTLE.values()) == 100
    for fault in DEDUCTIONS:
        assert settings()[f"whistle_deduct_{fault}"] > 0


def test_a_whistle_is_the_mean_of_what_departments_say_less_its_fault() -> None:
    rated = [
        {WhistleCriterion.PROPER: 100, WhistleCriterion.DESCRIBED: 50, WhistleCriterion.HELP: 0},
        {WhistleCriterion.PROPER: 100, WhistleCriterion.DESCRIBED: 100, WhistleCriterion.HELP: 100},
    ]
    good = assess_whistle(WhistleFacts(rated, None), WHISTLE, DEDUCTIONS)
    assert good.points == 0.4 * 100 + 0.3 * 75 + 0.3 * 50
    bad = assess_whistle(WhistleFacts(rated, "improper"), WHISTLE, DEDUCTIONS)
    assert bad.points == good.points - 30
    assert assess_whistle(WhistleFacts([], None), WHISTLE, DEDUCTIONS).points is None
    assert assess_whistle(WhistleFacts([], "empty"), WHISTLE, DEDUCTIONS).points == 40
    waived = assess_whistle(WhistleFacts(rated, "improper"), WHISTLE, DEDUCTIONS, {FAULT: 0})
    assert waived.points == good.points and waived.deduction == ("improper", 0, 30)


@given(said, appeals)
def test_a_whistle_has_points_within_bounds_and_a_fault_never_helps(
    told: WhistleFacts, upheld: dict[str, float]
) -> None:
    found = assess_whistle(told, WHISTLE, DEDUCTIONS, upheld)
    assert found.points is None or -1e-9 <= found.points <= 100 + 1e-6
    blameless = assess_whistle(told._replace(fault=None), WHISTLE, DEDUCTIONS, upheld)
    if blameless.points is not None:
        assert found.points is not None and found.points <= blameless.points + 1e-9


@given(facts, appeals)
def test_an_upheld_appeal_changes_its_own_figure_and_shows_both(
    told: Facts, upheld: dict[str, float]
) -> None:
    before, after = assess(told, WEIGHTS), assess(told, WEIGHTS, upheld)
    assert [part.criterion for part in after.parts] == [part.criterion for part in before.parts]
    for old, new in zip(before.parts, after.parts, strict=True):
        assert new.share == old.share
        if old.criterion in upheld:
            assert (new.points, new.was) == (upheld[old.criterion], old.points)
        else:
            assert new == old


WHEN = datetime(2026, 3, 9, 8, 30, 1, 250, tzinfo=UTC)
scales = st.builds(
    Scales,
    st.dictionaries(st.sampled_from(list(Criterion)), points),
    st.dictionaries(st.sampled_from(list(WhistleCriterion)), points),
    st.dictionaries(st.sampled_from(["improper", "empty"]), points),
    st.floats(20, 100),
)


@given(st.lists(facts | said), appeals, scales)
def test_what_was_kept_comes_back_and_is_counted_again_to_the_last_digit(
    told: list[Facts | WhistleFacts], upheld: dict[str, float], by: Scales
) -> None:
    """Through JSON, as the database keeps it."""
    listed = []
    for number, one in enumerate(told):
        side = "department" if isinstance(one, Facts) else "street"
        said_so = {str(figure): given for figure, given in upheld.items()}
        draft = Assessed(side, str(number), "b", WHEN, one, said_so, Assessment(None, []))
        listed.append(draft._replace(assessment=judged(draft, by)))
    kept = AssessmentFrozen(
        scales=json.loads(to_json({"weights": {str(k): v for k, v in by.weights.items()}}))
        | {
            "whistle": {str(k): v for k, v in by.whistle.items()},
            "deductions": by.deductions,
            "share": by.share,
        },
        kept=json.loads(to_json([written(one) for one in listed])),
    )
    assert list(read(kept)) == listed
    assert scales_of(kept) == by
    assert differing(kept) == []
    if listed and listed[0].assessment.points is not None:
        kept.kept[0]["assessment"]["points"] += 1
        assert [one.case_no for one in differing(kept)] == ["0"]
