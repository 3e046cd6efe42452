"""Locate every row of a file: the same answers as the API, many at once."""

import itertools
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import reading
from geodata.progress import Counted, Progress, silent
from geodata.sheets import harmless
from geodata.wholefile import written
from gridsvc.datum import Datum
from gridsvc.errors import BadInput
from gridsvc.gridindex import GridIndex
from gridsvc.locatemany import Located, Locator

BATCH = 50_000
LEVELS = range(1, 6)


class Columns(NamedTuple):
    """Where a table holds longitude, latitude, and the accuracy in metres if it has one."""

    lon: str = "lon"
    lat: str = "lat"
    accuracy_m: str | None = None


class Done(NamedTuple):
    """How many rows there were, and how many of them lie in the grid."""

    rows: int
    located: int


def locate(
    grid: GridIndex,
    source: Path,
    target: Path,
    columns: Columns,
    datum: Datum,
    nearest_m: float,
    say: Progress = silent,
) -> Done:
    """Write the source's rows with their chains to a .csv or .parquet.

    Adds lon_wgs84, lat_wgs84, code_1 … code_5, name_1 … name_5, method, border_m, nearest_m,
    confidence, manual and edition. BadInput for a file that cannot be read; then none is written.
    """
    if target.suffix.lower() not in (".csv", ".parquet"):
        raise BadInput(zh="结果文件应为 .csv 或 .parquet。", en="Write to a .csv or a .parquet.")
    frame, lons, lats = _read(source, columns, say)
    accuracy = _numbers(frame, columns.accuracy_m) if columns.accuracy_m else None
    locator, parts = Locator(grid, nearest_m), []
    names = np.array([*grid.names, None], dtype=object)
    codes = np.array([*grid.codes, None], dtype=object)
    for start in range(0, len(frame), BATCH):
        some = slice(start, start + BATCH)
        radius = None if accuracy is None else accuracy[some]
        found = locator.locate(lons[some], lats[some], datum, radius)
        parts.append(_answers(grid, found, codes, names))
        say(Counted(f"locating {source.name}", min(start + BATCH, len(frame)), len(frame)))
    answers = pd.concat(parts, ignore_index=True)
    say(f"writing {target.name}")
    _write(pd.concat([frame.reset_index(drop=True), answers], axis=1), target)
    return Done(len(frame), int(answers["method"].notna().sum()))


def _read(source: Path, columns: Columns, say: Progress) -> tuple[pd.DataFrame, Any, Any]:
    """The rows without their shapes, and their positions as they are given."""
    options = reading.Options(lon=columns.lon, lat=columns.lat, crs="EPSG:4326")
    read = reading.read(source, options, say)
    if not isinstance(read, gpd.GeoDataFrame):
        raise BadInput(
            zh=f"{source.name} 没有坐标。", en=f"There are no positions in {source.name}."
        )
    shapes = read.geometry.to_numpy()
    middles = shapely.point_on_surface(shapes)
    frame = pd.DataFrame(read.drop(columns=read.geometry.name))
    return frame, shapely.get_x(middles), shapely.get_y(middles)


def _numbers(frame: pd.DataFrame, column: str) -> Any:
    if column not in frame:
        raise BadInput(zh=f"没有列 {column}。", en=f"There is no column {column}.")
    return pd.to_numeric(frame[column], errors="coerce").fillna(0).to_numpy(float)


def _answers(grid: GridIndex, found: Located, codes: Any, names: Any) -> pd.DataFrame:
    lines = np.where(found.rows[:, None] >= 0, grid.parents[found.rows], -1)
    columns: dict[str, Any] = {"lon_wgs84": found.lons, "lat_wgs84": found.lats}
    for (word, words), level in itertools.product((("code", codes), ("name", names)), LEVELS):
        columns[f"{word}_{level}"] = words[lines[:, level - 1]]
    for name in ("method", "border_m", "nearest_m", "confidence", "manual"):
        columns[name] = getattr(found, name)
    return pd.DataFrame(columns).assign(edition=grid.edition)


def _write(frame: pd.DataFrame, target: Path) -> None:
    with written(target) as draft:
        if target.suffix.lower() == ".parquet":
            frame.to_parquet(draft, index=False)
            return
        texts = frame.select_dtypes(include=["object", "string"]).columns
        safe = frame.assign(**{name: frame[name].map(harmless) for name in texts})
        safe.to_csv(draft, index=False, encoding="utf-8-sig")
