"""A workbook that somebody filled in, read as a table of responsibility, cell by cell."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from geodata import workbooks
from geodata.rulesheets import NAMES, head
from geodata.workbooks import Cell, Heads, plain, said
from gridsvc.rulebook import Rulebook
from gridsvc.rules.responsibility import Row
from gridsvc.ruletables import COLUMNS, MOST_ROWS, Draft, Fault, refuse
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

HEADS = Heads(
    {
        spelling.casefold(): code
        for code, words in COLUMNS.items()
        for spelling in (words.zh, words.en, code, head(words))
    },
    {head(words) for words in NAMES.values()},
    ("category", "unit", "lead", "supporting", "basis"),
)


def read(data: bytes, facts: Snapshot, title: str, note: str | None = None) -> Draft:
    """The table in the first sheet of a workbook. Codes and unambiguous names are understood.

    Raises BadInput for what is no workbook, and TableRefused with line, column and reason of
    every cell that cannot be read.
    """
    lines = workbooks.lines(data, HEADS, MOST_ROWS)
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
                return otherwise if cell is None else reading(plain(cell))
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
            take("unit", said),
            needed("lead", take("lead", self._code("department"), "")),
            take("supporting", self._codes, ()),
            take("valid_from", _day),
            take("valid_to", _day),
            needed("basis", take("basis", said, "")),
            take("community_kind", self._code("kind")),
            take("conditions", said),
        )
        if faults:
            raise _Unreadable(faults)
        return row

    def _code(self, what: str) -> Callable[[Any], str]:
        def reading(value: Any) -> str:
            words = said(value)
            meant = self.meant[what].get(words, {words})
            if len(meant) > 1:
                codes = "、".join(sorted(meant))
                raise ValueError(
                    Words(
                        f"“{words}”有多个：{codes}，请填编码",
                        f"several are called {words}: {codes}",
                    )
                )
            return next(iter(meant))

        return reading

    def _codes(self, value: Any) -> tuple[str, ...]:
        words = said(value)
        for mark in ("、", "，", ",", ";", "；", "\n"):
            words = words.replace(mark, "|")
        return tuple(
            self._code("department")(one) for part in words.split("|") if (one := part.strip())
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


def _number(value: Any) -> int:
    words = said(value)
    if not words.isdecimal() or not 1 <= int(words) <= 999_999:
        raise ValueError(Words("应为1至999999的整数", "must be a whole number from 1 to 999999"))
    return int(words)


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        year, month, day = said(value).replace("/", "-").replace(".", "-").split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(Words("应为日期，如2026-01-31", "must be a day like 2026-01-31")) from None
