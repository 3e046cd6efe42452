"""The reporter's link: what became of the report, and what the reporter thinks of it."""

from datetime import datetime
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.deps import Now, Tx
from api.shapes.base import ProblemOut, Strict, WordsOut
from gridsvc import answers

router = APIRouter(prefix="/answers", tags=["answers"])
Satisfied = Literal["yes", "partly", "no"]


class FeedbackIn(Strict):
    """`no` needs a reason and asks to open the case again."""

    satisfied: Satisfied
    reason: str | None = Field(None, max_length=2000)


class FeedbackOut(BaseModel):
    satisfied: Satisfied
    reason: str | None
    given_at: datetime


class AnswerOut(BaseModel):
    """What a reporter may know without logging in. `solved` is what somebody else verified."""

    report_no: str
    received_at: datetime
    text: str
    stage: str
    state: WordsOut
    due_at: datetime | None
    solved: bool
    result: str | None
    reply: str | None
    dismissed: str | None
    may_judge: bool
    feedback: FeedbackOut | None


@router.get("/{token}", response_model=AnswerOut, responses={404: {"model": ProblemOut}})
def one(token: str, tx: Tx) -> dict[str, Any]:
    """What became of the report that the link belongs to. No login."""
    return answers.one(tx, token)


@router.post(
    "/{token}",
    response_model=AnswerOut,
    responses={404: {"model": ProblemOut}, 409: {"model": ProblemOut}},
)
def judge(token: str, given: FeedbackIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Say whether the answer satisfies. No login."""
    return answers.judge(tx, token, given.satisfied, given.reason, now)
