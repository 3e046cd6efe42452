"""POST /api/reports: the front door."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Header, Request, Response
from starlette.concurrency import run_in_threadpool

from api.deps import Asking, Look, Looking, Now, identify, remembered
from api.shapes.base import ProblemOut
from api.shapes.reports import ReceiptOut, ReportIn
from gridsvc import intake
from gridsvc.errors import NotLoggedIn
from gridsvc.intake import Reporter, Submission
from gridsvc.locate import Location

router = APIRouter(tags=["reports"])

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="send the same key with the same body again and get the first answer",
    ),
]


@router.post(
    "/reports",
    status_code=201,
    response_class=Response,
    responses={201: {"model": ReceiptOut}, 422: {"model": ProblemOut}},
)
async def receive(
    report: ReportIn, request: Request, look: Looking, ask: Asking, now: Now, key: Key = None
) -> Response:
    """Report a matter. The answer leaves after it is stored; sending it again is safe."""
    told = submission(report, key)
    known = remembered(request)
    answer = await intake.receive_from_memory(ask, known, told, now) if known else None
    if answer is None:
        answer = await run_in_threadpool(_receive, request, look, told, now)
    # The busiest answer skips FastAPI's second look at it; a test holds it against ReceiptOut.
    return Response(orjson.dumps(answer), 201, media_type="application/json")


def _receive(request: Request, look: Look, told: Submission, now: datetime) -> Mapping[str, Any]:
    with look() as asked:
        account = identify(request, asked, now)
        if account is None:
            raise NotLoggedIn()
        return intake.receive(asked, account, told, now)


def submission(report: ReportIn, key: str | None) -> Submission:
    said = report.location
    told = report.reporter
    # What a body does not have leaves it the same body as before that could be said.
    unsaid: dict[str, Any] = {
        name: True for name in ("photos", "suggested") if not getattr(report, name)
    }
    if told is not None and told.email is None:
        unsaid["reporter"] = {"email"}
    content = report.model_dump_json(exclude=unsaid or None)
    return Submission(
        Location() if said is None else Location(**said.model_dump()),
        report.category,
        report.text,
        report.channel,
        Reporter() if told is None else Reporter(told.name, told.phone, told.email),
        key,
        hashlib.sha256(content.encode()).digest(),
        tuple(report.photos),
        report.suggested.model_dump() if report.suggested else None,
    )
