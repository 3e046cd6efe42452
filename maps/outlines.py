"""Unit outlines for drawing: simplified without opening gaps between neighbours."""

from typing import Any

import geopandas as gpd
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.geo import SRID

SHAPES = text("""
    SELECT code, name, ST_AsBinary(shape) AS shape FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND level = :level
    ORDER BY code
""")


def of_level(
    session: Session, district: str, edition: int, level: int, tolerance_m: float = 8.0
) -> gpd.GeoDataFrame:
    """Columns code, name, geometry (EPSG:4326) of every unit of a level.

    Where the units are a valid coverage their shared borders are simplified once, so neighbours
    still meet; otherwise each is simplified alone.
    """
    rows = session.execute(SHAPES, {"district": district, "edition": edition, "level": level}).all()
    shapes: Any = shapely.from_wkb([bytes(row.shape) for row in rows])
    if len(rows) and shapely.coverage_is_valid(shapes):
        shapes = shapely.coverage_simplify(shapes, tolerance_m)
    else:
        shapes = shapely.simplify(shapes, tolerance_m)
    frame = gpd.GeoDataFrame(
        {"code": [row.code for row in rows], "name": [row.name for row in rows]},
        geometry=shapes,
        crs=3857,
    )
    return frame.to_crs(SRID)
