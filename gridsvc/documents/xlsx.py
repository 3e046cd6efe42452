"""A document as XLSX: a sheet for each chapter, figures as numbers, charts as the sheet's own."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from gridsvc.documents import pictures, writing
from gridsvc.documents.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Kind,
    Map,
    Paragraph,
    Table,
)

# Every text is written as text: nothing in it is ever a formula.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMATS = {
    Kind.WHOLE: "#,##0",
    Kind.SHARE: "0.0%",
    Kind.ONE: "#,##0.0",
    Kind.TWO: "#,##0.00",
    Kind.CHANGE: "+#,##0;-#,##0;0",
    Kind.MORE: "+#,##0.0;-#,##0.0;0.0",
    Kind.POINTS: "+0.0%;-0.0%;0.0%",
}
UNFIT_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
CHART_ROWS, MAP_ROWS = 18, 30


class Chapter(NamedTuple):
    """The blocks under one heading of the first level."""

    title: str
    blocks: list[Block]


def xlsx(document: Document, made_at: datetime) -> bytes:
    """The document as a workbook. A figure that is missing is an em dash, never a zero; one from
    too few has an asterisk in its format, so that it stays a number."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties(
            {
                "title": document.title,
                "author": document.running,
                "created": made_at.replace(tzinfo=None),
            }
        )
        writer = _Writer(book, document)
        for chapter in _chapters(document):
            writer.chapter(chapter)
    return file.getvalue()


def _chapters(document: Document) -> Iterator[Chapter]:
    chapter = Chapter(document.title, [])
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if chapter.blocks:
                yield chapter
            chapter = Chapter(block.text, [])
        chapter.blocks.append(block)
    yield chapter


class _Writer:
    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.names: set[str] = set()
        self.formats: dict[tuple[Any, ...], Any] = {}

    def form(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]

    def chapter(self, chapter: Chapter) -> None:
        sheet = self.book.add_worksheet(self._name(chapter.title))
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.document.footing.replace('&', '&&')}&R&P / &N")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 20, 13)
        sheet.write_string(0, 0, self.document.title, self.form(bold=True, font_size=14))
        sheet.write_string(1, 0, f"{self.document.running} {self.document.subtitle}")
        line = 3
        for block in chapter.blocks:
            line = self._block(sheet, block, line)

    def _name(self, title: str) -> str:
        """A name for a sheet that no other has."""
        plain = UNFIT_NAME.sub(" ", title).strip()[: LONGEST_NAME - 3] or "-"
        name, turn = plain, 1
        while name.casefold() in self.names:
            turn += 1
            name = f"{plain} {turn}"
        self.names.add(name.casefold())
        return name

    def _block(self, sheet: Any, block: Block, line: int) -> int:
        """Write the block from the line on; the line after it."""
        match block:
            case Heading():
                size = 13 if block.level == 1 else 11
                sheet.write_string(line, 0, block.text, self.form(bold=True, font_size=size))
                return line + 1
            case Paragraph():
                sheet.write_string(line, 0, block.text)
                return line + 2
            case Table():
                return self._table(sheet, block, line)
            case Chart():
                return self._chart(sheet, block, line)
            case Map():
                return self._map(sheet, block, line)

    def _table(self, sheet: Any, block: Table, line: int) -> int:
        sheet.write_string(line, 0, block.title, self.form(bold=True))
        head = self.form(bold=True, bottom=1, text_wrap=True, valign="vcenter")
        if block.rows:
            for place, column in enumerate(block.columns):
                sheet.write_string(line + 1, place, column.title, head)
            line += 1
        for row in block.rows:
            line += 1
            for place, cell in enumerate(row):
                self._cell(sheet, line, place, cell)
        if told := block.note if block.rows else block.empty:
            line += 1
            sheet.write_string(line, 0, told, self.form(font_color="#5A646D", font_size=9))
        return line + 2

    def _cell(self, sheet: Any, line: int, place: int, cell: Cell) -> None:
        if isinstance(cell, str):
            sheet.write_string(line, place, cell)
        elif cell.value is None:
            sheet.write_string(line, place, writing.MISSING, self.form(align="right"))
        else:
            form = FORMATS[cell.kind]
            if cell.small:
                form = ";".join(f'{part}"{writing.FEW}"' for part in form.split(";"))
            sheet.write_number(line, place, cell.value, self.form(num_format=form))

    def _chart(self, sheet: Any, block: Chart, line: int) -> int:
        """The chart's figures as a table, and beside it a chart that follows them."""
        kind = block.kind
        rows: list[tuple[Cell, ...]] = [
            (label, *(Figure(one.values[place], kind) for one in block.series))
            for place, label in enumerate(block.labels)
        ]
        columns = [Column(""), *(Column(one.name) for one in block.series)]
        table = Table(block.title, columns, () if block.empty else rows, empty=block.empty)
        after = self._table(sheet, table, line)
        if not table.rows:
            return after
        first, last = line + 2, line + 1 + len(rows)
        chart = self.book.add_chart({"type": "line" if block.lines else "bar"})
        for place, one in enumerate(block.series, 1):
            chart.add_series(
                {
                    "name": one.name,
                    "categories": [sheet.name, first, 0, last, 0],
                    "values": [sheet.name, first, place, last, place],
                    "fill": {"color": pictures.SERIES[place - 1]},
                    "line": {"color": pictures.SERIES[place - 1]},
                }
            )
        chart.set_title({"name": block.title, "name_font": {"size": 11}})
        if not block.lines:
            chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 640, "height": 20 * CHART_ROWS})
        sheet.insert_chart(line, len(block.series) + 2, chart)
        return max(after, line + CHART_ROWS + 1)

    def _map(self, sheet: Any, block: Map, line: int) -> int:
        sheet.write_string(line, 0, block.title, self.form(bold=True))
        if block.empty:
            sheet.write_string(line + 1, 0, block.empty)
            return line + 3
        png = BytesIO(pictures.picture(block, "png"))
        scale = {"image_data": png, "x_scale": 0.55, "y_scale": 0.55}
        sheet.insert_image(line + 1, 0, "map.png", scale)
        return line + MAP_ROWS
