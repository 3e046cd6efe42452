"""Workbooks that people filled in, read cell by cell: which lines hold what under which heading."""

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

import openpyxl

from gridsvc.errors import BadInput, GridError
from gridsvc.ruletables import Fault, refuse
from gridsvc.words import Words

# An unpacked workbook beyond this is no table that people wrote.
MOST_MEGABYTES, MOST_PARTS = 60, 200
FORMULA, ERROR = "f", "e"


class Heads(NamedTuple):
    """The headings of a table: what each spelling means, which are only for the eye, which must
    be there."""

    spoken: Mapping[str, str]
    ignored: Collection[str]
    needed: Sequence[str]


class Cell(NamedTuple):
    """One cell that holds something: its column's code, and what stands in it."""

    column: str
    value: Any
    type: str


Line = tuple[int, dict[str, Cell]]


def lines(data: bytes, heads: Heads, most: int) -> list[Line]:
    """The lines of the first sheet that hold anything, with their numbers as a spreadsheet shows
    them. Raises BadInput for what is no workbook, TableRefused for headings that do not fit."""
    try:
        return _lines(data, heads, most)
    except GridError:
        raise
    except Exception as trouble:
        # Damaged bytes make the libraries below raise whatever they stumble over.
        raise BadInput(
            zh="不是可以读取的 XLSX 表格，没有写入。请另存为 .xlsx 后重新上传。",
            en="Not a readable XLSX workbook. Nothing was written. Save it as .xlsx and try again.",
        ) from trouble


def plain(cell: Cell) -> Any:
    """What stands in the cell; ValueError with Words for a formula or an error."""
    if cell.type == FORMULA or (isinstance(cell.value, str) and cell.value.startswith("=")):
        raise ValueError(Words("不能是公式", "must not be a formula"))
    if cell.type == ERROR:
        raise ValueError(Words("单元格有错误值", "the cell holds an error"))
    return cell.value


def said(value: Any) -> str:
    """The value as text, or ValueError with Words."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(Words("应为文字", "must be text"))
    # A code of digits may have become a number on its way.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _lines(data: bytes, heads: Heads, most: int) -> list[Line]:
    book = _open(data)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        numbered = enumerate(sheet.iter_rows(), 1)
        columns = _columns(next(numbered, (1, ()))[1], heads)
        found = []
        for line, cells in numbered:
            held = dict(_held(columns, cells))
            if held:
                found.append((line, held))
            if len(found) > most:
                raise BadInput(
                    zh=f"表格超过{most}行，没有写入。",
                    en=f"The table has more than {most} rows. Nothing was written.",
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


def _columns(cells: Sequence[Any], heads: Heads) -> list[str | None]:
    """The code of each column by its heading; None: a column that is not read.

    Raises TableRefused for headings that nobody knows and for columns that are missing.
    """
    said = [str(cell.value or "").strip() for cell in cells]
    faults = [
        Fault(1, text, Words("不认识的列", "unknown column"))
        for text in said
        if text and text not in heads.ignored and text.casefold() not in heads.spoken
    ]
    columns = [
        None if text in heads.ignored else heads.spoken.get(text.casefold()) for text in said
    ]
    given = [code for code in columns if code]
    faults += [
        Fault(1, code, Words("缺少此列", "this column is missing"))
        for code in heads.needed
        if code not in given
    ]
    faults += [
        Fault(1, code, Words("此列重复", "this column stands twice"))
        for code in dict.fromkeys(given)
        if given.count(code) > 1
    ]
    if faults:
        raise refuse(faults)
    return columns


def _held(columns: list[str | None], cells: Sequence[Any]) -> Iterator[tuple[str, Cell]]:
    for column, cell in zip(columns, cells, strict=False):
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        if column is not None and value not in (None, ""):
            yield column, Cell(column, value, cell.data_type)
