"""Tables of responsibility, and what a trial of one found, as workbooks for people."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from geodata.sheets import OPTIONS, begin, head, line_of
from geodata.wholefile import written
from gridsvc.rulebook import Rulebook
from gridsvc.rules.responsibility import Row
from gridsvc.ruletables import COLUMNS
from gridsvc.snapshot import Snapshot
from gridsvc.trial import Changed, Trial
from gridsvc.words import Words

# Written beside the codes for the reader's eye; not read back.
NAMES = {
    "category": Words("类别名称", "category name"),
    "unit": Words("单元名称", "unit name"),
    "lead": Words("牵头部门名称", "lead name"),
    "supporting": Words("配合部门名称", "supporting names"),
}


def write(rows: Sequence[Row], facts: Snapshot, target: Path) -> None:
    """The rows as a workbook that `read` takes back. Every text is written as text."""
    rules = facts.rules
    heads = [title for code in COLUMNS for title in _heads(code)]
    with written(target) as draft, xlsxwriter.Workbook(draft, OPTIONS) as book:
        sheet = book.add_worksheet("responsibility")
        begin(book, sheet, heads)
        for line, row in enumerate(rows, 1):
            cells = [cell for code in COLUMNS for cell in _cells(code, row, rules, facts)]
            line_of(sheet, line, cells)


def _heads(code: str) -> list[str]:
    named = [head(NAMES[code])] if code in NAMES else []
    return [head(COLUMNS[code]), *named]


def _cells(code: str, row: Row, rules: Rulebook, facts: Snapshot) -> list[Any]:
    value = getattr(row, code)
    match code:
        case "category":
            known = rules.categories.get(value or "")
            return [value, known.name.zh if known else None]
        case "unit":
            unit = facts.grid.unit(value) if value else None
            return [value, unit.name if unit else None]
        case "lead":
            return [value, rules.department_name(value).zh]
        case "supporting":
            return ["|".join(value), "、".join(rules.department_name(one).zh for one in value)]
        case _:
            return [value]


def write_trial(trial: Trial, texts: Mapping[str, Any], facts: Snapshot, target: Path) -> None:
    """Every case that would have gone elsewhere, one a line."""
    heads = (
        "案件 case", "日期 day", "内容 text", "类别 category", "单元 unit",
        "原牵头 lead before", "原配合 supporting before", "原表与行 table/row before",
        "新牵头 lead after", "新配合 supporting after", "新行 row after",
    )  # fmt: skip
    with written(target) as draft, xlsxwriter.Workbook(draft, OPTIONS) as book:
        sheet = book.add_worksheet("changed")
        begin(book, sheet, heads)
        for line, one in enumerate(trial.changed, 1):
            line_of(sheet, line, _changed(one, texts, facts))


def _changed(one: Changed, texts: Mapping[str, Any], facts: Snapshot) -> list[Any]:
    rules, case = facts.rules, one.case
    known = rules.categories.get(case.category_code or "")
    unit = facts.grid.unit(case.chain[-1]) if case.chain else None
    said = texts.get(case.case_no)

    def side(row: Row | None) -> list[Any]:
        if row is None:
            return [None, None]
        names = [rules.department_name(code).zh for code in row.supporting]
        return [rules.department_name(row.lead).zh, "、".join(names)]

    return [
        case.case_no,
        case.day,
        said.text if said else None,
        known.name.zh if known else case.category_code,
        unit.name if unit else (case.chain[-1] if case.chain else None),
        *side(one.before),
        f"{one.by}/{one.before.no}" if one.before else None,
        *side(one.after),
        one.after.no if one.after else None,
    ]
