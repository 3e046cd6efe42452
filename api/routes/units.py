"""The grid: units, and where a point lies."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query

from api.deps import Now, PublicDistrict, Tx
from api.shapes import CountsOut, Lat, LocateOut, Lon, UnitDetail, UnitList
from gridsvc import analytics, snapshot, units
from gridsvc.datum import Datum
from gridsvc.locate import Location, locate

router = APIRouter(tags=["grid"])

Level = Annotated[int, Query(ge=1, le=5)]


@router.get("/units", response_model=UnitList)
def listed(
    district: PublicDistrict,
    tx: Tx,
    parent: str | None = None,
    level: Annotated[int | None, Query(ge=1, le=5)] = None,
) -> dict[str, Any]:
    """Units below a parent, or of a level."""
    return {"items": units.listed(tx, snapshot.current(tx, district), parent, level)}


@router.get("/units/{code}", response_model=UnitDetail)
def one(code: str, district: PublicDistrict, tx: Tx) -> dict[str, Any]:
    """One unit with its outline, its chain and its officers."""
    facts = snapshot.current(tx, district)
    row = units.one(tx, facts, code)
    officers = facts.rules.officers.get(code, [])
    return units.out(row) | {
        "chain": [unit._asdict() for unit in facts.grid.chain(facts.grid.codes.row(code))],
        "children_count": row.children_count,
        "geometry": orjson.loads(row.geometry),
        "officers": [
            {"name": officer.name, "post": officer.post, "phone": None} for officer in officers
        ],
    }


@router.get("/locate", response_model=LocateOut)
def where(
    lon: Lon, lat: Lat, district: PublicDistrict, tx: Tx, datum: Datum = Datum.WGS84
) -> dict[str, Any]:
    """The units that hold a point. Outside the grid is an answer, with its reason."""
    facts = snapshot.current(tx, district)
    place = locate(facts.grid, Location(lon, lat, datum))
    manual = place.manual
    return {
        "chain": [unit._asdict() for unit in place.chain],
        "edition": facts.grid.edition,
        "method": place.method,
        "border_m": place.border_m,
        "manual": manual and {"code": manual, "text": facts.rules.say("manual", manual).both},
    }


@router.get("/counts", response_model=CountsOut)
def counts(level: Level, district: PublicDistrict, tx: Tx, now: Now) -> dict[str, Any]:
    """Open and overdue cases of each unit of a level."""
    facts = snapshot.current(tx, district)
    items = analytics.counts(tx, facts, level, now)
    return {"edition": facts.grid.edition, "level": level, "at": now, "items": items}
