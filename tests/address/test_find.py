"""What an address may look like: each way of writing leads to the place that was meant."""

import pytest

from gridsvc.address.find import Answer, find
from tests.address.drawn import town

GARDEN = "9801010010010010003"  # 3栋 of 春城花园 in 柳营社区


def asked(text: str) -> Answer:
    return find(town(), text)


def code(text: str) -> str | None:
    best = asked(text).best
    return best.code if best else None


def remarks(text: str) -> dict[str, dict[str, str | int | float | None]]:
    return {one.code: one.facts for one in asked(text).remarks}


@pytest.mark.parametrize(
    "text",
    [
        "图南省图州市河东区柳营街道柳营社区春城花园3栋",
        "柳营社区春城花园3栋",
        "河东柳营街道柳营社区居委会春城花园3栋2单元501室",
        "春城花园3栋，柳营社区，柳营街道，河东区",
        "3栋 春城花园 柳营社区",
        "柳营社区春城花园３栋",
        "柳營社區春城花園３棟",
        "柳营社区春城花园三栋",
        "柳营社区春城花园3幢",
        "柳营社区春城花园3号楼",
        "柳营社区春城花园3#",
        "柳营社区春城花园3座",
        "柳营社区春城花园3-2-501",
        "柳营社区春城花园三-二-五〇一",
        "柳营社区春城花园小区3栋",
        "柳营舍区春城花圆3栋",
        "柳营社区舂城花园3栋",
        "柳营社区舂域花园3栋",
        "我住在柳营社区春城花园3栋，楼下有人堆垃圾",
        "李女士13800138000，柳营社区春城花园3栋2单元",
        "柳营社区春城花园3栋对面",
        "柳营社区春城花园3栋以北50米",
        "柳荫路4号",
        "柳荫路四号",
        "4号柳荫路",
        "柳荫路4#",
        "柳荫路4号院3栋",
    ],
)
def test_one_building_in_many_words(text: str) -> None:
    assert code(text) == GARDEN


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("柳营社区春城花园B座", "9801010010010010002"),
        ("柳荫路4号附2号", "9801010010010010004"),
        ("柳荫路4附2", "9801010010010010004"),
        ("柳荫路4-2号", "9801010010010010004"),
        ("柳荫路8号附1", "9801010010020010002"),
        ("环城东路中段215号", "9801010020020010001"),
        ("上张家营一巷3号", "9801010020010010017"),
        ("上张家营十七栋", "9801010020010010017"),
        ("老张家营17栋", "9801010020010010017"),
        ("永胜花苑三期2栋", "9801010020020020002"),
        ("403厂街道", "980101002"),
        ("四零三厂街道办事处", "980101002"),
        ("十里", "980101002001"),
        ("永胜路社区", "980101002002"),
        ("十里小学门口", "980101002001"),
        ("机务段宿舍2栋", "9801010010020010002"),
        ("民航大院2栋", "9801010010020010002"),
        ("图州经开区", "980101003"),
        ("图州市经济技术开发区", "980101003"),
        ("星海湾商贸城", "980101003001"),
        ("星海弯国际商贸城社区", "980101003001"),
        ("四〇三厂彝族乡", "980101002"),
    ],
)
def test_other_places(text: str, meant: str) -> None:
    assert code(text) == meant


def test_the_level_reached_and_the_point() -> None:
    poi, plate, street = asked("十里小学").best, asked("柳荫路2号").best, asked("柳营街道").best
    assert poi and plate and street
    assert (poi.reached, poi.name, poi.point) == ("poi", "十里小学", (102.5, 25.0))
    assert (plate.reached, plate.point) == ("building", (102.31, 25.01))
    assert (street.reached, street.point) == ("street", None)
    assert [unit.level for unit in plate.chain] == [-1, 0, 1, 2, 3, 4, 5]


def test_two_places_that_fit_both_come_back() -> None:
    answer = asked("春城花园3栋")
    assert {one.code for one in answer.candidates} == {GARDEN, "9801010010020020003"}
    assert answer.confidence <= 0.5 and remarks("春城花园3栋")["ambiguous"] == {"count": 2}
    # Only one of the two has so many buildings.
    assert code("春城花园11栋") == "9801010010010010011"
    assert {one.code for one in asked("佳惠超市").candidates} == {
        "980101001001002",
        "980101002002001",
    }


def test_a_short_name_of_several_levels_is_not_picked_silently() -> None:
    answer = asked("柳营")
    assert {one.code for one in answer.candidates} == {"980101001", "980101001001"}
    assert answer.confidence <= 0.5


def test_another_district_is_recognised() -> None:
    for text in (
        "图州市邻水区春城花园3栋",
        "邻水区柳荫路4号",
        "石坪县城春城花园",
        "远方市柳营街道",
    ):
        best = asked(text).best
        assert best and not best.here, text
        assert "elsewhere" in remarks(text), text
    assert remarks("邻水区柳荫路4号")["elsewhere"]["name"] == "邻水区"


@pytest.mark.parametrize(
    "text", ["", "，。", "楼下有人堆垃圾", "三十二栋电梯坏了", "13800138000", "👍👍"]
)
def test_nothing_found_is_an_answer(text: str) -> None:
    answer = asked(text)
    assert (answer.best, answer.confidence, answer.candidates) == (None, 0.0, ())
    assert "nothing_found" in remarks(text)


def test_the_pieces_are_shown_where_they_stand() -> None:
    said = "我住在 柳營街道，柳营舍区春城花園３棟2单元501室，电话13800138000"
    answer = asked(said)
    shown = [(one.kind, one.text, one.name, one.how) for one in answer.pieces]
    assert shown == [
        ("street", "柳營街道", "柳营街道", "exact"),
        ("community", "柳营舍区", "柳营社区居民委员会", "sound"),
        ("compound", "春城花園", "春城花园", "exact"),
        ("building", "３棟", "3栋", "number"),
        ("unit", "2单元", None, "number"),
        ("room", "501室", None, "number"),
        ("phone", "13800138000", None, "number"),
    ]
    assert all(said[one.start : one.end] == one.text for one in answer.pieces)


def test_remarks_say_what_was_understood() -> None:
    assert remarks("柳营镇")["old_name"] == {"text": "柳营镇", "name": "柳营街道"}
    assert remarks("柳营社区春城花圆3栋")["misspelt"]["name"] == "春城花园"
    beside = remarks("柳营社区春城花园3栋往北50米")["beside"]
    assert (beside["direction"], beside["metres"]) == ("北", 50)
    assert remarks("柳营社区春城花园99栋")["number_unknown"]["text"] == "99栋"
    assert remarks("柳营街道白塔社区")["unknown_unit"]["text"] == "白塔社区"
    assert remarks("四〇三厂街道柳营社区春城花园3栋")["contradiction"]["text"] == "四〇三厂街道"


def test_a_name_that_a_longer_one_outdoes_makes_no_candidate() -> None:
    assert [one.code for one in asked("柳营衔道").candidates] == ["980101001"]


def test_doubt_lowers_the_confidence() -> None:
    sure = asked("柳营社区春城花园3栋").confidence
    assert sure > 0.9
    for doubtful in (
        "柳营社区春城花园99栋",
        "四〇三厂街道柳营社区春城花园3栋",
        "春城花园3栋",
        "邻水区或者河东区柳营社区春城花园3栋",
    ):
        assert asked(doubtful).confidence < min(sure, 0.9), doubtful


def test_an_unknown_number_between_two_known_ones_leads_to_their_community() -> None:
    assert code("柳荫路10号") == "980101001002"
    assert asked("柳荫路10号").confidence < 0.9
