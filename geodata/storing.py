"""Lay an edition's units, points, names and findings into the database by COPY."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from sqlalchemy.orm import Session

from geodata import chains, copying, drawing, projecting, sifting
from geodata.checks import Ground
from geodata.findings import Finding
from geodata.progress import Counted, Progress, silent
from gridsvc import gridindex
from gridsvc.db import to_json
from gridsvc.errors import BadInput
from gridsvc.geo import SRID
from gridsvc.words import Words

Column: TypeAlias = "pd.Series[Any]"

WEB_MERCATOR = 3857
# Rows at a time: keeps the memory of a large import flat.
BATCH = 20_000


def units(session: Session, district: str, no: int, ground: Ground, say: Progress = silent) -> None:
    """Every unit with its chain, area in m², outline and label point."""
    total = len(ground.codes)
    # The next rows are made while the server stores these: half of the time is its indexes'. Only
    # the one thread uses the session until the block ends.
    with ThreadPoolExecutor(1) as lane:
        stored: Future[int] | None = None
        for end, frame in _frames(district, no, ground):
            if stored:
                stored.result()
            stored = lane.submit(copying.copy, session, "grid_unit", frame)
            say(Counted("storing the grid", end, total))
        if stored:
            stored.result()


def _frames(district: str, no: int, ground: Ground) -> Iterator[tuple[int, pd.DataFrame]]:
    """The rows of the table in batches, each with the number of rows up to its end."""
    households = chains.sum_up(ground.units, ground.parents)
    codes = ground.codes
    lines = ground.chains.codes(codes)
    parents = np.array([*codes, None], dtype=object)[ground.parents]
    flat_ground = projecting.to_metres(ground.degrees, WEB_MERCATOR)
    drawn = drawing.drawings(flat_ground, ground.levels)
    for start in range(0, len(codes), BATCH):
        rows = slice(start, start + BATCH)
        some, flat = ground.units.iloc[rows], flat_ground[rows]
        labels = _label_points(flat, some["level"].to_numpy())
        frame = pd.DataFrame(
            {
                "district_code": district,
                "edition_no": no,
                "code": some["code"],
                "level": some["level"],
                "name": some["name"],
                "kind": some["kind"],
                "parent_code": parents[rows],
                "chain": [copying.text_array(line) for line in lines[rows]],
                "households": households.iloc[rows],
                "area_m2": shapely.area(ground.metres[rows]).round(2),
                "generated": some["generated"],
                "geom": copying.ewkb(ground.degrees[rows]),
                "shape": copying.ewkb(flat, WEB_MERCATOR),
                "label": copying.ewkb(labels, WEB_MERCATOR),
                **{
                    f"drawn_{zoom}": copying.ewkb(shapes[rows], WEB_MERCATOR)
                    for zoom, shapes in drawn.items()
                },
            }
        )
        yield min(start + BATCH, len(codes)), frame


def _label_points(shapes: npt.NDArray[Any], levels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Where a name fits best: the pole of inaccessibility; for a building any inner point."""
    points = shapely.point_on_surface(shapes)
    large = np.flatnonzero(levels < 5)
    west, south, east, north = shapely.bounds(shapes[large]).T
    reach = np.maximum(np.maximum(east - west, north - south) / 50, 1.0)
    circles = shapely.maximum_inscribed_circle(shapes[large], tolerance=reach)
    points[large] = shapely.get_point(circles, 0)
    return np.asarray(points, dtype=object)


def points(session: Session, district: str, no: int, given: gpd.GeoDataFrame) -> list[Finding]:
    """Address points (columns code, and road, house_number, households, generated where known;
    any shape counts as its middle) with the unit that holds each.

    Rows without a position are left out; one finding counts them.
    """
    placed, lost = _placed(given)
    frame = _about(district, no, placed) | {
        "code": sifting.texts(placed["code"]),
        "road": _optional(placed, "road"),
        "house_number": _optional(placed, "house_number"),
        "households": _numbers(placed, "households"),
        "unit_code": _holders(session, district, no, placed),
        "place": copying.ewkb(shapely.point_on_surface(placed.geometry.to_numpy())),
    }
    copying.copy(session, "address_point", pd.DataFrame(frame))
    return lost


def names(session: Session, district: str, no: int, given: pd.DataFrame) -> int:
    """Names of places (columns name, and kind, unit_code, valid_from, valid_to where known).

    A name belongs to the unit in `unit_code`, or where it has a place, to the unit that holds
    that. BadInput for a kind that is neither alias nor poi, and for days that are no days.
    """
    placed = given.reset_index(drop=True)
    shapes = placed["geometry"].to_numpy() if "geometry" in placed else None
    kinds = _optional(placed, "kind").fillna("alias")
    strange = sorted(set(kinds) - {"alias", "poi"})
    if strange:
        raise BadInput(
            zh=f"名称的 kind 只能是 alias 或 poi，不能是{'、'.join(strange)}。",
            en=f"The kind of a name is alias or poi, not {', '.join(strange)}.",
        )
    units = _optional(placed, "unit_code")
    if shapes is not None:
        held = _holders(session, district, no, gpd.GeoDataFrame(placed, crs=SRID))
        units = units.where(units.notna(), held)
    frame = _about(district, no, placed) | {
        "kind": kinds,
        "name": sifting.texts(placed["name"]),
        "unit_code": units,
        "valid_from": _days(placed, "valid_from"),
        "valid_to": _days(placed, "valid_to"),
    }
    if shapes is not None:
        frame["place"] = copying.ewkb(shapely.point_on_surface(shapes))
    return copying.copy(session, "place_name", pd.DataFrame(frame))


def _about(district: str, no: int, rows: pd.DataFrame) -> dict[str, Any]:
    """What every row of a place begins with."""
    return {
        "district_code": district,
        "edition_no": no,
        "no": np.arange(1, len(rows) + 1),
        "generated": rows["generated"].eq(True) if "generated" in rows else False,
    }


def findings(session: Session, district: str, no: int, noticed: list[Finding]) -> None:
    """Store what was noticed about an edition, each with its place."""
    frame = pd.DataFrame(
        {
            "district_code": district,
            "edition_no": no,
            "severity": [one.severity for one in noticed],
            "kind": [one.kind for one in noticed],
            "unit_code": [one.unit for one in noticed],
            "text_zh": [one.text.zh for one in noticed],
            "text_en": [one.text.en for one in noticed],
            "detail": [to_json(one.detail) for one in noticed],
            "place": copying.ewkb(np.array([one.place for one in noticed], dtype=object)),
        }
    )
    copying.copy(session, "finding", frame)


def _placed(given: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """The rows that have a position, and one finding that counts the others."""
    shapes = given.geometry.to_numpy()
    here = np.isfinite(shapely.bounds(shapes)).all(axis=1)
    placed = given[here].reset_index(drop=True)
    if here.all():
        return placed, []
    lost, few = int((~here).sum()), sifting.texts(given["code"][~here]).head(5).tolist()
    finding = Finding(
        "warning",
        "no_position",
        None,
        Words(
            f"{lost:,}个地址点没有坐标，未导入，例如：{'、'.join(few)}。",
            f"{lost:,} address points have no position and are left out: {', '.join(few)}.",
        ),
        {"points": lost, "codes": few},
        shapely.point_on_surface(shapely.box(*placed.total_bounds)) if len(placed) else None,
    )
    return placed, [finding]


def _holders(session: Session, district: str, no: int, placed: gpd.GeoDataFrame) -> Column:
    """The codes of the deepest units that hold the middles of the shapes, None outside."""
    index = gridindex.load(session, district, no)
    middles = shapely.point_on_surface(placed.geometry.to_numpy())
    rows = index.rows(shapely.get_x(middles), shapely.get_y(middles))
    codes = [index.codes[row] if row >= 0 else None for row in rows.tolist()]
    return pd.Series(codes, index=placed.index, dtype=object)


def _optional(rows: pd.DataFrame, column: str) -> Column:
    """A column of text, None where it is empty or the whole column is absent."""
    if column not in rows:
        return pd.Series(None, index=rows.index, dtype=object)
    written = sifting.texts(rows[column])
    return written.where(written != "", None)


def _numbers(rows: pd.DataFrame, column: str) -> Column:
    written = _optional(rows, column)
    return pd.to_numeric(written, errors="coerce").round().astype("Int64")


def _days(rows: pd.DataFrame, column: str) -> Column:
    written = _optional(rows, column)
    try:
        return pd.to_datetime(written, format="ISO8601").dt.date
    except ValueError:
        raise BadInput(
            zh=f"列 {column} 中有不是日期的内容。请写成 2024-01-31。",
            en=f"Column {column} holds what is no day. Write 2024-01-31.",
        ) from None
