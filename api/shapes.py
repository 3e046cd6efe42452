"""What travels: one In and one Out model per resource. Lists reuse Out."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, FiniteFloat

from gridsvc.datum import Datum


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


Lon = Annotated[FiniteFloat, Field(ge=-180, le=180)]
Lat = Annotated[FiniteFloat, Field(ge=-90, le=90)]


class WordsOut(BaseModel):
    zh: str
    en: str


class ProblemOut(BaseModel):
    """RFC 9457 problem details. `detail` is a sentence in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    error_no: str
    legal: list[str] | None = Field(None, description="the moves that are legal now")
    errors: list[dict[str, str]] | None = Field(None, description="path and message of each fault")
    version: int | None = None


class UnitName(BaseModel):
    level: int = Field(
        description="1 district 区, 2 street 街道, 3 community 社区, 4 compound, 5 building"
    )
    code: str
    name: str


class LonLat(BaseModel):
    lon: float
    lat: float


class LoginIn(Strict):
    login: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)


class PartyRef(BaseModel):
    code: str
    name: str


class DistrictOut(BaseModel):
    code: str
    name: str
    name_en: str
    time_zone: str
    generated_notice: WordsOut | None
    bounds: tuple[float, float, float, float] | None
    edition: int
    attribution: str


class MeOut(BaseModel):
    login: str
    name: str
    post: str
    post_name: WordsOut
    district: DistrictOut
    department: PartyRef | None
    unit: UnitName | None
    acts: list[str]
    now: datetime


class PlaceIn(Strict):
    lon: Lon
    lat: Lat
    datum: Datum = Datum.WGS84


class LocationIn(Strict):
    """A point in a stated datum, an address, or both."""

    lon: Lon | None = None
    lat: Lat | None = None
    datum: Datum = Datum.WGS84
    accuracy_m: Annotated[FiniteFloat, Field(ge=0, le=1_000_000)] | None = None
    address: str | None = Field(None, max_length=500)


class ReporterIn(Strict):
    name: str | None = Field(None, max_length=100)
    phone: str | None = Field(None, max_length=40)
    email: str | None = Field(None, max_length=200, pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$")


class OfferedIn(Strict):
    category: str = Field(max_length=100)
    confidence: float = Field(ge=0, le=1)


class SuggestedIn(Strict):
    """Suggestions of a model that a person had in view."""

    model: int = Field(ge=1, le=1_000_000)
    offered: list[OfferedIn] = Field(min_length=1, max_length=10)


class ReportIn(Strict):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "location": {
                        "lon": 102.7431,
                        "lat": 25.0132,
                        "datum": "wgs84",
                        "accuracy_m": 12,
                    },
                    "category": "sanitation_cleaning",
                    "text": "小区北门外有垃圾堆放，已经两天。",
                    "channel": "digital_platform_collection",
                    "reporter": {"name": "王女士", "phone": "13800000000"},
                }
            ]
        },
    )

    location: LocationIn | None = None
    category: str | None = Field(None, max_length=100)
    text: str = Field(min_length=1, max_length=2000)
    channel: str = Field(max_length=100)
    reporter: ReporterIn | None = None
    photos: list[UUID] = Field(
        [],
        max_length=9,
        description="ids of photos sent before; without a point the first that has one gives it",
    )
    suggested: SuggestedIn | None = Field(
        None, description="what stood beside the form when a person chose the category"
    )


CONFIDENCE = Field(None, description="part of the circle of error on the answered ground, 0 to 1")
NEAREST = Field(None, description="metres to the building that ends the chain, if none contains it")


class CandidateOut(BaseModel):
    """Another ground that the circle of error reaches; no chain: outside the grid."""

    chain: list[UnitName]
    share: float = Field(description="part of the circle of error, 0 to 1")


class LocationOut(BaseModel):
    lon: float | None
    lat: float | None
    datum: Datum = Datum.WGS84
    accuracy_m: float | None = None
    address: str | None = None
    method: str | None
    border_m: float | None = Field(description="metres to the nearest border of the smallest area")
    # Cases keep these in the event that found them; a list of cases does not repeat them.
    confidence: float | None = CONFIDENCE
    nearest_m: float | None = NEAREST
    candidates: list[CandidateOut] = []


class OfficerOut(BaseModel):
    name: str
    post: str
    phone: str | None
    email: str | None = None


class OwnerOut(BaseModel):
    """The territorial owner 属地."""

    unit: UnitName
    officer: OfficerOut | None


class CalledOut(BaseModel):
    code: str
    name: str
    role: Literal["lead", "supporting"]
    called_at: datetime | None = None
    reported_in_at: datetime | None = None
    reported_in_how: str | None = Field(None, description="on_the_spot or by_answer")
    distance_m: float | None = Field(None, description="from the case, when it reported in there")
    task: str | None = None
    done_at: datetime | None = None
    released_at: datetime | None = None


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


class WhyOut(BaseModel):
    """One rule that was tried; `won` says whether it decided."""

    model_config = ConfigDict(extra="allow")

    rule: Literal[
        "territory", "table", "responsibility", "admission", "precedence", "level", "deadline"
    ]
    won: bool
    text: WordsOut


class ManualOut(BaseModel):
    """Why a person must look at the case."""

    code: str
    text: WordsOut


class PhotoOut(BaseModel):
    """What was read from a photo. Sizes in pixels, upright; `sha256` is of the original bytes."""

    id: UUID
    format: Literal["JPEG", "PNG", "WEBP", "HEIF"]
    width: int
    height: int
    bytes: int
    sha256: str
    taken_at: datetime | None
    location: LonLat | None = Field(description="in WGS 84")
    datum: Datum = Field(description="in which the photo's coordinates were read")
    accuracy_m: float | None
    heading: float | None = Field(description="degrees clockwise, as the camera says")
    reason: ManualOut | None = Field(description="why there is no place")
    chain: list[UnitName] = Field(description="of the place, when it lies in the grid")
    border_m: float | None
    manual: ManualOut | None = Field(description="why the place has no chain")


class BesideOut(BaseModel):
    """A photo against the place of its report."""

    id: UUID
    location: LonLat | None
    distance_m: float | None
    contradicts: bool
    text: WordsOut | None = Field(description="the contradiction in words")


class CasePhotoOut(BesideOut):
    report_no: str
    taken_at: datetime | None
    width: int
    height: int
    reason: ManualOut | None


class ReceiptOut(BaseModel):
    """The answer to a report."""

    case_no: str
    report_no: str
    link: str | None = Field(
        description="where the reporter sees what becomes of it, without login"
    )
    stage: str
    edition: int
    category: str | None
    location: LocationOut
    chain: list[UnitName]
    territorial_owner: OwnerOut | None
    departments: list[CalledOut]
    due_at: datetime | None
    table: int | None = Field(description="the table of responsibility that decided")
    first_owner: Literal["line", "territory"] | None = Field(
        description="which of the two owners acts first"
    )
    conditions: str | None = Field(description="on which a community body assists (rule 29)")
    why: list[WhyOut]
    manual: ManualOut | None
    photos: list[BesideOut] | None = Field(None, description="absent when none were named")


class CategoryRef(BaseModel):
    code: str
    name: WordsOut


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
    stage: list[str] = []
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


class UnitOut(BaseModel):
    level: int
    code: str
    name: str
    parent: str | None
    kind: str | None
    households: int | None
    area_m2: float
    label: LonLat
    bounds: tuple[float, float, float, float]
    generated: bool


class UnitDetail(UnitOut):
    chain: list[UnitName]
    children_count: int
    geometry: dict[str, Any] = Field(description="GeoJSON, EPSG:4326")
    officers: list[OfficerOut]


class UnitList(BaseModel):
    items: list[UnitOut]


class LocateOut(BaseModel):
    """Where a point lies in one edition. Without a chain, `manual` says why."""

    point: LonLat = Field(description="the point in WGS 84")
    chain: list[UnitName]
    edition: int
    method: Literal["contains", "nearest_building"] | None
    confidence: float | None = CONFIDENCE
    border_m: float | None = Field(description="metres to the nearest border of the smallest area")
    nearest_m: float | None = NEAREST
    candidates: list[CandidateOut]
    manual: ManualOut | None


class CountOut(BaseModel):
    code: str
    open: int
    overdue: int
    label: LonLat


class CountsOut(BaseModel):
    edition: int
    level: int
    at: datetime
    items: list[CountOut]


class ResponseRow(BaseModel):
    code: str
    name: str
    closed: int
    median_hours: float | None
    p90_hours: float | None
    small: bool = Field(description="fewer than ten cases: read with care")


class ResponseOut(BaseModel):
    items: list[ResponseRow]
    note: WordsOut


class NamedOut(BaseModel):
    code: str
    name: WordsOut


class LevelOut(NamedOut):
    level: int


class StageOut(NamedOut):
    order: int


class FieldOut(BaseModel):
    name: str
    type: Literal[
        "kind",
        "mode",
        "departments",
        "department",
        "text",
        "category",
        "point",
        "score",
        "choice",
        "number",
        "photos",
        "flag",
    ]
    required: bool
    list_name: str | None = None
    label: WordsOut


class MoveOut(NamedOut):
    start: list[str] = Field(alias="from", description="stages in which the move is legal")
    to: str | None
    fields: list[FieldOut]
    tells: WordsOut | None = Field(description="who hears of it")

    model_config = ConfigDict(populate_by_name=True)


class CategoryOut(NamedOut):
    parent: str | None


class DepartmentOut(NamedOut):
    short: str | None


class CatalogueOut(BaseModel):
    levels: list[LevelOut]
    stages: list[StageOut]
    kinds: list[NamedOut]
    channels: list[NamedOut]
    modes: list[NamedOut]
    moves: list[MoveOut]
    categories: list[CategoryOut]
    departments: list[DepartmentOut]
    manual_reasons: list[NamedOut]
    posts: list[NamedOut]
    community_kinds: list[NamedOut]
    lists: dict[str, list[NamedOut]] = Field(
        description="the terms that fields of type `choice` choose from, by `list_name`"
    )
