"""One demonstration district, whole: its units, people, facilities and half a year of cases."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.demo import (
    boundaries,
    calls,
    compounds,
    facilities,
    history,
    outline,
    people,
    signposts,
    sites,
)
from geodata.demo import buildings as rows_of_buildings
from geodata.demo.boundaries import LEVELS, Communities
from geodata.demo.buildings import Buildings
from geodata.demo.calls import Calls, Town
from geodata.demo.chance import Flags, Floats, Ints, number_within, stream
from geodata.demo.compounds import Compounds
from geodata.demo.folder import Folder, read
from geodata.demo.outline import WGS84, Ground

__all__ = ["Demo", "generate", "read"]

Progress = Callable[[str, str], None]


class Demo(NamedTuple):
    """What was generated; every row is flagged `generated` where the frame describes a thing."""

    units: gpd.GeoDataFrame
    facilities: gpd.GeoDataFrame
    officers: pd.DataFrame
    cases: pd.DataFrame
    moves: pd.DataFrame
    points: gpd.GeoDataFrame
    names: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    sites: gpd.GeoDataFrame


class Grid(NamedTuple):
    """The district's grid in metres, with the names and codes of its generated units."""

    communities: Communities
    compounds: Compounds
    buildings: Buildings
    compound_names: list[str]
    compound_codes: Ints
    building_numbers: Ints
    households: Floats


def generate(
    folder: Path,
    *,
    until: datetime,
    buildings: int = 60_000,
    seed: int = 1,
    cases: int = 24_000,
    progress: Progress = lambda zh, en: None,
) -> Demo:
    """The district of a folder with so many buildings, and so many cases up to `until`.

    The same folder, seed, sizes and `until` (with its time zone) give the same bytes.
    """
    data = read(folder)
    ground = Ground(data.district["metric_crs"])
    progress("绘制街道与社区边界", "drawing streets and communities")
    whole = outline.load(data.outline, ground)
    drawn = boundaries.draw(data, whole, ground, stream(seed, "boundaries"))
    progress(f"布置小区与 {buildings:,} 栋楼", f"placing compounds and {buildings:,} buildings")
    grid = _settle(data, drawn, buildings, seed)
    units = _units(data, grid, ground)
    built = (grid.compounds, grid.buildings)
    progress("命名道路、编排门牌", "naming roads and numbering houses")
    posts = signposts.put_up(data, units, ground, built, grid.communities.kind, seed)
    progress("安排人员与设施", "appointing people and providing facilities")
    officers = people.appoint(data, units)
    provided = facilities.provide(data, units, ground, until.date(), stream(seed, "facilities"))
    progress(f"推演 {cases:,} 件案件", f"telling the history of {cases:,} cases")
    town = _town(data, grid)
    told, made = _cases(data, town, ground, cases, until, seed)
    offered = sites.offer(units, stream(seed, "sites"))
    signs = (posts.points, posts.names, posts.streets)
    return Demo(units, provided, officers, told, made, *signs, offered)


def _settle(data: Folder, drawn: Communities, count: int, seed: int) -> Grid:
    laid = compounds.lay_out(data, drawn, count, stream(seed, "compounds"))
    placed = rows_of_buildings.place(laid, stream(seed, "buildings"))
    rng = stream(seed, "households")
    silent = int(data.district["communities_without_households"])
    sparse = int(data.district["communities_with_few_households"])
    odd = rng.choice(len(drawn.shapes), silent + sparse, replace=False)
    community = laid.community[placed.compound]
    counted = rows_of_buildings.households(data, drawn, community, odd[:silent], odd[silent:], rng)
    kinds = data.kinds["community_kinds"]
    group = np.array([kinds[kind]["compound_kind"] == "group" for kind in drawn.kind])
    return Grid(
        communities=drawn,
        compounds=laid,
        buildings=placed,
        compound_names=compounds.names(
            data, laid.community, group[laid.community], stream(seed, "names")
        ),
        compound_codes=number_within(laid.community) + 1,
        building_numbers=number_within(placed.compound) + 1,
        households=counted,
    )


def _units(data: Folder, grid: Grid, ground: Ground) -> gpd.GeoDataFrame:
    """All five levels: level, code, parent_code, name, kind, households, generated, geometry."""
    upper = boundaries.frame(data, grid.communities, ground)
    community_codes = data.communities["code"].to_numpy(dtype=str)
    parents = community_codes[grid.compounds.community]
    kinds = data.kinds["community_kinds"]
    kind = [kinds[name]["compound_kind"] for name in grid.communities.kind]
    codes = np.char.add(parents, [f"{number:03d}" for number in grid.compound_codes])
    middle = pd.DataFrame(
        {
            "level": LEVELS["compound"],
            "code": codes,
            "parent_code": parents,
            "name": grid.compound_names,
            "kind": np.array(kind)[grid.compounds.community],
            "geometry": shapely.transform(grid.compounds.shapes, ground.degrees),
        }
    )
    parents = codes[grid.buildings.compound]
    suffix = data.words["building_suffix"]
    lower = pd.DataFrame(
        {
            "level": LEVELS["building"],
            "code": np.char.add(parents, [f"{number:04d}" for number in grid.building_numbers]),
            "parent_code": parents,
            "name": [f"{number}{suffix}" for number in grid.building_numbers],
            "kind": None,
            "geometry": shapely.transform(grid.buildings.shapes, ground.degrees),
        }
    )
    units = pd.concat([upper, middle, lower], ignore_index=True)
    units["households"] = _summed_households(data, grid)
    units["generated"] = True
    columns = ["level", "code", "parent_code", "name", "kind", "households", "generated"]
    return gpd.GeoDataFrame(units[columns], geometry=units["geometry"].to_numpy(), crs=WGS84)


def _summed_households(data: Folder, grid: Grid) -> "pd.Series[int]":
    """Households of all units in their order; no figures where a community has none at all."""
    by_compound = np.bincount(grid.buildings.compound, grid.households)
    by_community = np.bincount(grid.compounds.community, by_compound)
    known = np.nan_to_num(by_community)
    by_street = np.bincount(grid.communities.street, known, minlength=len(data.streets))
    total = np.array([known.sum()])
    levels = np.concatenate([total, by_street, by_community, by_compound, grid.households])
    return pd.Series(levels).astype("Int64")


def _town(data: Folder, grid: Grid) -> Town:
    suffix = data.words["building_suffix"]
    middle = shapely.centroid(grid.buildings.shapes)
    by_compound = np.bincount(grid.buildings.compound, grid.households)
    return Town(
        outline=shapely.coverage_union_all(grid.communities.shapes),
        street_of_community=grid.communities.street,
        kind_of_community=grid.communities.kind,
        households_of_community=np.bincount(grid.compounds.community, by_compound).astype(float),
        community_names=list(data.communities["name"]),
        community_of_compound=grid.compounds.community,
        compound_names=grid.compound_names,
        compound_of_building=grid.buildings.compound,
        building_names=[f"{number}{suffix}" for number in grid.building_numbers],
        building_centres=np.column_stack([shapely.get_x(middle), shapely.get_y(middle)]),
    )


def _cases(
    data: Folder, town: Town, ground: Ground, count: int, until: datetime, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cases in the order of their opening, and their moves."""
    told = calls.receive(data, town, count, until, stream(seed, "calls"))
    zone = data.district["time_zone"]

    def moment(hour: Floats) -> pd.DatetimeIndex:
        seconds = np.floor(hour * 3600).astype("timedelta64[s]")
        local = pd.DatetimeIndex(np.datetime64(told.start, "s") + seconds)
        whole = local.tz_localize(
            zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward"
        )
        return whole.tz_convert("UTC").as_unit("us")

    end = _hours_until(until, told, zone)
    rng = stream(seed, "history")
    fate = history.pace(data, town, told, end, rng)
    made = history.moves(data, told, fate, end, rng)
    stage = history.stages(count, made)
    made["note"] = history.notes(data, made, rng)
    made["score"] = history.scores(told, fate, made, rng)
    made["at"] = moment(made["hour"].to_numpy())
    opened = moment(told.hour)
    place, placed = _positions(data, town, told, fate.waiting, stream(seed, "places"))
    degrees = np.where(placed[:, None], calls.degrees(ground, np.nan_to_num(place)), np.nan)
    profile = data.profile
    rng = stream(seed, "texts")
    closed = made[made["move"] == "verify"].set_index("case")["at"]
    cases = pd.DataFrame(
        {
            "opened_at": opened,
            "category": profile["category"].to_numpy(dtype=object)[told.category],
            "kind": profile["kind"].to_numpy(dtype=object)[told.category],
            "text": calls.texts(data, town, told, placed, rng),
            "channel": calls.channels(data, count, rng),
            "lon": degrees[:, 0],
            "lat": degrees[:, 1],
            "stage": stage,
            "closed_at": closed.reindex(range(count)).to_numpy(),
            "generated": True,
        }
    )
    return cases, made[["case", "seq", "move", "ordinal", "at", "by_post", "note", "score"]]


def _hours_until(until: datetime, told: Calls, zone: str) -> float:
    local = until.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (local - told.start) / timedelta(hours=1)


def _positions(
    data: Folder,
    town: Town,
    told: Calls,
    waiting: Flags,
    rng: np.random.Generator,
) -> tuple[Floats, Flags]:
    """Places in metres, and which cases have one: a few new ones wait to be placed."""
    share = data.rhythms["waiting"]
    luck = rng.random(len(waiting))
    placed = ~(waiting & (luck < share["without_position"]))
    stray = waiting & (luck > 1 - share["outside"])
    place = told.place.copy()
    place[stray] = calls.outside(town.outline, int(stray.sum()), rng)
    return place, placed
