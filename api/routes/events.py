"""GET /api/events: what happens, as it happens."""

from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from api import live
from api.deps import LoggedIn
from gridsvc.permit import check

router = APIRouter(tags=["events"])


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
def events(
    request: Request,
    account: LoggedIn,
    last: Annotated[int | None, Header(alias="Last-Event-ID", ge=0)] = None,
) -> StreamingResponse:
    """A stream of case events of the district. Resumes after `Last-Event-ID` without a gap."""
    check(account, "events.read")
    return StreamingResponse(
        live.stream(account.district, last, request.is_disconnected),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )
