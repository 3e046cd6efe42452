"""A workbook that somebody filled in, read as a table of responsibility, cell by cell."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from geodata.cellreading import (
    Cell,
    Form,
    Line,
    Unreadable,
    day_of,
    lines,
    number_of,
    text_of,
)
from geodata.rulesheets import NAMES
from geodata.sheets import head
from gridsvc.rulebook import Rulebook
from gridsvc.rules.responsibility import Row
from gridsvc.ruletables import COLUMNS, MOST_ROWS, Draft, Fault, refuse
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

NEEDED = ("category", "unit", "lead", "supporting", "basis")
FORM = Form(COLUMNS, NEEDED, {head(words) for words in NAMES.values()}, MOST_ROWS)


def read(data: bytes, facts: Snapshot, title: str, note: str | None = None) -> Draft:
    """The table in the first sheet of a workbook. Codes and unambiguous names are understood.

    Raises BadInput for what is no workbook, and TableRefused with line, column and reason of
    every cell that cannot be read.
    """
    found = lines(data, FORM)
    faults: list[Fault] = []
    rows: list[Row] = []
    reader = _Reader(facts.rules)
    for line, cells in found:
        try:
            rows.append(reader.row(line, cells, len(rows) + 1))
        except Unreadable as unreadable:
            faults.extend(unreadable.faults)
            rows.append(NO_ROW)
    if faults:
        raise refuse(faults)
    return Draft(title, note, rows, [line for line, _ in found])


NO_ROW = Row(0, None, None, "", (), None, None, "")


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
        """The row, or Unreadable with every fault of the line."""
        told = Line(line, cells)
        take, needed = told.take, told.needed
        row = Row(
            take("no", number_of, usual_no),
            take("category", self._code("category")),
            take("unit", text_of),
            needed("lead", take("lead", self._code("department"), "")),
            take("supporting", self._codes, ()),
            take("valid_from", day_of),
            take("valid_to", day_of),
            needed("basis", take("basis", text_of, "")),
            take("community_kind", self._code("kind")),
            take("conditions", text_of),
        )
        read: Row = told.done(row)
        return read

    def _code(self, what: str) -> Callable[[Any], str]:
        def reading(value: Any) -> str:
            said = text_of(value)
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
        said = text_of(value)
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
