"""Import recipes: which files make a district, and the steps from each file to grid units.

A recipe is data (JSON); a step is a file in `geodata/steps/` with `create(options)`.
"""

import json
from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

import geopandas as gpd
import pandas as pd
import shapely
from pydantic import BaseModel, ConfigDict, ValidationError

from geodata import reading
from geodata.checks import Expectations
from geodata.districts import DistrictIn
from geodata.progress import Progress, silent
from geodata.schemes import Scheme
from gridsvc.datum import Datum
from gridsvc.errors import BadInput
from gridsvc.geo import SRID

Step = Callable[[pd.DataFrame, Path], pd.DataFrame]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SourceIn(Strict):
    """One file, what it does not say itself (see reading.Options), and what is done to it.

    `parents` says where a unit's parent comes from: "code", the column parent_code, which the
    ground is weighed against; or "containment", the ground alone.
    """

    file: str
    layer: str | None = None
    crs: str | None = None
    datum: Datum | None = None
    encoding: str | None = None
    lon: str | None = None
    lat: str | None = None
    parents: Literal["code", "containment"] | None = None
    steps: list[dict[str, Any]] = []


class EditionIn(Strict):
    source: str
    attribution: str
    # A scheme of geodata/schemes.json by name, or any name with the rules of `codes`.
    code_scheme: str = "own"
    codes: Scheme | None = None


class RecipeIn(Strict):
    """A recipe as written."""

    district: DistrictIn
    edition: EditionIn
    units: list[SourceIn]
    # Address points: code, place, and road, house_number, households where they are known.
    points: SourceIn | None = None
    # Other names: name, kind (alias or poi), unit_code or place, valid_from, valid_to.
    names: list[SourceIn] = []
    # Where the district is known to lie: against it a wrong datum is noticed.
    outline: SourceIn | None = None
    expect: Expectations = Expectations()
    # Tables of the district folder, each made from a file: {"departments.csv": {...}}.
    tables: dict[str, SourceIn] = {}


class Answers(NamedTuple):
    """What the person who imports says of files that do not say it themselves."""

    crs: str | None = None
    datum: Datum | None = None
    layer: str | None = None


NOTHING = Answers()


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


def run(
    source: SourceIn, folder: Path, answers: Answers = NOTHING, say: Progress = silent
) -> pd.DataFrame:
    """The file's rows after every step; a GeoDataFrame in EPSG:4326 where it has places."""
    options = reading.Options(
        layer=source.layer or answers.layer,
        crs=source.crs,
        assumed_crs=answers.crs,
        datum=source.datum or answers.datum,
        encoding=source.encoding,
        lon=source.lon,
        lat=source.lat,
    )
    frame = reading.read(_inside(folder, source.file), options, say)
    for step in source.steps:
        frame = _step(step)(frame, folder)
    return frame


def units(
    recipe: RecipeIn, folder: Path, answers: Answers = NOTHING, say: Progress = silent
) -> gpd.GeoDataFrame:
    """All units of all levels, EPSG:4326."""
    frames = [
        _with_parents(source, places(source, folder, answers, say)) for source in recipe.units
    ]
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), geometry="geometry", crs=SRID)


def outline(recipe: RecipeIn, folder: Path, answers: Answers = NOTHING) -> Any:
    """The known outline as one geometry in EPSG:4326, or None."""
    if recipe.outline is None:
        return None
    return shapely.union_all(shapely.make_valid(places(recipe.outline, folder, answers).geometry))


def places(
    source: SourceIn, folder: Path, answers: Answers = NOTHING, say: Progress = silent
) -> gpd.GeoDataFrame:
    """The source's rows, which must have places. BadInput if they have none."""
    frame = run(source, folder, answers, say)
    if not isinstance(frame, gpd.GeoDataFrame):
        raise BadInput(
            zh=f"文件 {source.file} 没有图形，也没有用 lon、lat 指定坐标列。",
            en=f"{source.file} has no shapes, and no columns lon and lat are named.",
        )
    return frame


def _with_parents(source: SourceIn, placed: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if source.parents == "containment":
        return placed.drop(columns="parent_code", errors="ignore")
    if source.parents == "code" and "parent_code" not in placed.columns:
        raise BadInput(
            zh=f"文件 {source.file} 没有 parent_code 列。请加 prefix 或 rename 步骤，"
            "或改为按位置确定上级（containment）。",
            en=f"{source.file} has no column parent_code. Add a prefix or rename step, "
            "or take parents by containment.",
        )
    return placed


def _inside(folder: Path, file: str) -> Path:
    """The file of the folder; a recipe may not reach outside it."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise BadInput(
            zh=f"文件“{file}”不在数据目录内。", en=f"The file {file!r} is not in the folder."
        )
    return path


def _step(options: dict[str, Any]) -> Step:
    options = dict(options)
    name = str(options.pop("step", ""))
    if not name.isidentifier():
        raise BadInput(zh=f"没有步骤“{name}”。", en=f"There is no step {name!r}.")
    try:
        step: Step = import_module(f"geodata.steps.{name}").create(**options)
    except (ModuleNotFoundError, TypeError) as trouble:
        raise BadInput(zh=f"步骤“{name}”不可用：{trouble}", en=f"Step {name}: {trouble}") from None
    return _plain(name, step)


def _plain(name: str, step: Step) -> Step:
    """The step, whose missing columns and unreadable values are refused in words."""

    def run_step(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
        try:
            return step(frame, folder)
        except (KeyError, ValueError, IndexError, OSError) as trouble:
            known = "、".join(map(str, frame.columns))
            raise BadInput(
                zh=f"步骤“{name}”失败：{trouble}。文件的列：{known}。",
                en=f"Step {name} failed: {trouble}. The file's columns: {known}.",
            ) from None

    return run_step
