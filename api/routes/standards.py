"""The standards that the district is held to: met, not met, or cannot be told."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api import workbooks
from api.asked import today
from api.deps import LoggedIn, Now, Speech, Tx
from api.shapes.planning import StandardList
from gridsvc import snapshot
from gridsvc.documents.formats import Format, write
from gridsvc.permit import check
from gridsvc.planning import standards, standardsheet
from gridsvc.rules.standards import Standard, Verdict
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District

router = APIRouter(prefix="/standards", tags=["planning"])

Day = Annotated[date | None, Query(description="as of the end of this day; today without it")]
MOST_NAMED = 500


@router.get("", response_model=StandardList)
def judged(account: LoggedIn, tx: Tx, now: Now, day: Day = None) -> dict[str, Any]:
    """Every standard with its source line and what the district's data say of it."""
    check(account, "plan.read")
    facts = snapshot.current(tx, account.district)
    on = day or today(facts, now)
    found = standards.judge(tx, facts, on)
    return {"day": on, "items": [_told(facts, *one) for one in found]}


@router.get("/file", response_class=Response, responses=workbooks.FILE)
def file(account: LoggedIn, tx: Tx, now: Now, lang: Speech, day: Day = None) -> Response:
    """The same as a workbook, with every unit that misses a standard by name."""
    check(account, "plan.read")
    facts = snapshot.current(tx, account.district)
    on = day or today(facts, now)
    district = tx.get_one(District, account.district)
    where = district.name_zh if lang == "zh" else district.name_en
    document = standardsheet.document(facts, standards.judge(tx, facts, on), on, where, lang)
    return workbooks.given(
        "standards.xlsx", lambda path: path.write_bytes(write(document, Format.XLSX, now))
    )


def _told(facts: Snapshot, standard: Standard, verdict: Verdict) -> dict[str, Any]:
    return {
        **standard._asdict(),
        "name": standard.name.both,
        "reading": standard.reading.both,
        "answerable": standard.measure is not None,
        "value": verdict.value,
        "value_unit": verdict.unit,
        "met": verdict.met,
        "total": verdict.total,
        "having": verdict.having,
        "lacking": [_named(facts, code) for code in verdict.lacking[:MOST_NAMED]],
        "unknown": [_named(facts, code) for code in verdict.unknown[:MOST_NAMED]],
        "why": verdict.why and verdict.why.both,
    }


def _named(facts: Snapshot, code: str) -> dict[str, str]:
    unit = facts.grid.unit(code)
    return {"code": code, "name": unit.name if unit else code}
