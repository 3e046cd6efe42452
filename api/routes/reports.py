"""POST /api/reports: the front door."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header

from api.deps import LoggedIn, Now, Tx
from api.shapes import ReceiptOut, ReportIn
from gridsvc import intake
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


@router.post("/reports", status_code=201, response_model=ReceiptOut)
def receive(
    report: ReportIn, account: LoggedIn, tx: Tx, now: Now, key: Key = None
) -> Mapping[str, Any]:
    """Report a matter. The answer leaves after it is stored; sending it again is safe."""
    return intake.receive(tx, account, submission(report, key), now)


def submission(report: ReportIn, key: str | None) -> Submission:
    said = report.location
    told = report.reporter
    return Submission(
        Location() if said is None else Location(**said.model_dump()),
        report.category,
        report.text,
        report.channel,
        Reporter() if told is None else Reporter(told.name, told.phone),
        key,
        hashlib.sha256(report.model_dump_json().encode()).digest(),
    )
