"""What is found on foot as themes: reach and pressure by unit, unserved homes."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc import unitshapes
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Column, Shade, Theme
from gridsvc.walking import reach
from gridsvc.walking.network import Floats
from gridsvc.walking.pressure import Pressure
from gridsvc.walking.reach import Reach
from gridsvc.walking.walk import Pace, Walk
from gridsvc.walking.ways import BASES
from gridsvc.words import Words

CODE, NAME = Column("code", Words("编码", "Code")), Column("name", Words("名称", "Name"))
HOUSEHOLDS = Column("households", Words("户数", "Households"), 0)
MINUTES = Words("分钟", "min")
SHARE = Shade(
    "share",
    Words("步行可达户数占比", "Households within reach"),
    (20, 40, 60, 80, 95),
    Words("%", "%"),
    Words("无数据", "No data"),
)
MEDIAN = Shade(
    "minutes",
    Words("步行分钟（中位）", "Minutes on foot (median)"),
    (5, 10, 15, 20, 30),
    MINUTES,
    Words("没有可走的路，或附近没有道路", "No way leads there, or no street is near"),
)
REACH = (
    CODE,
    NAME,
    HOUSEHOLDS,
    Column("reached", Words("可达户数", "Within reach"), 0),
    Column("share", Words("可达占比（%）", "Within reach (%)"), 1),
    Column("unserved", Words("不可达户数", "Beyond reach"), 0),
    Column("untold", Words("附近无路网户数", "No street near"), 0),
    Column("unknown_homes", Words("户数不明的楼栋", "Homes without a count"), 0),
    Column("minutes", Words("步行分钟（中位）", "Minutes (median)"), 1),
)
PRESSURE = (
    CODE,
    NAME,
    HOUSEHOLDS,
    Column("per_100", Words("每百户可得面积（平方米）", "m² per 100 households"), 1),
    Column("without", Words("范围内没有设施的户数", "Households that reach none"), 0),
    Column("unknown_homes", Words("户数不明的楼栋", "Homes without a count"), 0),
)
PER_100 = Shade(
    "per_100",
    Words("每百户可得面积（两步移动搜索法）", "m² per 100 households in reach (2SFCA)"),
    (5, 10, 20, 30, 60),
    Words("平方米/百户", "m² per 100 households"),
    Words("无数据", "No data"),
)
UNSERVED = (
    CODE,
    NAME,
    HOUSEHOLDS,
    Column("minutes", Words("步行分钟", "Minutes"), 1),
    Column("nearest", Words("最近设施", "Nearest facility")),
    Column("why", Words("原因", "Why")),
)
WHYS = {
    "too_far": Words("太远", "too far"),
    "no_way": Words("没有路可到", "no way leads there"),
    "no_street": Words("附近没有道路，不作判断", "no street near: nothing can be said"),
}
FAR = Shade(
    "minutes",
    Words("步行分钟", "Minutes on foot"),
    (15, 20, 30, 45, 60),
    MINUTES,
    Words("没有可走的路，或附近没有道路", "No way leads there, or no street is near"),
)


class Asked(NamedTuple):
    """What a theme is about: the facilities' type in words, the day, how people walk."""

    what: Words
    day: date
    pace: Pace
    limit: float


def note(walk: Walk, asked: Asked) -> Words:
    """How the figures were made."""
    basis, pace = BASES[walk.ways.basis], asked.pace
    no = walk.network_no
    streets = Words(
        "" if no is None else f"（第{no}号路网）", "" if no is None else f" (network {no})"
    )
    factor = (
        Words(f"，绕行系数{pace.detour:g}", f", factor {pace.detour:g}")
        if no is None
        else Words("", "")
    )
    return Words(
        f"{basis.zh}{streets.zh}{factor.zh}；步行{pace.kmh:g}公里/小时，{asked.limit:g}分钟以内为"
        f"可达；{asked.day.isoformat()}开放的设施。15分钟社区服务圈见文件汇编L25055，原文未写明方式、"
        "速度和目的地，步行与速度为本系统所设。户数不明的楼栋不计入，附近没有道路的不作判断。",
        f"{basis.en.capitalize()}{streets.en}{factor.en}; {pace.kmh:g} km/h, within reach up to "
        f"{asked.limit:g} minutes; facilities open on {asked.day.isoformat()}. The 15-minute "
        "circle is doc 000 L25055; its mode, speed and destination are not stated, walking and "
        "the speed are ours. Homes without a count of households are in no figure; of homes "
        "without a street near them nothing is said.",
    )


def of_reach(
    session: Session, facts: Snapshot, walk: Walk, found: Reach, asked: Asked, level: int
) -> Theme:
    """Households within reach by unit of a level."""
    lines = reach.by_unit(walk, found, level)
    rows, shapes = [], []
    for code, name, shape in _units(session, facts, level):
        if code in lines:
            line = lines[code]._asdict()
            share = line["share"]
            percent = None if share is None else 100 * share
            rows.append({"code": code, "name": name, **line, "share": percent})
            shapes.append(shape)
    title = Words(
        f"{asked.what.zh}：{asked.limit:g}分钟步行可达",
        f"{asked.what.en}: within {asked.limit:g} minutes on foot",
    )
    kept = np.array(shapes, dtype=object)
    return Theme("reach", title, note(walk, asked), REACH, rows, kept, (SHARE, MEDIAN))


def of_pressure(
    session: Session, facts: Snapshot, walk: Walk, found: Pressure, asked: Asked, level: int
) -> Theme:
    """What households find within reach for every hundred of those who share it, by unit."""
    households = walk.homes.households
    units = walk.homes.units(walk.grid, level)
    inside = units >= 0
    known = np.nan_to_num(households)

    def total(weights: Floats) -> Floats:
        sums = np.bincount(units[inside], weights[inside], minlength=len(walk.grid.codes))
        return sums.astype(np.float64)

    every, area = total(known), total(known * found.at_homes * 100)
    without = total(known * (found.at_homes == 0))
    unknown = total(np.isnan(households).astype(float))
    homes = total(np.ones(len(units)))
    rows, shapes = [], []
    for code, name, shape in _units(session, facts, level):
        at = walk.grid.codes.row(code)
        if at >= 0 and homes[at]:
            rows.append(
                {
                    "code": code,
                    "name": name,
                    "households": round(every[at]),
                    "per_100": float(area[at] / every[at]) if every[at] else None,
                    "without": round(without[at]),
                    "unknown_homes": round(unknown[at]),
                }
            )
            shapes.append(shape)
    title = Words(
        f"{asked.what.zh}：需求与面积（两步移动搜索法）",
        f"{asked.what.en}: demand against floor area (2SFCA)",
    )
    kept = np.array(shapes, dtype=object)
    return Theme("pressure", title, note(walk, asked), PRESSURE, rows, kept, (PER_100,))


def of_unserved(walk: Walk, found: Reach, asked: Asked) -> Theme:
    """Every home that is not served in time, as a point."""
    rows = [reach.told(walk, found, row) for row in reach.unserved(walk, found).tolist()]
    shapes = np.array([shapely.Point(row.pop("lon"), row.pop("lat")) for row in rows], dtype=object)
    for row in rows:
        row["why"] = WHYS[row["why"]]
    title = Words(
        f"{asked.what.zh}：{asked.limit:g}分钟步行不可达的楼栋",
        f"{asked.what.en}: homes beyond {asked.limit:g} minutes on foot",
    )
    return Theme("unserved", title, note(walk, asked), UNSERVED, rows, shapes, (FAR,))


def _units(session: Session, facts: Snapshot, level: int) -> "list[tuple[str, str, Any]]":
    drawn = unitshapes.of_level(session, facts, level)
    return list(zip(drawn.codes, drawn.names, drawn.shapes, strict=True))
