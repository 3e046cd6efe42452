"""An edition as files for other programs: GeoPackage, GeoParquet, GeoJSON, and a workbook."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
import xlsxwriter
from sqlalchemy import text
from sqlalchemy.orm import Session

from geodata.progress import Counted, Progress, silent
from geodata.wholefile import written
from gridsvc import editions
from gridsvc.errors import BadInput
from gridsvc.geo import SRID
from gridsvc.tables.grid import District

LEVELS = {1: "district", 2: "street", 3: "community", 4: "compound", 5: "building"}
# CGCS2000 in degrees: the coordinates are those of WGS 84, from which it differs by centimetres.
CGCS2000 = 4490
SHEET_ROWS = 1_048_575
BATCH = 20_000

PAGE = text("""
    SELECT level, code, name, kind, parent_code, array_to_string(chain, '/') AS chain, households,
           area_m2, generated, ST_AsBinary(geom) AS wkb
    FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND level = :level AND code > :last
    ORDER BY code LIMIT :limit
""")
COLUMNS = (
    "level",
    "code",
    "name",
    "kind",
    "parent_code",
    "chain",
    "households",
    "area_m2",
    "generated",
)
HEADS = ("层级", "编码", "名称", "类型", "上级编码", "归属链", "户数", "面积（平方米）", "演示数据")


def export(
    session: Session,
    district: District,
    no: int,
    target: Path,
    srid: int = SRID,
    say: Progress = silent,
) -> int:
    """Write the edition's units by the ending of the target; returns how many.

    A GeoPackage has a layer, a workbook a sheet a level. `srid` is 4326 or 4490; GeoJSON is
    always WGS 84 (RFC 7946). Raises UnknownEdition, and BadInput for another ending or system.
    """
    ending = target.suffix.lower()
    if ending not in WRITERS or srid not in (SRID, CGCS2000):
        raise BadInput(
            zh=f"可导出的格式：{'、'.join(WRITERS)}；坐标系：4326、4490。",
            en=f"Formats: {', '.join(WRITERS)}; systems: 4326, 4490.",
        )
    edition = editions.one(session, district.code, no)
    total, done = sum((edition.units or {}).values()), 0
    levels: dict[int, gpd.GeoDataFrame] = {}
    for level in sorted(map(int, edition.units or {})):
        levels[level] = _level(session, district.code, no, level)
        done += len(levels[level])
        say(Counted("reading the grid", done, total))
    say(f"writing {target.name}")
    with written(target) as draft:
        WRITERS[ending](levels, draft, SRID if ending == ".geojson" else srid)
    return done


def _level(session: Session, district: str, no: int, level: int) -> gpd.GeoDataFrame:
    """The units of a level, page by page."""
    values = {"district": district, "edition": no, "level": level, "limit": BATCH, "last": ""}
    pages: list[gpd.GeoDataFrame] = []
    while rows := session.execute(PAGE, values).all():
        shapes = shapely.from_wkb([bytes(row.wkb) for row in rows])
        frame = pd.DataFrame([row[:-1] for row in rows], columns=list(COLUMNS))
        frame["households"] = frame["households"].astype("Int64")
        pages.append(gpd.GeoDataFrame(frame, geometry=np.asarray(shapes), crs=SRID))
        values["last"] = rows[-1].code
    return gpd.GeoDataFrame(pd.concat(pages, ignore_index=True), geometry="geometry", crs=SRID)


Levels = dict[int, gpd.GeoDataFrame]


def _geopackage(levels: Levels, target: Path, srid: int) -> None:
    for level, frame in levels.items():
        pyogrio.write_dataframe(
            frame.set_crs(srid, allow_override=True),
            target,
            layer=LEVELS[level],
            driver="GPKG",
            append=target.exists(),
        )


def _whole(levels: Levels, srid: int) -> gpd.GeoDataFrame:
    whole = gpd.GeoDataFrame(pd.concat(levels.values(), ignore_index=True), geometry="geometry")
    return whole.set_crs(srid, allow_override=True)


def _parquet(levels: Levels, target: Path, srid: int) -> None:
    _whole(levels, srid).to_parquet(target, index=False)


def _geojson(levels: Levels, target: Path, srid: int) -> None:
    pyogrio.write_dataframe(
        _whole(levels, srid), target, driver="GeoJSON", layer_options={"RFC7946": "YES"}
    )


def _workbook(levels: Levels, target: Path, _srid: int) -> None:
    """The table of units. Every text is written as text: nothing in it is ever a formula."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        for level, frame in levels.items():
            table = frame.drop(columns="geometry")
            for part, start in enumerate(range(0, len(table), SHEET_ROWS), 1):
                name = LEVELS[level] if part == 1 else f"{LEVELS[level]} {part}"
                _sheet(book.add_worksheet(name), table.iloc[start : start + SHEET_ROWS])


def _sheet(sheet: Any, table: pd.DataFrame) -> None:
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(HEADS):
        sheet.write_string(0, column, head)
    for row, cells in enumerate(table.itertuples(index=False), 1):
        for column, cell in enumerate(cells):
            _cell(sheet, row, column, cell)


def _cell(sheet: Any, row: int, column: int, cell: Any) -> None:
    if cell is None or cell is pd.NA or cell != cell:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, bool | np.bool_):
        sheet.write_boolean(row, column, bool(cell))
    else:
        sheet.write_number(row, column, float(cell))


WRITERS: dict[str, Callable[[Levels, Path, int], None]] = {
    ".gpkg": _geopackage,
    ".parquet": _parquet,
    ".geojson": _geojson,
    ".xlsx": _workbook,
}
