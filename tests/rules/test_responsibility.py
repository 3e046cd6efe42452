"""Who answers: the most specific row, and the same one however the rows are shuffled."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gridsvc.rules.responsibility import Row, decide

TODAY = date(2026, 3, 2)
LINEAGE, CHAIN = ["litter", "city"], ["T", "T.S", "T.S.A"]


def row(no: int, category: str | None, unit: str | None, **more: object) -> Row:
    facts: dict[str, object] = {"valid_from": None, "valid_to": None} | more
    return Row(no, category, unit, f"d{no}", (), basis="test", **facts)  # type: ignore[arg-type]


def won(rows: list[Row]) -> int | None:
    return next((tried.row.no for tried in decide(rows, LINEAGE, CHAIN, TODAY) if tried.won), None)


def test_category_before_group_before_any_and_small_unit_before_large() -> None:
    rows = [
        row(1, None, None),
        row(2, "city", None),
        row(3, "city", "T.S.A"),
        row(4, "litter", None),
        row(5, "litter", "T"),
        row(6, "litter", "T.S.A"),
    ]
    order = [tried.row.no for tried in decide(rows, LINEAGE, CHAIN, TODAY)]
    assert order == [6, 5, 4, 3, 2, 1]


def test_rows_for_other_places_kinds_and_times_do_not_count() -> None:
    rows = [
        row(1, "noise", None),
        row(2, None, "T.S.B"),
        row(3, None, None, valid_to=date(2026, 3, 1)),
        row(4, None, None, valid_from=date(2026, 3, 3)),
    ]
    assert won(rows) is None
    assert won([*rows, row(5, None, None, valid_from=TODAY, valid_to=TODAY)]) == 5


rows_strategy = st.lists(
    st.tuples(
        st.sampled_from([None, "litter", "city", "noise"]),
        st.sampled_from([None, "T", "T.S", "T.S.A", "T.S.B"]),
    ),
    max_size=12,
).map(lambda pairs: [row(no, what, where) for no, (what, where) in enumerate(pairs, 1)])


@given(rows_strategy, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_rows(
    rows: list[Row], chance: random.Random
) -> None:
    before = decide(rows, LINEAGE, CHAIN, TODAY)
    chance.shuffle(rows)
    assert decide(rows, LINEAGE, CHAIN, TODAY) == before
    assert sum(tried.won for tried in before) == (1 if before else 0)
