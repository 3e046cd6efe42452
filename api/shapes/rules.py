"""What the API says of tables of responsibility."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.shapes.base import CategoryRef, LonLat, Strict, UnitName


class ReplayOut(BaseModel):
    """A case's first judgement, as it was kept and as it comes out when it is made again."""

    model_config = ConfigDict(from_attributes=True)

    case_no: str
    at: datetime
    day: date
    edition: int
    table: int | None = Field(description="the table of responsibility, then and now")
    category: str | None
    then: list[dict[str, Any]]
    now: list[dict[str, Any]]
    equal: bool
    differing: list[Literal["territory", "responsibility", "admission", "deadline"]] = Field(
        description="the rules that decide otherwise now"
    )


class TriedOut(BaseModel):
    """When a table was tried, over which cases, and what came of it."""

    at: datetime
    by: str
    since: datetime
    until: datetime
    as_if: date | None = None
    rulebook: int = Field(description="the number of the rulebook at that time")
    cases: int
    changed: int
    leads: int
    lost: int
    found: int


class RuleTableOut(BaseModel):
    """One version of the table; `state` says whether it answers today."""

    no: int
    title: str
    note: str | None
    rows: int
    state: Literal["staged", "waiting", "answering", "former"]
    staged_by: str
    staged_at: datetime
    tried: TriedOut | None
    published_by: str | None
    published_at: datetime | None
    holds_from: date | None = Field(description="of a published table: null means since ever")
    reason: str | None


class RuleTableList(BaseModel):
    today: date = Field(description="the day in the district")
    rulebook: int = Field(description="only a trial by this one allows publishing")
    items: list[RuleTableOut]


class BodyRef(BaseModel):
    code: str
    name: str


class RuleRowOut(BaseModel):
    """One row. Null means any category, unit or kind of community."""

    no: int
    category: CategoryRef | None
    unit: UnitName | None
    community_kind: str | None
    lead: BodyRef
    supporting: list[BodyRef]
    valid_from: date | None
    valid_to: date | None
    basis: str
    conditions: str | None


class RuleRowsOut(BaseModel):
    total: int
    items: list[RuleRowOut]


class ContradictionOut(BaseModel):
    """Two rows of equal rank that name different bodies on a common day."""

    one: RuleRowOut
    other: RuleRowOut


class OrphanOut(BaseModel):
    """A unit in which nobody answers for these categories."""

    no: int
    unit: UnitName
    whole: bool = Field(description="false: only the ground between its parts")
    ends: int = Field(description="smallest units concerned")
    categories: list[CategoryRef]
    ground: dict[str, Any] | None


class RuleFindingsOut(BaseModel):
    """`pairs` counts every category and smallest unit without anybody; items are the first
    thousand units, those with most pairs first."""

    day: date
    contradictions: list[ContradictionOut]
    pairs: int
    units: int
    categories: int
    orphans: list[OrphanOut]


class TrialIn(Strict):
    """Which cases: those opened in the period, by default of the last 90 days."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    as_if: date | None = Field(None, description="ask the table as though they came on that day")


class TrialPageIn(TrialIn):
    offset: int = Field(0, ge=0)
    limit: int = Field(100, ge=1, le=1_000)


class SideOut(BaseModel):
    """Whom a row names, and the row."""

    row: int
    lead: BodyRef
    supporting: list[BodyRef]


class ChangedOut(BaseModel):
    """A case that would have gone elsewhere. Null: nobody answers."""

    case_no: str
    day: date
    text: str
    category: CategoryRef | None
    unit: UnitName | None
    location: LonLat | None
    by: int | None = Field(description="the table that answered on its day")
    before: SideOut | None
    after: SideOut | None
    lead_moves: bool


class FlowOut(BaseModel):
    before: BodyRef | None
    after: BodyRef | None
    cases: int


class TrialOut(BaseModel):
    """A table over past cases; `items` is one page of those that change, the newest first."""

    table: int
    since: datetime
    until: datetime
    as_if: date | None
    cases: int
    changed: int
    leads: int
    lost: int
    found: int
    flows: list[FlowOut]
    items: list[ChangedOut]
    next_offset: int | None


class RulesPublishIn(Strict):
    holds_from: date
    reason: str = Field(min_length=1, max_length=500)
