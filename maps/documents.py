"""Two maps to hand on, each one file that opens offline: coverage and response."""

from datetime import datetime

from sqlalchemy.orm import Session

from gridsvc.errors import Lang
from gridsvc.heat import response as responses
from gridsvc.heat.response import Overall
from gridsvc.heat.saying import NOTHING
from gridsvc.planning import coverage as coverages
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words
from maps import themes
from maps.themes import Desk

COMMUNITY = 3


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
    period = Period(since, until)
    drawn = responses.themes(session, facts, period)
    title = Words("响应热力图：多久办结", "Response heat map: how long cases take")
    lead = _response_lead(responses.overall(session, facts, period), period, facts)
    return themes.html(drawn, title, lead, Desk(session, facts, until, lang))


def _response_lead(found: Overall, period: Period, facts: Snapshot) -> Words:
    """What the response map shows, in a few sentences."""
    zone = facts.rules.calendar.zone
    begin, end = (f"{at.astimezone(zone):%Y-%m-%d}" for at in period)
    count, median = found.closed, NOTHING
    if found.median is not None:
        median = Words(f"{found.median:,.1f}小时", f"{found.median:,.1f} hours")
    return Words(
        f"{begin}至{end}办结且有位置的案件共{count:,}件。颜色越深，"
        "该处案件从收到上报到核实结项用时越长。"
        f"全部案件的中位数为{median.zh}。每个六边形约0.7平方公里。",
        f"{count:,} cases with a place were closed from {begin} to {end}. The darker, the longer "
        "cases there took from report to verified closing. "
        f"The median of all is {median.en}. A hexagon has about 0.7 km².",
    )
