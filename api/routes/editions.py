"""Editions of the grid: what was noticed, what would change, and which one answers."""

from typing import Annotated, Any, Literal

import orjson
import shapely
from fastapi import APIRouter, Query
from sqlalchemy import Row

from api.deps import LoggedIn, Now, Tx
from api.shapes.editions import (
    ComparisonOut,
    EditionChangeOut,
    EditionList,
    EditionOut,
    FindingsOut,
    PublishIn,
    RejudgedOut,
    RejudgeOut,
)
from geodata import compare as comparing
from geodata import findings as noticed
from gridsvc import editions, naming, rejudge, snapshot
from gridsvc.editions import Change, Wanted
from gridsvc.naming import Names
from gridsvc.permit import check
from gridsvc.rejudge import Again
from gridsvc.tables.grid import District

router = APIRouter(prefix="/editions", tags=["editions"])

# A list beyond this is a file's work; the counts always tell of all.
MOST_CHANGES = MOST_CASES = 1_000
# Corners closer than this on the ground (about 1 m) are not worth sending to a screen.
DRAWN_DEGREES = 0.00001


@router.get("", response_model=EditionList)
def listed(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """All editions, the newest first, and when which of them answered."""
    check(account, "edition.read")
    return {
        "items": [row._asdict() for row in editions.listed(tx, account.district)],
        "history": editions.history(tx, account.district),
    }


@router.get("/{no}", response_model=EditionOut)
def one(no: int, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """One edition, and how many findings of each kind its import noticed."""
    check(account, "edition.read")
    kinds = editions.kinds(tx, account.district, no)
    return editions.one(tx, account.district, no)._asdict() | {
        "kinds": [row._asdict() | {"name": noticed.KINDS[row.kind].both} for row in kinds]
    }


@router.get("/{no}/findings", response_model=FindingsOut)
def findings(
    no: int,
    account: LoggedIn,
    tx: Tx,
    severity: Literal["error", "warning"] | None = None,
    kind: str | None = None,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=5_000)] = 500,
) -> dict[str, Any]:
    """What the import noticed, as GeoJSON: each with severity, kind, unit, place and a sentence."""
    check(account, "edition.read")
    editions.one(tx, account.district, no)
    wanted = Wanted(severity, kind, after, limit)
    found = editions.findings(tx, account.district, no, wanted)
    return {
        "type": "FeatureCollection",
        "features": [_finding(row) for row in found],
        "next_after": found[-1].no if len(found) == limit else None,
    }


def _finding(row: Row[Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.no,
        "geometry": row.place and orjson.loads(row.place),
        "properties": {
            "severity": row.severity,
            "kind": row.kind,
            "name": noticed.KINDS[row.kind].both,
            "unit": row.unit_code,
            "text": {"zh": row.text_zh, "en": row.text_en},
            "detail": row.detail,
        },
    }


@router.get("/{no}/changes", response_model=ComparisonOut)
def changes(
    no: int,
    account: LoggedIn,
    tx: Tx,
    against: Annotated[int | None, Query(ge=1, description="default: the one that answers")] = None,
) -> dict[str, Any]:
    """What changes from another edition to this one: units, ground, households, open cases."""
    check(account, "edition.read")
    district = tx.get_one(District, account.district)
    found = comparing.compare(tx, district, against or district.edition_no or no, no)
    return {
        "old": found.old,
        "new": found.new,
        "levels": [
            {"level": level, "old": before, "new": after}
            for level, (before, after) in found.units.items()
        ],
        "counts": found.counts(),
        "items": [_change(change) for change in found.changes[:MOST_CHANGES]],
    }


def _change(change: comparing.Change) -> dict[str, Any]:
    drawn = shapely.simplify(change.ground, DRAWN_DEGREES)
    return change._asdict() | {
        "old": [unit._asdict() for unit in change.old],
        "new": [unit._asdict() for unit in change.new],
        "ground": orjson.loads(shapely.to_geojson(drawn)),
    }


@router.post("/{no}/publish", response_model=EditionChangeOut)
def publish(no: int, wish: PublishIn, account: LoggedIn, tx: Tx, now: Now) -> Any:
    """Let this edition answer from now on. An older one is a roll-back.

    `answering` is the edition you compared with; if another one answers by now, nothing happens.
    """
    check(account, "edition.publish")
    change = Change(account.name, now, wish.reason, wish.answering)
    return editions.publish(tx, account.district, no, change)


@router.get("/{no}/rejudging", response_model=RejudgeOut)
def preview(no: int, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """How the open cases of other editions would be judged by this one. Nothing is written."""
    check(account, "edition.read")
    check(account, "case.read")
    facts = snapshot.current(tx, account.district)
    judged = rejudge.preview(tx, facts, no, now)
    differing = [one for one in judged if one.differs][:MOST_CASES]
    cases = ((one.case.edition_no, one.case.chain) for one in differing)
    named = naming.read(tx, facts, cases)
    return {
        "edition": no,
        **rejudge.summary(judged),
        "items": [_again(named, one) for one in differing],
    }


def _again(named: Names, one: Again) -> dict[str, Any]:
    case = one.case
    return {
        "case_no": case.case_no,
        "stage": case.stage,
        "text": case.text,
        "location": {"lon": case.lon, "lat": case.lat},
        "old": {
            "edition": case.edition_no,
            "chain": named.chain(case.edition_no, case.chain),
            "owner": case.owner_unit,
            "departments": case.departments,
            "manual": case.manual,
        },
        "new": {
            "chain": [unit._asdict() for unit in one.place.chain],
            "owner": one.owner,
            "departments": one.departments,
            "manual": one.manual,
        },
    }


@router.post("/rejudge", response_model=RejudgedOut)
def apply(account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Judge the open cases of former editions by the edition that answers, and write it down."""
    done, left = rejudge.apply(tx, account, now)
    return {**rejudge.summary(done), "moved_meanwhile": left}
