"""Heat maps: density, response, hot spots, their course over time, and what is more than usual."""

from datetime import timedelta
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response
from pydantic import Field

from api import themefiles
from api.deps import LoggedIn, Now, Speech, Tx
from api.shapes.base import ProblemOut
from api.shapes.heat import (
    AlertList,
    AlertOut,
    DismissIn,
    EmergingQuery,
    HeatOut,
    HeatQuery,
    MeasureList,
    PartQuery,
    SpotQuery,
)
from api.shapes.themes import theme_out
from gridsvc import snapshot
from gridsvc.errors import BadField
from gridsvc.heat import alerts, spotting, surfaces
from gridsvc.heat.measures import MEASURES
from gridsvc.heat.questions import Question
from gridsvc.heat.spotting import Span
from gridsvc.heat.surfaces import Surface
from gridsvc.performance import Scope
from gridsvc.permit import check
from gridsvc.rules.rates import Period
from gridsvc.tables.alerts import Alert
from gridsvc.words import Words
from maps.themes import Desk, Form

router = APIRouter(prefix="/heat", tags=["heat"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: themefiles.ANSWERS[200] | {"model": HeatOut},
    422: {"model": ProblemOut},
}

TOLD = (
    *("no", "day", "days", "scope", "code", "cases", "usual", "most", "q"),
    *("dismissed_at", "dismissed_name", "reason", "covered_by"),
)


class HeatAsked(HeatQuery):
    format: Form | None = None


class SpotAsked(SpotQuery):
    per: str = Field("none", description="households: counts against how many live there")
    format: Form | None = None


class EmergingAsked(EmergingQuery):
    format: Form | None = None


@router.get("", response_class=Response, responses=ANSWERS)
def heat(
    asked: Annotated[HeatAsked, Query()], account: LoggedIn, tx: Tx, now: Now, lang: Speech
) -> Response:
    """A measure of a period by unit, by hexagon or smooth; with a second period the difference."""
    check(account, "heat.read")
    facts = snapshot.current(tx, account.district)
    question = Question(
        asked.measure,
        Period(asked.since, asked.until),
        asked.by,
        asked.level,
        asked.resolution,
        asked.bandwidth_m,
        _scope(asked),
        _against(asked),
    )
    return _given(surfaces.surface(tx, facts, question), asked.format, Desk(tx, facts, now, lang))


@router.get("/hotspots", response_class=Response, responses=ANSWERS)
def hotspots(
    asked: Annotated[SpotAsked, Query()], account: LoggedIn, tx: Tx, now: Now, lang: Speech
) -> Response:
    """Where a measure is really hot or cold: Getis-Ord Gi* and local Moran by hexagon."""
    check(account, "heat.read")
    facts = snapshot.current(tx, account.district)
    period = Period(asked.since, asked.until)
    question = Question(asked.measure, period, resolution=asked.resolution, scope=_scope(asked))
    found = spotting.spots(tx, facts, question, asked.per)
    return _given(found, asked.format, Desk(tx, facts, now, lang))


@router.get("/emerging", response_class=Response, responses=ANSWERS)
def emerging(
    asked: Annotated[EmergingAsked, Query()], account: LoggedIn, tx: Tx, now: Now, lang: Speech
) -> Response:
    """Which hexagons become, stay or cease to be hot, over weeks or months."""
    check(account, "heat.read")
    facts = snapshot.current(tx, account.district)
    span = Span(asked.until or now, asked.step, asked.steps)
    found = spotting.course(tx, facts, span, asked.resolution, _scope(asked))
    return _given(found, asked.format, Desk(tx, facts, now, lang))


@router.get("/measures", response_model=MeasureList)
def measures(account: LoggedIn) -> dict[str, Any]:
    """What a map may show, and how each is counted."""
    check(account, "heat.read")
    return {
        "items": [
            {
                "code": one.code,
                "title": one.title.both,
                "unit": one.unit.both,
                "definition": one.words.both,
                "units_only": one.per == "households",
            }
            for one in MEASURES.values()
        ]
    }


@router.get("/alerts", response_model=AlertList)
def listed(
    account: LoggedIn,
    tx: Tx,
    now: Now,
    days: Annotated[int, Query(ge=1, le=366)] = 14,
    open_only: Annotated[bool, Query(alias="open")] = False,
) -> dict[str, Any]:
    """What was more than usual on the days of late, the newest and least likely first."""
    check(account, "heat.read")
    rules = snapshot.rules(tx, account.district)
    since = now.astimezone(rules.calendar.zone).date() - timedelta(days=days)
    found = alerts.listed(tx, account.district, since, open_only)
    return {"items": [_alert(one) for one in found]}


@router.post(
    "/alerts/{no}/dismiss",
    response_model=AlertOut,
    responses={status: {"model": ProblemOut} for status in (403, 404, 409, 422)},
)
def dismiss(no: int, wish: DismissIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Say why an alert needs nobody. It stays on record, and news opens the matter again."""
    return _alert(alerts.dismiss(tx, account, no, wish.reason, now))


def _scope(asked: PartQuery) -> Scope:
    return Scope(asked.unit, asked.department, asked.kind, asked.category)


def _against(asked: HeatQuery) -> Period | None:
    if asked.against_since is None and asked.against_until is None:
        return None
    if asked.against_since is None or asked.against_until is None:
        raise BadField(field="against_since", want="against_since, against_until")
    return Period(asked.against_since, asked.against_until)


def _given(found: Surface, form: Form | None, desk: Desk) -> Response:
    """As JSON with its totals, or the map alone as a file."""
    if form is not None:
        return themefiles.given(found.theme, form, desk)
    told = {
        "theme": theme_out(found.theme),
        "totals": found.totals._asdict(),
        "before": found.before and found.before._asdict(),
        "feed_no": found.feed_no,
        "sides": [theme_out(side) for side in found.sides],
    }
    return Response(orjson.dumps(told), media_type="application/json")


def _alert(alert: Alert) -> dict[str, Any]:
    return {name: getattr(alert, name) for name in TOLD} | {
        "name": Words(alert.name, alert.name_en).both,
        "open": alert.dismissed_at is None and alert.covered_by is None,
    }
