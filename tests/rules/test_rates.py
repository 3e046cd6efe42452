"""Rates: what is counted, what is left out, and that the lists are the figure."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gridsvc.rules.rates import (
    DEFINITIONS,
    REASONS,
    CallFact,
    CaseFact,
    Item,
    Period,
    Rate,
    hours,
    rates,
)

MAY = Period(datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
DAY = timedelta(days=1)


def case(no: int, opened: datetime, **change: Any) -> CaseFact:
    usual = CaseFact(str(no), opened, opened + 5 * DAY, None, None, 0, 0, False, ())
    return usual._replace(**change)


def by_code(cases: list[CaseFact], calls: list[CallFact]) -> dict[str, Rate]:
    return {rate.code: rate for rate in rates(cases, calls, [], MAY)}


def test_a_month_of_a_real_district_is_98_11_percent() -> None:
    """5,912 closed of 6,026 due in a month that accepted 6,423."""
    opened, early = MAY.since + DAY, MAY.since - 2 * DAY
    done = [case(n, opened, closed_at=opened + DAY, outcome="solved") for n in range(5_900)]
    done += [case(n, early, closed_at=opened, outcome="solved") for n in range(5_900, 5_912)]
    late = [case(n, opened, closed_at=opened + 6 * DAY) for n in range(6_000, 6_100)]
    never = [case(n, opened) for n in range(6_100, 6_114)]
    not_due = [case(n, MAY.until - DAY) for n in range(7_000, 7_409)]
    found = by_code(done + late + never + not_due, [])
    rate = found["on_time"]
    assert (len(rate.numerator), len(rate.denominator)) == (5_912, 6_026)
    assert rate.value is not None and round(rate.value * 100, 2) == 98.11
    assert len(found["closing"].denominator) == 6_423


def test_what_is_left_out_has_a_reason() -> None:
    opened = MAY.since
    cases = [
        case(1, opened, closed_at=opened + DAY, outcome="solved"),
        case(2, opened, closed_at=opened + DAY, outcome="dismissed"),
        case(3, opened, hung_up=True),
        case(4, opened, closed_at=opened + 9 * DAY, outcome="solved", reworks=1),
        case(5, opened, reopened=(opened + 4 * DAY,)),
    ]
    found = by_code(cases, [])
    assert found["on_time"].excluded == [(Item("2"), "dismissed"), (Item("3"), "hung_up")]
    assert found["on_time"].numerator == [Item("1")]
    assert found["closing"].numerator == [Item("1"), Item("4")]
    assert found["solved"].denominator == [Item("1"), Item("4"), Item("5")]
    assert found["solved"].numerator == [Item("1"), Item("4")]
    assert (found["rework"].value, found["rework"].small) == (0.5, True)


def test_calls_are_counted_by_department() -> None:
    at = MAY.since
    calls = [
        CallFact("1", "works", at, at + DAY, at + DAY, False, False, False),
        CallFact("1", "water", at, at + DAY, at + 2 * DAY, False, False, False),
        CallFact("2", "water", at, at + DAY, None, True, True, False),
        CallFact("3", "water", at, at + DAY, None, False, False, False),
        CallFact("4", "works", at, at + DAY, None, False, False, True),
        CallFact("5", "works", at - 40 * DAY, at - 39 * DAY, at - 39 * DAY, False, False, False),
    ]
    found = by_code([], calls)
    assert found["response"].numerator == [Item("1", "works")]
    assert len(found["response"].denominator) == 3
    assert found["response"].excluded == [
        (Item("2", "water"), "called_back"),
        (Item("4", "works"), "hung_up"),
    ]
    assert (len(found["hand_back"].numerator), len(found["hand_back"].denominator)) == (1, 5)
    came, closed = hours([], calls, MAY)
    assert (came.median, closed.median, closed.p90) == (36.0, None, None)


def test_nothing_is_not_zero() -> None:
    assert {rate.value for rate in rates([], [], [], MAY)} == {None}


moments = st.integers(0, 91 * 24).map(lambda hour: MAY.since + timedelta(hours=hour - 720))
maybe = st.none() | moments
facts = st.builds(
    CaseFact,
    st.uuids().map(str),
    moments,
    maybe,
    maybe,
    st.sampled_from([None, "solved", "dismissed"]),
    st.integers(0, 2),
    st.integers(0, 1),
    st.booleans(),
    st.lists(moments, max_size=2).map(tuple),
)
called = st.builds(
    CallFact,
    st.uuids().map(str),
    st.sampled_from(["works", "water"]),
    moments,
    moments,
    maybe,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(facts, max_size=30), st.lists(called, max_size=30))
def test_the_lists_are_the_figure(cases: list[CaseFact], calls: list[CallFact]) -> None:
    for rate in rates(cases, calls, [], MAY):
        counted = set(rate.denominator)
        assert set(rate.numerator) <= counted and len(counted) == len(rate.denominator)
        assert not counted & {item for item, _ in rate.excluded}
        assert {reason for _, reason in rate.excluded} <= set(REASONS)
        assert rate.code in DEFINITIONS
        assert rate.value is None or 0 <= rate.value <= 1
        assert rate.small == (len(rate.denominator) < 10)


@given(st.lists(facts, max_size=30, unique_by=lambda one: one.case_no))
def test_two_halves_of_a_month_are_the_month(cases: list[CaseFact]) -> None:
    middle = datetime(2026, 5, 16, tzinfo=UTC)
    halves = [Period(MAY.since, middle), Period(middle, MAY.until)]
    for code in ("on_time", "rework"):
        parts = [next(r for r in rates(cases, [], [], half) if r.code == code) for half in halves]
        whole = next(rate for rate in rates(cases, [], [], MAY) if rate.code == code)
        assert sorted(parts[0].denominator + parts[1].denominator) == sorted(whole.denominator)
        assert sorted(parts[0].numerator + parts[1].numerator) == sorted(whole.numerator)
