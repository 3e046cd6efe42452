"""Walking on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, FiniteFloat

from api.shapes.base import Strict, WordsOut
from maps.themes import Form

Minutes = Annotated[FiniteFloat, Field(gt=0, le=120)]


class WalkQuery(Strict):
    """Which day's facilities, and how many minutes are within reach; as set where not given."""

    day: date | None = Field(None, description="as of the end of this day; today without it")
    minutes: Minutes | None = None


class TypeQuery(WalkQuery):
    type: str = Field(description="a facility type")


class UnservedQuery(TypeQuery):
    offset: int = Field(0, ge=0)
    limit: int = Field(50, ge=1, le=500)


Format = Annotated[Form | None, Field(description="a file instead of JSON")]


class ThemeQuery(TypeQuery):
    format: Format = None


class UnitWalkQuery(ThemeQuery):
    level: int = Field(3, ge=1, le=4)


class PressureQuery(WalkQuery):
    type: str | None = Field(None, description="without it all that count toward the standard")
    level: int = Field(3, ge=1, le=4)
    format: Format = None


class WalkNetworkOut(BaseModel):
    no: int
    source: str
    attribution: str
    made_at: datetime
    nodes: int
    stretches: int
    metres: float
    islands: int = Field(description="parts that are not joined to each other; 1 is whole")
    generated: bool
    in_use: bool


class WalkNetworksOut(BaseModel):
    items: list[WalkNetworkOut]


class WalkNetworkIn(Strict):
    no: int | None = Field(description="null: straight lines from now on")


class WalkFiguresOut(BaseModel):
    """`untold` households have no street near them; `unknown_homes` nobody has counted."""

    homes: int
    households: int
    reached: int
    unserved: int
    untold: int
    unknown_homes: int
    share: float | None = Field(description="of the households of which anything can be said")
    minutes: float | None = Field(description="of the middle home; null: no way leads there")


class WalkTypeOut(BaseModel):
    type: str
    name: WordsOut
    open: int = Field(description="open facilities of the type on the day")
    figures: WalkFiguresOut


class WalkingOut(BaseModel):
    day: date
    minutes: float
    kmh: float
    detour: float | None = Field(description="the factor of straight lines; null on streets")
    basis: Literal["streets", "straight_line"]
    basis_name: WordsOut
    network: WalkNetworkOut | None
    types: list[WalkTypeOut]


class UnservedOut(BaseModel):
    code: str | None
    name: str | None
    households: int | None
    minutes: float | None
    nearest: str | None
    why: Literal["too_far", "no_way", "no_street"]
    why_name: WordsOut
    lon: float
    lat: float


class UnservedListOut(BaseModel):
    """Homes with the most households first."""

    total: int
    households: int
    basis: Literal["streets", "straight_line"]
    apart: list[str] = Field(description="facilities that nobody can walk to")
    items: list[UnservedOut]
