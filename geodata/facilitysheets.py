"""The register of facilities as a workbook for people, and read back; and other files of places."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from geodata import workbook
from geodata.sheets import OPTIONS, begin, head, line_of
from geodata.wholefile import written
from geodata.workbook import Columns, Reader, Unfit
from gridsvc.errors import BadInput
from gridsvc.planning import register
from gridsvc.planning.register import COLUMNS, MOST_ROWS
from gridsvc.rulebook import Rulebook
from gridsvc.rules.facilities import Period
from gridsvc.words import Words

TYPE_NAME = Words("类型名称", "type name")
SHEET = Columns(COLUMNS, ("code", "type", "name", "lon", "lat"), frozenset({head(TYPE_NAME)}))
TITLE = Words("设施", "facilities")


class Rows(NamedTuple):
    """Periods with the line each stands in."""

    periods: list[Period]
    lines: list[int]


def write(periods: Iterable[Period], types: dict[str, Words], target: Path) -> None:
    """A workbook that `read` takes back: a line for each period."""
    with written(target) as draft, xlsxwriter.Workbook(draft, OPTIONS) as book:
        sheet = book.add_worksheet(TITLE.zh)
        begin(book, sheet, [*(head(words) for words in COLUMNS.values()), head(TYPE_NAME)])
        for line, period in enumerate(periods, 1):
            told = period._asdict()
            cells = [_cell(told[name]) for name in COLUMNS]
            kind = types.get(period.type)
            line_of(sheet, line, [*cells, kind.zh if kind else ""])


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def read(data: bytes, types: dict[str, Words], rules: Rulebook) -> Rows:
    """The periods of the first sheet of a workbook.

    Types, states and modes may be written as codes or by their names. Raises BadInput for what is
    no workbook, FacilityRefused with line, column and reason of every cell that cannot be read.
    """
    reading = _Meaning(types, rules)
    found = Rows([], [])
    with workbook.opened(data) as sheets:
        cells = next(iter(sheets.values()), None)
        if cells is None:
            raise BadInput(zh="表格里没有工作表。", en="The workbook has no sheet.")
        try:
            lines = workbook.lines(cells, SHEET, MOST_ROWS)
        except Unfit as unfit:
            raise register.refuse(list(unfit.wrong)) from None
        wrong = []
        for line, held in lines:
            reader = Reader(line, held)
            found.periods.append(reading.period(reader))
            found.lines.append(line)
            wrong += reader.wrong
    if wrong:
        raise register.refuse(wrong)
    return found


class _Meaning:
    """Understands the cells of one district: codes, and the names of its terms."""

    def __init__(self, types: dict[str, Words], rules: Rulebook) -> None:
        self.types = _spoken(types)
        self.modes = _spoken(rules.terms.get("provision_mode", {}))
        self.states = _spoken(rules.terms.get("facility_state", {}))

    def period(self, of: Reader) -> Period:
        return Period(
            code=of.needed("code", workbook.text),
            type=of.needed("type", _one_of(self.types)),
            name=of.needed("name", workbook.text),
            lon=of.needed("lon", workbook.amount, 0.0),
            lat=of.needed("lat", workbook.amount, 0.0),
            floor_area_m2=of.take("floor_area_m2", workbook.amount),
            provision_mode=of.take("provision_mode", _one_of(self.modes)),
            state=of.take("state", _one_of(self.states), "open"),
            valid_from=of.take("valid_from", workbook.day),
            valid_to=of.take("valid_to", workbook.day),
            opening_hours=of.take("opening_hours", workbook.text),
            open_to_public=of.take("open_to_public", workbook.truth),
            serves=of.take("serves", workbook.parts, ()),
            address=of.take("address", workbook.text),
            note=of.take("note", workbook.text),
        )


def _spoken(terms: dict[str, Words]) -> dict[str, str]:
    """Every spelling of a term with its code."""
    return {
        said.casefold(): code
        for code, words in terms.items()
        for said in (words.zh, words.en, code)
    }


def _one_of(spoken: dict[str, str]) -> Callable[[Any], str]:
    def reading(value: Any) -> str:
        said = workbook.text(value)
        return spoken.get(said.casefold(), said)

    return reading
