"""Units of the grid, and what a point lies in."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.shapes.base import LonLat, UnitName
from api.shapes.reports import CONFIDENCE, NEAREST, CandidateOut, ManualOut, OfficerOut


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
