"""Heat maps and alerts on the wire."""

from datetime import date, datetime

from pydantic import AwareDatetime, BaseModel, Field

from api.shapes.base import Strict, WordsOut
from api.shapes.themes import ThemeOut
from gridsvc.heat.questions import BANDWIDTH_M


class PartQuery(Strict):
    """Which cases: of a unit and all below it, of a department, a kind, a category or group."""

    unit: str | None = None
    department: str | None = None
    kind: str | None = None
    category: str | None = Field(None, description="a category or a group")


class SpotQuery(PartQuery):
    measure: str = Field("count", description="one of GET /api/heat/measures")
    since: AwareDatetime
    until: AwareDatetime = Field(description="the first moment that is no longer counted")
    resolution: int = Field(8, description="of H3: 7 (5 km²) to 10 (1.5 ha)")


class HeatQuery(SpotQuery):
    by: str = Field("unit", description="unit, hexagon or smooth")
    level: int = Field(3, description="of the units: 1 to 4")
    bandwidth_m: float = Field(BANDWIDTH_M, description="of the smoothing kernel")
    against_since: AwareDatetime | None = Field(None, description="a second period to compare")
    against_until: AwareDatetime | None = None


class EmergingQuery(PartQuery):
    until: AwareDatetime | None = Field(None, description="without it the present")
    step: str = Field("week", description="week or month")
    steps: int = Field(12, description="4 to 60")
    resolution: int = 8


class TotalsOut(BaseModel):
    """`counted` is what lies on the map and what has no place on it."""

    counted: int
    on_map: int
    elsewhere: int


class HeatOut(BaseModel):
    """The map, what it was counted from, and the line of the record it is true of."""

    theme: ThemeOut
    totals: TotalsOut
    before: TotalsOut | None = Field(description="of the second period")
    feed_no: int
    sides: list[ThemeOut] = Field(
        description="of a smooth comparison the two periods by the same classes; else empty, and "
        "both are in each row"
    )


class MeasureOut(BaseModel):
    code: str
    title: WordsOut
    unit: WordsOut
    definition: WordsOut
    units_only: bool = Field(description="what asks for households")


class MeasureList(BaseModel):
    items: list[MeasureOut]


class AlertOut(BaseModel):
    """So many cases on the last `days` days up to `day`, where `usual` are usual."""

    no: int
    day: date
    days: int
    scope: str = Field(description="unit, category or district")
    code: str
    name: WordsOut
    cases: int
    usual: float
    most: int = Field(description="the largest count that is still usual")
    q: float = Field(description="how likely by chance, corrected for asking everywhere")
    open: bool
    dismissed_at: datetime | None
    dismissed_name: str | None
    reason: str | None
    covered_by: int | None = Field(description="the dismissed alert that already said so")


class AlertList(BaseModel):
    items: list[AlertOut]


class DismissIn(Strict):
    reason: str = Field(max_length=1000)
