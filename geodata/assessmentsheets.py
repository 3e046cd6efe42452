"""What a year or a month came to for departments and streets, as a workbook for people."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from geodata.sheets import OPTIONS, begin, head, line_of
from geodata.wholefile import written
from gridsvc.assessments import DEPARTMENT, STREET, Assessed, of_side
from gridsvc.rules.assessment import FAULT, NAMES, Criterion, Result, WhistleCriterion
from gridsvc.words import Words

CRITERIA: dict[str, Sequence[str]] = {
    DEPARTMENT: list(Criterion),
    STREET: [*WhistleCriterion, FAULT],
}
TITLES = {DEPARTMENT: Words("部门", "Department"), STREET: Words("街道", "Street")}
RESULT = tuple(
    head(words)
    for words in (
        Words("编码", "code"),
        Words("名称", "name"),
        Words("得分", "points"),
        Words("吹哨次数", "whistles"),
        Words("计入绩效总分", "adds to the total"),
    )
)
CASE = tuple(
    head(words)
    for words in (
        Words("案件", "case"),
        Words("编码", "code"),
        Words("名称", "name"),
        Words("结项", "closed"),
        Words("得分", "points"),
    )
)
WAS = Words("（记录）", "(by the records)")

Results = Mapping[str, Mapping[str, Result]]
Names = Mapping[str, str]


def write(results: Results, assessed: Iterable[Assessed], names: Names, target: Path) -> None:
    """Results by side and body, then every whistle with each figure, and what the records said
    where an appeal was upheld. Codes without a name stand for themselves."""
    listed = list(assessed)
    with written(target) as draft, xlsxwriter.Workbook(draft, OPTIONS) as book:
        for side, words in TITLES.items():
            sheet = book.add_worksheet(words.zh)
            begin(book, sheet, RESULT)
            for line, (body, one) in enumerate(results[side].items(), 1):
                cells = [body, names.get(body, body), one.points, one.counted, one.adds]
                line_of(sheet, line, cells)
        for side, words in TITLES.items():
            sheet = book.add_worksheet(f"{words.zh}清单")
            heads = [head(NAMES[code]) for code in CRITERIA[side]]
            begin(book, sheet, [*CASE, *heads, *(f"{one} {head(WAS)}" for one in heads)])
            for line, one_of in enumerate(of_side(listed, side), 1):
                line_of(sheet, line, _cells(one_of, names))


def _cells(one: Assessed, names: Names) -> list[Any]:
    said = {part.criterion: (part.points, part.was) for part in one.assessment.parts}
    if one.assessment.deduction:
        said[FAULT] = one.assessment.deduction[1:]
    figures = [said.get(code, (None, None)) for code in CRITERIA[one.side]]
    return [
        one.case_no,
        one.body,
        names.get(one.body, one.body),
        one.closed_at.isoformat(timespec="minutes"),
        one.assessment.points,
        *(points for points, _ in figures),
        *(was for _, was in figures),
    ]
