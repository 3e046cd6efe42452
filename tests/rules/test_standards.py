"""When a standard is met, missed, or cannot be told."""

import pytest

from gridsvc.rules.standards import (
    Standard,
    Verdict,
    holds,
    of_each,
    of_share,
    of_sum,
    unanswerable,
)
from gridsvc.words import Words


def standard(
    comparator: str, threshold: float | None = 1.0, upper: float | None = None
) -> Standard:
    name = Words("标准", "standard")
    return Standard(
        "s", name, "m", (), None, comparator, threshold, upper, "count", "street", None, "required",
        Words("名册", "a register"), "doc",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        (">=", 1, True), (">=", 0.9, False), ("<=", 1, True), ("<=", 1.1, False), (">", 1, False),
        (">", 1.1, True), ("=", 1, True), ("=", 2, False), (">=", None, None),
    ],
)  # fmt: skip
def test_comparators(comparator: str, value: float | None, met: bool | None) -> None:
    assert holds(standard(comparator), value) is met


def test_between_has_both_ends() -> None:
    three_to_five = standard("between", 3, 5)
    assert [holds(three_to_five, value) for value in (2, 3, 5, 6)] == [False, True, True, False]


def test_without_a_printed_figure_nothing_can_be_told() -> None:
    assert holds(standard(">=", None), 5) is None


def test_one_that_misses_outweighs_one_that_cannot_be_told() -> None:
    found = of_each(standard(">="), {"a": 2, "b": 0, "c": None})
    assert (found.met, found.lacking, found.unknown, found.having) == (False, ("b",), ("c",), 1)
    unknown = of_each(standard(">="), {"a": 2, "c": None})
    assert unknown.met is None and unknown.value is None and unknown.why is not None
    assert of_each(standard(">="), {"a": 2, "b": 1}) == Verdict(100.0, True, 2)


def test_a_share_is_of_those_it_speaks_of() -> None:
    half = standard(">", 50)
    assert of_share(half, {"a": True, "b": False}).met is False
    assert of_share(half, {"a": True, "b": True, "c": False}).met is True
    assert of_share(half, {}).met is None


def test_what_our_data_cannot_answer_says_what_it_needs() -> None:
    assert unanswerable(standard("=")).met is None
    assert "a register" in str(unanswerable(standard("=")).why)
    assert of_sum(standard("=", 0), 0.0, 5).met is True
