"""Two maps to hand on, each one file that opens offline: coverage and response."""

from datetime import datetime

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from gridsvc import analytics, unitshapes
from gridsvc.errors import Lang
from gridsvc.planning import coverage as coverages
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Column, Shade, Theme
from gridsvc.words import Words
from maps import hexagons, themes
from maps.style import THEMES
from maps.themes import Desk

COMMUNITY = 3
# As the console draws them.
LIMITS = {name: limits for name, _, _, limits, _ in THEMES}
COUNT_LIMITS = (5, 10, 20, 40, 80)

HOURS, CASES = Words("小时", "hours"), Words("件", "cases")
NOTHING = Words("无数据", "No data")
COLUMNS = (
    Column("name", Words("位置", "Place")),
    Column("median_hours", Words("办结用时中位数（小时）", "Median hours to close"), 1),
    Column("closed", Words("办结件数", "Closed cases"), 0),
)


def coverage(session: Session, facts: Snapshot, now: datetime, lang: Lang = "zh") -> str:
    """Facility area per 100 households by community against the standard, as one HTML file."""
    day = now.astimezone(facts.rules.calendar.zone).date()
    theme = coverages.theme(session, facts, day, COMMUNITY)
    told = [row["met"] for row in theme.rows]
    met, below, unknown = told.count(True), told.count(False), told.count(None)
    lead = Words(
        f"颜色越深，每百户居民拥有的设施面积越大。{len(told)}个社区中，"
        f"{met}个达到标准，{below}个未达到，{unknown}个无数据。",
        "The darker, the more floor area for every 100 households. "
        f"Of {len(told)} communities {met} reach the standard, "
        f"{below} do not, {unknown} have no data.",
    )
    return themes.html([theme], theme.title, lead, Desk(session, facts, now, lang))


def response(
    session: Session, facts: Snapshot, since: datetime, until: datetime, lang: Lang = "zh"
) -> str:
    """Median hours to close by hexagon and by community, and how many there were, as one file."""
    cases = hexagons.closed(session, facts.district, since, until)
    drawn = [_by_hexagon(cases), _by_community(session, facts, since, until)]
    title = Words("响应热力图：多久办结", "Response heat map: how long cases take")
    lead = _response_lead(cases, since, until, facts)
    return themes.html(drawn, title, lead, Desk(session, facts, until, lang))


def _by_hexagon(cases: pd.DataFrame) -> Theme:
    cells = hexagons.by_cell(cases)
    rows = [
        {"name": row.cell, "median_hours": row.median_hours, "closed": row.closed}
        for row in cells.itertuples()
    ]
    return _theme(Words("六边形", "by hexagon"), rows, np.asarray(cells.geometry, dtype=object))


def _by_community(session: Session, facts: Snapshot, since: datetime, until: datetime) -> Theme:
    rows = analytics.response_by_unit(session, facts, COMMUNITY, since, until)
    return _theme(
        Words("社区", "by community"), rows, unitshapes.of_level(session, facts, COMMUNITY).shapes
    )


def _theme(where: Words, rows: list[dict[str, object]], shapes: "np.ndarray") -> Theme:
    """How long cases took at some places, and how many there were."""
    shades = [
        Shade(
            "median_hours",
            Words(f"办结用时（{where.zh}）", f"Time to close {where.en}"),
            LIMITS["response"],
            HOURS,
            NOTHING,
        ),
        Shade(
            "closed",
            Words(f"办结件数（{where.zh}）", f"Closed cases {where.en}"),
            COUNT_LIMITS,
            CASES,
            NOTHING,
        ),
    ]
    # A median of a few cases says more about them than about the place.
    told = [row | {"small": int(str(row["closed"])) < analytics.SMALL} for row in rows]
    return Theme("response", where, analytics.RESPONSE_NOTE, COLUMNS, told, shapes, shades)


def _response_lead(cases: pd.DataFrame, since: datetime, until: datetime, facts: Snapshot) -> Words:
    """What the response map shows, in a few sentences."""
    zone = facts.rules.calendar.zone
    begin, end = (f"{at.astimezone(zone):%Y-%m-%d}" for at in (since, until))
    count = len(cases)
    middle = f"{cases['hours'].median():,.1f}"
    median = Words(f"{middle}小时", f"{middle} hours") if count else NOTHING
    return Words(
        f"{begin}至{end}办结且有位置的案件共{count:,}件。颜色越深，"
        "该处案件从收到上报到核实结项用时越长。"
        f"全部案件的中位数为{median.zh}。每个六边形约0.7平方公里。",
        f"{count:,} cases with a place were closed from {begin} to {end}. The darker, the longer "
        "cases there took from report to verified closing. "
        f"The median of all is {median.en}. A hexagon has about 0.7 km².",
    )
