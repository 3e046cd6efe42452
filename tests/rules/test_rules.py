"""Permissions, limits, coverage and the table of moves, without a database."""

import pytest

from gridsvc.clock import TimeUnit
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
