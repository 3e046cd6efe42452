"""Response by hexagon: where answers are slow, not only where reports are many."""

from datetime import datetime
from typing import Any

import geopandas as gpd
import h3
import pandas as pd
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.geo import SRID

# About 0.7 km2 a cell: a neighbourhood, with cases enough for a median to mean something.
RESOLUTION = 8

CLOSED = text("""
    SELECT ST_X(place) AS lon, ST_Y(place) AS lat,
           extract(epoch FROM closed_at - opened_at)::float8 / 3600 AS hours
    FROM case_
    WHERE district_code = :district AND place IS NOT NULL AND outcome = 'solved'
      AND closed_at >= :since AND closed_at < :until
""")


def closed(session: Session, district: str, since: datetime, until: datetime) -> pd.DataFrame:
    """Columns lon, lat, hours of the cases with a place that were closed in the period."""
    period = {"district": district, "since": since, "until": until}
    return pd.DataFrame(session.execute(CLOSED, period).all(), columns=["lon", "lat", "hours"])


def by_cell(cases: pd.DataFrame, resolution: int = RESOLUTION) -> gpd.GeoDataFrame:
    """Columns cell, closed, median_hours, geometry (EPSG:4326) for cells with closed cases.

    The cells' `closed` add up to the cases.
    """
    told = cases.assign(
        cell=[
            h3.latlng_to_cell(lat, lon, resolution)
            for lon, lat in zip(cases["lon"], cases["lat"], strict=True)
        ]
    )
    cells = told.groupby("cell")["hours"].agg(closed="size", median_hours="median").reset_index()
    return gpd.GeoDataFrame(cells, geometry=[_outline(cell) for cell in cells["cell"]], crs=SRID)


def _outline(cell: str) -> Any:
    return shapely.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)])
