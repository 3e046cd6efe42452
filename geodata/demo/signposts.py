"""The district's addresses: house numbers on its roads, and the names people use for places."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.demo import aliases, footways, numbers, pois, roads, signs
from geodata.demo.boundaries import LEVELS
from geodata.demo.buildings import Buildings
from geodata.demo.chance import stream
from geodata.demo.compounds import Compounds
from geodata.demo.folder import Folder
from geodata.demo.numbers import Numbers
from geodata.demo.outline import WGS84, Ground
from geodata.demo.roads import Roads


class Signposts(NamedTuple):
    """points: code, road, house_number, households, unit_code, generated, geometry.
    names: kind (alias, poi), name, unit_code, valid_from, valid_to, generated, geometry or None.
    streets: kind (road, way), generated, geometry (lines).
    """

    points: gpd.GeoDataFrame
    names: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame


def put_up(
    folder: Folder,
    units: pd.DataFrame,
    ground: Ground,
    built: tuple[Compounds, Buildings],
    kinds: list[str],
    seed: int,
) -> Signposts:
    """Name and number everything; `kinds` are the communities', in their order.

    Compounds and buildings stand in `units` in the order in which they were built.
    """
    compounds, buildings = built
    laid, called = _roads(folder, units, compounds, seed)
    share = np.array([folder.places["numbered_share"][kind] for kind in kinds], dtype=float)
    given = numbers.give(buildings, laid, share[compounds.community], stream(seed, "house numbers"))
    passing: dict[int, list[str]] = {}
    for road, passed in zip(called, laid.compounds, strict=True):
        for compound in passed:
            passing.setdefault(compound, []).append(road)
    points = _points(folder, units, ground, buildings, called, given)
    named = _names(folder, units, ground, compounds, passing, seed)
    return Signposts(points, named, footways.lead(compounds, laid, ground))


def _roads(
    folder: Folder, units: pd.DataFrame, compounds: Compounds, seed: int
) -> tuple[Roads, list[str]]:
    """Roads and lanes together, and what each is called."""
    rng = stream(seed, "roads")
    middle = units[units["level"] == LEVELS["compound"]]
    drawn = roads.lay(compounds, rng)
    drawn, called = signs.name_roads(folder, drawn, compounds.community, stream(seed, "signs"))
    villages = np.flatnonzero(middle["kind"].isin(folder.places["lane_kinds"]))
    inside, number = roads.lanes(compounds, villages)
    held = middle["name"].to_numpy()[[passed[0] for passed in inside.compounds]].tolist()
    return (
        Roads(np.concatenate([drawn.lines, inside.lines]), drawn.compounds + inside.compounds),
        called + signs.name_lanes(folder, held, number),
    )


def _points(
    folder: Folder,
    units: pd.DataFrame,
    ground: Ground,
    buildings: Buildings,
    called: list[str],
    given: Numbers,
) -> gpd.GeoDataFrame:
    here = units[units["level"] == LEVELS["building"]].iloc[given.building]
    middle = shapely.centroid(buildings.shapes[given.building])
    degrees = ground.degrees(np.column_stack([shapely.get_x(middle), shapely.get_y(middle)]))
    forms = folder.places["house_number"]
    plates = [
        forms["plain" if part == 0 else "dash" if dashed else "annex"].format(
            number=number, part=part
        )
        for number, part, dashed in zip(
            given.number.tolist(), given.part.tolist(), given.dashed.tolist(), strict=True
        )
    ]
    return gpd.GeoDataFrame(
        {
            "code": "A" + here["code"].to_numpy(dtype=object),
            "road": np.array(called, dtype=object)[given.road],
            "house_number": plates,
            "households": here["households"].array,
            "unit_code": here["code"].to_numpy(),
            "generated": True,
        },
        geometry=shapely.points(np.round(degrees, 7)),
        crs=WGS84,
    )


def _names(
    folder: Folder,
    units: pd.DataFrame,
    ground: Ground,
    compounds: Compounds,
    passing: dict[int, list[str]],
    seed: int,
) -> gpd.GeoDataFrame:
    other = pd.DataFrame(aliases.give(folder, units, stream(seed, "aliases")))
    other = other.drop_duplicates(["name", "unit_code"])
    found, metres = pois.provide(folder, units, compounds.shapes, passing, stream(seed, "pois"))
    places = shapely.points(np.round(ground.degrees(metres), 7))
    rows = pd.concat([other.assign(kind="alias"), found.assign(kind="poi")], ignore_index=True)
    columns = ["kind", "name", "unit_code", "valid_from", "valid_to"]
    return gpd.GeoDataFrame(
        rows[columns].assign(generated=True),
        geometry=np.concatenate([np.full(len(other), None), places]),
        crs=WGS84,
    )
