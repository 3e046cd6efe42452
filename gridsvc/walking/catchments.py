"""Who goes where: the homes whose nearest facility is this one, and the ground between."""

import numpy as np
import shapely

from gridsvc.themes import Column, Shade, Shapes, Theme
from gridsvc.walking import network
from gridsvc.walking.network import Floats
from gridsvc.walking.reach import Reach
from gridsvc.walking.themes import CODE, HOUSEHOLDS, NAME, Asked, note
from gridsvc.walking.walk import Walk
from gridsvc.words import Words

# A catchment is drawn with fewer corners than it has: metres that a line may be off.
GRAIN_M = 6.0

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
    metres = asked.pace.metres(asked.limit)
    drawn = walk.ways.ground(walk.places(found.services), metres)
    rows, shapes = [], []
    for at, service in enumerate(found.services):
        if drawn[at] is None:
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
                "area_m2": service.area_m2,
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
    kept = _degrees(np.array(shapes, dtype=object), walk.metric_srid)
    return Theme("catchments", title, note(walk, asked), COLUMNS, rows, kept, SHADES)


def _degrees(shapes: Shapes, metric_srid: int) -> Shapes:
    simple = shapely.simplify(shapes, GRAIN_M)

    def back(corners: Floats) -> Floats:
        return network.degrees(corners, metric_srid)

    return np.asarray(shapely.transform(simple, back), dtype=object)
