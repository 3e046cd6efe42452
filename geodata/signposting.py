"""Store a generated district's house numbers and names of places."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from geodata import copying

POINT = ["code", "road", "house_number", "households", "unit_code", "generated"]
NAME = ["kind", "name", "unit_code", "valid_from", "valid_to", "generated"]


def store(
    session: Session, district: str, no: int, points: gpd.GeoDataFrame, names: gpd.GeoDataFrame
) -> None:
    """Lay points (columns POINT) and names (columns NAME) below edition `no`, units as given."""
    copying.copy(session, "address_point", _rows(district, no, points, POINT))
    copying.copy(session, "place_name", _rows(district, no, names, NAME))


def _rows(district: str, no: int, given: gpd.GeoDataFrame, columns: list[str]) -> pd.DataFrame:
    rows: dict[str, Any] = {
        "district_code": district,
        "edition_no": no,
        "no": np.arange(1, len(given) + 1),
    }
    rows |= {column: given[column].to_numpy() for column in columns}
    if "households" in rows:
        rows["households"] = given["households"].astype("Int64")
    rows["place"] = copying.ewkb(given.geometry.to_numpy())
    return pd.DataFrame(rows)
