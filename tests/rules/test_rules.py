"""Permissions, limits, coverage and the table of moves, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.clock import TimeUnit
from gridsvc.rules.coverage import measure
from gridsvc.rules.deadlines import Limit, choose
from gridsvc.rules.lifecycle import MOVES, STAGE_NAMES, Stage, legal
from gridsvc.rules.permission import Actor, Scope, allows


def test_every_stage_can_be_reached_and_left() -> None:
    reached, edge = {Stage.COLLECT}, {Stage.COLLECT}
    while edge:
        edge = {rule.end for stage in edge for rule in legal(stage) if rule.end} - reached
        reached |= edge
    # `handle_directly` and the whistle both lead on; nothing is a dead end, not even the archive.
    assert reached == set(Stage) == set(STAGE_NAMES)
    assert all(any(rule.end for rule in legal(stage)) for stage in Stage)


def test_the_seven_stages_follow_each_other() -> None:
    loop = ["whistle", "accept", "report_in", "resolve", "verify", "evaluate", "reply"]
    stage = Stage.COLLECT
    for code in loop:
        assert stage in MOVES[code].start
        stage = MOVES[code].end or stage
    assert stage is Stage.ARCHIVED


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [(Scope.DISTRICT, True), (Scope.UNIT, True), (Scope.DEPARTMENT, False), (None, False)],
)
def test_permission_reaches_as_far_as_its_scope(scope: Scope | None, allowed: bool) -> None:
    actor = Actor("p", "T.S", "works", {"act": scope} if scope else {})
    assert allows(actor, "act", ["T", "T.S", "T.S.A"], ["water"]) is allowed


def test_a_scope_without_its_place_reaches_nothing() -> None:
    assert not allows(Actor("p", None, None, {"act": Scope.UNIT}), "act", ["T"], ["works"])
    assert not allows(Actor("p", None, None, {"act": Scope.DEPARTMENT}), "act", ["T"], ["works"])


def test_the_most_specific_limit_holds() -> None:
    rows = [
        Limit(1, None, None, 5, TimeUnit.WORKING_DAY, ""),
        Limit(2, None, "emergency_whistle", 2, TimeUnit.EMERGENCY_HOUR, ""),
        Limit(3, "city", None, 3, TimeUnit.WORKING_DAY, ""),
    ]
    held = [choose(rows, [], kind) for kind in (None, "emergency_whistle")]
    assert [limit and limit.no for limit in held] == [1, 2]
    assert getattr(choose(rows, ["litter", "city"], None), "no", None) == 3
    assert choose([], ["litter"], None) is None


def test_no_data_is_not_zero_and_no_households_not_infinity() -> None:
    assert measure(100, None, 30).no_data == "households_unknown"
    assert measure(100, 0, 30).per_100_households is None
    assert measure(None, 10, 30).no_data == "area_unknown"
    assert measure(0, 1000, 30) == (0.0, False, 300.0, None)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(1, 10**6))
def test_adding_area_never_lowers_coverage(area: float, more: float, households: int) -> None:
    before, after = measure(area, households, 30), measure(area + more, households, 30)
    assert before.per_100_households is not None and after.per_100_households is not None
    assert after.per_100_households >= before.per_100_households
    assert (after.shortfall_m2 or 0) <= (before.shortfall_m2 or 0)
