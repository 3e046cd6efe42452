"""Rates on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from api.shapes.base import Strict, WordsOut


class RateQuery(Strict):
    """Which cases: those of a period, of a unit and all below it, of a department, a kind."""

    since: AwareDatetime
    until: AwareDatetime = Field(description="the first moment that is no longer counted")
    unit: str | None = None
    department: str | None = None
    kind: str | None = None
    category: str | None = Field(None, description="a category or a group")


class UnitRateQuery(RateQuery):
    level: int = Field(2, ge=1, le=5)


class RateOut(BaseModel):
    """A share, or None where there is nothing to divide by; `small` below ten."""

    code: str
    name: WordsOut
    definition: WordsOut
    value: float | None
    numerator: int
    denominator: int
    excluded: int
    small: bool


class HoursOut(BaseModel):
    code: str
    name: WordsOut
    definition: WordsOut
    median: float | None
    p90: float | None
    counted: int
    small: bool


class RatesOut(BaseModel):
    since: datetime
    until: datetime
    rates: list[RateOut]
    hours: list[HoursOut]


class DepartmentRatesOut(BaseModel):
    code: str
    name: WordsOut
    rates: list[RateOut]
    hours: list[HoursOut]


class RatesByDepartmentOut(BaseModel):
    since: datetime
    until: datetime
    items: list[DepartmentRatesOut]


class UnitRatesOut(BaseModel):
    code: str
    name: str
    rates: list[RateOut]
    hours: list[HoursOut]


class RatesByUnitOut(BaseModel):
    since: datetime
    until: datetime
    level: int
    items: list[UnitRatesOut]


class CountedOut(BaseModel):
    """One case, one department's part in it, or one report on it, as it was counted."""

    case_no: str
    department: str | None
    report_no: str | None = None
    part: Literal["numerator", "denominator", "excluded"]
    reason: str | None = None
    reason_name: WordsOut | None = None
    hours: float | None = None


class CountedListOut(BaseModel):
    """Everything that the figure was counted from. What is in the numerator is in the denominator
    too, and listed once."""

    code: str
    name: WordsOut
    definition: WordsOut
    items: list[CountedOut]
