"""Holidays and limits as workbooks: written for people, and read back cell by cell."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from geodata import workbook
from geodata.sheets import OPTIONS, begin, head, line_of
from geodata.wholefile import written
from geodata.workbook import Columns, Reader, Unfit, Wrong
from gridsvc.clock import TimeUnit
from gridsvc.errors import TableRefused
from gridsvc.rulebook import Rulebook
from gridsvc.rules.deadlines import Clock
from gridsvc.ruletables import Fault, refuse
from gridsvc.tuned import SUBJECTS, Row
from gridsvc.words import Words

MOST_ROWS = 5_000
NEEDED = {"days": ("day", "working"), "limits": ("clock", "amount", "unit", "basis")}
WORKING = {True: "是", False: "否"}
# Beside codes for the reader's eye; not read back.
CATEGORY = Words("类别名称", "category name")


def write(subject: str, rows: Sequence[Row], rules: Rulebook, target: Path) -> None:
    """The rows of days or limits as a workbook that `read` takes back."""
    columns = SUBJECTS[subject].columns
    named = [head(CATEGORY)] if subject == "limits" else []
    with written(target) as draft, xlsxwriter.Workbook(draft, OPTIONS) as book:
        sheet = book.add_worksheet(subject)
        begin(book, sheet, [*(head(words) for words in columns.values()), *named])
        for line, row in enumerate(rows, 1):
            cells = [_cell(row[name]) for name in columns]
            line_of(sheet, line, [*cells, *_names(subject, row, rules)])


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return WORKING[value]
    return value.isoformat() if isinstance(value, date) else value


def _names(subject: str, row: Row, rules: Rulebook) -> list[str | None]:
    if subject != "limits":
        return []
    known = rules.categories.get(row["category_code"] or "")
    return [known.name.zh if known else None]


def read(subject: str, data: bytes, rules: Rulebook) -> tuple[list[Row], list[int]]:
    """The rows of a workbook and the line of each. Codes and names are understood.

    Raises BadInput for what is no workbook, and TableRefused with line, column and reason.
    """
    columns = SUBJECTS[subject].columns
    form = Columns(columns, NEEDED[subject], frozenset({head(CATEGORY)}))
    rows: list[Row] = []
    wrong: list[Wrong] = []
    try:
        with workbook.opened(data) as sheets:
            found = workbook.lines(next(iter(sheets.values())), form, MOST_ROWS)
    except Unfit as unfit:
        raise _refused(unfit.wrong, columns) from None
    for number, cells in found:
        of = Reader(number, cells)
        rows.append(READERS[subject](of, rules, len(rows) + 1))
        wrong += of.wrong
    if wrong:
        raise _refused(wrong, columns)
    return rows, [number for number, _ in found]


def _refused(wrong: Sequence[Wrong], columns: Mapping[str, Words]) -> TableRefused:
    return refuse([Fault(*one) for one in wrong], columns)


def _day(of: Reader, _: Rulebook, __: int) -> Row:
    return {
        "day": of.needed("day", workbook.day, None),
        "working": of.needed("working", workbook.truth, None),
        "note": of.take("note", workbook.text, ""),
    }


def _limit(of: Reader, rules: Rulebook, usual_no: int) -> Row:
    names = {one.name.zh: code for code, one in rules.categories.items()}
    return {
        "no": of.take("no", workbook.number, usual_no),
        "category_code": of.take("category_code", _coded(names)),
        "whistle_kind": of.take("whistle_kind", _coded(_said(rules, "whistle_kind"))),
        "clock": of.needed("clock", _coded(_said(rules, "clock") | CLOCKS)),
        "step": of.take("step", workbook.number),
        "name_zh": of.take("name_zh", workbook.text),
        "name_en": of.take("name_en", workbook.text),
        "amount": of.needed("amount", workbook.amount, None),
        "unit": of.needed("unit", _coded(_said(rules, "time_unit") | UNITS)),
        "basis": of.needed("basis", workbook.text),
    }


CLOCKS = {str(one): str(one) for one in Clock}
UNITS = {str(one): str(one) for one in TimeUnit}
READERS: dict[str, Callable[[Reader, Rulebook, int], Row]] = {"days": _day, "limits": _limit}


def _said(rules: Rulebook, list_name: str) -> dict[str, str]:
    """Codes of a word list by their names in either language."""
    return {name: code for code, words in rules.terms.get(list_name, {}).items() for name in words}


def _coded(names: dict[str, str]) -> Callable[[Any], str]:
    def reading(value: Any) -> str:
        said = workbook.text(value)
        return names.get(said, said)

    return reading
