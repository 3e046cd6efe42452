"""Who is logged in, and to which district."""

from datetime import datetime

from pydantic import BaseModel, Field

from api.shapes.base import Strict, UnitName, WordsOut


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
