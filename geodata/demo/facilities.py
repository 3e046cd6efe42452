"""Facilities that serve residents: enough floor area in some communities, too little in others."""

from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.demo.boundaries import LEVELS
from geodata.demo.chance import Flags, Floats, points_inside
from geodata.demo.folder import Folder
from geodata.demo.outline import WGS84, Ground

STANDARD_M2 = 30.0
SHARE_WITHOUT_ANY = 0.08
SHARE_BELOW_STANDARD = 0.4
SHARE_OF_UNKNOWN_AREA = 0.01
SHARE_OPEN_TO_ALL, SHARE_NEW = 0.85, 0.15
SHARED_MODE = "integration_sharing"
# Of a place code those that name the district and the street.
STREET_DIGITS = 9
STATES = {"open": 0.88, "building": 0.06, "planned": 0.03, "closed": 0.03}
HOUSEHOLDS_IF_UNKNOWN = 3_000.0


def provide(
    folder: Folder, units: pd.DataFrame, ground: Ground, until: date, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Facilities of the upper three levels, each at a place inside the unit that it serves."""
    rows = [
        {"unit_code": unit.code, "unit": unit.name, **facility}
        for level in (LEVELS["district"], LEVELS["street"], LEVELS["community"])
        for unit in units[units["level"] == level].itertuples(index=False, name="Unit")
        for facility in _of_unit(folder, level, unit.households, rng)
    ]
    frame = pd.DataFrame(rows)
    names = _type_names(folder)
    count = len(frame)
    modes = folder.provision_modes
    chances = modes["weight"].to_numpy(dtype=float)
    floor_area = frame["floor_area_m2"].to_numpy(dtype=float, copy=True)
    floor_area[rng.random(count) < SHARE_OF_UNKNOWN_AREA] = np.nan
    chosen = rng.choice(modes["code"], count, p=chances / chances.sum())
    hours = dict(zip(folder.facilities["type"], folder.facilities["hours"], strict=True))
    return gpd.GeoDataFrame(
        {
            "code": [f"{unit}F{no:02d}" for unit, no in _numbered(frame["unit_code"])],
            "name": [
                _name(unit, names[kind])
                for unit, kind in zip(frame["unit"], frame["type"], strict=True)
            ],
            "type": frame["type"],
            "floor_area_m2": floor_area,
            "unit_code": frame["unit_code"],
            "provision_mode": chosen,
            "serves": _served(units, frame["unit_code"], chosen == SHARED_MODE, rng),
            "opening_hours": [hours[kind] or None for kind in frame["type"]],
            "open_to_public": rng.random(count) < SHARE_OPEN_TO_ALL,
            "valid_from": _begun(until, count, rng),
            "state": rng.choice(list(STATES), count, p=list(STATES.values())),
            "generated": True,
        },
        geometry=_places(units, frame["unit_code"], ground, rng),
        crs=WGS84,
    )


def _of_unit(
    folder: Folder, level: int, households: Any, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """What one unit has, by chance; those with a share divide the area aimed at."""
    aimed_at = 0.0
    if level == LEVELS["community"]:
        luck = rng.random()
        if luck < SHARE_WITHOUT_ANY:
            return []
        low = luck < SHARE_WITHOUT_ANY + SHARE_BELOW_STANDARD
        per_100 = STANDARD_M2 * (rng.uniform(0.15, 0.95) if low else rng.uniform(1.05, 2.8))
        known = HOUSEHOLDS_IF_UNKNOWN if pd.isna(households) else float(households)
        aimed_at = max(60.0, known / 100 * per_100)
    here = folder.facilities[folder.facilities["level"] == level]
    here = here[rng.random(len(here)) < here["chance"].astype(float)]
    shared = pd.to_numeric(here["share"], errors="coerce")
    found = []
    for kind, share, usual in zip(here["type"], shared, here["floor_area_m2"], strict=True):
        if pd.isna(share):
            area = float(usual) * rng.uniform(0.6, 1.5)
        else:
            area = aimed_at * float(share) / float(shared.sum())
        found.append({"type": kind, "floor_area_m2": round(area, 1)})
    return found


def _places(
    units: pd.DataFrame, serves: "pd.Series[str]", ground: Ground, rng: np.random.Generator
) -> gpd.GeoSeries:
    """A point in one of the unit's compounds, where people live; else anywhere inside it."""
    compounds = units[units["level"] == LEVELS["compound"]]
    codes = compounds["code"].to_numpy(dtype=str)
    chosen = []
    for code in serves:
        below = np.flatnonzero(np.char.startswith(codes, code))
        chosen.append(int(rng.choice(below)))
    areas = shapely.transform(compounds["geometry"].to_numpy()[chosen], ground.metres)
    _, metres = points_inside(rng, areas, np.ones(len(areas), dtype=np.int64))
    degrees: Floats = np.round(ground.degrees(metres), 7)
    return gpd.GeoSeries(shapely.points(degrees), crs=WGS84)


def _served(
    units: pd.DataFrame, stands: "pd.Series[str]", shared: Flags, rng: np.random.Generator
) -> list[list[str]]:
    """The units that each serves: a shared one of a community also another one of its street."""
    communities = units.loc[units["level"] == LEVELS["community"], "code"].tolist()
    street: dict[str, list[str]] = {}
    for code in communities:
        street.setdefault(code[:STREET_DIGITS], []).append(code)
    found: list[list[str]] = []
    for code, is_shared in zip(stands, shared, strict=True):
        others = [one for one in street.get(code[:STREET_DIGITS], []) if one != code]
        together = is_shared and code in communities and others
        found.append([code, str(rng.choice(others))] if together else [])
    return found


def _begun(until: date, count: int, rng: np.random.Generator) -> list[date | None]:
    """Since when each is as it is: the most for ever, some since a day of the last two years."""
    new = rng.random(count) < SHARE_NEW
    days = rng.integers(1, 730, count)
    return [
        until - timedelta(days=int(ago)) if is_new else None
        for is_new, ago in zip(new, days, strict=True)
    ]


def _type_names(folder: Folder) -> dict[str, str]:
    return dict(zip(folder.facilities["type"], folder.facilities["name"], strict=True))


def _name(unit: str, kind: str) -> str:
    """The unit's name and the kind's, without saying the kind of unit twice."""
    for length in (2, 1):
        if unit.endswith(kind[:length]):
            return unit + kind[length:]
    return unit + kind


def _numbered(codes: "pd.Series[str]") -> list[tuple[str, int]]:
    return list(zip(codes, codes.groupby(codes).cumcount() + 1, strict=True))
