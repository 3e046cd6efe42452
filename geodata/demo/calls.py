"""What is reported: which matter, when, where, through which channel and in which words.

Some communities, compounds and categories are far hotter than others; rain, seasons, weekdays and
the hours of the day have their say.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.demo.chance import Floats, Ints
from geodata.demo.folder import Folder
from geodata.demo.outline import Ground

HOT_COMMUNITIES = 6
HOT_FACTOR = 3.0
AT_BUILDING = 0.75


class Town(NamedTuple):
    """Where people live, in metres: buildings by compound, compounds by community."""

    outline: BaseGeometry
    street_of_community: Ints
    kind_of_community: list[str]
    households_of_community: Floats
    community_names: list[str]
    community_of_compound: Ints
    compound_names: list[str]
    compound_of_building: Ints
    building_names: list[str]
    building_centres: Floats


class Calls(NamedTuple):
    """The reports in the order of their time; `hour` counts hours since `start`, local time."""

    start: datetime
    hour: Floats
    category: Ints
    community: Ints
    building: Ints
    place: Floats


def receive(
    folder: Folder, town: Town, count: int, until: datetime, rng: np.random.Generator
) -> Calls:
    """So many reports in the period that ends at `until`."""
    weight = folder.profile["weight"].to_numpy(dtype=float)
    category = rng.choice(len(weight), count, p=weight / weight.sum())
    local = until.astimezone(ZoneInfo(folder.district["time_zone"])).replace(tzinfo=None)
    start = datetime.combine(local.date(), datetime.min.time())
    start -= timedelta(days=int(folder.district["history_days"]))
    hour = _moments(folder, category, start, (local - start) / timedelta(hours=1), rng)
    order = np.argsort(hour, kind="stable")
    hour, category = hour[order], category[order]
    community = _communities(folder, town, category, rng)
    building = _buildings(town, community, rng)
    return Calls(start, hour, category, community, building, _places(town, building, rng))


def texts(
    folder: Folder, town: Town, calls: Calls, placed: np.ndarray, rng: np.random.Generator
) -> list[str]:
    """What the caller said: where, what, and what is asked for."""
    words = folder.words
    said = folder.texts.groupby("category")["text"].apply(list).to_dict()
    categories = list(folder.profile["category"])
    luck = rng.random((len(calls.hour), 3))
    found = []
    for number, (building, community) in enumerate(
        zip(calls.building, calls.community, strict=True)
    ):
        where, what, ask = luck[number]
        patterns = words["where" if placed[number] else "where_unplaced"]
        place = patterns[int(where * len(patterns))].format(
            community=town.community_names[community],
            compound=town.compound_names[town.compound_of_building[building]],
            building=town.building_names[building],
        )
        options = said[categories[calls.category[number]]]
        text = options[int(what * len(options))]
        found.append(f"{place}{text}{words['asks'][int(ask * len(words['asks']))]}")
    return found


def channels(folder: Folder, count: int, rng: np.random.Generator) -> np.ndarray:
    """The channel of each report."""
    weight = folder.channels["weight"].to_numpy(dtype=float)
    return rng.choice(folder.channels["code"].to_numpy(), count, p=weight / weight.sum())


def outside(outline: BaseGeometry, count: int, rng: np.random.Generator) -> Floats:
    """Places a little beyond the district's border, as phones and strangers give them."""
    low, high = np.split(np.array(outline.bounds), 2)
    found = np.empty((0, 2))
    shapely.prepare(outline)
    while len(found) < count:
        tried = low - 500 + rng.random((4 * count + 64, 2)) * (high - low + 1000)
        beyond = ~shapely.contains_xy(outline, tried[:, 0], tried[:, 1])
        near = shapely.dwithin(shapely.points(tried), outline, 500)
        found = np.concatenate([found, tried[beyond & near]])
    return found[:count]


def degrees(ground: Ground, places: Floats) -> Floats:
    """Positions in degrees, as precise as a phone gives them."""
    return np.round(ground.degrees(places), 7)


def _moments(
    folder: Folder, category: Ints, start: datetime, hours: float, rng: np.random.Generator
) -> Floats:
    """Hours since the start for each report, by the rhythm of its category."""
    rhythms, profile = folder.rhythms, folder.profile
    days = pd.date_range(start, periods=int(hours // 24) + 1, freq="D")
    weekday = np.array(rhythms["weekday"])[days.day_of_week]
    storm = _storms(rhythms["storms"], days, rng)
    moment = np.empty(len(category))
    for number, kind in enumerate(profile.itertuples(index=False, name="Kind")):
        mine = np.flatnonzero(category == number)
        season = np.array(rhythms["seasons"][kind.season])[days.month - 1]
        by_day = weekday * season * (storm if kind.storm else 1.0)
        by_hour = np.array(rhythms["hours"][kind.hours], dtype=float)
        day = rng.choice(len(days), len(mine), p=by_day / by_day.sum())
        hour = rng.choice(24, len(mine), p=by_hour / by_hour.sum())
        moment[mine] = day * 24 + hour + rng.random(len(mine))
    late = moment > hours
    moment[late] = np.where(moment[late] >= 168, moment[late] - 168, moment[late] % max(hours, 1.0))
    return np.minimum(moment, hours)


def _storms(storms: dict[str, Any], days: pd.DatetimeIndex, rng: np.random.Generator) -> Floats:
    """How much more is reported on each day because it pours, and less on the day after."""
    factor = np.ones(len(days))
    wet = np.flatnonzero(np.isin(days.month, storms["months"]))
    count = min(int(storms["count"]), len(wet))
    strength = float(storms["factor"])
    for day in rng.choice(wet, count, replace=False) if count else []:
        factor[day] *= strength
        factor[min(day + 1, len(days) - 1)] *= strength**0.4
    return factor


def _communities(folder: Folder, town: Town, category: Ints, rng: np.random.Generator) -> Ints:
    """The community of each report: where many live, where it is hot, where its kind occurs."""
    count = len(town.community_names)
    size = np.nan_to_num(
        town.households_of_community, nan=np.nanmedian(town.households_of_community)
    )
    heat = (size + 50) ** 0.6 * rng.lognormal(0, 0.45, count)
    heat[rng.choice(count, min(HOT_COMMUNITIES, count), replace=False)] *= HOT_FACTOR
    found = np.empty(len(category), dtype=np.int64)
    for number, kind in enumerate(folder.profile.to_dict("records")):
        mine = np.flatnonzero(category == number)
        fits = np.array([float(kind[name]) for name in town.kind_of_community])
        weight = heat * fits * rng.lognormal(0, 0.55, count) + 1e-9
        found[mine] = rng.choice(count, len(mine), p=weight / weight.sum())
    return found


def _buildings(town: Town, community: Ints, rng: np.random.Generator) -> Ints:
    """The building nearest to each matter; a few compounds of every community are hot."""
    held = np.bincount(town.compound_of_building)
    heat = np.cumsum(held * rng.lognormal(0, 0.9, len(held)))
    first = np.searchsorted(town.community_of_compound, np.arange(len(town.community_names)))
    low = np.r_[0.0, heat][first]
    high = np.r_[low[1:], heat[-1]]
    drawn = low[community] + rng.random(len(community)) * (high - low)[community]
    compound = np.minimum(np.searchsorted(heat, drawn, side="right"), len(held) - 1)
    start = np.r_[0, np.cumsum(held)[:-1]]
    chosen: Ints = start[compound] + np.floor(rng.random(len(community)) * held[compound]).astype(
        np.int64
    )
    return chosen


def _places(town: Town, building: Ints, rng: np.random.Generator) -> Floats:
    """At the building, or on a road near it, but never beyond the outline."""
    home = town.building_centres[building]
    turn = rng.uniform(0, 2 * np.pi, len(building))
    far = np.where(
        rng.random(len(building)) < AT_BUILDING,
        np.abs(rng.normal(0, 4, len(building))),
        rng.uniform(25, 80, len(building)),
    )
    place = home + far[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    shapely.prepare(town.outline)
    inside = shapely.contains_xy(town.outline, place[:, 0], place[:, 1])
    return np.where(inside[:, None], place, home)
