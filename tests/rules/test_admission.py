"""What may be handed to a community, and which level should lead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.rules.admission import (
    BEGINS,
    EMERGENCY,
    STEPS,
    Item,
    Kind,
    State,
    Step,
    Verdict,
    holds,
    in_season,
    may_hand,
    next_state,
    state_on,
)
from gridsvc.rules.level import Proposal, propose, sentence

DAY = date(2026, 3, 2)
LINEAGE, CHAIN = ["litter", "city"], ["T", "T.S", "T.S.A"]
days = st.dates(DAY - timedelta(5), DAY + timedelta(5))
items = st.lists(
    st.builds(
        Item,
        st.integers(1, 99),
        st.sampled_from(["litter", "city", "drain"]),
        st.sampled_from([None, "T.S.A", "T.S.B"]),
        st.sampled_from([one for one in State if one is not State.LAPSED]),
        days,
        st.one_of(st.none(), days),
    ),
    max_size=5,
)


@given(items, st.sampled_from([True, False, None]), st.sampled_from([EMERGENCY, None]))
def test_only_the_list_an_emergency_or_an_approval_of_the_day_lets_work_through(
    register: list[Item], on_list: bool | None, whistle: str | None
) -> None:
    fitting = [
        item
        for item in register
        if item.category in LINEAGE
        and item.unit in (None, "T.S.A")
        and item.state is State.APPROVED
        and item.starts <= DAY
        and (item.ends is None or item.ends >= DAY)
    ]
    verdict = may_hand(on_list, whistle, register, LINEAGE, CHAIN, DAY)
    assert verdict.allowed == bool(on_list or whistle or fitting)
    if not on_list and not whistle:
        assert verdict.item == min((item.no for item in fitting), default=None)


def test_what_nobody_classified_is_not_handed_on() -> None:
    assert may_hand(None, None, [], [], CHAIN, DAY) == Verdict(False, "none", None)


def test_an_approval_lapses_after_its_last_day_and_nothing_else_does() -> None:
    item = Item(1, "litter", None, State.APPROVED, DAY, DAY)
    assert (state_on(item, DAY), holds(item, DAY)) == (State.APPROVED, True)
    after = DAY + timedelta(1)
    assert (state_on(item, after), holds(item, after)) == (State.LAPSED, False)
    assert not holds(item, DAY - timedelta(1))
    assert state_on(item._replace(state=State.REFUSED), after) is State.REFUSED
    assert state_on(item._replace(ends=None), after) is State.APPROVED


def test_the_way_is_apply_review_decide_and_there_is_no_other() -> None:
    ways = {(state, step): next_state(state, step) for state in State for step in Step}
    assert {key: to for key, to in ways.items() if to} == STEPS
    assert [BEGINS[kind] for kind in Kind] == [
        State.APPLIED,
        State.APPLIED,
        State.APPROVED,
        State.APPROVED,
    ]
    assert [month for month in range(1, 13) if in_season(date(2026, month, 1))] == [3, 9]


D, S1, S2 = (1, "D"), (2, "S1"), (2, "S2")
A, B, C = (3, "A"), (3, "B"), (3, "C")


@pytest.mark.parametrize(
    ("chains", "wanted"),
    [
        ([], None),
        ([[]], None),
        ([[D, S1, A]], Proposal(3, "A", None)),
        ([[D, S1, A, (4, "g"), (5, "h")]], Proposal(3, "A", "g")),
        ([[D, S1, A, (5, "h")]], Proposal(3, "A", "h")),
        ([[D, S1, A, (5, "h")], [D, S1, A, (5, "i")]], Proposal(3, "A", None)),
        ([[D, S1, A], [D, S1, B]], Proposal(2, "S1", None)),
        ([[D, S1, A], [D, S2, C]], Proposal(1, "D", None)),
        ([[D, S1]], Proposal(2, "S1", None)),
        ([[A], [B]], None),
    ],
)
def test_the_level_is_the_smallest_that_holds_all_of_it(
    chains: list[list[tuple[int, str]]], wanted: Proposal | None
) -> None:
    assert propose(chains) == wanted


def test_the_proposal_names_who_raises_and_who_leads() -> None:
    said = sentence(Proposal(3, "A", "g"), "关上社区", "3幢")
    assert said.zh == (
        "建议层级：“关上社区”，由社区党组织和居民委员会牵头，由“3幢”负责人提出（规则31）。"
    )
    assert "rule 31" in said.en
