"""Holidays and limits as workbooks: written for people, and read back cell by cell."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from geodata.cellreading import (
    Form,
    Line,
    Unreadable,
    amount_of,
    day_of,
    lines,
    number_of,
    text_of,
    truth_of,
)
from geodata.sheets import OPTIONS, begin, head, line_of
from geodata.wholefile import written
from gridsvc.clock import TimeUnit
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
    form = Form(columns, NEEDED[subject], {head(CATEGORY)}, MOST_ROWS)
    rows: list[Row] = []
    numbers: list[int] = []
    faults: list[Fault] = []
    for number, cells in lines(data, form):
        line = Line(number, cells)
        try:
            rows.append(line.done(READERS[subject](line, rules, len(rows) + 1)))
            numbers.append(number)
        except Unreadable as unreadable:
            faults.extend(unreadable.faults)
    if faults:
        raise refuse(faults, columns)
    return rows, numbers


def _day(line: Line, _: Rulebook, __: int) -> Row:
    return {
        "day": line.needed("day", line.take("day", day_of)),
        "working": line.needed("working", line.take("working", truth_of)),
        "note": line.take("note", text_of, ""),
    }


def _limit(line: Line, rules: Rulebook, usual_no: int) -> Row:
    names = {one.name.zh: code for code, one in rules.categories.items()}
    take = line.take
    return {
        "no": take("no", number_of, usual_no),
        "category_code": take("category_code", _coded(names)),
        "whistle_kind": take("whistle_kind", _coded(_said(rules, "whistle_kind"))),
        "clock": line.needed("clock", take("clock", _coded(_said(rules, "clock") | CLOCKS))),
        "step": take("step", number_of),
        "name_zh": take("name_zh", text_of),
        "name_en": take("name_en", text_of),
        "amount": line.needed("amount", take("amount", amount_of)),
        "unit": line.needed("unit", take("unit", _coded(_said(rules, "time_unit") | UNITS))),
        "basis": line.needed("basis", take("basis", text_of)),
    }


CLOCKS = {str(one): str(one) for one in Clock}
UNITS = {str(one): str(one) for one in TimeUnit}
READERS: dict[str, Callable[[Line, Rulebook, int], Row]] = {"days": _day, "limits": _limit}


def _said(rules: Rulebook, list_name: str) -> dict[str, str]:
    """Codes of a word list by their names in either language."""
    return {name: code for code, words in rules.terms.get(list_name, {}).items() for name in words}


def _coded(names: dict[str, str]) -> Callable[[Any], str]:
    def reading(value: Any) -> str:
        said = text_of(value)
        return names.get(said, said)

    return reading
