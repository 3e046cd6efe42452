"""What nobody may be sure of, however well the rest fits; and what is no reason for doubt."""

import pytest

from gridsvc.address.find import find
from tests.address.drawn import town

GARDEN = "9801010010010010003"  # 3栋 of 春城花园 in 柳营社区


def sure(text: str) -> bool:
    return find(town(), text).confidence >= 0.9


def code(text: str) -> str | None:
    best = find(town(), text).best
    return best.code if best else None


@pytest.mark.parametrize(
    "part", ["二期", "B区", "南区", "(二期)", "东苑", "第二期", "别墅区", "一组团"]
)
def test_a_part_of_a_compound_that_nobody_registered(part: str) -> None:
    assert sure("柳营社区春城花园3栋")
    assert not sure(f"柳营社区春城花园{part}3栋")


@pytest.mark.parametrize("between", ["第", "，", "小区", "那边的"])
def test_words_that_may_stand_between_a_compound_and_its_building(between: str) -> None:
    assert code(f"柳营社区春城花园{between}3栋") == GARDEN
    assert sure(f"柳营社区春城花园{between}3栋")


@pytest.mark.parametrize(
    "tail", ["右边第二家", "围栏外头的绿化带", "正对着的人行道", "北墙根", "背街", "往里一百米"]
)
def test_what_follows_leads_away_from_the_place(tail: str) -> None:
    assert sure("十里小学")
    assert not sure(f"十里小学{tail}")


@pytest.mark.parametrize("tail", ["占道经营严重", "这边停水了", "三单元四楼左手边", "2-501"])
def test_what_follows_does_not_lead_away(tail: str) -> None:
    assert sure(f"柳营社区春城花园3栋{tail}")


def test_a_name_that_is_known_as_it_stands_is_not_surely_misspelt() -> None:
    assert sure("柳营社区云令小区3栋")
    # 云领小区 is in another street.
    assert not sure("柳营社区云领小区3栋")


def test_of_two_marks_the_one_behind_the_name_is_the_building() -> None:
    assert code("柳营社区春城花园3#1#501") == GARDEN


@pytest.mark.parametrize("text", ["柳荫路上的4号", "柳荫路上4号门口有人摆摊", "柳荫路的4号"])
def test_a_number_may_stand_a_little_behind_its_road(text: str) -> None:
    assert code(text) == GARDEN


def test_a_lane_is_not_the_compound_that_it_is_named_after() -> None:
    assert code("上张家营一巷") == "980101002001"


def test_of_two_homes_neither_is_set_aside() -> None:
    assert not sure("我住在柳营社区春城花园3栋，有人打架，我是双桥社区民航大院2栋的")
