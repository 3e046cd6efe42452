"""The standards that the district is held to: met, not met, or cannot be told."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.asked import today
from api.deps import LoggedIn, Now, Tx
from api.shapes_planning import StandardList
from gridsvc import snapshot
from gridsvc.permit import check
from gridsvc.planning import standards
from gridsvc.rules.standards import Standard, Verdict
from gridsvc.snapshot import Snapshot

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


def _told(facts: Snapshot, standard: Standard, verdict: Verdict) -> dict[str, Any]:
    return {
        **standard._asdict(),
        "name": standard.name.both,
        "reading": standard.reading.both,
        "answerable": standard.measure is not None,
        "value": verdict.value,
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
