"""Facilities as they are handed in and answered."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, FiniteFloat

from api.shapes.base import WordsOut
from api.shapes.settings import LoggedOut

Reason = Annotated[str, Field(min_length=1, max_length=500)]
State = Literal["planned", "building", "open", "closed"]


class FacilityFacts(BaseModel):
    """What a facility is like during a period."""

    type: str
    name: Annotated[str, Field(min_length=1, max_length=200)]
    lon: FiniteFloat
    lat: FiniteFloat
    floor_area_m2: FiniteFloat | None = None
    provision_mode: str | None = None
    state: State = "open"
    opening_hours: str | None = Field(
        default=None, description="in OpenStreetMap's notation: Mo-Fr 08:30-17:30"
    )
    open_to_public: bool | None = None
    serves: list[str] = Field(
        default=[], description="units whose households it serves; none: where it stands"
    )
    address: str | None = None
    note: str | None = None


class PeriodIn(FacilityFacts):
    code: str
    valid_from: date | None = None
    valid_to: date | None = None


class FacilitiesIn(BaseModel):
    """All periods of the facilities named; others stay as they are."""

    periods: Annotated[list[PeriodIn], Field(min_length=1, max_length=5000)]
    reason: Reason


class FacilityChangeIn(FacilityFacts):
    """How a facility is from a day on; what held before ends the day before."""

    since: date
    reason: Reason


class FacilityRow(PeriodIn):
    type_name: WordsOut
    provision_mode_name: WordsOut | None
    state_name: WordsOut
    unit_code: str | None
    serves_unknown: list[str] = Field(description="of `serves`, what the current grid has not")
    generated: bool
    current: bool = Field(description="whether this period holds on the day asked for")


class FacilityPage(BaseModel):
    day: date
    total: int
    items: list[FacilityRow]


class FacilityOut(BaseModel):
    code: str
    periods: list[PeriodIn]
    photos: list[UUID]
    changes: list[LoggedOut]


class FacilityDiff(BaseModel):
    code: str
    name: str
    new: bool
    before: list[PeriodIn]
    after: list[PeriodIn]


class FacilitiesCompared(BaseModel):
    written: bool
    added: int
    changed: int
    same: int
    changes: list[FacilityDiff] = Field(description="the first 200")


class FacilityTypeOut(BaseModel):
    code: str
    name: WordsOut
    counts_toward_standard: bool
    facilities: int = Field(description="how many are open on the day")
    source: str


class FacilityTypeList(BaseModel):
    items: list[FacilityTypeOut]


class CountsIn(BaseModel):
    counts: bool
    reason: Reason


class PhotosIn(BaseModel):
    photos: Annotated[list[UUID], Field(max_length=20)]
