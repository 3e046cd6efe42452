"""Two maps to hand on, each one file that opens offline: coverage and response."""

from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from gridsvc import analytics
from gridsvc.errors import Lang
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words
from maps import hexagons
from maps.sheet import COMMUNITY, Shade, Sheet
from maps.style import THEMES

# As the console draws them.
LIMITS = {name: limits for name, _, _, limits, _ in THEMES}
COUNT_LIMITS = (5, 10, 20, 40, 80)

NOTHING = Words("无数据", "No data")
COVERAGE = Shade(
    "per_100_households",
    LIMITS["coverage"],
    Words("平方米/百户", "m² per 100 households"),
    NOTHING,
)
MEDIAN = Shade(
    "judged",
    LIMITS["response"],
    Words("小时", "hours"),
    Words(f"不足{analytics.SMALL}件", f"under {analytics.SMALL} cases"),
)
COUNT = Shade("closed", COUNT_LIMITS, Words("件", "cases"))


def coverage(session: Session, facts: Snapshot, now: datetime, lang: Lang = "zh") -> str:
    """Facility area per 100 households by community against the standard, as one HTML file."""
    figures = pd.DataFrame(analytics.coverage_by_unit(session, facts, COMMUNITY))
    document = Sheet(session, facts, now, lang)
    drawn = document.shapes.merge(figures.drop(columns="name"), on="code", validate="1:1")
    drawn["value"] = [_figure(value, COVERAGE, lang) for value in drawn["per_100_households"]]
    drawn["verdict"] = [_verdict(met, lang) for met in drawn["met"]]
    drawn["households"] = [_whole(value) for value in drawn["households"]]
    drawn["area_m2"] = [_whole(value) for value in drawn["area_m2"]]
    fields = {
        "name": Words("社区", "Community"),
        "value": COVERAGE.unit,
        "verdict": Words("标准30", "Standard 30"),
        "households": Words("户数", "Households"),
        "area_m2": Words("设施面积（平方米）", "Facility area (m²)"),
    }
    title = Words("社区综合服务设施覆盖", "Coverage by community service facilities")
    document.add(Words("每百户设施面积", "Facility area"), drawn, COVERAGE, fields)
    known = figures["met"].notna()
    met = int(figures.loc[known, "met"].sum())
    lead = Words(
        f"颜色越深，每百户居民拥有的设施面积越大。{len(figures)}个社区中，"
        f"{met}个达到每百户30平方米的标准，{int(known.sum()) - met}个未达到，"
        f"{int((~known).sum())}个无数据。",
        "The darker, the more floor area for every 100 households. "
        f"Of {len(figures)} communities {met} reach the standard of 30 m², "
        f"{int(known.sum()) - met} do not, {int((~known).sum())} have no data.",
    )
    return document.html(title, lead, analytics.COVERAGE_NOTE)


def response(
    session: Session, facts: Snapshot, since: datetime, until: datetime, lang: Lang = "zh"
) -> str:
    """Median hours to close by hexagon and by community, and how many there were, as one file."""
    document = Sheet(session, facts, until, lang)
    cases = hexagons.closed(session, facts.district, since, until)
    cells = hexagons.by_cell(cases)
    figures = pd.DataFrame(analytics.response_by_unit(session, facts, COMMUNITY, since, until))
    communities = document.shapes.merge(figures.drop(columns="name"), on="code", validate="1:1")
    for frame in (cells, communities):
        # A median of a few cases says more about them than about the place.
        frame["judged"] = frame["median_hours"].where(frame["closed"] >= analytics.SMALL)
        frame["value"] = [_figure(value, MEDIAN, lang) for value in frame["median_hours"]]
        frame["caution"] = [_caution(closed, lang) for closed in frame["closed"]]
    fields = {
        "value": Words("办结用时中位数", "Median time to close"),
        "closed": Words("办结件数", "Closed cases"),
        "caution": Words("提示", "Note"),
    }
    named = {"name": Words("社区", "Community")} | fields
    document.add(Words("办结用时（六边形）", "Time to close by hexagon"), cells, MEDIAN, fields)
    document.add(
        Words("办结用时（社区）", "Time to close by community"), communities, MEDIAN, named
    )
    document.add(Words("办结件数（六边形）", "Closed cases by hexagon"), cells, COUNT, fields)
    title = Words("响应热力图：多久办结", "Response heat map: how long cases take")
    lead = _response_lead(cases, since, document.now, facts)
    return document.html(title, lead, analytics.RESPONSE_NOTE)


def _response_lead(cases: pd.DataFrame, since: datetime, until: datetime, facts: Snapshot) -> Words:
    """What the response map shows, in a few sentences."""
    zone = facts.rules.calendar.zone
    begin, end = (f"{at.astimezone(zone):%Y-%m-%d}" for at in (since, until))
    count, median = len(cases), float(cases["hours"].median())
    return Words(
        f"{begin}至{end}办结且有位置的案件共{count:,}件。颜色越深，"
        "该处案件从收到上报到核实结项用时越长。"
        f"全部案件的中位数为{_figure(median, MEDIAN, 'zh')}。每个六边形约0.7平方公里。",
        f"{count:,} cases with a place were closed from {begin} to {end}. The darker, the longer "
        "cases there took from report to verified closing. "
        f"The median of all is {_figure(median, MEDIAN, 'en')}. A hexagon has about 0.7 km².",
    )


def _figure(value: Any, shade: Shade, lang: Lang) -> str:
    if pd.isna(value):
        return NOTHING.say(lang)
    return f"{value:,.1f}{'' if lang == 'zh' else ' '}{shade.unit.say(lang)}"


def _whole(value: Any) -> str:
    return "—" if pd.isna(value) else f"{value:,.0f}"


def _verdict(met: Any, lang: Lang) -> str:
    if pd.isna(met):
        return Words("无法判断", "Cannot tell").say(lang)
    return (Words("达到", "Met") if met else Words("未达到", "Not met")).say(lang)


def _caution(closed: int, lang: Lang) -> str:
    few = Words(
        f"不足{analytics.SMALL}件，仅供参考", f"Fewer than {analytics.SMALL}: read with care"
    )
    return few.say(lang) if closed < analytics.SMALL else "—"
