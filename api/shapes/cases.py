"""Cases, their history and their moves."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.shapes.base import CategoryRef, LonLat, Strict, UnitName, WordsOut
from api.shapes.reports import BesideOut, CalledOut, LocationOut, ManualOut, OwnerOut, PlaceIn


class ClockOut(BaseModel):
    """One limit that runs or has run. `broken` is judged by its own moments."""

    no: int
    clock: str
    name: WordsOut
    department: str | None
    step: int | None
    amount: float
    unit: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    standing: bool = Field(description="the case is hung up and the clock stands")
    void: bool = Field(description="stopped because it was no longer asked")
    broken: bool
    extended: int


class AskOut(BaseModel):
    """What was asked for on the way, and how it was decided."""

    no: int
    kind: str
    department: str | None
    amount: float | None
    unit: str | None
    reason: str
    asked_at: datetime
    decided_at: datetime | None
    granted: bool | None
    answer: str | None


class CasePhotoOut(BesideOut):
    report_no: str
    taken_at: datetime | None
    width: int
    height: int
    reason: ManualOut | None


class CaseRow(BaseModel):
    case_no: str
    stage: str
    kind: str | None
    category: CategoryRef | None
    text: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    overdue: bool
    location: LonLat | None
    chain: list[UnitName]
    departments: list[CalledOut]
    manual: str | None
    version: int
    generated: bool


class CasePage(BaseModel):
    items: list[CaseRow]
    next: str | None = Field(description="cursor of the next page")
    total: int
    total_capped: bool = Field(description="true when there are more than `total`")


class ReportOut(BaseModel):
    report_no: str
    case_no: str = Field(description="differs where another case was merged into this one")
    received_at: datetime
    channel: str
    text: str
    reporter: dict[str, str | None] | None = Field(description="only for posts that may see it")


class ActorOut(BaseModel):
    name: str
    post: str
    post_name: WordsOut


class EventOut(BaseModel):
    seq: int
    kind: str
    stage: str
    at: datetime
    by: ActorOut | None
    detail: dict[str, Any]
    text: WordsOut


class LeaderOut(BaseModel):
    name: str
    came: bool


class CaseOut(CaseRow):
    location: LocationOut | None  # type: ignore[assignment]
    edition: int
    mode: str | None
    outcome: str | None
    score: int | None
    leader: str | None = Field(description="whom the street made responsible")
    leaders: list[LeaderOut] = Field(description="linked district leaders called, and who came")
    section: str | None
    hung_up_at: datetime | None
    supervision: str | None
    fault: str | None = Field(description="how the whistle was improper, if it was")
    merged_into: str | None = Field(description="the case that it is one matter with")
    clocks: list[ClockOut]
    asks: list[AskOut]
    territorial_owner: OwnerOut | None
    table: int | None = Field(None, description="the table of responsibility that decided last")
    first_owner: Literal["line", "territory"] | None = None
    conditions: str | None = Field(None, description="on which a community body assists")
    why: list[dict[str, Any]]
    reports: list[ReportOut]
    photos: list[CasePhotoOut]
    timeline: list[EventOut]
    moves: list[str] = Field(description="legal now and permitted to this account")


class MoveIn(BaseModel):
    """The move's fields, as the catalogue lists them; a field that a move does not know is
    refused. `version` guards against acting on a case that has moved on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "problem_whistle",
                    "departments": ["urban_management_bureau"],
                    "version": 1,
                },
                {"result": "已清运垃圾并冲洗地面。"},
            ]
        },
    )

    version: int | None = None
    kind: str | None = None
    mode: str | None = None
    category: str | None = None
    place: PlaceIn | None = None
    departments: list[str] | None = Field(None, max_length=50)
    lead: str | None = None
    conditions: str | None = Field(None, max_length=2000)
    department: str | None = None
    how: str | None = None
    task: str | None = Field(None, max_length=2000)
    step: int | None = Field(None, ge=0, le=10_000)
    ask: int | None = Field(None, ge=1, le=10_000)
    ask_kind: str | None = None
    amount: float | None = Field(None, gt=0, le=1000)
    time_unit: str | None = None
    level: str | None = None
    fault: str | None = None
    into: str | None = Field(None, max_length=40)
    forces: str | None = Field(None, max_length=2000)
    call_leaders: bool | None = None
    leader: str | None = Field(None, max_length=200)
    section: str | None = Field(None, max_length=200)
    photos: list[UUID] | None = Field(None, max_length=20)
    score: int | None = Field(None, ge=0, le=100)
    reason: str | None = Field(None, max_length=2000)
    result: str | None = Field(None, max_length=2000)
    reply: str | None = Field(None, max_length=2000)
    note: str | None = Field(None, max_length=2000)


class CaseFilter(Strict):
    """Query of the case list. Repeat `stage` for several."""

    unit: str | None = Field(None, description="a unit and everything below it")
    department: str | None = None
    stage: list[str] = Field([])
    kind: str | None = None
    category: str | None = Field(None, description="a category or a group")
    overdue: bool | None = None
    manual: bool | None = None
    open: bool | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    box: str | None = Field(None, description="west,south,east,north in degrees")
    q: str | None = Field(None, max_length=100)
    order: Literal["newest", "due"] = "newest"
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = None
