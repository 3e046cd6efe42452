"""A workbook that somebody filled in, cell by cell: what stands where, and what cannot be read."""

import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

import openpyxl

from geodata.sheets import head
from gridsvc.errors import BadInput, GridError
from gridsvc.ruletables import Fault, refuse
from gridsvc.words import Words

# An unpacked workbook beyond this is no table that people wrote.
MOST_MEGABYTES, MOST_PARTS = 60, 200
FORMULA, ERROR = "f", "e"


class Form(NamedTuple):
    """What the first line of a sheet may say: columns by code, those that are needed, headings
    that are there for people only, and the most lines that are taken."""

    columns: Mapping[str, Words]
    needed: Collection[str]
    ignored: Collection[str]
    most: int

    @property
    def spoken(self) -> dict[str, str]:
        """Each spelling of a heading with its column's code."""
        return {
            spelling.casefold(): code
            for code, words in self.columns.items()
            for spelling in (words.zh, words.en, code, head(words))
        }


class Cell(NamedTuple):
    """One cell that holds something: its column's code, and what stands in it."""

    column: str
    value: Any
    type: str


class Unreadable(Exception):
    """A line with every fault that it has."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


class Line:
    """One line being read: each cell by its column, and the faults found on the way."""

    def __init__(self, number: int, cells: Mapping[str, Cell]) -> None:
        self.number, self.cells = number, cells
        self.faults: list[Fault] = []

    def take(self, column: str, reading: Callable[[Any], Any], otherwise: Any = None) -> Any:
        """What the cell says; a cell that cannot be read is a fault."""
        cell = self.cells.get(column)
        try:
            return otherwise if cell is None else reading(plain(cell))
        except ValueError as reason:
            self.faults.append(Fault(self.number, column, reason.args[0]))
            return otherwise

    def needed(self, column: str, value: Any) -> Any:
        """The value; an empty one is a fault unless there is one already."""
        if value in (None, "") and column not in {fault.column for fault in self.faults}:
            self.faults.append(Fault(self.number, column, Words("不能为空", "must not be empty")))
        return value

    def done(self, row: Any) -> Any:
        """The row, or Unreadable."""
        if self.faults:
            raise Unreadable(self.faults)
        return row


def lines(data: bytes, form: Form) -> list[tuple[int, dict[str, Cell]]]:
    """The lines of the first sheet that hold anything, with their numbers as a spreadsheet shows
    them. Raises BadInput for what is no workbook, TableRefused for headings that do not fit."""
    try:
        return _lines(data, form)
    except GridError:
        raise
    except Exception as trouble:
        # Damaged bytes make the libraries below raise whatever they stumble over.
        raise _no_workbook() from trouble


def _lines(data: bytes, form: Form) -> list[tuple[int, dict[str, Cell]]]:
    """The lines that hold anything, with their numbers as a spreadsheet shows them."""
    book = _open(data)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(), 1)
        columns = _columns(next(rows, (1, ()))[1], form)
        found = []
        for line, cells in rows:
            held = dict(_held(columns, cells))
            if held:
                found.append((line, held))
            if len(found) > form.most:
                raise BadInput(
                    zh=f"表格超过{form.most}行，没有写入。",
                    en=f"The table has more than {form.most} rows. Nothing was written.",
                )
    finally:
        book.close()
    return found


def _open(data: bytes) -> Any:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_MEGABYTES * 1e6:
        raise BadInput(
            zh=f"表格解压后超过{MOST_MEGABYTES} MB，没有写入。",
            en=f"The workbook is larger than {MOST_MEGABYTES} MB unpacked.",
        )
    return openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False)


def _no_workbook() -> BadInput:
    return BadInput(
        zh="不是可以读取的 XLSX 表格，没有写入。请另存为 .xlsx 后重新上传。",
        en="Not a readable XLSX workbook. Nothing was written. Save it as .xlsx and try again.",
    )


def _columns(cells: Sequence[Any], form: Form) -> list[str | None]:
    """The code of each column by its heading; None: a column that is not read.

    Raises TableRefused for headings that nobody knows and for columns that are missing.
    """
    spoken = form.spoken
    said = [str(cell.value or "").strip() for cell in cells]
    faults = [
        Fault(1, text, Words("不认识的列", "unknown column"))
        for text in said
        if text and text not in form.ignored and text.casefold() not in spoken
    ]
    columns = [None if text in form.ignored else spoken.get(text.casefold()) for text in said]
    given = [code for code in columns if code]
    faults += [
        Fault(1, code, Words("缺少此列", "this column is missing"))
        for code in form.needed
        if code not in given
    ]
    faults += [
        Fault(1, code, Words("此列重复", "this column stands twice"))
        for code in dict.fromkeys(given)
        if given.count(code) > 1
    ]
    if faults:
        raise refuse(faults, form.columns)
    return columns


def _held(columns: list[str | None], cells: Sequence[Any]) -> Iterator[tuple[str, Cell]]:
    for column, cell in zip(columns, cells, strict=False):
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        if column is not None and value not in (None, ""):
            yield column, Cell(column, value, cell.data_type)


def plain(cell: Cell) -> Any:
    """What stands in a cell; ValueError with the words for a formula or an error."""
    if cell.type == FORMULA or (isinstance(cell.value, str) and cell.value.startswith("=")):
        raise ValueError(Words("不能是公式", "must not be a formula"))
    if cell.type == ERROR:
        raise ValueError(Words("单元格有错误值", "the cell holds an error"))
    return cell.value


def text_of(value: Any) -> str:
    """Text; a number as its digits."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(Words("应为文字", "must be text"))
    # A code of digits may have become a number on its way.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def number_of(value: Any) -> int:
    """A whole number from 1 on."""
    said = text_of(value)
    if not said.isdecimal() or not 1 <= int(said) <= 999_999:
        raise ValueError(Words("应为1至999999的整数", "must be a whole number from 1 to 999999"))
    return int(said)


def day_of(value: Any) -> date:
    """A day, as a date or as text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        year, month, day = text_of(value).replace("/", "-").replace(".", "-").split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(Words("应为日期，如2026-01-31", "must be a day like 2026-01-31")) from None


def amount_of(value: Any) -> float:
    """A number, whole or not, as a cell or a person writes it."""
    try:
        return float(text_of(value))
    except (TypeError, ValueError):
        raise ValueError(Words("应为数字", "must be a number")) from None


def truth_of(value: Any) -> bool:
    """Yes or no, as people write it in either language."""
    said = str(value).strip().casefold()
    if said in ("true", "1", "是", "上班", "yes", "y"):
        return True
    if said in ("false", "0", "否", "休息", "放假", "no", "n"):
        return False
    raise ValueError(Words("应为是或否", "must be yes or no"))
