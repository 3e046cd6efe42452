"""Sites where a community could get more floor area: rooms to take over, and plots to build on."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.demo.boundaries import LEVELS
from geodata.demo.outline import WGS84

# Share of the communities that have any, how many at most, and what a square metre costs
# (ten thousand yuan): invented.
SHARE_WITH_SITES = 0.7
MOST = 3
PRICE = {"building": (0.15, 0.45), "plot": (0.4, 0.8)}
AREA = {"building": (80.0, 700.0), "plot": (300.0, 2_000.0)}
NAMES = {"building": "闲置用房", "plot": "空闲地块"}


def offer(units: pd.DataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Candidates: code, name, kind, floor_area_m2, cost, generated, at a building or beside it."""
    houses = units[units["level"] == LEVELS["building"]]
    codes = houses["code"].to_numpy(dtype=str)
    middles = np.asarray(shapely.centroid(houses["geometry"].to_numpy()), dtype=object)
    rows, places = [], []
    for unit in units[units["level"] == LEVELS["community"]].itertuples(index=False, name="Unit"):
        inside = np.flatnonzero(np.char.startswith(codes, str(unit.code)))
        if len(inside) == 0 or rng.random() >= SHARE_WITH_SITES:
            continue
        for number in range(1, int(rng.integers(1, MOST + 1)) + 1):
            kind = "building" if rng.random() < 0.6 else "plot"
            area = round(float(rng.uniform(*AREA[kind])))
            rows.append(
                {
                    "code": f"{unit.code}S{number:02d}",
                    "name": f"{unit.name}{NAMES[kind]}{number}",
                    "kind": kind,
                    "floor_area_m2": float(area),
                    "cost": round(area * float(rng.uniform(*PRICE[kind])), 1),
                    "generated": True,
                }
            )
            places.append(middles[rng.choice(inside)])
    return gpd.GeoDataFrame(rows, geometry=np.array(places, dtype=object), crs=WGS84)
