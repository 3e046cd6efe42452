"""A workbook that somebody filled in, read as a table of responsibility, cell by cell."""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

import openpyxl

from geodata.rulesheets import NAMES
from geodata.sheets import head
from gridsvc.errors import BadInput, GridError
from gridsvc.rulebook import Rulebook
from gridsvc.rules.responsibility import Row
from gridsvc.ruletables import COLUMNS, MOST_ROWS, Draft, Fault, refuse
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

# An unpacked workbook beyond this is no table that people wrote.
MOST_MEGABYTES, MOST_PARTS = 60, 200
NEEDED = ("category", "unit", "lead", "supporting", "basis")
FORMULA, ERROR = "f", "e"


IGNORED = {head(words) for words in NAMES.values()}
SPOKEN = {
    spelling.casefold(): code
    for code, words in COLUMNS.items()
    for spelling in (words.zh, words.en, code, head(words))
}


class Cell(NamedTuple):
    """One cell that holds something: its column's code, and what stands in it."""

    column: str
    value: Any
    type: str


def read(data: bytes, facts: Snapshot, title: str, note: str | None = None) -> Draft:
    """The table in the first sheet of a workbook. Codes and unambiguous names are understood.

    Raises BadInput for what is no workbook, and TableRefused with line, column and reason of
    every cell that cannot be read.
    """
    try:
        lines = _lines(data)
    except GridError:
        raise
    except Exception as trouble:
        # Damaged bytes make the libraries below raise whatever they stumble over.
        raise _no_workbook() from trouble
    faults: list[Fault] = []
    rows: list[Row] = []
    reader = _Reader(facts.rules)
    for line, cells in lines:
        try:
            rows.append(reader.row(line, cells, len(rows) + 1))
        except _Unreadable as unreadable:
            faults.extend(unreadable.faults)
            rows.append(NO_ROW)
    if faults:
        raise refuse(faults)
    return Draft(title, note, rows, [line for line, _ in lines])


NO_ROW = Row(0, None, None, "", (), None, None, "")


class _Unreadable(Exception):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


def _lines(data: bytes) -> list[tuple[int, dict[str, Cell]]]:
    """The lines that hold anything, with their numbers as a spreadsheet shows them."""
    book = _open(data)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = enumerate(sheet.iter_rows(), 1)
        columns = _columns(next(lines, (1, ()))[1])
        found = []
        for line, cells in lines:
            held = dict(_held(columns, cells))
            if held:
                found.append((line, held))
            if len(found) > MOST_ROWS:
                raise BadInput(
                    zh=f"职责表超过{MOST_ROWS}行，没有写入。",
                    en=f"The table has more than {MOST_ROWS} rows. Nothing was written.",
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


def _columns(cells: Sequence[Any]) -> list[str | None]:
    """The code of each column by its heading; None: a column that is not read.

    Raises TableRefused for headings that nobody knows and for columns that are missing.
    """
    said = [str(cell.value or "").strip() for cell in cells]
    faults = [
        Fault(1, text, Words("不认识的列", "unknown column"))
        for text in said
        if text and text not in IGNORED and text.casefold() not in SPOKEN
    ]
    columns = [None if text in IGNORED else SPOKEN.get(text.casefold()) for text in said]
    given = [code for code in columns if code]
    faults += [
        Fault(1, code, Words("缺少此列", "this column is missing"))
        for code in NEEDED
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


class _Reader:
    """Reads lines for one district: its codes, and its names where they mean one thing."""

    def __init__(self, rules: Rulebook) -> None:
        bodies = rules.departments.values()
        kinds = rules.terms.get("community_kind", {})
        self.meant = {
            "category": _spellings((one.code, one.name.zh) for one in rules.categories.values()),
            "department": _spellings((b.code, b.name.zh, b.short or b.code) for b in bodies),
            "kind": _spellings((code, words.zh) for code, words in kinds.items()),
        }

    def row(self, line: int, cells: Mapping[str, Cell], usual_no: int) -> Row:
        """The row, or _Unreadable with every fault of the line."""
        faults: list[Fault] = []

        def take(column: str, reading: Callable[[Any], Any], otherwise: Any = None) -> Any:
            cell = cells.get(column)
            try:
                return otherwise if cell is None else reading(_plain(cell))
            except ValueError as reason:
                faults.append(Fault(line, column, reason.args[0]))
                return otherwise

        def needed(column: str, value: Any) -> Any:
            if not value and column not in {fault.column for fault in faults}:
                faults.append(Fault(line, column, Words("不能为空", "must not be empty")))
            return value

        row = Row(
            take("no", _number, usual_no),
            take("category", self._code("category")),
            take("unit", _text),
            needed("lead", take("lead", self._code("department"), "")),
            take("supporting", self._codes, ()),
            take("valid_from", _day),
            take("valid_to", _day),
            needed("basis", take("basis", _text, "")),
            take("community_kind", self._code("kind")),
            take("conditions", _text),
        )
        if faults:
            raise _Unreadable(faults)
        return row

    def _code(self, what: str) -> Callable[[Any], str]:
        def reading(value: Any) -> str:
            said = _text(value)
            meant = self.meant[what].get(said, {said})
            if len(meant) > 1:
                codes = "、".join(sorted(meant))
                raise ValueError(
                    Words(
                        f"“{said}”有多个：{codes}，请填编码", f"several are called {said}: {codes}"
                    )
                )
            return next(iter(meant))

        return reading

    def _codes(self, value: Any) -> tuple[str, ...]:
        said = _text(value)
        for mark in ("、", "，", ",", ";", "；", "\n"):
            said = said.replace(mark, "|")
        return tuple(
            self._code("department")(one) for part in said.split("|") if (one := part.strip())
        )


def _spellings(named: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    """Each spelling with the codes it may mean; a code means itself before any name."""
    found: dict[str, set[str]] = {}
    codes = set()
    for code, *names in named:
        codes.add(code)
        for name in names:
            found.setdefault(name, set()).add(code)
    return found | {code: {code} for code in codes}


def _plain(cell: Cell) -> Any:
    if cell.type == FORMULA or (isinstance(cell.value, str) and cell.value.startswith("=")):
        raise ValueError(Words("不能是公式", "must not be a formula"))
    if cell.type == ERROR:
        raise ValueError(Words("单元格有错误值", "the cell holds an error"))
    return cell.value


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(Words("应为文字", "must be text"))
    # A code of digits may have become a number on its way.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _number(value: Any) -> int:
    said = _text(value)
    if not said.isdecimal() or not 1 <= int(said) <= 999_999:
        raise ValueError(Words("应为1至999999的整数", "must be a whole number from 1 to 999999"))
    return int(said)


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        year, month, day = _text(value).replace("/", "-").replace(".", "-").split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(Words("应为日期，如2026-01-31", "must be a day like 2026-01-31")) from None
