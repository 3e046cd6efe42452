"""The register of facilities: read, handed in, changed from a day on, photographed, as files."""

from collections import Counter
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api import themefiles, workbooks
from api.asked import today
from api.deps import LoggedIn, Now, Speech, Tx
from api.shapes.base import ProblemOut
from api.shapes.facilities import (
    CountsIn,
    FacilitiesCompared,
    FacilitiesIn,
    FacilityChangeIn,
    FacilityOut,
    FacilityPage,
    FacilityTypeList,
    PhotosIn,
)
from geodata import facilitysheets
from gridsvc import changelog, snapshot
from gridsvc.permit import Account, check
from gridsvc.planning import ground, register, registermap
from gridsvc.planning.register import Comparison
from gridsvc.rules.facilities import Period, changed
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words
from maps.themes import Desk

router = APIRouter(prefix="/facilities", tags=["planning"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (403, 404, 422)
}
Day = Annotated[date | None, Query(description="as they are on this day; today without it")]
Write = Annotated[bool, Query(description="keep it; without it only compare")]
MOST_CHANGES = 200
LOGGED = ("no", "subject", "key", "before", "after", "at", "by_name", "by_post", "reason")


@router.get("", response_model=FacilityPage)
def listed(
    account: LoggedIn,
    tx: Tx,
    now: Now,
    day: Day = None,
    type: str | None = None,
    state: str | None = None,
    mode: str | None = None,
    unit: str | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """Facilities as they are on a day, those that have ended or not begun by their last period."""
    facts = _facts(account, tx)
    on = day or today(facts, now)
    filters = {"type": type, "state": state, "mode": mode, "unit": unit, "q": q}
    rows = register.listed(tx, facts.district, on, filters, offset, limit)
    names = _type_names(tx, facts)
    return {
        "day": on,
        "total": rows[0].total if rows else 0,
        "items": [_row(facts, row._mapping, names) for row in rows],
    }


@router.get("/theme", response_class=Response, responses=themefiles.ANSWERS)
def theme(
    account: LoggedIn,
    tx: Tx,
    now: Now,
    lang: Speech,
    day: Day = None,
    type: str | None = None,
    state: str | None = None,
    mode: str | None = None,
    unit: str | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    form: themefiles.Wanted = None,
) -> Response:
    """The same as a map: JSON for the console, or a file (html, png, xlsx, gpkg, geojson)."""
    facts = _facts(account, tx)
    filters = {"type": type, "state": state, "mode": mode, "unit": unit, "q": q}
    found = registermap.theme(tx, facts, day or today(facts, now), filters)
    return themefiles.given(found, form, Desk(tx, facts, now, lang))


@router.get("/types", response_model=FacilityTypeList)
def types(account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """The types, and which count toward the square metres per 100 households (ours by default)."""
    facts = _facts(account, tx)
    standing = ground.standing(tx, facts.district, today(facts, now))
    open_now = Counter(standing.types)
    return {
        "items": [
            {
                "code": kind.code,
                "name": Words(kind.name_zh, kind.name_en).both,
                "counts_toward_standard": kind.counts_toward_standard,
                "facilities": open_now[kind.code],
                "source": kind.source,
            }
            for kind in register.types(tx, facts.district)
        ]
    }


@router.put("/types/{code}", response_model=FacilityTypeList, responses=REFUSALS)
def count(code: str, wish: CountsIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let a type count toward the standard, or not. It is logged with its reason."""
    register.count(tx, account, code, wish.counts, wish.reason, now)
    return types(account, tx, now)


@router.post("", response_model=FacilitiesCompared, responses=REFUSALS)
def hand_in(
    told: FacilitiesIn, account: LoggedIn, tx: Tx, now: Now, write: Write = False
) -> dict[str, Any]:
    """Add facilities, or let these be all periods of facilities; by default only compare."""
    rows = [
        Period(**one.model_dump(exclude={"serves"}), serves=tuple(one.serves))
        for one in told.periods
    ]
    return _taken(tx, account, (rows, ()), told.reason, now, write)


async def writer(account: LoggedIn) -> Account:
    """An account that may change facilities; asked before the first byte is read."""
    check(account, "facility.write")
    return account


@router.post(
    "/file", response_model=FacilitiesCompared, responses=REFUSALS, openapi_extra=workbooks.BODY
)
async def hand_in_file(
    request: Request,
    account: Annotated[Account, Depends(writer)],
    tx: Tx,
    now: Now,
    write: Write = False,
) -> dict[str, Any]:
    """The same as an XLSX workbook (the request's body). Cells that do not fit are told with
    line, column and reason, and then nothing is written."""
    data = await workbooks.taken(request)

    def take() -> dict[str, Any]:
        facts = snapshot.current(tx, account.district)
        rows = facilitysheets.read(data, _type_names(tx, facts), facts.rules)
        return _taken(tx, account, rows, "XLSX", now, write)

    return await run_in_threadpool(take)


@router.get(
    "/file", response_class=Response, responses=workbooks.FILE | {403: {"model": ProblemOut}}
)
def file(account: LoggedIn, tx: Tx) -> Response:
    """The whole register as a workbook, which can be changed and handed in again."""
    facts = _facts(account, tx)
    held = register.periods(tx, facts.district)
    rows = [period for periods in held.values() for period in periods]
    names = _type_names(tx, facts)
    return workbooks.given("facilities.xlsx", lambda path: facilitysheets.write(rows, names, path))


@router.get("/{code}", response_model=FacilityOut, responses=REFUSALS)
def one(code: str, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """A facility's periods, photos, and what was changed by whom and why."""
    facts = _facts(account, tx)
    return {
        "code": code,
        "periods": [period._asdict() for period in register.one(tx, facts.district, code)],
        "photos": register.photos(tx, facts.district, code),
        "changes": [
            {name: getattr(row, name) for name in LOGGED}
            for row in changelog.changes(tx, facts.district, [register.SUBJECT], code)
        ],
    }


@router.post("/{code}", response_model=FacilityOut, responses=REFUSALS)
def change(
    code: str, wish: FacilityChangeIn, account: LoggedIn, tx: Tx, now: Now
) -> dict[str, Any]:
    """Let a facility be so from a day on; what it was before stays in its history."""
    facts = snapshot.current(tx, account.district)
    before = register.one(tx, facts.district, code)
    said = wish.model_dump(exclude={"since", "reason", "serves"})
    after = changed(before, Period(code=code, **said, serves=tuple(wish.serves)), wish.since)
    register.keep(tx, facts, account, after, wish.reason, now)
    return one(code, account, tx)


@router.put("/{code}/photos", response_model=FacilityOut, responses=REFUSALS)
def show(code: str, wish: PhotosIn, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Let these photos, sent to /photos before, be those of the facility."""
    register.show(tx, account, code, wish.photos)
    return one(code, account, tx)


def _taken(
    tx: Session, account: Account, rows: Any, reason: str, now: Any, write: bool
) -> dict[str, Any]:
    check(account, "facility.write")
    facts = snapshot.current(tx, account.district)
    periods, lines = rows
    if write:
        found = register.keep(tx, facts, account, periods, reason, now, lines)
    else:
        found = register.compare(tx, facts, periods, lines)
    return _compared(found, write)


def _compared(found: Comparison, written: bool) -> dict[str, Any]:
    added = sum(not change.before for change in found.changes)
    return {
        "written": written,
        "added": added,
        "changed": len(found.changes) - added,
        "same": found.same,
        "changes": [
            {
                "code": change.code,
                "name": change.name,
                "new": not change.before,
                "before": [period._asdict() for period in change.before],
                "after": [period._asdict() for period in change.after],
            }
            for change in found.changes[:MOST_CHANGES]
        ],
    }


def _facts(account: Account, tx: Session) -> Snapshot:
    check(account, "plan.read")
    return snapshot.current(tx, account.district)


def _type_names(tx: Session, facts: Snapshot) -> dict[str, Words]:
    kinds = register.types(tx, facts.district)
    return {kind.code: Words(kind.name_zh, kind.name_en) for kind in kinds}


def _row(facts: Snapshot, row: Any, names: dict[str, Words]) -> dict[str, Any]:
    mode = row["provision_mode"]
    return {
        **row,
        "serves_unknown": [code for code in row["serves"] if facts.grid.unit(code) is None],
        "type_name": names.get(row["type"], Words(row["type"], row["type"])).both,
        "provision_mode_name": mode and facts.rules.say("provision_mode", mode).both,
        "state_name": facts.rules.say("facility_state", row["state"]).both,
    }
