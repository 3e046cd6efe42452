"""Periods of a facility: what is wrong with them, and what a change from a day on leaves."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.rules.facilities import Known, Period, changed, faults, holding, meet

KNOWN = Known(["centre"], ["purchase"], ["T.S.A"])
SOUND = Period("F1", "centre", "中心", 102.7, 25.0)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def test_a_sound_period_has_no_faults() -> None:
    whole = SOUND._replace(
        floor_area_m2=90.5,
        provision_mode="purchase",
        opening_hours="Mo-Fr 08:30-17:30; Sa 09:00-12:00",
        serves=("T.S.A",),
    )
    assert list(faults([whole], KNOWN)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", ""), ("code", "F 1"), ("type", "x"), ("name", " "), ("name", "名" * 201),
        ("provision_mode", "gift"), ("state", "gone"), ("serves", ("T.X",)), ("lon", 181.0),
        ("lat", float("nan")), ("floor_area_m2", -1.0), ("floor_area_m2", float("inf")),
        ("opening_hours", "早上八点到晚上五点"),
    ],
)  # fmt: skip
def test_each_fault_names_its_column(column: str, value: Any) -> None:
    assert [one.column for one in faults([SOUND._replace(**{column: value})], KNOWN)] == [column]


def test_a_last_day_before_the_first_is_refused() -> None:
    backwards = SOUND._replace(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1))
    assert [one.column for one in faults([backwards], KNOWN)] == ["valid_to"]


@given(DAYS, DAYS, DAYS, DAYS)
def test_periods_overlap_exactly_when_a_day_is_in_both(
    one: date, long: date, other: date, far: date
) -> None:
    first = SOUND._replace(valid_from=min(one, long), valid_to=max(one, long))
    second = SOUND._replace(valid_from=min(other, far), valid_to=max(other, far))
    common = max(min(one, long), min(other, far)) <= min(max(one, long), max(other, far))
    assert meet(first, second) == common
    assert bool(list(faults([first, second], KNOWN))) == common


@given(st.lists(DAYS, max_size=4, unique=True), DAYS, DAYS)
def test_a_change_holds_from_its_day_and_leaves_what_was_before(
    turns: list[date], since: date, asked: date
) -> None:
    history: list[Period] = [SOUND]
    for no, turn in enumerate(sorted(turns)):
        history = changed(history, SOUND._replace(floor_area_m2=float(no)), turn)
    after = changed(history, SOUND._replace(name="新"), since)
    assert list(faults(after, KNOWN)) == []
    held = holding(after, asked)
    assert held is not None
    if asked >= since:
        assert held.name == "新"
    else:
        before = holding(history, asked)
        assert before is not None and held.floor_area_m2 == before.floor_area_m2
    gapless = [one.valid_to for one in after[:-1]]
    assert [one.valid_from for one in after[1:]] == [
        end + timedelta(days=1) for end in gapless if end
    ]
