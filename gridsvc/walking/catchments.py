"""Who goes where: the homes whose nearest facility is this one, and the ground between."""

from typing import Any

import h3.api.basic_int as h3
import numpy as np
from shapely.geometry import shape

from gridsvc.themes import Column, Shade, Theme
from gridsvc.walking import network
from gridsvc.walking.cells import cells_of
from gridsvc.walking.reach import Reach
from gridsvc.walking.themes import CODE, HOUSEHOLDS, NAME, Asked, note
from gridsvc.walking.walk import Walk
from gridsvc.words import Words

COLUMNS = (
    CODE,
    NAME,
    Column("area_m2", Words("面积（平方米）", "Floor area (m²)"), 1),
    HOUSEHOLDS,
    Column("homes", Words("楼栋", "Homes"), 0),
    Column("unknown_homes", Words("户数不明的楼栋", "Homes without a count"), 0),
    Column("per_100", Words("每百户面积（平方米）", "m² per 100 households"), 1),
    Column("minutes", Words("步行分钟（中位）", "Minutes (median)"), 1),
)
SHADES = (
    Shade(
        "households",
        Words("就近户数", "Nearest to"),
        (100, 500, 1000, 2000, 5000),
        Words("户", "households"),
        Words("户数不明", "Households unknown"),
    ),
    Shade(
        "per_100",
        Words("每百户面积", "Floor area"),
        (5, 10, 20, 30, 60),
        Words("平方米/百户", "m² per 100 households"),
        Words("面积或户数不明", "Area or households unknown"),
    ),
)


def theme(walk: Walk, found: Reach, asked: Asked) -> Theme:
    """The ground within reach of each facility that is nearest, with its households."""
    drawn = _ground(walk, found, asked)
    rows, shapes = [], []
    for at, service in enumerate(found.services):
        if at not in drawn:
            continue
        mine = (found.nearest == at) & found.reached
        counted = walk.homes.households[mine]
        unknown = int(np.isnan(counted).sum())
        households = int(np.nansum(counted)) if unknown < len(counted) or not unknown else None
        floor = service.area_m2
        rows.append(
            {
                "code": service.code,
                "name": service.name,
                "area_m2": floor,
                "households": households,
                "homes": int(mine.sum()),
                "unknown_homes": unknown,
                "per_100": floor / households * 100 if floor is not None and households else None,
                "minutes": float(np.median(found.minutes[mine])) if mine.any() else None,
            }
        )
        shapes.append(drawn[at])
    title = Words(
        f"{asked.what.zh}：{asked.limit:g}分钟步行服务范围",
        f"{asked.what.en}: who has which nearest, within {asked.limit:g} minutes",
    )
    kept = np.array(shapes, dtype=object)
    return Theme("catchments", title, note(walk, asked), COLUMNS, rows, kept, SHADES)


def _ground(walk: Walk, found: Reach, asked: Asked) -> dict[int, Any]:
    """The ground of each facility in EPSG:4326, by its row: hexagons that streets within reach, or
    homes that reach it, lie in. A hexagon belongs to whichever is nearest to anything in it."""
    limit = asked.pace.metres(asked.limit)
    ground = walk.ways.ground(walk.places(found.services), limit)
    where = network.degrees(ground.points, walk.metric_srid)
    home = np.flatnonzero(found.reached)
    cells = np.concatenate([cells_of(where[:, 0], where[:, 1]), walk.cells[home]])
    owner = np.concatenate([ground.place, found.nearest[home]])
    minutes = np.concatenate([asked.pace.minutes_of(ground.metres), found.minutes[home]])
    order = np.lexsort((minutes, cells))
    cells, owner = cells[order], owner[order]
    first = np.ones(len(cells), dtype=bool)
    first[1:] = cells[1:] != cells[:-1]
    cells, owner = cells[first], owner[first]
    order = np.argsort(owner, kind="stable")
    rows, starts = np.unique(owner[order], return_index=True)
    parts = np.split(cells[order], starts[1:])
    return {
        int(row): shape(h3.cells_to_geo(part.tolist()))
        for row, part in zip(rows.tolist(), parts, strict=True)
    }
