"""The demonstration district drawn anew: what an office hands in after its communities met."""

from datetime import UTC, datetime

import geopandas as gpd
import pandas as pd
import shapely
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geodata import editions
from geodata.editions import Provenance
from gridsvc.tables.grid import District, Edition

UNITS = text("""
    SELECT level, code, parent_code, name, kind, households, generated, ST_AsBinary(geom) AS wkb
    FROM grid_unit WHERE district_code = :district AND edition_no = :edition ORDER BY level, code
""")
# Where open cases stand, by community.
BUSY = text("""
    SELECT chain[3] AS code FROM case_
    WHERE district_code = :district AND closed_at IS NULL AND cardinality(chain) >= 3
    GROUP BY 1 ORDER BY count(*) DESC, 1
""")
COMMUNITY = 3
# About 300 m.
STRIP_DEGREES = 0.003
NEW_NAME = "新立社区"


def stage(session: Session, *, broken: bool = False) -> int:
    """Stage an edition in which a busy community is renamed and cedes a strip to its neighbour.

    A broken one also has a unit without a code, which is an error.
    """
    district = session.scalars(select(District)).one()
    held = session.get_one(Edition, (district.code, district.edition_no))
    units = _units(session, district)
    busy = session.scalars(BUSY, {"district": district.code}).first()
    here = units.index[units["code"] == busy][0]
    beside = _neighbour(units, here)
    shapes = units.geometry
    strip = shapely.intersection(shapes[here], shapes[beside].buffer(STRIP_DEGREES))
    units.loc[here, "geometry"] = shapely.difference(shapes[here], strip)
    units.loc[beside, "geometry"] = shapely.union(shapes[beside], strip)
    units.loc[here, "name"] = NEW_NAME
    gone = units.index[units["level"] == 5][:1]
    units = units.drop(index=gone)
    if broken:
        units.loc[here, "code"] = None
    provenance = Provenance("2026年社区边界调整", held.attribution, held.code_scheme)
    return editions.stage(session, district, units, provenance, datetime.now(UTC)).no


def _units(session: Session, district: District) -> gpd.GeoDataFrame:
    asked = {"district": district.code, "edition": district.edition_no}
    rows = pd.DataFrame(session.execute(UNITS, asked).mappings().all())
    shapes = shapely.from_wkb([bytes(wkb) for wkb in rows.pop("wkb")])
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")


def _neighbour(units: gpd.GeoDataFrame, here: int) -> int:
    """The community of the same street that shares the longest border."""
    row = units.loc[here]
    others = units[(units["level"] == COMMUNITY) & (units["parent_code"] == row["parent_code"])]
    others = others.drop(index=here)
    borders = shapely.length(shapely.intersection(others.geometry, row.geometry.boundary))
    return int(others.index[borders.argmax()])
