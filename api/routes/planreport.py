"""The planner's report, made when it is asked for."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.asked import today
from api.deps import LoggedIn, Now, Speech, Tx
from api.shapes.base import ProblemOut
from gridsvc import snapshot
from gridsvc.documents.formats import MEDIA_TYPES, Format, write
from gridsvc.permit import check
from gridsvc.planreport import composing

router = APIRouter(prefix="/plans", tags=["planning"])

BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": dict.fromkeys(MEDIA_TYPES.values(), BINARY)},
    **{status: {"model": ProblemOut} for status in (403, 404, 422, 503)},
}


@router.get("/report", response_class=Response, responses=ANSWERS)
def report(
    account: LoggedIn,
    tx: Tx,
    now: Now,
    lang: Speech,
    unit: Annotated[str | None, Query(description="a street; without it the district")] = None,
    day: Annotated[date | None, Query(description="today without it")] = None,
    format: Format = Format.PDF,
) -> Response:
    """Figures, ranked gaps, maps, walking reach and proposed sites of a street or the district."""
    check(account, "plan.read")
    facts = snapshot.current(tx, account.district)
    on = day or today(facts, now)
    document = composing.compose(tx, facts, unit, on, now, lang)
    name = f"plan-{unit or facts.district}-{on.isoformat()}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = write(document, format, now)
    return Response(content, media_type=format.media_type, headers=headers)
