"""Which stretches of a text name a community, among the names of more than one district."""

from functools import cache

import pytest

from gridsvc.address.find import find
from gridsvc.address.gazetteer import Gazetteer, build
from gridsvc.address.hanging import Units
from tests.address.fit import fitted

UNITS = """
97 海东省
9701 港州市
970101 港北区
970101001 青坪镇
970101001001 梨树坳村
970101001002 雁塘社区
970101002 云溪镇
970101002001 柏树湾村
970102 港南区
970102001 东塘街道
970102001001 春晖社区
"""
ABOVE = {2: 0, 4: 2, 6: 4, 9: 6, 12: 9}


@cache
def nation() -> Gazetteer:
    """Two districts of one city, without roads, compounds or numbers."""
    codes, names = zip(*(line.split(" ") for line in UNITS.strip().split("\n")), strict=True)
    row = {code: at for at, code in enumerate(codes)}
    levels = [{2: -1, 4: 0, 6: 1, 9: 2, 12: 3}[len(code)] for code in codes]
    parents = [row.get(code[: ABOVE[len(code)]], -1) for code in codes]
    return build(Units(codes, names, levels, parents), nation=())


def named(text: str) -> list[str]:
    return [one.text for one in find(nation(), text).pieces if one.kind == "community"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("港北区青坪镇梨树坳明月路26号", "梨树坳"),
        ("港北区青坪镇梨树坳村明月路26号", "梨树坳村"),
        ("港北区青坪镇雁塘明月东路12号", "雁塘"),
        ("青坪镇孟家岭村明月路3号", "孟家岭村"),
        ("青坪镇梨树坳2组", "梨树坳"),
    ],
)
def test_a_village_is_known_by_where_it_stands(text: str, name: str) -> None:
    assert named(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "港北区青坪镇翠屏新村5幢3单元",
        "港北区青坪镇明月路12号",
        "港北区青坪镇梨树坳路12号",
        "港南区东塘街道听松轩8幢",
    ],
)
def test_a_compound_or_a_road_is_no_community(text: str) -> None:
    assert named(text) == []


def test_a_piece_says_which_village_of_the_town_is_meant() -> None:
    answer = find(nation(), "港北区青坪镇梨树坳明月路26号")
    piece = next(one for one in answer.pieces if one.kind == "community")
    assert (piece.name, piece.code) == ("梨树坳村", "970101001001")


def test_a_logistic_fit_finds_what_tells_the_truth() -> None:
    features = [{"tells": float(n % 2), "noise": float(n % 3 == 0)} for n in range(600)]
    found = fitted(features, [one["tells"] > 0 for one in features], {}, {"noise": -1})
    assert found["weights"]["tells"] > 3 > abs(found["weights"]["noise"])
