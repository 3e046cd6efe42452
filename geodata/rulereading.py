"""A workbook that somebody filled in, read as a table of responsibility, cell by cell."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from geodata import workbook
from geodata.rulesheets import NAMES
from geodata.sheets import head
from geodata.workbook import Cell, Columns, Reader, Unfit, Wrong
from gridsvc.rulebook import Rulebook
from gridsvc.rules.responsibility import Row
from gridsvc.ruletables import COLUMNS, MOST_ROWS, Draft, Fault, refuse
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

SHEET = Columns(
    COLUMNS,
    ("category", "unit", "lead", "supporting", "basis"),
    frozenset(head(words) for words in NAMES.values()),
)
NO_ROW = Row(0, None, None, "", (), None, None, "")


def read(data: bytes, facts: Snapshot, title: str, note: str | None = None) -> Draft:
    """The table in the first sheet of a workbook. Codes and unambiguous names are understood.

    Raises BadInput for what is no workbook, and TableRefused with line, column and reason of
    every cell that cannot be read.
    """
    try:
        with workbook.opened(data) as sheets:
            lines = workbook.lines(next(iter(sheets.values())), SHEET, MOST_ROWS)
    except Unfit as unfit:
        raise refuse(_faults(unfit.wrong)) from None
    wrong: list[Wrong] = []
    rows: list[Row] = []
    meaning = _Meaning(facts.rules)
    for line, held in lines:
        row = meaning.row(line, held, len(rows) + 1, wrong)
        rows.append(row or NO_ROW)
    if wrong:
        raise refuse(_faults(wrong))
    return Draft(title, note, rows, [line for line, _ in lines])


def _faults(wrong: Iterable[Wrong]) -> list[Fault]:
    return [Fault(*one) for one in wrong]


class _Meaning:
    """Understands the lines of one district: its codes, and its names where they mean one thing."""

    def __init__(self, rules: Rulebook) -> None:
        bodies = rules.departments.values()
        kinds = rules.terms.get("community_kind", {})
        self.meant = {
            "category": _spellings((one.code, one.name.zh) for one in rules.categories.values()),
            "department": _spellings((b.code, b.name.zh, b.short or b.code) for b in bodies),
            "kind": _spellings((code, words.zh) for code, words in kinds.items()),
        }

    def row(
        self, line: int, cells: Mapping[str, Cell], usual_no: int, wrong: list[Wrong]
    ) -> Row | None:
        """The row; None where `wrong` gained something."""
        of = Reader(line, cells)
        row = Row(
            of.take("no", workbook.number, usual_no),
            of.take("category", self._code("category")),
            of.take("unit", workbook.text),
            of.needed("lead", self._code("department")),
            of.take("supporting", self._codes, ()),
            of.take("valid_from", workbook.day),
            of.take("valid_to", workbook.day),
            of.needed("basis", workbook.text),
            of.take("community_kind", self._code("kind")),
            of.take("conditions", workbook.text),
        )
        wrong += of.wrong
        return None if of.wrong else row

    def _code(self, what: str) -> Callable[[Any], str]:
        def reading(value: Any) -> str:
            said = workbook.text(value)
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
        return tuple(map(self._code("department"), workbook.parts(value)))


def _spellings(named: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    """Each spelling with the codes it may mean; a code means itself before any name."""
    found: dict[str, set[str]] = {}
    codes = set()
    for code, *names in named:
        codes.add(code)
        for name in names:
            found.setdefault(name, set()).add(code)
    return found | {code: {code} for code in codes}
