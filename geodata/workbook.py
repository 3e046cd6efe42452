"""Workbooks that people filled in, read cell by cell: nothing in them is run, and what cannot be
read is told with its line and column."""

import math
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

import openpyxl

from geodata.sheets import head
from gridsvc.errors import BadInput, GridError
from gridsvc.words import Words

# An unpacked workbook beyond this is no table that people wrote.
MOST_MEGABYTES, MOST_PARTS = 60, 200
FORMULA, ERROR = "f", "e"


class Cell(NamedTuple):
    """One cell that holds something: its column's code, and what stands in it."""

    column: str
    value: Any
    type: str


class Wrong(NamedTuple):
    """What is wrong in one place: line, column's code or heading, why."""

    line: int
    column: str
    text: Words


class Columns(NamedTuple):
    """The columns of a sheet by code, those that must be there, and those that are passed over."""

    known: Mapping[str, Words]
    needed: Sequence[str]
    ignored: frozenset[str] = frozenset()

    @property
    def spoken(self) -> dict[str, str]:
        """Every spelling of a heading with its column's code."""
        return {
            spelling.casefold(): code
            for code, words in self.known.items()
            for spelling in (words.zh, words.en, code, head(words))
        }


class Unfit(Exception):
    """A sheet whose headings or cells cannot be read, with all that is wrong."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__()
        self.wrong = wrong


Line = tuple[int, dict[str, Cell]]


@contextmanager
def opened(data: bytes) -> Iterator[dict[str, Iterator[tuple[Any, ...]]]]:
    """The sheets of a workbook by name, in their order, each as its rows of cells.

    Raises BadInput for what is no workbook, also if that shows only inside the block.
    """
    try:
        book = _open(data)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()
            yield {sheet.title: sheet.iter_rows() for sheet in book.worksheets}
        finally:
            book.close()
    except (GridError, Unfit):
        raise
    except Exception as trouble:
        # Damaged bytes make the libraries below raise whatever they stumble over.
        raise BadInput(
            zh="不是可以读取的 XLSX 表格，没有写入。请另存为 .xlsx 后重新上传。",
            en="Not a readable XLSX workbook. Nothing was written. Save it as .xlsx and try again.",
        ) from trouble


def lines(rows: Iterator[tuple[Any, ...]], columns: Columns, most: int) -> list[Line]:
    """The lines below the headings that hold anything, numbered as a spreadsheet shows them.

    Raises Unfit for headings, BadInput for more than `most` lines.
    """
    numbered = enumerate(rows, 1)
    codes = _codes(next(numbered, (1, ()))[1], columns)
    found: list[Line] = []
    for line, cells in numbered:
        held = dict(_held(codes, cells))
        if held:
            found.append((line, held))
        if len(found) > most:
            raise BadInput(
                zh=f"表格超过{most}行，没有写入。",
                en=f"The table has more than {most} rows. Nothing was written.",
            )
    return found


class Reader:
    """Takes the cells of one line; what is wrong with them is kept in `wrong`."""

    def __init__(self, line: int, cells: Mapping[str, Cell]) -> None:
        self.line, self.cells = line, cells
        self.wrong: list[Wrong] = []

    def take(self, column: str, reading: Callable[[Any], Any], otherwise: Any = None) -> Any:
        """The cell as `reading` understands it; `otherwise` where it is empty or wrong."""
        cell = self.cells.get(column)
        try:
            return otherwise if cell is None else reading(plain(cell))
        except ValueError as reason:
            self.wrong.append(Wrong(self.line, column, reason.args[0]))
            return otherwise

    def needed(self, column: str, reading: Callable[[Any], Any], otherwise: Any = "") -> Any:
        """The same for a cell that must not be empty."""
        value = self.take(column, reading, otherwise)
        if value in (None, "") and column not in {one.column for one in self.wrong}:
            self.wrong.append(Wrong(self.line, column, Words("不能为空", "must not be empty")))
        return value


def _open(data: bytes) -> Any:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_MEGABYTES * 1e6:
        raise BadInput(
            zh=f"表格解压后超过{MOST_MEGABYTES} MB，没有写入。",
            en=f"The workbook is larger than {MOST_MEGABYTES} MB unpacked.",
        )
    return openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False)


def _codes(cells: Sequence[Any], columns: Columns) -> list[str | None]:
    """The code of each column by its heading; None: a column that is not read."""
    spoken = columns.spoken
    said = [str(cell.value or "").strip() for cell in cells]
    wrong = [
        Wrong(1, text, Words("不认识的列", "unknown column"))
        for text in said
        if text and text not in columns.ignored and text.casefold() not in spoken
    ]
    codes = [None if text in columns.ignored else spoken.get(text.casefold()) for text in said]
    given = [code for code in codes if code]
    wrong += [
        Wrong(1, code, Words("缺少此列", "this column is missing"))
        for code in columns.needed
        if code not in given
    ]
    wrong += [
        Wrong(1, code, Words("此列重复", "this column stands twice"))
        for code in dict.fromkeys(given)
        if given.count(code) > 1
    ]
    if wrong:
        raise Unfit(wrong)
    return codes


def _held(codes: Sequence[str | None], cells: Sequence[Any]) -> Iterator[tuple[str, Cell]]:
    for column, cell in zip(codes, cells, strict=False):
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        if column is not None and value not in (None, ""):
            yield column, Cell(column, value, cell.data_type)


def plain(cell: Cell) -> Any:
    """What the cell says; ValueError with Words for a formula or an error."""
    if cell.type == FORMULA or (isinstance(cell.value, str) and cell.value.startswith("=")):
        raise ValueError(Words("不能是公式", "must not be a formula"))
    if cell.type == ERROR:
        raise ValueError(Words("单元格有错误值", "the cell holds an error"))
    return cell.value


def text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(Words("应为文字", "must be text"))
    # A code of digits may have become a number on its way.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def number(value: Any) -> int:
    said = text(value)
    if not said.isdecimal() or not 1 <= int(said) <= 999_999:
        raise ValueError(Words("应为1至999999的整数", "must be a whole number from 1 to 999999"))
    return int(said)


def day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        year, month, day = text(value).replace("/", "-").replace(".", "-").split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(Words("应为日期，如2026-01-31", "must be a day like 2026-01-31")) from None


def amount(value: Any) -> float:
    """A number, whole or not."""
    said = text(value)
    try:
        number = float(said)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(Words("应为数字", "must be a number"))
    return number


def truth(value: Any) -> bool:
    """Yes or no, as people write it in either language."""
    said = str(value).strip().casefold()
    if said in ("true", "1", "是", "上班", "yes", "y"):
        return True
    if said in ("false", "0", "否", "休息", "放假", "no", "n"):
        return False
    raise ValueError(Words("应为是或否", "must be yes or no"))


def parts(value: Any) -> tuple[str, ...]:
    """Several texts in one cell, parted by any of the usual marks."""
    said = text(value)
    for mark in ("、", "，", ",", ";", "；", "\n"):
        said = said.replace(mark, "|")
    return tuple(one for part in said.split("|") if (one := part.strip()))
