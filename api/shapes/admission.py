"""What the API says of the admission register."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from api.shapes.base import CategoryRef, Strict, UnitName, WordsOut
from gridsvc.rules.admission import Exemption, Kind, State

Said = Field(None, max_length=500)


class AdmissionIn(Strict):
    """An application. Authority, object, power, funds and `ends` are asked of all but exempt
    items, which name their ground."""

    title: str = Field(min_length=1, max_length=200)
    kind: Kind
    category: str
    unit: str | None = Field(None, description="absent: every community")
    starts: date
    ends: date | None = Field(None, description="the last day")
    basis: str = Field(min_length=1, max_length=500)
    authority: str | None = Said
    object: str | None = Said
    power: str | None = Said
    funds: str | None = Said
    exemption: Exemption | None = None


class StepIn(Strict):
    words: str = Field("", max_length=2000, description="asked of a refusal")


class AdmissionEventOut(BaseModel):
    seq: int
    kind: str
    name: WordsOut
    at: datetime
    by_name: str
    by_post: str
    detail: dict[str, Any]


class AdmissionRow(BaseModel):
    """One item as of now; `lapsed` follows from its last day."""

    no: int
    title: str
    kind: Kind
    kind_name: WordsOut
    state: State
    state_name: WordsOut
    category: CategoryRef
    unit: UnitName | None
    starts: date
    ends: date | None
    basis: str
    authority: str | None
    object: str | None
    power: str | None
    funds: str | None
    exemption: Exemption | None
    exemption_name: WordsOut | None
    applied_by: str
    applied_at: datetime
    review_due: datetime | None
    review_overdue: bool


class AdmissionOut(AdmissionRow):
    history: list[AdmissionEventOut]


class AdmissionList(BaseModel):
    today: date
    in_season: bool = Field(description="applications are in principle made in March and September")
    items: list[AdmissionRow]
