"""Hot spots, and hot spots over time, as maps of hexagons."""

from datetime import datetime, timedelta
from threading import RLock
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from cachetools import LRUCache, cached
from sqlalchemy.orm import Session

from gridsvc.errors import BadField
from gridsvc.heat import hexagons, hotspots, keeping, living, measures, places
from gridsvc.heat.columns import Columns, Floats, Ints, moment
from gridsvc.heat.emerging import HOT, KINDS, emerging
from gridsvc.heat.hexagons import RESOLUTIONS, Names
from gridsvc.heat.hotspots import Pairs
from gridsvc.heat.measures import MEASURES, SMALL, Counted, Measure
from gridsvc.heat.questions import HEXAGON, Question, checked, local, resolved
from gridsvc.heat.relative import beside, relative
from gridsvc.heat.saying import NOTHING, PLACE, days, sums_said
from gridsvc.heat.surfaces import Surface, Totals, totals
from gridsvc.performance import Scope
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Column, Shade, Shapes, Theme
from gridsvc.words import Words

WEEK, MONTH = "week", "month"
FEWEST_STEPS, MOST_STEPS = 4, 60

SPOT_CLASSES = (
    Words("冷点99%", "cold, 99 %"),
    Words("冷点95%", "cold, 95 %"),
    Words("冷点90%", "cold, 90 %"),
    Words("不显著", "neither"),
    Words("热点90%", "hot, 90 %"),
    Words("热点95%", "hot, 95 %"),
    Words("热点99%", "hot, 99 %"),
)
SPOT_LIMITS = (-97.0, -92.0, -45.0, 45.0, 92.0, 97.0)
CLUSTERS = {
    "low-low": (-2, Words("低-低", "low among low")),
    "low-high": (-1, Words("低-高", "low among high")),
    "none": (0, Words("不显著", "neither")),
    "high-low": (1, Words("高-低", "high among low")),
    "high-high": (2, Words("高-高", "high among high")),
}
CLUSTER_LIMITS = (-1.5, -0.5, 0.5, 1.5)
# How the kinds are coloured: what comes, what stays, what goes or returns.
COMES, STAYS = ("new", "consecutive"), ("intensifying", "persistent")
COURSE_CLASSES = (
    Words("冷：新增、连续", "cold: new, consecutive"),
    Words("冷：加剧、持续", "cold: intensifying, persistent"),
    Words("冷：减弱、时有", "cold: fading, at times"),
    Words("无", "none"),
    Words("热：减弱、时有", "hot: fading, at times"),
    Words("热：加剧、持续", "hot: intensifying, persistent"),
    Words("热：新增、连续", "hot: new, consecutive"),
)
COURSE_LIMITS = (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)
NO_UNIT = Words("", "")
CONFIDENCE = Words("热点", "Hot spots")
MORAN = Words("聚类（局部莫兰）", "Clusters (local Moran)")
COURSE = Words("随时间变化", "Course over time")


NOBODY, HOUSEHOLDS = "none", "households"
GI = Words("Gi*（标准分）", "Gi* (standard score)")
SCORE = Words("标准分", "Standard score")
EXPECTED = Words("按户数应有", "Expected by households")
EVERY = Words("（含没有案件的）", ", those without a case included,")
ALONE = Words(
    "Getis-Ord Gi*与局部莫兰指数，以置换分布的精确概率检验，并按Benjamini-Hochberg法校正多重检验。",
    "Getis-Ord Gi* and local Moran, tested by the exact permutation distribution and corrected for "
    "many tests (Benjamini and Hochberg).",
)
AMONG = Words(
    "按户数折算：周围的件数与这些住户在各户相同时应有的件数相比，标准分为其差，以负二项分布检验；局部"
    "莫兰指数看各处与应有件数之差；均按Benjamini-Hochberg法校正多重检验。无人居住或户数不明处不作判断。",
    "For how many live there: the cases around against what the households there would have if all "
    "were alike, the score being the difference, tested by a negative binomial; local Moran looks "
    "at how far each hexagon is off. Corrected for many tests (Benjamini and Hochberg). Where "
    "nobody lives, or households were never counted, nothing is said.",
)
SPOT_SHADES = (
    Shade("spot", CONFIDENCE, SPOT_LIMITS, NO_UNIT, NOTHING, True, SPOT_CLASSES),
    Shade(
        "cluster",
        MORAN,
        CLUSTER_LIMITS,
        NO_UNIT,
        NOTHING,
        True,
        [words for _, words in CLUSTERS.values()],
    ),
)


class Ground(NamedTuple):
    """The hexagons that are compared, ascending, with their neighbours, what they are called, and
    their outlines."""

    cells: Names
    pairs: Pairs
    names: list[str]
    shapes: Shapes


_grounds: LRUCache[tuple[str, int, int, int | None], Ground] = LRUCache(16)
_holding = RLock()


def forget() -> None:
    with _holding:
        _grounds.clear()


def spots(session: Session, facts: Snapshot, asked: Question, per: str = NOBODY) -> Surface:
    """Where the measure is hot or cold in the period. Raises as `surface` does.

    Counts are compared over all hexagons of the district (of the unit, if one is asked about),
    those without a case included; with `per` households, against what those who live there would
    have if all were alike. Hours and shares say something only where cases are enough, so only such
    hexagons are compared, and all else is told as elsewhere.
    """
    measure = checked(asked._replace(by=HEXAGON, against=None))
    if per not in (NOBODY, HOUSEHOLDS) or (per == HOUSEHOLDS and measure.form != "count"):
        raise BadField(field="per", want=f"{NOBODY}、{HOUSEHOLDS} (count)")
    asked = asked._replace(period=local(asked.period, facts.rules.calendar.zone))
    part = resolved(session, facts, asked.scope)
    columns = keeping.current(session, facts)
    counted = measures.counted(columns, measure, asked.period, part)
    ground = _ground(facts, asked.resolution, part.unit)
    n, value, whole = _by_cell(columns, ground, measure, counted, asked.resolution)
    if measure.form != "count":
        kept = np.flatnonzero(n >= SMALL)
        ground = _within(ground, kept)
        n, value = n[kept], value[kept]
        whole = totals(whole.counted, int(n.sum()))
    expected, told = np.zeros(len(n)), np.ones(len(n), dtype=bool)
    if per == HOUSEHOLDS:
        lived = living.in_cells(session, facts, ground.cells, asked.resolution)
        found, expected, told = relative(value, *lived, ground.pairs)
        value = beside(value, expected, told)
    else:
        found = hotspots.spots(value, ground.pairs)
    clusters = hotspots.clusters(value, ground.pairs)
    shown = np.flatnonzero((n > 0) | (found.spot != 0) | (clusters.kind != "none"))
    scale = 100 if measure.form == "share" else 1
    rows = [
        {
            "code": hexagons.written(int(ground.cells[row])),
            "name": ground.names[row],
            "cases": int(n[row]),
            "value": float(value[row]) * scale,
            "expected": float(expected[row]) if told[row] else None,
            "z": float(found.z[row]),
            "q": float(found.q[row]),
            "spot": int(found.spot[row]) if told[row] else None,
            "cluster": CLUSTERS[str(clusters.kind[row])][0],
            "cluster_kind": CLUSTERS[str(clusters.kind[row])][1],
        }
        for row in shown.tolist()
    ]
    theme = Theme(
        f"hotspots-{measure.code}",
        Words(f"热点：{measure.title.zh}", f"Hot spots: {measure.title.en}"),
        _compared(measure, asked.period, whole, len(n), per),
        _spot_columns(measure, per),
        rows,
        ground.shapes[shown],
        SPOT_SHADES,
    )
    return Surface(theme, whole, None, columns.feed_no)


class Span(NamedTuple):
    """So many whole weeks or months that end with the moment `until`, in the district's days."""

    until: datetime
    step: str = WEEK
    steps: int = 12


def course(
    session: Session, facts: Snapshot, span: Span, resolution: int = 8, scope: Scope = Scope()
) -> Surface:
    """Which places become, stay or cease to be hot, by the cases that came in. Raises as `surface`
    does."""
    if span.step not in (WEEK, MONTH):
        raise BadField(field="step", want=f"{WEEK}、{MONTH}")
    if not FEWEST_STEPS <= span.steps <= MOST_STEPS:
        raise BadField(field="steps", want=f"{FEWEST_STEPS}-{MOST_STEPS}")
    if resolution not in RESOLUTIONS:
        raise BadField(field="resolution", want=f"{RESOLUTIONS[0]}-{RESOLUTIONS[-1]}")
    edges = stepped(span, facts.rules.calendar.zone)
    period, measure = Period(edges[0], edges[-1]), MEASURES["count"]
    part = resolved(session, facts, scope)
    columns = keeping.current(session, facts)
    counted = measures.counted(columns, measure, period, part)
    ground = _ground(facts, resolution, part.unit)
    place = _place(columns, ground, resolution)[counted.case]
    moments = np.array([moment(edge) for edge in edges])
    step = np.searchsorted(moments, columns.cases.opened[counted.case], side="right") - 1
    on = place >= 0
    flat = np.bincount(place[on] * span.steps + step[on], minlength=len(ground.cells) * span.steps)
    counts = flat.reshape(len(ground.cells), span.steps).astype(np.float64)
    found = emerging(counts, ground.pairs)
    whole = totals(len(place), int(on.sum()))
    cases = counts.sum(axis=1)
    shown = np.flatnonzero((cases > 0) | np.array([bool(one) for one in found.kind]))
    rows = [
        {
            "code": hexagons.written(int(ground.cells[row])),
            "name": ground.names[row],
            "cases": int(cases[row]),
            "last": int(counts[row, -1]),
            "kind": _kind(found.kind[row], found.side[row]),
            "hot": int(found.hot[row]),
            "cold": int(found.cold[row]),
            "trend": float(found.trend[row]),
            "trend_p": float(found.trend_p[row]),
            "course": _course(found.kind[row], found.side[row]),
        }
        for row in shown.tolist()
    ]
    unit = Words("周", "weeks") if span.step == WEEK else Words("月", "months")
    note = Words(
        f"{days(period)}，{span.steps}{unit.zh}。{sums_said(whole).zh}逐步Gi*以全期分布检验并校正多重"
        "检验，趋势为Mann-Kendall检验；类别按Esri公开的时空热点定义。",
        f"{days(period)}, {span.steps} {unit.en}. {sums_said(whole).en} Gi* of each step against "
        "all steps, corrected for many tests; trends by Mann-Kendall; kinds as Esri defines them "
        "for emerging hot spots.",
    )
    theme = Theme(
        "emerging",
        Words("热点的变化", "Emerging hot spots"),
        note,
        COURSE_COLUMNS,
        rows,
        ground.shapes[shown],
        [Shade("course", COURSE, COURSE_LIMITS, NO_UNIT, NOTHING, True, COURSE_CLASSES)],
    )
    return Surface(theme, whole, None, columns.feed_no)


def stepped(span: Span, zone: ZoneInfo) -> list[datetime]:
    """The edges of the steps, ascending, one more than there are steps: local midnights.

    The last step ends with the last midnight that is not after `until`; months end with the month
    before.
    """
    end = span.until.astimezone(zone).date()
    edges = []
    for back in range(span.steps, -1, -1):
        if span.step == WEEK:
            day = end - timedelta(weeks=back)
        else:
            months = end.year * 12 + end.month - 1 - back
            day = end.replace(year=months // 12, month=months % 12 + 1, day=1)
        edges.append(datetime(day.year, day.month, day.day, tzinfo=zone))
    return edges


@cached(
    _grounds,
    key=lambda facts, resolution, unit: (facts.district, facts.grid.edition, resolution, unit),
    lock=_holding,
)
def _ground(facts: Snapshot, resolution: int, unit: int | None) -> Ground:
    """The hexagons of the district, or of the unit that is asked about alone."""
    cells = places.ground(facts, resolution, unit)
    names = places.ground_names(facts.grid, cells)
    return Ground(cells, hexagons.discs(cells), names, hexagons.outlines(cells.tolist()))


def _within(ground: Ground, kept: Ints) -> Ground:
    cells = ground.cells[kept]
    names = [ground.names[row] for row in kept.tolist()]
    return Ground(cells, hexagons.discs(cells), names, ground.shapes[kept])


def _place(columns: Columns, ground: Ground, resolution: int) -> Ints:
    """The row in the ground of each case's hexagon, -1 where it is not in it. Shape (n,)."""
    layer = columns.hexagons[resolution]
    if not len(ground.cells):
        return np.full(len(layer.at), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(ground.cells, layer.names), len(ground.cells) - 1)
    rows = np.where(ground.cells[at] == layer.names, at, -1)
    return np.append(rows, -1)[layer.at]


def _by_cell(
    columns: Columns, ground: Ground, measure: Measure, counted: Counted, resolution: int
) -> tuple[Ints, Floats, Totals]:
    place = _place(columns, ground, resolution)[counted.case]
    on = place >= 0
    n, value = measures.reduced(
        measure, place[on].astype(np.int32), counted.value[on], len(ground.cells)
    )
    return n, value, totals(len(place), int(on.sum()))


def _compared(measure: Measure, period: Period, whole: Totals, count: int, per: str) -> Words:
    """What was counted, among how many hexagons, and how it was tested."""
    some = measure.form != "count"
    which = Words(f"（不少于{SMALL}件的）", f" with at least {SMALL} cases") if some else EVERY
    how = AMONG if per == HOUSEHOLDS else ALONE
    return Words(
        f"{measure.words.zh}{days(period)}。{sums_said(whole).zh}"
        f"参与比较的六边形{count:,}个{which.zh}。{how.zh}",
        f"{measure.words.en} {days(period)}. {sums_said(whole).en} "
        f"{count:,} hexagons{which.en} were compared. {how.en}",
    )


def _kind(kind: str, side: str) -> Words:
    if not kind:
        return Words("无", "none")
    words = KINDS[kind]
    if side == HOT:
        return Words(f"{words.zh}热点", f"{words.en} hot spot")
    return Words(f"{words.zh}冷点", f"{words.en} cold spot")


def _course(kind: str, side: str) -> int:
    if not kind:
        return 0
    size = 3 if kind in COMES else 2 if kind in STAYS else 1
    return size if side == HOT else -size


def _spot_columns(measure: Measure, per: str) -> list[Column]:
    return [
        Column("code", Words("编码", "Code")),
        Column("name", PLACE),
        Column("cases", Words("件数", "Counted"), 0),
        *([] if measure.form == "count" else [Column("value", measure.title, 1)]),
        *([Column("expected", EXPECTED, 1)] if per == HOUSEHOLDS else []),
        Column("z", SCORE if per == HOUSEHOLDS else GI, 2),
        Column("q", Words("校正后概率", "Corrected p"), 4),
        Column("spot", Words("置信度（负为冷点）", "Confidence, negative where cold"), 0),
        Column("cluster_kind", MORAN),
    ]


COURSE_COLUMNS = (
    Column("code", Words("编码", "Code")),
    Column("name", PLACE),
    Column("kind", Words("类别", "Kind")),
    Column("cases", Words("件数", "Counted"), 0),
    Column("last", Words("最后一步件数", "In the last step"), 0),
    Column("hot", Words("为热点的步数", "Steps hot"), 0),
    Column("cold", Words("为冷点的步数", "Steps cold"), 0),
    Column("trend", Words("趋势（标准分）", "Trend (standard score)"), 2),
    Column("trend_p", Words("趋势概率", "p of the trend"), 3),
)
