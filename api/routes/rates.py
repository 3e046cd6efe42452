"""How well it goes, and the cases that every figure was counted from."""

import csv
import io
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.deps import LoggedIn, Tx
from api.shapes.base import ProblemOut
from api.shapes.rates import (
    CountedListOut,
    RateQuery,
    RatesByDepartmentOut,
    RatesByUnitOut,
    RatesOut,
    UnitRateQuery,
)
from gridsvc import performance, snapshot
from gridsvc.errors import BadField
from gridsvc.performance import Scope
from gridsvc.permit import check
from gridsvc.rules.rates import REASONS, Hours, Period, Rate

router = APIRouter(prefix="/rates", tags=["rates"])
COLUMNS = ("case_no", "department", "report_no", "part", "reason", "hours")
Asked = Annotated[RateQuery, Query()]


@router.get("", response_model=RatesOut)
def of_period(asked: Asked, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Every rate of a period, with how many it was counted from."""
    check(account, "rates.read")
    found = performance.measure(tx, snapshot.current(tx, account.district), *_asked(asked))
    return {"since": asked.since, "until": asked.until, **performance.told(found)}


@router.get("/departments", response_model=RatesByDepartmentOut)
def by_department(asked: Asked, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """The same for every department that was called."""
    check(account, "rates.read")
    facts = snapshot.current(tx, account.district)
    found = performance.by_department(tx, facts, *_asked(asked))
    return {
        "since": asked.since,
        "until": asked.until,
        "items": [
            {"code": code, "name": facts.rules.department_name(code).both, **performance.told(its)}
            for code, its in found.items()
        ],
    }


@router.get("/units", response_model=RatesByUnitOut)
def by_unit(asked: Annotated[UnitRateQuery, Query()], account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """The same for every unit of a level that had any case."""
    check(account, "rates.read")
    facts = snapshot.current(tx, account.district)
    found = performance.by_unit(tx, facts, *_asked(asked), asked.level)
    return {
        "since": asked.since,
        "until": asked.until,
        "level": asked.level,
        "items": [
            {"code": code, "name": unit.name if (unit := facts.grid.unit(code)) else code}
            | performance.told(its)
            for code, its in found.items()
        ],
    }


@router.get("/{code}/cases", response_model=CountedListOut, responses={422: {"model": ProblemOut}})
def counted(code: str, asked: Asked, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """The case numbers that the figure was counted from, and those left out, with reasons."""
    check(account, "rates.read")
    found = _one(code, asked, account.district, tx)
    return {"code": code, **performance.defined(code), "items": _items(found)}


@router.get("/{code}/cases.csv", response_class=Response)
def counted_csv(code: str, asked: Asked, account: LoggedIn, tx: Tx) -> Response:
    """The same as a table for a spreadsheet."""
    check(account, "rates.read")
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for item in _items(_one(code, asked, account.district, tx)):
        row = (item.get(name) for name in COLUMNS)
        writer.writerow("" if cell is None else cell for cell in row)
    headers = {"Content-Disposition": f'attachment; filename="{code}.csv"'}
    # The mark lets spreadsheets read it as UTF-8.
    return Response("\ufeff" + table.getvalue(), media_type="text/csv", headers=headers)


def _asked(asked: RateQuery) -> tuple[Scope, Period]:
    if asked.until <= asked.since:
        raise BadField(field="until", want="> since")
    scope = Scope(asked.unit, asked.department, asked.kind, asked.category)
    return scope, Period(asked.since, asked.until)


def _one(code: str, asked: RateQuery, district: str, tx: Tx) -> Rate | Hours:
    found = performance.measure(tx, snapshot.current(tx, district), *_asked(asked))
    known: dict[str, Rate | Hours] = {rate.code: rate for rate in found.rates}
    known |= {hours.code: hours for hours in found.hours}
    if code not in known:
        raise BadField(field="code", want="、".join(known))
    return known[code]


def _items(found: Rate | Hours) -> Iterator[dict[str, Any]]:
    if isinstance(found, Hours):
        for item, hours in found.items:
            yield item._asdict() | {"part": "denominator", "hours": hours}
        return
    counted = set(found.numerator)
    for item in found.denominator:
        yield item._asdict() | {"part": "numerator" if item in counted else "denominator"}
    for item, reason in found.excluded:
        named = {"reason": reason, "reason_name": REASONS[reason].both}
        yield item._asdict() | {"part": "excluded", **named}
