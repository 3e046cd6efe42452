"""The parts on their own: folding, figures, numbers, likeness, the compact map, the type-ahead."""

import pytest

from gridsvc.address import naming, nearness, numbers, numerals, sounds
from gridsvc.address.numbered import Numbered
from gridsvc.address.shapes import alike
from gridsvc.address.text import fold, read
from gridsvc.address.typeahead import Typeahead
from tests.address.drawn import town


def test_folding() -> None:
    assert fold("關上街道　Ａ３棟") == "关上街道a3栋"
    assert fold("四○三 四零三 四〇三") == "四〇三四〇三四〇三"
    assert fold("3 － 2／501") == "3-2-501"
    assert read("３ ５０１").plain == "3 501"
    assert read("a👍b").plain == "a b"
    assert read("关 上 街").original(1, 3) == (2, 5)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12),
        ("十二", 12),
        ("一二", 12),
        ("二百〇五", 205),
        ("二十", 20),
        ("百", 100),
        ("两", 2),
        ("甲", None),
    ],
)
def test_figures(written: str, number: int | None) -> None:
    assert numerals.value(written) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3栋2单元501室", [("building", "3"), ("unit", "2单元"), ("room", "501室")]),
        ("十二号楼", [("building", "12")]),
        ("a-3座", [("building", "a3")]),
        ("215号附2号", [("house", "215-2")]),
        ("3-2-501", [("dashed", "3-2-501")]),
        ("13800138000", [("phone", "13800138000")]),
        ("往北50米", [("away", "往北50米")]),
        ("18楼", [("floor", "18楼")]),
    ],
)
def test_numbered_parts(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.key) for one in numbers.tokens(text)] == found


def test_what_hangs_on_a_house() -> None:
    def key(text: str) -> str:
        return numbers.houses_at(text, 0)[0][1]

    for text in (
        "7号附1号",
        "7附1",
        "7-1号",
        "7号之附1号",
        "七号附一",
        "7-附1号",
        "7之1",
        "7号 附1号",
    ):
        assert key(text) == "7-1", text
    assert [key(one) for one in ("32#", "13号院", "二十四号", "1号门面")] == ["32", "13", "24", "1"]
    assert [one for _, one in numbers.houses_at("18附13单元", 0)] == ["18-13", "18-1"]
    assert numbers.houses_at("与民航路交叉口", 0) == []


def test_a_building_may_have_a_name_of_its_own() -> None:
    assert numbers.building_key("综合楼") is None
    assert [numbers.building_key(one) for one in ("3栋", "b座", "a3栋")] == ["3", "b", "a3"]


def test_what_a_name_is_without_its_kind() -> None:
    assert naming.stems("双桥社区居民委员会", 3) == (("双桥",), False)
    assert naming.stems("石坪彝族自治县", 1) == (("石坪",), True)
    assert naming.stems("春城花园", 4) == ((), True)


def test_likeness_knows_sounds_and_shapes() -> None:
    def how(typed: str, name: str) -> tuple[float, str]:
        return nearness.likeness(typed, name)

    assert alike("未", "末") > 0.95 > 0.7 > alike("区", "市")
    assert how("日欣社区", "日新社区")[1] == "sound" and how("日欣社区", "日新社区")[0] > 0.85
    assert how("宫渡社区", "官渡社区")[1] == "shape" and how("宫渡社区", "官渡社区")[0] > 0.85
    # Regional speech: n and l, zh and z, ing and in.
    assert how("林民寨社区", "宁民债社区")[1] == "sound"
    assert how("永胜花苑三期", "永胜花苑二期")[0] < nearness.WORST
    assert how("感谢社区", "顺通社区")[0] < nearness.WORST


def test_the_compact_map() -> None:
    held = Numbered([(7, "3", 30), (7, "215", 31), (7, "215-2", 32), (8, "3", 33), (7, "b", 34)])
    assert (held.at(7, "3"), held.at(8, "3"), held.at(7, "b"), held.at(7, "c")) == (
        [30],
        [33],
        [34],
        [],
    )
    assert held.parts(7, 215) == [31, 32]
    assert held.beside(7, 101) == ([30], [31])
    assert held.beside(8, 101) == ([33], [])
    assert Numbered([]).at(1, "1") == []


def test_names_as_they_are_typed() -> None:
    ahead = Typeahead(town())

    def names(q: str) -> list[str]:
        return [one.name for one in ahead.suggest(q)]

    assert names("lyjd")[0] == names("liuyingjied")[0] == names("柳营街")[0] == "柳营街道"
    assert names("柳营")[:2] == ["柳营街道", "柳营社区居民委员会"]
    assert names("春城")[:2] == ["春城花园", "春城花园"]
    assert names("家营")[0] == "上张家营"
    assert names("机务段") == ["机务段宿舍"]
    assert names("980101002")[:3] == ["四〇三厂街道", "十里社区", "永胜路社区"]
    assert names("柳营社区春城花园3栋")[0] == "3栋"
    assert names("") == names("！") == []


def test_names_that_are_equally_near_come_in_one_order() -> None:
    names = [("下张家营", ("lower",)), ("上张家营", ("upper",)), ("小张家营", ("small",))]
    for order in (names, names[::-1]):
        near = nearness.NearIndex(order).within("张家营", sounds.heard("张家营"), 0, 3, twice=False)
        assert [one.name for one in near] == ["上张家营", "下张家营", "小张家营"]
