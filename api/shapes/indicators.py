"""Indicators on the wire."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.shapes.base import Strict, WordsOut


class PrintedOut(BaseModel):
    """The values as the source prints them; those of unknown place stay unknown."""

    current_city: str | None
    current_district: str | None
    target_city: str | None
    target_district: str | None
    current_unknown: str | None = Field(description="current, of an unknown scope")
    target_unknown: str | None = Field(description="target, of an unknown scope")
    value_unknown: str | None = Field(description="neither column nor scope is known")


class IndicatorValueOut(BaseModel):
    """An entry and where it comes from; `behind` is what a computed one was counted from."""

    no: int
    year: int
    scope: str
    part: Literal["current", "target"]
    value: str | None
    number: float | None
    uncertain: bool
    note: str | None
    origin: Literal["manual", "xlsx", "computed"]
    behind: dict[str, Any] | None
    entered_by: str
    entered_at: datetime


class IndicatorOut(BaseModel):
    code: str
    no: int
    level1: str
    level2: str
    level3: str
    name: WordsOut
    unit: str | None
    constraint_kind: str | None
    source_zh: str | None
    source: str
    printed: PrintedOut
    uncertain: bool
    uncertain_note: str | None
    computable: bool
    why_not: WordsOut | None = Field(description="what the service would need to count it")
    values: list[IndicatorValueOut]


class IndicatorList(BaseModel):
    year: int
    items: list[IndicatorOut]


class IndicatorHistory(BaseModel):
    items: list[IndicatorValueOut]


class IndicatorIn(Strict):
    """One value; an empty one takes back what stood there. A target of the district, say."""

    indicator: str
    year: int
    scope: str = "district"
    part: Literal["current", "target"] = "current"
    value: str | None = Field(None, max_length=100)
    uncertain: bool = False
    note: str | None = Field(None, max_length=500)


class YearIn(Strict):
    year: int


class ComputedOut(BaseModel):
    """What came of counting one indicator: its value, or why there is none."""

    indicator: str
    value: str | None
    behind: dict[str, Any] | None
    why_not: WordsOut | None


class ComputedList(BaseModel):
    year: int
    added: int
    items: list[ComputedOut]


class EnteredOut(BaseModel):
    """How many values are new."""

    added: int
