"""The register of governance indicators: read, entered, counted, taken in and out as XLSX."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api import workbooks
from api.deps import LoggedIn, Now, Tx
from api.shapes.base import ProblemOut
from api.shapes.indicators import (
    ComputedList,
    EnteredOut,
    IndicatorHistory,
    IndicatorIn,
    IndicatorList,
    PrintedOut,
    YearIn,
)
from geodata import indicatorsheets
from gridsvc import snapshot
from gridsvc.indicators import computing, register
from gridsvc.indicators.register import FIRST_YEAR, LAST_YEAR, Entry
from gridsvc.permit import Account, check
from gridsvc.rulebook import Rulebook
from gridsvc.tables.indicators import Indicator

router = APIRouter(prefix="/indicators", tags=["indicators"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (403, 404, 422)
}
Year = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR)]


@router.get("", response_model=IndicatorList)
def of_year(year: Year, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Every indicator with what the source prints and what was entered for the year."""
    check(account, "indicator.read")
    held = register.answering(tx, account.district, year)
    values: dict[str, list[dict[str, Any]]] = {}
    for (code, _, _), entry in held.items():
        values.setdefault(code, []).append(entry)
    known = register.catalogue(tx, account.district)
    rules = snapshot.current(tx, account.district).rules
    return {"year": year, "items": [_out(rules, one, values.get(one.code, [])) for one in known]}


@router.post("/values", status_code=201, response_model=EnteredOut, responses=REFUSALS)
def enter(wish: IndicatorIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Enter one value. What stood there stays in the history."""
    facts = snapshot.current(tx, account.district)
    entry = Entry(**wish.model_dump())
    return {"added": register.enter(tx, facts, account, [entry], "manual", now)}


@router.post("/compute", response_model=ComputedList, responses=REFUSALS)
def compute(wish: YearIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Count what can be counted from the service's own records, and enter it.

    Every indicator is answered: with its value and what is behind it, or with what it needs.
    """
    check(account, "indicator.write")
    facts = snapshot.current(tx, account.district)
    known = register.catalogue(tx, account.district)
    counted = [(one, computing.compute(tx, facts, one, wish.year, now)) for one in known]
    entries = [computing.entry(one, wish.year, found) for one, found in counted if found.value]
    added = register.enter(tx, facts, account, entries, "computed", now)
    return {
        "year": wish.year,
        "added": added,
        "items": [
            {
                "indicator": one.code,
                "value": found.value,
                "behind": found.behind,
                "why_not": found.why_not.both if found.why_not else None,
            }
            for one, found in counted
        ],
    }


@router.get("/file", response_class=Response, responses=workbooks.FILE)
def file(year: Year, account: LoggedIn, tx: Tx) -> Response:
    """The year as a workbook, which can be filled in and handed in again."""
    check(account, "indicator.read")
    known = register.catalogue(tx, account.district)
    held = register.answering(tx, account.district, year)
    return workbooks.given(
        f"indicators-{year}.xlsx", lambda path: indicatorsheets.write(known, held, path)
    )


async def writer(account: LoggedIn) -> Account:
    """An account that may enter values; asked before the first byte is read."""
    check(account, "indicator.write")
    return account


@router.post(
    "/file",
    status_code=201,
    response_model=EnteredOut,
    responses=REFUSALS,
    openapi_extra=workbooks.BODY,
)
async def take(
    request: Request, account: Annotated[Account, Depends(writer)], tx: Tx, now: Now, year: Year
) -> dict[str, Any]:
    """Enter the values of a workbook (the request's body): all of them, or none.

    Cells that do not fit are told with line, column and reason. An empty cell changes nothing.
    """
    data = await workbooks.taken(request)

    def keep() -> dict[str, Any]:
        facts = snapshot.current(tx, account.district)
        known = register.catalogue(tx, account.district)
        entries = indicatorsheets.read(data, known, year)
        return {"added": register.enter(tx, facts, account, entries, "xlsx", now)}

    return await run_in_threadpool(keep)


@router.get("/{code}/history", response_model=IndicatorHistory, responses=REFUSALS)
def history(code: str, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Every entry that was ever made for an indicator, the newest first."""
    check(account, "indicator.read")
    rows = register.history(tx, account.district, code)
    return {"items": [row.__dict__ for row in rows]}


def _out(rules: Rulebook, one: Indicator, values: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("code", "no", "level1", "level2", "level3", "unit", "constraint_kind")
    more = ("source_zh", "source", "uncertain", "uncertain_note")
    return {
        **{name: getattr(one, name) for name in names + more},
        "name": {"zh": one.name_zh, "en": one.name_en},
        "printed": {name: getattr(one, name) for name in PrintedOut.model_fields},
        "computable": one.computation is not None,
        "why_not": None if one.computation else computing.lacks(rules, one).both,
        "values": values,
    }
