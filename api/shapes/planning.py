"""Coverage, standards and facilities as they are asked for and answered."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.shapes.base import WordsOut


class CoverageFigures(BaseModel):
    """null: it cannot be said, and `no_data` and `reason` say why."""

    households: int | None
    area_m2: float | None = Field(
        description="what the households are given, in m²; what is known of it"
    )
    standing_m2: float | None = Field(description="what stands inside, whomever it serves, in m²")
    per_100_households: float | None
    met: bool | None
    shortfall_m2: float | None
    no_data: (
        Literal["households_unknown", "no_households", "area_unknown", "nothing_registered"] | None
    )
    reason: WordsOut | None


class CoverageRow(CoverageFigures):
    code: str
    name: str
    kind: str | None


class CoverageOut(BaseModel):
    day: date
    standard: float
    unit: Literal["m2_per_100_households"] = "m2_per_100_households"
    items: list[CoverageRow]
    note: WordsOut


class CoverageDay(CoverageRow):
    day: date
    edition: int = Field(description="the edition that answered at the end of the day")


class CoverageHistory(BaseModel):
    standard: float
    items: list[CoverageDay]


class GroundIn(BaseModel):
    """Drawn ground: a GeoJSON polygon in WGS 84."""

    shape: dict[str, Any]
    day: date | None = None


class GroundOut(CoverageFigures):
    day: date
    standard: float
    buildings: int
    buildings_without_households: int
    facilities: list[str] = Field(description="codes of the counted facilities that stand inside")


class UnitNamed(BaseModel):
    code: str
    name: str


class StandardOut(BaseModel):
    """A standard as its source prints it, and what can be said of it on the day."""

    code: str
    name: WordsOut
    comparator: str
    threshold: float | None
    upper: float | None
    unit: str
    scope: str
    community_kind: str | None
    deadline: str | None
    strength: str
    source: str
    reading: WordsOut = Field(description="our reading, or what is needed to answer")
    answerable: bool
    value: float | None = Field(description="in `value_unit`: often the percent that meet it")
    value_unit: str
    met: bool | None = Field(description="null: it cannot be told; `why` says why")
    total: int
    having: int
    lacking: list[UnitNamed] = Field(description="units that miss it, at most 500")
    unknown: list[UnitNamed]
    why: WordsOut | None


class StandardList(BaseModel):
    day: date
    items: list[StandardOut]
