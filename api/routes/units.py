"""The grid: units, and where a point lies."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from pydantic import FiniteFloat

from api.deps import Now, PublicDistrict, Tx
from api.shapes.base import Lat, Lon
from api.shapes.units import CountsOut, LocateOut, UnitDetail, UnitList
from gridsvc import analytics, snapshot, units
from gridsvc.datum import Datum
from gridsvc.locate import NEAREST_M, Location, locate

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
    lon: Lon,
    lat: Lat,
    district: PublicDistrict,
    tx: Tx,
    datum: Datum = Datum.WGS84,
    accuracy_m: Annotated[FiniteFloat | None, Query(ge=0, le=1_000_000)] = None,
    nearest_m: Annotated[FiniteFloat, Query(ge=0, le=500)] = NEAREST_M,
    edition: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
) -> dict[str, Any]:
    """The units that hold a point, now or in another edition.

    `accuracy_m` is the radius of the circle of error: grounds beyond a border that it reaches are
    `candidates`. A point in no building is led to the nearest one on the same ground within
    `nearest_m`. Outside the grid is an answer, with its reason.
    """
    facts = snapshot.current(tx, district)
    grid = facts.grid if edition is None else snapshot.grid_of(tx, district, edition)
    place = locate(grid, Location(lon, lat, datum, accuracy_m), nearest_m)
    manual = place.manual
    return {
        "point": place.point and place.point._asdict(),
        "chain": [unit._asdict() for unit in place.chain],
        "edition": grid.edition,
        **place.found,
        "manual": manual and {"code": manual, "text": facts.rules.say("manual", manual).both},
    }


@router.get("/counts", response_model=CountsOut)
def counts(level: Level, district: PublicDistrict, tx: Tx, now: Now) -> dict[str, Any]:
    """Open and overdue cases of each unit of a level."""
    facts = snapshot.current(tx, district)
    items = analytics.counts(tx, facts, level, now)
    return {"edition": facts.grid.edition, "level": level, "at": now, "items": items}
