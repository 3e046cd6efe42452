"""Plans as themes: candidate sites with who chose them, and the communities that a plan changes."""

from typing import Any

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc import unitshapes
from gridsvc.gridindex import COMMUNITY
from gridsvc.siting.candidates import KINDS, Kept
from gridsvc.siting.plans import Answer
from gridsvc.siting.whatif import Effect
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Column, Shade, Theme
from gridsvc.words import Words

COLUMNS = (
    Column("code", Words("编码", "Code")),
    Column("name", Words("名称", "Name")),
    Column("kind", Words("种类", "Kind")),
    Column("floor_area_m2", Words("面积（平方米）", "Floor area (m²)"), 0),
    Column("cost", Words("费用", "Cost"), 1),
    Column("community", Words("服务社区", "Serves")),
    Column("best", Words("最优方案", "Best plan")),
    Column("greedy", Words("贪心方案", "Greedy plan")),
    Column("own", Words("自选方案", "Own choice")),
    Column("plans", Words("入选方案数", "Chosen by plans"), 0),
)
# The columns that say what a site is, before those that say who chose it.
SITES = 6
CHOSEN = Shade(
    "plans",
    Words("入选方案数", "Chosen by plans"),
    (1, 2, 3),
    Words("个方案", "plans"),
    Words("没有求解", "not asked"),
)
AREA = Shade(
    "floor_area_m2",
    Words("可得面积", "Floor area to be had"),
    (200, 400, 600, 1000, 1500),
    Words("平方米", "m²"),
    Words("面积不明", "area unknown"),
)
CANDIDATES = Words("候选地点", "Candidate sites")
NOTE = Words(
    "候选由规划人员录入或导入；费用只作比较，单位由各区自定。",
    "Candidates are entered or handed in by planners; costs are only compared, in whatever unit "
    "the district reckons in.",
)
TRIED = Words("只是试算，什么都没有保存。", "Only tried: nothing is stored.")
CHANGED = Shade(
    "change",
    Words("可达户数增减", "Households gained and lost"),
    (-1000, -200, 0, 1, 200, 1000),
    Words("户", "households"),
    Words("没有住户", "no homes"),
    around=True,
)
CHANGES = (
    Column("code", Words("编码", "Code")),
    Column("name", Words("名称", "Name")),
    Column("before", Words("原可达户数", "Within reach before"), 0),
    Column("after", Words("之后可达户数", "Within reach after"), 0),
    Column("change", Words("增减", "Change"), 0),
)
TITLES = {
    "standard": Words("预算内达标户数最多的选址", "Most households over the standard in budget"),
    "cheapest": Words("各社区达标的最低费用选址", "The cheapest way to the standard"),
    "reach": Words("预算内新增可达户数最多的选址", "Most households newly within reach in budget"),
}


def of_effect(session: Session, facts: Snapshot, effect: Effect) -> Theme:
    """Every community, and how many of its households a change would gain or lose."""
    drawn = unitshapes.of_level(session, facts, COMMUNITY)
    touched = {one["code"]: one for one in effect.reach}
    rows = []
    for code, name in zip(drawn.codes, drawn.names, strict=True):
        one = touched.get(code)
        told = {"before": None, "after": None, "change": 0}
        if one is not None:
            told = {"before": one["before"], "after": one["after"]}
            told["change"] = one["after"] - one["before"]
        rows.append({"code": code, "name": name, **told})
    title = Words("假如这样：可达户数增减", "What if: households gained and lost")
    return Theme("what_if", title, TRIED, CHANGES, rows, drawn.shapes, (CHANGED,))


def of_sites(kept: list[Kept], answer: Answer | None = None) -> Theme:
    """Every candidate as a point, and which plans of the answer chose it."""
    plans = answer.plans if answer else []
    chosen = {plan.name: set(plan.sites) for plan in plans}
    rows: list[dict[str, Any]] = []
    for one in kept:
        picked = {name: one.site.code in chosen.get(name, ()) for name in ("best", "greedy", "own")}
        rows.append(
            {
                "code": one.site.code,
                "name": one.site.name,
                "kind": KINDS[one.site.kind],
                "floor_area_m2": one.site.floor_area_m2,
                "cost": one.site.cost,
                "community": one.community_name,
                **picked,
                "plans": sum(picked.values()),
            }
        )
    places = np.array([(one.site.lon, one.site.lat) for one in kept], dtype=float).reshape(-1, 2)
    shapes = np.asarray(shapely.points(places), dtype=object)
    if answer is None:
        return Theme("candidates", CANDIDATES, NOTE, COLUMNS[:SITES], rows, shapes, (AREA,))
    title = TITLES[answer.question]
    return Theme("siting", title, answer.note, COLUMNS, rows, shapes, (CHOSEN, AREA))
