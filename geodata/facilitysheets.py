"""The register of facilities as a workbook for people, and read back; and other files of places."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import xlsxwriter

from geodata import reading, workbook
from geodata.reading import Options
from geodata.sheets import OPTIONS, begin, head, line_of
from geodata.wholefile import written
from geodata.workbook import Cell, Columns, Line, Reader, Unfit
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


def read_file(
    path: Path, types: dict[str, Words], rules: Rulebook, options: Options | None = None
) -> Rows:
    """The periods of a workbook, or of any file of places that the importer reads; there a place
    stands for its longitude and latitude.

    Raises as `read`, and BadInput for a file that cannot be read.
    """
    if path.suffix.lower() == ".xlsx":
        return read(path.read_bytes(), types, rules)
    frame = reading.read(path, options)
    held = frame.drop(columns="geometry", errors="ignore")
    if isinstance(frame, gpd.GeoDataFrame):
        points = shapely.point_on_surface(frame.geometry.to_numpy())
        held = held.assign(lon=shapely.get_x(points), lat=shapely.get_y(points))
    codes = {name: SHEET.spoken.get(str(name).strip().casefold()) for name in held.columns}
    missing = [name for name in SHEET.needed if name not in codes.values()]
    if missing:
        wanted = [COLUMNS[name] for name in missing]
        raise BadInput(
            zh=f"文件缺少：{'、'.join(words.zh for words in wanted)}。",
            en=f"The file lacks {', '.join(words.en for words in wanted)}.",
        )
    lines = [
        (line, dict(_cells(row, codes))) for line, row in enumerate(held.to_dict("records"), 1)
    ]
    return _periods(lines, types, rules)


def _cells(row: dict[Any, Any], codes: dict[Any, str | None]) -> Iterator[tuple[str, Cell]]:
    for name, value in row.items():
        column = codes[name]
        if column is not None and not pd.isna(value) and value != "":
            yield column, Cell(column, _plain(value), "s")


def _plain(value: Any) -> Any:
    """A value of numpy as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


def read(data: bytes, types: dict[str, Words], rules: Rulebook) -> Rows:
    """The periods of the first sheet of a workbook.

    Types, states and modes may be written as codes or by their names. Raises BadInput for what is
    no workbook, FacilityRefused with line, column and reason of every cell that cannot be read.
    """
    with workbook.opened(data) as sheets:
        cells = next(iter(sheets.values()), None)
        if cells is None:
            raise BadInput(zh="表格里没有工作表。", en="The workbook has no sheet.")
        try:
            lines = workbook.lines(cells, SHEET, MOST_ROWS)
        except Unfit as unfit:
            raise register.refuse(list(unfit.wrong)) from None
    return _periods(lines, types, rules)


def _periods(lines: Sequence[Line], types: dict[str, Words], rules: Rulebook) -> Rows:
    meaning, found, wrong = _Meaning(types, rules), Rows([], []), []
    for line, held in lines:
        reader = Reader(line, held)
        found.periods.append(meaning.period(reader))
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
    def understood(value: Any) -> str:
        said = workbook.text(value)
        return spoken.get(said.casefold(), said)

    return understood
