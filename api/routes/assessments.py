"""One whistle, one assessment, and what a period adds up to for each department."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from api.deps import LoggedIn, Tx
from api.shapes import Strict, WordsOut
from gridsvc import assessments, snapshot
from gridsvc.errors import BadField
from gridsvc.permit import check
from gridsvc.rules.assessment import NAMES
from gridsvc.rules.rates import SMALL, Period

router = APIRouter(tags=["rates"])


class AssessmentQuery(Strict):
    """Whistles closed in a period; `until` is no longer counted."""

    since: AwareDatetime
    until: AwareDatetime
    department: str | None = None


class PartOut(BaseModel):
    """Points from 0 to 100, and their share of the whole."""

    criterion: str
    name: WordsOut
    points: float
    share: float


class AssessedOut(BaseModel):
    case_no: str
    department: str
    points: float | None
    parts: list[PartOut]


class ResultOut(BaseModel):
    """A department's mean; `adds` is what it brings to a performance total of 100."""

    department: str
    name: WordsOut
    points: float | None
    counted: int
    small: bool
    adds: float | None


class AssessmentsOut(BaseModel):
    since: datetime
    until: datetime
    share_percent: float = Field(description="of the performance total, not less than 20")
    results: list[ResultOut]
    items: list[AssessedOut]


@router.get("/assessments", response_model=AssessmentsOut)
def of_period(
    asked: Annotated[AssessmentQuery, Query()], account: LoggedIn, tx: Tx
) -> dict[str, Any]:
    """Every whistle of a period with its assessment, and each department's result."""
    check(account, "rates.read")
    if asked.until <= asked.since:
        raise BadField(field="until", want="> since")
    facts = snapshot.current(tx, account.district)
    period = Period(asked.since, asked.until)
    found = assessments.of_period(tx, facts, period, asked.department)
    return {
        "since": asked.since,
        "until": asked.until,
        "share_percent": facts.rules.setting(assessments.SHARE),
        "results": [
            one._asdict()
            | {
                "department": code,
                "name": facts.rules.department_name(code).both,
                "small": one.counted < SMALL,
            }
            for code, one in assessments.results(facts, found).items()
        ],
        "items": [
            {
                "case_no": one.case_no,
                "department": one.department,
                "points": one.assessment.points,
                "parts": [
                    part._asdict() | {"name": NAMES[part.criterion].both}
                    for part in one.assessment.parts
                ],
            }
            for one in found
        ],
    }
