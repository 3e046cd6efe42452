"""Which district of the country an address names, by the names of areas alone."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import areasfile
from gridsvc.address import words
from gridsvc.address.areas import Area, areas
from gridsvc.errors import BadInput
from tests.address import real
from tests.conftest import real_data

NATION = dict(words.nation())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("北京市朝阳区建国路1号", "110105"),
        ("吉林省长春市朝阳区红旗街", "220104"),
        ("长春朝阳红旗街", "220104"),
        ("杭州市西湖区三墩镇", "330106"),
        ("西湖区三墩镇，杭州市", "330106"),
        ("浙江义乌东洲花园", "330782"),
        ("杭州市", "3301"),
        ("内蒙古呼和浩特市新城区", "150102"),
        ("乐清南虹广场2153", "330382"),
    ],
)
def test_the_deepest_area_is_found(text: str, code: str) -> None:
    assert areas([text]) == [Area(code, (code,))]


def test_what_several_districts_are_called_is_left_open() -> None:
    (found,) = areas(["朝阳区三里屯"])
    assert found.code is None
    assert {"110105", "220104"} <= set(found.candidates)


@pytest.mark.parametrize("text", ["", "路", "三单元402", "和平路与朝阳街口", "town hall"])
def test_nothing_named_is_nothing_found(text: str) -> None:
    assert areas([text]) == [Area(None, ())]


@given(st.sampled_from(sorted(code for code in NATION if len(code) == 6)), st.text(max_size=6))
def test_a_whole_chain_of_names_is_its_district(code: str, rest: str) -> None:
    chain = "".join(NATION[code[:n]] for n in (2, 4, 6) if code[:n] in NATION)
    (found,) = areas([chain + rest])
    assert found.code == code


@given(st.lists(st.text(max_size=30), max_size=5))
def test_whatever_is_written_has_one_answer_a_line(texts: list[str]) -> None:
    found = areas(texts)
    assert len(found) == len(texts)
    assert all(one.code is None or one.candidates == (one.code,) for one in found)


def test_real_addresses_find_their_district() -> None:
    rows = [row for row in real.addresses(real_data("cn_address"), "dev") if row["area_code"]]
    found = areas(row["address"] for row in rows)
    right = sum(one.code == row["area_code"] for one, row in zip(found, rows, strict=True))
    assert right >= 0.98 * len(rows)


def test_a_file_of_addresses_is_marked_or_left_alone(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("no,place\n1,杭州市西湖区三墩镇\n2,朝阳区\n3,=1+1\n", "utf-8")
    assert areasfile.mark(source, target, "place") == (3, 1)
    rows = list(csv.DictReader(target.open(encoding="utf-8")))
    assert [row["area_code"] for row in rows] == ["330106", "", ""]
    assert "110105" in rows[1]["area_candidates"].split()
    assert rows[2]["place"] == "'=1+1"
    for wrong, column in ((source, "address"), (tmp_path / "none.csv", "place")):
        with pytest.raises(BadInput):
            areasfile.mark(wrong, tmp_path / "not.csv", column)
    assert not (tmp_path / "not.csv").exists()
