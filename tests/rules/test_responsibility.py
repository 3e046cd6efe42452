"""Who answers: the most specific row of the table of the day, and the same one in any order."""

import random
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gridsvc.rules.responsibility import (
    Row,
    Table,
    Tried,
    answering,
    contradictions,
    decide,
    table,
)

TODAY = date(2026, 3, 2)
LINEAGE, CHAIN = ["litter", "city"], ["T", "T.S", "T.S.A"]


def row(no: int, category: str | None, unit: str | None, **more: object) -> Row:
    facts: dict[str, object] = {"lead": f"d{no}", "supporting": ()} | more
    facts = {"valid_from": None, "valid_to": None, "basis": "test"} | facts
    return Row(no, category, unit, **facts)  # type: ignore[arg-type]


def tried(rows: list[Row], kind: str | None = "urban") -> list[Tried]:
    return decide(table(1, "", None, rows), LINEAGE, CHAIN, kind, TODAY)


def won(rows: list[Row], kind: str | None = "urban") -> int | None:
    return next((one.row.no for one in tried(rows, kind) if one.won), None)


def test_category_before_group_before_any_then_small_units_then_a_named_kind() -> None:
    rows = [
        row(1, None, None),
        row(2, None, None, community_kind="urban"),
        row(3, "city", None),
        row(4, "city", "T.S.A"),
        row(5, "litter", None),
        row(6, "litter", "T"),
        row(7, "litter", "T.S.A"),
        row(8, "litter", "T.S.A", community_kind="urban"),
        row(9, "litter", "T.S.A", community_kind="urban"),
    ]
    assert [one.row.no for one in tried(rows)] == [8, 9, 7, 6, 5, 4, 3, 2, 1]


def test_rows_for_other_places_kinds_and_times_do_not_count() -> None:
    rows = [
        row(1, "noise", None),
        row(2, None, "T.S.B"),
        row(3, None, None, valid_to=date(2026, 3, 1)),
        row(4, None, None, valid_from=date(2026, 3, 3)),
        row(5, None, None, community_kind="rural"),
    ]
    assert won(rows) is None
    assert won(rows, "rural") == 5
    assert won(rows, None) is None
    assert won([*rows, row(6, None, None, valid_from=TODAY, valid_to=TODAY)]) == 6


def test_without_a_place_nobody_answers() -> None:
    assert decide(table(1, "", None, [row(1, None, None)]), LINEAGE, [], None, TODAY) == []


KINDS = [None, "urban", "rural"]
rows_strategy = st.lists(
    st.tuples(
        st.sampled_from([None, "litter", "city", "noise"]),
        st.sampled_from([None, "T", "T.S", "T.S.A", "T.S.B"]),
        st.sampled_from(KINDS),
        st.sampled_from(["works", "water"]),
        st.sampled_from([(None, None), (TODAY, None), (None, TODAY - timedelta(1))]),
    ),
    max_size=12,
).map(
    lambda facts: [
        row(no, what, where, community_kind=kind, lead=lead, valid_from=since, valid_to=until)
        for no, (what, where, kind, lead, (since, until)) in enumerate(facts, 1)
    ]
)


def specificity(one: Row) -> tuple[int, int, bool, int]:
    what = (LINEAGE.index(one.category) if one.category else 9,)
    where = (-CHAIN.index(one.unit) if one.unit else 9,)
    return *what, *where, one.community_kind is None, one.no


@given(rows_strategy, st.sampled_from(KINDS), st.randoms(use_true_random=False))
def test_every_row_that_fits_is_tried_in_one_order_however_they_are_shuffled(
    rows: list[Row], kind: str | None, chance: random.Random
) -> None:
    before = tried(rows, kind)
    chance.shuffle(rows)
    assert tried(rows, kind) == before
    assert sum(one.won for one in before) == (1 if before else 0)
    fitting = [
        one
        for one in rows
        if one.category in (*LINEAGE, None)
        and one.unit in (*CHAIN, None)
        and one.community_kind in (None, kind)
        and one.holds(TODAY)
    ]
    assert [one.row for one in before] == sorted(fitting, key=specificity)


@given(rows_strategy)
def test_a_contradiction_is_two_rows_of_equal_rank_that_say_different_things_on_a_day(
    rows: list[Row],
) -> None:
    days = [TODAY - timedelta(2), TODAY, TODAY + timedelta(2)]
    wanted = {
        (one.no, other.no)
        for one in rows
        for other in rows
        if one.no < other.no
        and (one.category, one.unit, one.community_kind)
        == (other.category, other.unit, other.community_kind)
        and one.lead != other.lead
        and any(one.holds(day) and other.holds(day) for day in days)
    }
    assert {(one.no, other.no) for one, other in contradictions(rows)} == wanted


def test_supporting_bodies_contradict_but_their_order_does_not() -> None:
    one = row(1, "city", None, lead="a", supporting=("b", "c"))
    assert contradictions([one, row(2, "city", None, lead="a", supporting=("c", "b"))]) == []
    assert len(contradictions([one, row(2, "city", None, lead="a", supporting=("b",))])) == 1


def versions(*holding: date | None) -> list[Table]:
    return [table(no, "", since, []) for no, since in enumerate(holding, 1)]


def test_the_table_of_the_latest_day_answers_and_among_equals_the_newest() -> None:
    first, second = date(2026, 3, 1), date(2026, 4, 1)
    # The third was published after the second, for an earlier day.
    tables = versions(None, second, first, first)
    answers = [(d, answering(tables, d)) for d in (date(2026, 2, 28), first, TODAY, second)]
    assert [one and one.no for _, one in answers] == [1, 4, 4, 2]
    assert answering(versions(first), date(2026, 2, 28)) is None


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 1)), min_size=1))
def test_a_later_day_is_never_answered_by_a_table_of_an_earlier_one(days: list[date]) -> None:
    tables = versions(*days)
    answers = [answering(tables, day) for day in sorted(days)]
    for one, next_ in pairwise(answers):
        assert one and next_ and (one.holds_from or date.min) <= (next_.holds_from or date.min)
