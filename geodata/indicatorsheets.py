"""Indicators of a year as a workbook, out and in."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from geodata import workbook
from geodata.sheets import OPTIONS, head
from geodata.wholefile import written
from geodata.workbook import Cell, Columns, Unfit, plain
from gridsvc.indicators.register import LONGEST, PARTS, SCOPES, Entry, number
from gridsvc.ruletables import Fault, refuse
from gridsvc.tables.indicators import Indicator
from gridsvc.words import Words

MOST_ROWS = 2_000
CODE = Words("编号", "code")
NAMES = (Words("指标", "indicator"), Words("单位", "unit"), Words("数据来源", "from whom"))
WHOSE = {"city": Words("全市", "city"), "district": Words("全区", "district")}
WHICH = {"current": Words("现值", "current"), "target": Words("目标", "target")}
VALUES = {
    (scope, part): Words(
        f"{WHOSE[scope].zh}{WHICH[part].zh}", f"{WHOSE[scope].en}, {WHICH[part].en}"
    )
    for scope in SCOPES
    for part in PARTS
}
UNCERTAIN, NOTE = Words("存疑", "uncertain"), Words("备注", "note")
YES, NO = ("是", "yes", "true", "1"), ("否", "no", "false", "0")

_READ = {
    "code": CODE,
    "uncertain": UNCERTAIN,
    "note": NOTE,
    **{f"{scope}.{part}": words for (scope, part), words in VALUES.items()},
}
SHEET = Columns(_READ, ("code",), frozenset(head(words) for words in NAMES))


def write(
    indicators: Sequence[Indicator],
    held: Mapping[tuple[str, str, str], Mapping[str, Any]],
    target: Path,
) -> None:
    """The year's answering values; a cell without one is empty. `read` takes the file back."""
    heads = [CODE, *NAMES, *VALUES.values(), UNCERTAIN, NOTE]
    with written(target) as draft, xlsxwriter.Workbook(draft, OPTIONS) as book:
        sheet = book.add_worksheet("indicators")
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 1, 34)
        sheet.set_column(2, len(heads) - 1, 14)
        for place, words in enumerate(heads):
            sheet.write_string(0, place, head(words), bold)
        for line, one in enumerate(indicators, 1):
            for place, cell in enumerate(_cells(one, held)):
                if isinstance(cell, float):
                    sheet.write_number(line, place, cell)
                elif cell:
                    sheet.write_string(line, place, cell)


def _cells(
    one: Indicator, held: Mapping[tuple[str, str, str], Mapping[str, Any]]
) -> Iterator[str | float | None]:
    yield from (one.code, one.name_zh, one.unit, one.source_zh)
    entries = [held.get((one.code, scope, part)) for scope, part in VALUES]
    for entry in entries:
        plainly = number(entry["value"]) if entry else None
        yield plainly if plainly is not None else entry["value"] if entry else None
    known = [entry for entry in entries if entry]
    yield "是" if any(entry["uncertain"] for entry in known) else None
    yield next((entry["note"] for entry in known if entry["note"]), None)


def read(data: bytes, indicators: Sequence[Indicator], year: int) -> list[Entry]:
    """The values of a workbook. An empty cell says nothing: it takes nothing back.

    Raises BadInput for what is no workbook, and TableRefused with line, column and reason of
    every cell that does not fit.
    """
    reader = _Reader({one.code for one in indicators}, year)
    try:
        with workbook.opened(data) as sheets:
            lines = workbook.lines(next(iter(sheets.values())), SHEET, MOST_ROWS)
    except Unfit as unfit:
        raise refuse([Fault(*one) for one in unfit.wrong], _READ) from None
    for line, cells in lines:
        reader.take(line, cells)
    if reader.faults:
        raise refuse(reader.faults, _READ)
    return reader.entries


class _Reader:
    def __init__(self, known: set[str], year: int) -> None:
        self.known, self.year = known, year
        self.seen: set[str] = set()
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []

    def take(self, line: int, cells: Mapping[str, Cell]) -> None:
        """The entries of one line, or its faults."""
        told: dict[str, str] = {}
        for column, cell in cells.items():
            try:
                told[column] = _fit(column, workbook.text(plain(cell)).strip())
            except ValueError as reason:
                self._fault(line, column, reason.args[0])
        code = told.get("code")
        if code is None:
            if "code" not in cells:
                self._fault(line, "code", Words("不能为空", "must not be empty"))
        elif code not in self.known:
            self._fault(line, "code", Words(f"没有指标“{code}”", f"there is no indicator {code}"))
        elif code in self.seen:
            self._fault(line, "code", Words("此指标重复", "this indicator stands twice"))
        else:
            self.seen.add(code)
            self._enter(code, told)

    def _enter(self, code: str, told: Mapping[str, str]) -> None:
        uncertain = told.get("uncertain") == YES[0]
        for scope, part in VALUES:
            if value := told.get(f"{scope}.{part}"):
                entry = Entry(code, self.year, scope, part, value, uncertain, told.get("note"))
                self.entries.append(entry)

    def _fault(self, line: int, column: str, reason: Words) -> None:
        self.faults.append(Fault(line, column, reason))


def _fit(column: str, words: str) -> str:
    if column == "uncertain":
        if words.casefold() not in YES + NO:
            raise ValueError(Words("只能填“是”或“否”", "must be yes or no"))
        return YES[0] if words.casefold() in YES else NO[0]
    most = 500 if column == "note" else LONGEST
    if len(words) > most:
        raise ValueError(Words(f"不能超过{most}个字", f"must not be longer than {most}"))
    return words
