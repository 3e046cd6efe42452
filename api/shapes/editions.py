"""What the API says of editions of the grid."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.shapes.base import LonLat, Strict, UnitName, WordsOut
from geodata.compare import Kind


class EditionRow(BaseModel):
    """One edition: where it comes from, its units by level, and what its import noticed."""

    no: int
    source: str
    attribution: str
    code_scheme: str
    based_on: int | None = Field(description="the edition that answered when it was staged")
    staged_at: datetime
    published_at: datetime | None = Field(description="when it answered for the first time")
    answering: bool
    units: dict[int, int] | None = Field(description="number of units by level")
    errors: int
    warnings: int


class EditionChangeOut(BaseModel):
    """One time that the answering edition changed."""

    model_config = ConfigDict(from_attributes=True)

    edition_no: int
    previous_no: int | None
    at: datetime
    by: str
    reason: str | None


class EditionList(BaseModel):
    items: list[EditionRow]
    history: list[EditionChangeOut]


class FindingKind(BaseModel):
    severity: Literal["error", "warning"]
    kind: str
    name: WordsOut
    findings: int


class EditionOut(EditionRow):
    kinds: list[FindingKind]


class FindingProperties(BaseModel):
    severity: Literal["error", "warning"]
    kind: str
    name: WordsOut
    unit: str | None
    text: WordsOut
    detail: dict[str, Any]


class FindingFeature(BaseModel):
    type: Literal["Feature"]
    id: int
    geometry: dict[str, Any] | None
    properties: FindingProperties


class FindingsOut(BaseModel):
    """GeoJSON; `next_after` is the number to go on after, None on the last page."""

    type: Literal["FeatureCollection"]
    features: list[FindingFeature]
    next_after: int | None


class NamedUnit(BaseModel):
    code: str
    name: str


class ChangeOut(BaseModel):
    """One change; `ground` is where, simplified for a screen, and the figures are exact."""

    kind: Kind
    level: int
    old: list[NamedUnit]
    new: list[NamedUnit]
    area_m2: float
    households: int | None
    open_cases: int
    ground: dict[str, Any]


class LevelCounts(BaseModel):
    level: int
    old: int
    new: int


class ComparisonOut(BaseModel):
    """Counts tell of all changes, `items` of the first thousand."""

    old: int
    new: int
    levels: list[LevelCounts]
    counts: dict[Kind, int]
    items: list[ChangeOut]


class PublishIn(Strict):
    reason: str | None = Field(None, max_length=500)
    answering: int | None = Field(None, ge=1, description="the edition that was compared with")


class RejudgeCounts(BaseModel):
    """How many open cases, and how many change units, owner, departments or need a person."""

    cases: int
    differing: int
    units: int
    owners: int
    departments: int
    manual: int


class CaseBefore(BaseModel):
    edition: int
    chain: list[UnitName]
    owner: str | None
    departments: list[str]
    manual: str | None


class CaseAfter(BaseModel):
    chain: list[UnitName]
    owner: str | None
    departments: list[str]
    manual: str | None


class RejudgedCase(BaseModel):
    case_no: str
    stage: str
    text: str
    location: LonLat
    old: CaseBefore
    new: CaseAfter


class RejudgeOut(RejudgeCounts):
    """`items` are the first thousand cases that anybody would notice."""

    edition: int
    items: list[RejudgedCase]


class RejudgedOut(RejudgeCounts):
    moved_meanwhile: list[str] = Field(description="cases that somebody moved; run again for them")
