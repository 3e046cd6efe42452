"""The three writers: every figure of the blocks arrives, and nothing in a text is ever run."""

from datetime import UTC, datetime
from io import BytesIO

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsvc.documents import fonts, pictures, writing
from gridsvc.documents.blocks import (
    Area,
    Block,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Kind,
    Map,
    Paragraph,
    Series,
    Table,
)
from gridsvc.documents.formats import Format, write
from gridsvc.errors import NoFont

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)
SQUARE = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
TEXT = st.text(max_size=40)
FIGURES = st.builds(
    Figure,
    st.none() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6),
    st.sampled_from(Kind),
    st.booleans(),
)


def document(*blocks: Block) -> Document:
    return Document("官渡区月通报", "2026年10月", "官渡区", "制作于2026-11-01", blocks)


WHOLE = document(
    Heading("一、总体情况"),
    Paragraph("#set page() *受理* $x$ \\ 12件", "lead"),
    Table("部门", [Column("部门", 2, False), Column("率")], [["=1+1", Figure(0.5, Kind.SHARE)]]),
    Table("没有", [Column("部门")], [], empty="本期没有。"),
    Chart("按部门", ["城管局"], [Series("本期", [None]), Series("上期", [0.5])], Kind.SHARE),
    Chart("逐日", [str(day) for day in range(31)], [Series("受理", [1] * 31)], lines=True),
    Chart("空", [], [], empty="没有"),
    Heading("二、地图"),
    Map("图", [Area("甲街道", [SQUARE], None), Area("乙", [SQUARE], 7)], [5, 10], "件", "无数据"),
)


@pytest.mark.parametrize("form", Format)
def test_a_document_of_every_block_is_written_and_is_the_same_twice(form: Format) -> None:
    made = write(WHOLE, form, NOON)
    assert len(made) > 5_000
    if form is not Format.DOCX:
        assert made == write(WHOLE, form, NOON)


def test_texts_stay_texts_and_figures_numbers_in_a_workbook() -> None:
    book = openpyxl.load_workbook(BytesIO(write(WHOLE, Format.XLSX, NOON)))
    assert book.sheetnames == ["一、总体情况", "二、地图"]
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert "=1+1" in [cell.value for cell in cells]
    half = next(cell for cell in cells if cell.value == 0.5)
    assert half.number_format == "0.0%"
    assert len(book.worksheets[0]._charts) == 2
    assert len(book.worksheets[1]._images) == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXT, FIGURES), min_size=1, max_size=4))
def test_any_text_and_any_figure_arrive_in_word_and_in_a_workbook(
    rows: list[tuple[str, Figure]],
) -> None:
    table = Table("表", [Column("名", number=False), Column("数")], rows)
    whole = document(Heading("一"), table)
    word = docx.Document(BytesIO(write(whole, Format.DOCX, NOON)))
    told = [[cell.text for cell in row.cells] for row in word.tables[0].rows][1:]
    assert [row[1] for row in told] == [writing.said(figure) for _, figure in rows]
    book = openpyxl.load_workbook(BytesIO(write(whole, Format.XLSX, NOON)))
    held = list(book.worksheets[0].iter_rows(min_row=7, max_col=2, values_only=True))
    for (_, figure), (_, value) in zip(rows, held, strict=True):
        if figure.value is None:
            assert value == writing.MISSING
        else:
            assert value == pytest.approx(figure.value)


@settings(max_examples=15, deadline=None)
@given(TEXT)
def test_typst_sets_any_text_and_runs_none(text: str) -> None:
    assert write(document(Paragraph(text), Heading(text)), Format.PDF, NOON).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (Figure(12345), "12,345"),
        (Figure(0.975, Kind.SHARE), "97.5%"),
        (Figure(0, Kind.SHARE, True), "0.0%*"),
        (Figure(None, Kind.SHARE), "—"),
        (Figure(-3, Kind.CHANGE), "−3"),
        (Figure(4, Kind.CHANGE), "+4"),
        (Figure(-0.0001, Kind.POINTS), "0.0"),
        (Figure(0.031, Kind.POINTS), "+3.1"),
        (Figure(1.25, Kind.MORE), "+1.2"),
    ],
)
def test_numbers_are_written_one_way(figure: Figure, told: str) -> None:
    assert writing.said(figure) == told


def test_classes_hold_their_lower_limit() -> None:
    assert pictures.classes([5, 10]) == ["< 5", "5–10", "≥ 10"]
    block = Map("", (), [5, 10], "", "")
    assert pictures.shade(5, block) == pictures.SHADES[1]
    assert pictures.shade(4.9, block) == pictures.SHADES[0]
    two = block._replace(colours=("#000000", "#777777", "#FFFFFF"))
    assert pictures.shade(10, two) == "#FFFFFF"


def test_without_a_chinese_font_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Font",))
    fonts.family.cache_clear()
    try:
        with pytest.raises(NoFont, match="fonts-noto-cjk"):
            write(WHOLE, Format.PDF, NOON)
    finally:
        fonts.family.cache_clear()
