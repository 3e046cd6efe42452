"""Everything that a document of a period says, as plain values, by the functions of the API."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import assessments, performance
from gridsvc.circulars import kinds, tally
from gridsvc.circulars.kinds import ABOUT, COMMUNITY, STREET, Wish
from gridsvc.documents.blocks import Ring
from gridsvc.errors import BadInput, UnknownUnit
from gridsvc.performance import Performance, Scope
from gridsvc.rules.rates import REASONS, SMALL, Hours, Period
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District

Figures = dict[str, Any]

GROUNDS = text("""
    SELECT code, name, level, ST_AsBinary(coalesce(drawn_11, shape)) AS shape FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND level = ANY(:levels)
      AND (CAST(:unit AS text) IS NULL OR chain @> ARRAY[CAST(:unit AS text)])
    ORDER BY code
""")
# Corners closer than this are not seen on A4.
FINEST_M = 15.0


def collect(session: Session, facts: Snapshot, wish: Wish, now: datetime) -> Figures:
    """All figures of the document, to be kept with it as JSON.

    A span that has not ended is counted up to now and says so. Raises BadField, UnknownUnit, and
    BadInput for a span that has not begun.
    """
    kinds.check(wish)
    zone = facts.rules.calendar.zone
    period = Period(*wish.span.bounds(zone))
    if now <= period.since:
        raise BadInput(
            zh=f"{wish.span.name.zh}还没有开始，没有可以通报的内容。",
            en=f"{wish.span.name.en} has not begun: there is nothing to tell.",
        )
    ended = now >= period.until
    period = period if ended else Period(period.since, now.astimezone(zone))
    before = Period(*wish.span.before.bounds(zone))
    counted = _counted(session, facts, wish, period, before)
    made = _head(session, facts, wish, period, now) | {"ended": ended} | counted
    # As JSON holds it, so that what is kept and what was written are one.
    plain: Figures = orjson.loads(orjson.dumps(made))
    return plain


def _head(
    session: Session, facts: Snapshot, wish: Wish, period: Period, now: datetime
) -> dict[str, Any]:
    district = session.get_one(District, facts.district)
    zone = facts.rules.calendar.zone
    table = facts.rules.table(min(now, period.until).astimezone(zone).date())
    notice = {"zh": district.notice_zh, "en": district.notice_en}
    unit = facts.grid.unit(wish.unit) if wish.unit else None
    if wish.unit and (unit is None or unit.level != STREET):
        raise UnknownUnit(code=wish.unit)
    return {
        "kind": wish.kind,
        "name": ABOUT[wish.kind].name.both,
        "district": {"code": facts.district, "zh": district.name_zh, "en": district.name_en},
        "notice": notice if district.notice_zh else None,
        "unit": {"code": unit.code, "name": unit.name} if unit else None,
        "span": {"code": wish.span.code, **wish.span.name.both},
        "span_before": wish.span.before.name.both,
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "made_at": now.astimezone(zone).isoformat(timespec="seconds"),
        "edition": facts.grid.edition,
        "rulebook": facts.rules.no,
        "table": {"no": table.no, "title": table.title} if table else None,
    }


def _counted(
    session: Session, facts: Snapshot, wish: Wish, period: Period, before: Period
) -> dict[str, Any]:
    about, unit, scope = ABOUT[wish.kind], wish.unit, Scope(wish.unit)
    whole = performance.measure(session, facts, scope, period)
    assessed = assessments.of_side(
        assessments.of_period(session, facts.rules, period), assessments.DEPARTMENT
    )
    share = facts.rules.setting(assessments.SHARE)
    return {
        "counts": tally.counts(session, facts, period, unit),
        "counts_before": tally.counts(session, facts, before, unit),
        "whole": performance.told(whole),
        "whole_before": performance.told(performance.measure(session, facts, scope, before)),
        "district_whole": performance.told(performance.measure(session, facts, Scope(), period))
        if unit
        else None,
        "excluded": _excluded(whole),
        "departments": [
            {"code": code, "name": facts.rules.department_name(code).both, **performance.told(its)}
            for code, its in performance.by_department(session, facts, scope, period).items()
        ],
        "units": _units(session, facts, scope, period, about.level),
        "kinds": _named(facts, "whistle_kind", tally.by(session, facts, "kind", period, unit)),
        "channels": _named(facts, "channel", tally.channels(session, facts, period, unit)),
        "categories": _categories(session, facts, unit, period, before),
        "over_time": tally.over_time(session, facts, period, unit, about.step),
        "listed": _listed(facts, tally.listed(session, facts, period, unit)),
        "grounds": _grounds(session, facts, unit, period),
        "share_percent": share,
        "assessments": [
            {"department": code, "name": facts.rules.department_name(code).both, **one._asdict()}
            | {"small": one.counted < SMALL}
            for code, one in assessments.results(assessed, share).items()
        ],
    }


def _excluded(whole: Performance) -> list[dict[str, Any]]:
    """What was left out, by rate and reason."""
    found: dict[tuple[str, str], int] = {}
    for rate in whole.rates:
        for _, reason in rate.excluded:
            found[rate.code, reason] = found.get((rate.code, reason), 0) + 1
    return [
        {"rate": performance.defined(code)["name"], "reason": REASONS[reason].both, "cases": cases}
        for (code, reason), cases in found.items()
    ]


def _units(
    session: Session, facts: Snapshot, scope: Scope, period: Period, level: int
) -> list[dict[str, Any]]:
    """The rates of each unit of the level, also of those without a case, with what came."""
    measured = performance.by_unit(session, facts, scope, period, level)
    none = Performance(*performance.Facts([], [], []).performance(period))
    return [
        one | performance.told(measured.get(one["code"], none))
        for one in tally.by_unit(session, facts, period, scope.unit, level)
    ]


def _named(facts: Snapshot, catalogue: str, found: Mapping[str, int]) -> list[dict[str, Any]]:
    nothing = {"zh": "未吹哨", "en": "no whistle"}
    return [
        {"code": code, "name": facts.rules.say(catalogue, code).both if code else nothing}
        | {"cases": cases}
        for code, cases in found.items()
    ]


def _categories(
    session: Session, facts: Snapshot, unit: str | None, period: Period, before: Period
) -> list[dict[str, Any]]:
    now = tally.by(session, facts, "category", period, unit)
    past = tally.by(session, facts, "category", before, unit)
    unclassified = {"zh": "未分类", "en": "not classified"}
    known = facts.rules.categories
    found = [
        {
            "code": code,
            "name": known[code].name.both if code in known else unclassified,
            "cases": now.get(code, 0),
            "before": past.get(code, 0),
        }
        for code in {**now, **past}
    ]
    return sorted(found, key=lambda one: (-one["cases"], one["code"]))


def _listed(facts: Snapshot, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known, say = facts.rules.categories, facts.rules.say
    return [
        line
        | {
            "category": known[line["category"]].name.both if line["category"] in known else None,
            "supervision": say("supervision", line["supervision"]).both
            if line["supervision"]
            else None,
            "leads": [facts.rules.department_name(code).both for code in line["leads"]],
        }
        for line in lines
    ]


def _grounds(
    session: Session, facts: Snapshot, unit: str | None, period: Period
) -> list[dict[str, Any]]:
    """What came and how long it took, for every community, as it is drawn."""
    found = performance.by_unit(session, facts, Scope(unit), period, COMMUNITY)
    times = {code: its.hours[1] for code, its in found.items()}
    none = Hours("close_hours", [])
    return [
        one | {"closed": len(took.items), "median_hours": took.median, "small": took.small}
        for one in tally.by_unit(session, facts, period, unit, COMMUNITY)
        for took in [times.get(one["code"], none)]
    ]


class Shapes(dict[str, list[Ring]]):
    """Outer rings by the unit's code, in metres of Web Mercator."""


def shapes(session: Session, facts: Snapshot, unit: str | None) -> Shapes:
    """The grounds of streets and communities, for drawing."""
    values = {"district": facts.district, "edition": facts.grid.edition, "unit": unit}
    found = Shapes()
    for row in session.execute(GROUNDS, values | {"levels": [STREET, COMMUNITY]}):
        ground = shapely.simplify(shapely.from_wkb(bytes(row.shape)), FINEST_M)
        parts = [part for part in shapely.get_parts(ground) if not part.is_empty]
        found[row.code] = [[(x, y) for x, y in part.exterior.coords] for part in parts]
    return found
