"""Facility area per 100 households: by unit, for drawn ground, over time."""

from datetime import date, timedelta
from typing import Annotated, Any

import orjson
import shapely
from fastapi import APIRouter, Query, Response

from api import themefiles
from api.asked import today
from api.deps import LoggedIn, Now, PublicDistrict, Speech, Tx
from api.shapes.base import ProblemOut
from api.shapes.planning import CoverageHistory, CoverageOut, GroundIn, GroundOut
from gridsvc import snapshot
from gridsvc.errors import BadField
from gridsvc.permit import check
from gridsvc.planning import coverage
from gridsvc.words import Words
from maps.themes import Desk

router = APIRouter(prefix="/coverage", tags=["planning"])

Level = Annotated[int, Query(ge=1, le=5)]
Day = Annotated[date | None, Query(description="as of the end of this day; today without it")]
Unit = Annotated[str | None, Query(description="only units within this one")]
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (403, 404, 422)
}
A_YEAR = timedelta(days=365)
MOST_CORNERS = 20_000


@router.get("", response_model=CoverageOut, responses=REFUSALS)
def by_unit(
    district: PublicDistrict,
    tx: Tx,
    now: Now,
    level: Level = 3,
    unit: Unit = None,
    day: Day = None,
) -> dict[str, Any]:
    """Facility area per 100 households of each unit, against the standard."""
    facts = snapshot.current(tx, district)
    on = day or today(facts, now)
    rows = coverage.by_unit(tx, facts, level, on, unit)
    return {
        "day": on,
        "standard": facts.rules.setting(coverage.STANDARD),
        "items": [_told(row) for row in rows],
        "note": coverage.NOTE.both,
    }


@router.get("/theme", response_class=Response, responses=themefiles.ANSWERS)
def theme(
    account: LoggedIn,
    tx: Tx,
    now: Now,
    lang: Speech,
    level: Level = 3,
    unit: Unit = None,
    day: Day = None,
    form: themefiles.Wanted = None,
) -> Response:
    """The same as a map: JSON for the console, or a file (html, png, xlsx, gpkg, geojson)."""
    check(account, "plan.read")
    facts = snapshot.current(tx, account.district)
    found = coverage.theme(tx, facts, day or today(facts, now), level, unit)
    return themefiles.given(found, form, Desk(tx, facts, now, lang))


@router.get("/history", response_model=CoverageHistory, responses=REFUSALS)
def history(
    account: LoggedIn,
    tx: Tx,
    now: Now,
    unit: str,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, Any]:
    """A unit's coverage on each day that changed something; without dates of the last year."""
    check(account, "plan.read")
    facts = snapshot.current(tx, account.district)
    end = until or today(facts, now)
    rows = coverage.history(tx, facts, unit, since or end - A_YEAR, end)
    return {
        "standard": facts.rules.setting(coverage.STANDARD),
        "items": [_told(row) for row in rows],
    }


@router.post("/ground", response_model=GroundOut, responses=REFUSALS)
def of_ground(wish: GroundIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """The same for ground that somebody drew; nothing is stored."""
    check(account, "plan.read")
    facts = snapshot.current(tx, account.district)
    day = wish.day or today(facts, now)
    return {"day": day, **_told(coverage.of_ground(tx, facts, _shape(wish.shape), day))}


def _shape(geojson: dict[str, Any]) -> Any:
    """The polygon of a GeoJSON geometry. Raises BadField."""
    try:
        shape = shapely.from_geojson(orjson.dumps(geojson))
    except (shapely.GEOSException, TypeError) as unread:
        raise BadField(field="shape", want="GeoJSON Polygon, MultiPolygon") from unread
    if shape is None or shapely.get_num_coordinates(shape) > MOST_CORNERS:
        raise BadField(field="shape", want=f"<= {MOST_CORNERS} corners")
    return shape


def _told(row: dict[str, Any]) -> dict[str, Any]:
    reason: Words | None = row["reason"]
    return row | {"reason": reason and reason.both}
