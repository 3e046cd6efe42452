"""Stage a grid as an edition, and publish it whole."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from geodata import chains, copying, findings
from geodata.findings import Finding
from gridsvc import gridindex
from gridsvc.db import to_json
from gridsvc.errors import BadInput
from gridsvc.geo import SRID
from gridsvc.tables import grid

WEB_MERCATOR = 3857
COLUMNS = ("level", "code", "parent_code", "name", "kind", "households", "generated")

Progress = Callable[[str], None]


class Provenance(NamedTuple):
    """Where an edition comes from, whom to credit, and how its codes are built."""

    source: str
    attribution: str
    code_scheme: str


class Staged(NamedTuple):
    """A grid laid into the database under a number, not yet answering."""

    no: int
    units: int
    findings: list[Finding]


def stage(
    session: Session,
    district: grid.District,
    units: gpd.GeoDataFrame,
    provenance: Provenance,
    now: datetime,
    say: Progress = lambda _: None,
) -> Staged:
    """Check, link and store units (EPSG:4326; columns COLUMNS) as the district's next edition.

    Raises BadInput for codes, levels or names that cannot be used; then nothing is stored.
    """
    units = _checked(units)
    say(f"linking {len(units):,} units")
    mended = _mend(units)
    linked = chains.link(units)
    households = chains.sum_up(units, linked.codes)
    no = 1 + (
        session.scalar(
            select(func.max(grid.Edition.no)).where(grid.Edition.district_code == district.code)
        )
        or 0
    )
    session.add(
        grid.Edition(
            district_code=district.code,
            no=no,
            **provenance._asdict(),
            based_on=district.edition_no,
            staged_at=now,
        )
    )
    session.flush()
    say("storing the grid")
    noticed = mended + linked.findings
    frame = _rows(units, linked.codes, households, district, no)
    copying.copy(session, "grid_unit", frame)
    _store_findings(session, district.code, no, noticed)
    return Staged(no, len(units), noticed)


def publish(session: Session, district: grid.District, no: int, now: datetime) -> None:
    """Make the edition the one that answers. One row changes, so nobody sees a mixed grid."""
    session.execute(
        update(grid.Edition)
        .where(grid.Edition.district_code == district.code, grid.Edition.no == no)
        .values(published_at=now)
    )
    district.edition_no = no


def add_points(session: Session, district: grid.District, no: int, points: pd.DataFrame) -> int:
    """Store address points (columns code, lon, lat, households) with the unit that holds each."""
    index = gridindex.load(session, district.code, no)
    lons, lats = points["lon"].to_numpy(float), points["lat"].to_numpy(float)
    rows = index.rows(lons, lats)
    codes = np.array([*index.codes, None], dtype=object)
    frame = pd.DataFrame(
        {
            "district_code": district.code,
            "edition_no": no,
            "no": np.arange(1, len(points) + 1),
            "code": points["code"].astype(str).to_numpy(),
            "households": pd.to_numeric(points["households"]).round().astype("Int64").to_numpy(),
            "unit_code": codes[rows],
            "generated": False,
            "place": copying.ewkb(shapely.points(lons, lats)),
        }
    )
    return copying.copy(session, "address_point", frame)


def _checked(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The units in the order of the levels, every column present, or BadInput."""
    if units.crs is None or units.crs.to_epsg() != SRID:
        raise BadInput(zh="网格图形必须是 EPSG:4326。", en="The grid must be in EPSG:4326.")
    if units.empty:
        raise BadInput(zh="没有任何网格单元。", en="There is no grid unit at all.")
    units = units.reindex(columns=[*COLUMNS, "geometry"])
    units["code"] = units["code"].astype(str)
    repeated = units.loc[units["code"].duplicated(), "code"].head(5).tolist()
    if repeated:
        raise BadInput(zh=f"编码重复：{'、'.join(repeated)}。", en=f"Repeated codes: {repeated}.")
    if not units["level"].isin(range(1, 6)).all():
        raise BadInput(zh="层级必须为 1 至 5。", en="Levels must be 1 to 5.")
    empty = units["geometry"].isna() | units.geometry.is_empty
    if empty.any():
        codes = units.loc[empty, "code"].head(5).tolist()
        raise BadInput(zh=f"没有图形的单元：{'、'.join(codes)}。", en=f"No outline: {codes}.")
    units["name"] = units["name"].where(units["name"].notna(), units["code"]).astype(str)
    units["generated"] = units["generated"].eq(True)
    units["level"] = units["level"].astype(int)
    return gpd.GeoDataFrame(
        units.sort_values(["level", "code"], ignore_index=True),
        geometry="geometry",
        crs=units.crs,
    )


def _mend(units: gpd.GeoDataFrame) -> list[Finding]:
    """Repair invalid outlines in place; what is not an area is dropped from them."""
    shapes = units.geometry.to_numpy()
    broken = np.flatnonzero(~shapely.is_valid(shapes))
    noticed = []
    for row in broken:
        reason = shapely.is_valid_reason(shapes[row])
        noticed.append(findings.mended(units["code"].iloc[row], units["name"].iloc[row], reason))
        shapes[row] = shapely.make_valid(shapes[row], method="structure", keep_collapsed=False)
    units.geometry = gpd.GeoSeries(shapes, crs=units.crs)
    return noticed


def _rows(
    units: gpd.GeoDataFrame,
    linked: list[list[str]],
    households: "pd.Series[Any]",
    district: grid.District,
    no: int,
) -> pd.DataFrame:
    shapes = _multi(units.geometry.to_numpy())
    flat = gpd.GeoSeries(shapes, crs=SRID).to_crs(WEB_MERCATOR).to_numpy()
    measured = gpd.GeoSeries(shapes, crs=SRID).to_crs(district.metric_srid).area
    return pd.DataFrame(
        {
            "district_code": district.code,
            "edition_no": no,
            "code": units["code"],
            "level": units["level"],
            "name": units["name"],
            "kind": units["kind"],
            "parent_code": [chain[-2] if len(chain) > 1 else None for chain in linked],
            "chain": [copying.text_array(chain) for chain in linked],
            "households": households,
            "area_m2": measured.round(2),
            "generated": units["generated"],
            "geom": copying.ewkb(shapes),
            "shape": copying.ewkb(flat, WEB_MERCATOR),
            "label": copying.ewkb(_label_points(flat, units["level"].to_numpy()), WEB_MERCATOR),
        }
    )


def _multi(shapes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    single = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    shapes = shapes.copy()
    parts = shapely.multipolygons(shapes[single], indices=np.arange(int(single.sum())))
    shapes[single] = parts
    return shapes


def _label_points(shapes: npt.NDArray[Any], levels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Where a name fits best: the pole of inaccessibility; for a building any inner point."""
    points = shapely.point_on_surface(shapes)
    large = np.flatnonzero(levels < 5)
    for row in large:
        reach = max(np.ptp(shapely.bounds(shapes[row]).reshape(2, 2), axis=0).max() / 50, 1.0)
        circle = shapely.maximum_inscribed_circle(shapes[row], tolerance=reach)
        points[row] = shapely.get_point(circle, 0)
    return points


def _store_findings(session: Session, district: str, no: int, noticed: list[Finding]) -> None:
    frame = pd.DataFrame(
        [
            {
                "district_code": district,
                "edition_no": no,
                "severity": finding.severity,
                "kind": finding.kind,
                "unit_code": finding.unit,
                "text_zh": finding.text.zh,
                "text_en": finding.text.en,
                "detail": to_json(finding.detail),
            }
            for finding in noticed
        ]
    )
    copying.copy(session, "finding", frame)
