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
    return {"day": on, "items": [_told(*one) for one in found]}


def _told(standard: Standard, verdict: Verdict) -> dict[str, Any]:
    return {
        **standard._asdict(),
        "name": standard.name.both,
        "reading": standard.reading.both,
        "answerable": standard.measure is not None,
        "value": verdict.value,
        "met": verdict.met,
        "total": verdict.total,
        "having": verdict.having,
        "lacking": verdict.lacking[:MOST_NAMED],
        "unknown": verdict.unknown[:MOST_NAMED],
        "why": verdict.why and verdict.why.both,
    }
