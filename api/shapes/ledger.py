"""The ledger on the wire."""

from datetime import datetime

from pydantic import BaseModel

from api.shapes.base import WordsOut


class ActedOut(BaseModel):
    """Who made a move, in which post, and when."""

    name: str | None
    post: WordsOut | None
    at: datetime


class LedgerDepartmentOut(BaseModel):
    code: str
    name: WordsOut
    role: str
    called_at: datetime | None
    reported_in_at: datetime | None
    reported_in_how: WordsOut | None
    task: str | None
    done_at: datetime | None
    released_at: datetime | None


class LedgerClocksOut(BaseModel):
    """How many limits were kept, and the names of those that were not."""

    kept: int
    broken: list[WordsOut]


class LedgerLineOut(BaseModel):
    """One case from its first word to its last."""

    case_no: str
    stage: WordsOut
    kind: WordsOut | None
    category: WordsOut | None
    street: str | None
    community: str | None
    place: str | None
    text: str
    channel: WordsOut | None
    reports: int
    opened_at: datetime
    whistled: ActedOut | None
    mode: WordsOut | None
    leader: str | None
    section: str | None
    departments: list[LedgerDepartmentOut]
    due_at: datetime | None
    clocks: LedgerClocksOut
    hung_up: bool
    supervision: WordsOut | None
    closed_at: datetime | None
    outcome: WordsOut | None
    merged_into: str | None
    result: str | None
    verified: ActedOut | None
    reworks: int
    score: int | None
    fault: WordsOut | None
    reply: str | None
    replied: ActedOut | None
    satisfied: WordsOut | None
    satisfied_reason: str | None


class LedgerPage(BaseModel):
    items: list[LedgerLineOut]
    next: str | None
    total: int
    total_capped: bool
