"""Candidate sites from files: a workbook, or any file of places that the importer reads."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
import xlsxwriter

from geodata import reading, sifting, workbook
from geodata.sheets import OPTIONS, begin, head, line_of
from geodata.wholefile import written
from geodata.workbook import Columns, Reader, Unfit
from gridsvc.errors import BadInput, SitesRefused
from gridsvc.siting.candidates import COLUMNS, KINDS, MOST_FAULTS, Kept, Site, told

NEEDED = ("code", "name", "kind", "lon", "lat", "floor_area_m2", "cost")
SHEET = Columns(COLUMNS, NEEDED)
MOST_ROWS = 5_000


def write(kept: list[Kept], target: Path) -> None:
    """A workbook that `read` takes back."""
    with written(target) as draft, xlsxwriter.Workbook(draft, OPTIONS) as book:
        sheet = book.add_worksheet("选址")
        begin(book, sheet, [head(words) for words in COLUMNS.values()])
        for line, one in enumerate(kept, 1):
            line_of(sheet, line, [getattr(one.site, column) for column in COLUMNS])


def read(name: str, data: bytes) -> dict[int, Site]:
    """The candidates of a file of that name by their lines. Raises BadInput for what cannot be
    read at all, SitesRefused with line, column and reason of what cannot be understood."""
    if name.lower().endswith(".xlsx"):
        return _workbook(data)
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        frame = reading.read(path)
    return _places(frame)


def _workbook(data: bytes) -> dict[int, Site]:
    sites, wrong = dict[int, Site](), list[dict[str, Any]]()
    try:
        with workbook.opened(data) as sheets:
            rows = next(iter(sheets.values()), iter(()))
            for line, cells in workbook.lines(rows, SHEET, MOST_ROWS):
                reader = Reader(line, cells)
                sites[line] = _site(reader)
                wrong += [told(*one) for one in reader.wrong]
    except Unfit as unfit:
        wrong = [told(*one) for one in unfit.wrong]
    if wrong:
        raise SitesRefused(count=len(wrong), faults=wrong[:MOST_FAULTS])
    return sites


def _site(reader: Reader) -> Site:
    return Site(
        code=reader.needed("code", workbook.text),
        name=reader.needed("name", workbook.text),
        kind=reader.needed("kind", _kind),
        lon=reader.needed("lon", workbook.amount, 0.0),
        lat=reader.needed("lat", workbook.amount, 0.0),
        floor_area_m2=reader.needed("floor_area_m2", workbook.amount, 0.0),
        cost=reader.needed("cost", workbook.amount, 0.0),
        serves=reader.take("serves", workbook.text),
        note=reader.take("note", workbook.text),
    )


def _kind(value: Any) -> str:
    """A kind by its code or by its name in either language."""
    said = workbook.text(value).strip()
    spoken = {name.casefold(): code for code, words in KINDS.items() for name in (code, *words)}
    return spoken.get(said.casefold(), said)


def _places(frame: pd.DataFrame) -> dict[int, Site]:
    missing = [name for name in NEEDED if name not in (*frame.columns, "lon", "lat")]
    if missing or not isinstance(frame, gpd.GeoDataFrame):
        raise BadInput(
            zh=f"文件缺少：{'、'.join(missing) or '位置'}。需要位置和 {'、'.join(NEEDED)}。",
            en=f"The file lacks {', '.join(missing) or 'places'}; it needs places and the columns "
            f"{', '.join(NEEDED)}.",
        )
    if len(frame) > MOST_ROWS:
        raise BadInput(
            zh=f"文件超过{MOST_ROWS}行，没有写入。",
            en=f"The file has more than {MOST_ROWS} rows. Nothing was written.",
        )
    points = shapely.point_on_surface(frame.geometry.to_numpy())
    numbers = frame[["floor_area_m2", "cost"]].apply(pd.to_numeric, errors="coerce")
    texts = {
        name: sifting.texts(frame[name]) if name in frame else pd.Series("", index=frame.index)
        for name in ("code", "name", "kind", "serves", "note")
    }
    columns = (
        texts["code"],
        texts["name"],
        texts["kind"].map(_kind),
        shapely.get_x(points),
        shapely.get_y(points),
        numbers["floor_area_m2"],
        numbers["cost"],
        texts["serves"],
        texts["note"],
    )
    sites = [
        Site(code, name, kind, float(lon), float(lat), float(area), float(cost), serves, note)
        for code, name, kind, lon, lat, area, cost, serves, note in zip(*columns, strict=True)
    ]
    return dict(enumerate(sites, 1))
