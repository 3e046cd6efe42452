"""A report as it comes in, and what whoever sent it is told."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from api.shapes.base import Lat, Lon, LonLat, Strict, UnitName, WordsOut
from gridsvc.datum import Datum


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
