"""Import recipes: which files make a district, and the steps from each file to grid units.

A recipe is data (JSON); a step is a file in `geodata/steps/` with `create(options)`.
"""

import json
from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from geodata.districts import DistrictIn
from gridsvc.errors import BadInput

Step = Callable[[pd.DataFrame, Path], pd.DataFrame]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SourceIn(Strict):
    """One file and what is done to it."""

    file: str
    steps: list[dict[str, Any]] = []


class EditionIn(Strict):
    source: str
    attribution: str
    code_scheme: str = "own"


class RecipeIn(Strict):
    """A recipe as written."""

    district: DistrictIn
    edition: EditionIn
    units: list[SourceIn]
    points: SourceIn | None = None
    # Tables of the district folder, each made from a file: {"departments.csv": {...}}.
    tables: dict[str, SourceIn] = {}


def read(name: str) -> RecipeIn:
    """A shipped recipe by name, or a recipe file by path. BadInput if it cannot be used."""
    shipped = files("geodata").joinpath("recipes", f"{name}.json")
    try:
        text = shipped.read_text("utf-8") if shipped.is_file() else Path(name).read_text("utf-8")
        return RecipeIn.model_validate(json.loads(text))
    except (OSError, ValueError, ValidationError) as trouble:
        raise BadInput(
            zh=f"不能使用导入方案“{name}”：{trouble}",
            en=f"Cannot use the recipe {name}: {trouble}",
        ) from None


def run(source: SourceIn, folder: Path) -> pd.DataFrame:
    """The file's rows after every step."""
    frame = load(folder / source.file)
    for options in source.steps:
        frame = _step(options)(frame, folder)
    return frame


def units(recipe: RecipeIn, folder: Path) -> gpd.GeoDataFrame:
    """All units of all levels, EPSG:4326."""
    frames = [run(source, folder) for source in recipe.units]
    return gpd.GeoDataFrame(
        pd.concat(frames, ignore_index=True), geometry="geometry", crs=frames[0].crs
    )


def load(path: Path) -> pd.DataFrame:
    """A table or a layer by its ending: parquet, csv, csv.gz, gpkg, geojson, shp, zip."""
    try:
        if path.suffix == ".parquet":
            return _parquet(path)
        if path.name.endswith((".csv", ".csv.gz")):
            return pd.read_csv(path, dtype=str)
        layer: pd.DataFrame = gpd.read_file(path)
        return layer
    except (OSError, ValueError, RuntimeError) as trouble:
        raise BadInput(
            zh=f"不能读取文件 {path.name}：{trouble}",
            en=f"Cannot read {path.name}: {trouble}",
        ) from None


def _parquet(path: Path) -> pd.DataFrame:
    try:
        layer: pd.DataFrame = gpd.read_parquet(path)
        return layer
    except ValueError:
        return pd.read_parquet(path)


def _step(options: dict[str, Any]) -> Step:
    options = dict(options)
    name = str(options.pop("step", ""))
    if not name.isidentifier():
        raise BadInput(zh=f"没有步骤“{name}”。", en=f"There is no step {name!r}.")
    try:
        step: Step = import_module(f"geodata.steps.{name}").create(**options)
    except (ModuleNotFoundError, TypeError) as trouble:
        raise BadInput(zh=f"步骤“{name}”不可用：{trouble}", en=f"Step {name}: {trouble}") from None
    return step
