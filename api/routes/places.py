"""Places by what people call them: names as they are typed, and whole addresses."""

from typing import Annotated, Any

import shapely
from fastapi import APIRouter, Query

from api.deps import Now, PublicDistrict, Tx, Visitor
from api.shapes.places import AddressOut, PlaceList
from gridsvc import caselist, snapshot
from gridsvc.address import loading
from gridsvc.address.find import Candidate, find
from gridsvc.address.typeahead import Suggestion
from gridsvc.geo import LonLat
from gridsvc.gridindex import GridIndex
from gridsvc.rules import permission

router = APIRouter(tags=["grid"])


@router.get("/places", response_model=PlaceList)
def search(
    q: Annotated[str, Query(min_length=1, max_length=100)],
    district: PublicDistrict,
    visitor: Visitor,
    tx: Tx,
    now: Now,
) -> dict[str, Any]:
    """Units by name, pinyin, initials, code or address, as they are typed; and for those who may
    read cases, cases by number."""
    facts = snapshot.current(tx, district)
    known = loading.held(tx, district, facts.grid, now.date())
    items = [_suggested(facts.grid, one) for one in known.typeahead.suggest(q)]
    if visitor and permission.allows(visitor.actor, "case.read"):
        found = caselist.page(tx, facts, caselist.Wanted({"q": f"{q}%"}, limit=5), now)
        items += [_case(case) for case in found["items"]]
    return {"items": items}


@router.get("/addresses", response_model=AddressOut)
def parse(
    q: Annotated[str, Query(min_length=1, max_length=2000)],
    district: PublicDistrict,
    tx: Tx,
    now: Now,
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
) -> dict[str, Any]:
    """The places that an address in free text may mean, best first, with the text taken apart.

    Nothing found, several places that fit, and a place in another district are answers.
    """
    facts = snapshot.current(tx, district)
    known = loading.held(tx, district, facts.grid, now.date())
    answer = find(known.gazetteer, q, limit)
    return {
        "edition": facts.grid.edition,
        "text": answer.text,
        "confidence": answer.confidence,
        "candidates": [_candidate(facts.grid, one) for one in answer.candidates],
        "pieces": [piece._asdict() for piece in answer.pieces],
        "remarks": [
            {"code": one.code, "text": one.words.both, "facts": one.facts} for one in answer.remarks
        ],
    }


def _suggested(grid: GridIndex, one: Suggestion) -> dict[str, Any]:
    return {
        "kind": "unit",
        "code": grid.codes[one.row],
        "name": one.name,
        "chain_text": "".join(unit.name for unit in grid.chain(one.row)),
        **_where(grid, one.row, one.point),
    }


def _candidate(grid: GridIndex, one: Candidate) -> dict[str, Any]:
    inside = one.here and one.row >= 0
    return {
        "code": one.code,
        "level": one.level,
        "reached": one.reached,
        "name": one.name,
        "chain": [unit._asdict() for unit in one.chain],
        "chain_text": "".join(unit.name for unit in one.chain),
        **(_where(grid, one.row, one.point) if inside else {"location": None, "bounds": None}),
        "score": one.score,
        "confidence": one.confidence,
        "here": one.here,
    }


def _where(grid: GridIndex, row: int, point: LonLat | None) -> dict[str, Any]:
    """A place's own point, or one inside its unit; and the box around the unit."""
    shape = grid.shapes[row]
    if point is None:
        inside = shapely.point_on_surface(shape)
        point = LonLat(inside.x, inside.y)
    return {"location": point._asdict(), "bounds": shape.bounds}


def _case(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "case",
        "code": case["case_no"],
        "name": case["text"],
        "chain_text": "".join(unit["name"] for unit in case["chain"]),
        "location": case["location"],
        "bounds": None,
    }
