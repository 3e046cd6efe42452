"""What holds for any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsvc.address.find import find
from gridsvc.address.text import fold, read
from tests.address.drawn import town

SAID = (
    "柳营街道 春城花园 3栋 ３＃ 柳荫路 4号 附2号 對面 邻水区 图州市 👍 ， 十里 五〇一 3-2-501 社区 "
    "楼下 柳营舍区 B座 一百零八 13800138000 \u200b \x00"
)
WORDS = st.sampled_from([*SAID.split(" "), " "])
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map("".join))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_text_has_an_answer_whose_pieces_lie_in_it(text: str) -> None:
    answer = find(town(), text)
    end = 0
    for piece in answer.pieces:
        assert end <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end] == piece.text
        end = piece.end
    assert all(0 <= one.confidence <= 1 for one in answer.candidates)
    assert sum(one.confidence for one in answer.candidates) <= 1.01
    for remark in answer.remarks:
        assert remark.words.zh and remark.words.en


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = read(text)
    assert len(folded.at) == len(folded.plain) + 1
    places = list(folded.at)
    assert places == sorted(places) and all(0 <= one <= len(text) for one in places)
    assert fold(folded.plain) == folded.plain


@pytest.mark.parametrize(
    "text",
    [
        "柳营社区春城花园" * 1250,
        "楼下有人堆垃圾" * 1400,
        "3-" * 5000,
        "附" * 10_000,
        " " * 10_000,
        "一" * 9_999,
    ],
)
def test_ten_thousand_characters_are_read(text: str) -> None:
    find(town(), text)


ADDRESSES = [
    "河东区柳营街道柳营社区春城花园3栋",
    "柳营社区春城花园3-2-501",
    "春城花园3栋",
    "柳荫路4号附2号",
    "柳营",
    "十里小学对面",
    "四〇三厂街道永胜花苑二期2栋",
    "邻水区柳荫路4号",
    "楼下有人堆垃圾",
    "",
]


@pytest.mark.parametrize("text", ADDRESSES)
@pytest.mark.parametrize("front", ["图南省", "图州市", "图南省图州市", "图南图州", "图州"])
def test_the_city_in_front_changes_nothing(text: str, front: str) -> None:
    plain, longer = find(town(), text), find(town(), front + text)
    assert [one.code for one in plain.candidates] == [one.code for one in longer.candidates]


@pytest.mark.parametrize("text", ADDRESSES)
def test_wide_characters_change_nothing(text: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    plain, wider = find(town(), text), find(town(), wide)
    assert plain.candidates == wider.candidates
    assert [one[4:] for one in plain.pieces] == [one[4:] for one in wider.pieces]
