"""Siting on the wire."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, FiniteFloat

from api.shapes.base import Lat, Lon, Strict, WordsOut
from api.shapes.themes import ThemeOut
from api.shapes.walking import Minutes
from maps.themes import Form

Code = Annotated[str, Field(min_length=1, max_length=60)]
Money = Annotated[FiniteFloat, Field(ge=0)]
QUESTION = Literal["standard", "cheapest", "reach"]


class SiteIn(Strict):
    name: str = Field(min_length=1, max_length=200)
    kind: Literal["building", "plot", "drawn"]
    lon: Lon
    lat: Lat
    floor_area_m2: Annotated[FiniteFloat, Field(gt=0)]
    cost: Money
    serves: str | None = Field(None, description="a community; without it the one it stands in")
    note: str | None = Field(None, max_length=500)


class SiteOut(BaseModel):
    code: str
    name: str
    kind: Literal["building", "plot", "drawn"]
    kind_name: WordsOut
    lon: float
    lat: float
    floor_area_m2: float
    cost: float
    serves: str | None
    note: str | None
    community: str | None = Field(description="whom it would serve today; null: nobody")
    community_name: str | None
    entered_by: str
    entered_at: datetime
    generated: bool


class SitesOut(BaseModel):
    items: list[SiteOut]


class SiteNamed(BaseModel):
    code: str
    name: str


class SitesCompared(BaseModel):
    """What a file changes: sites that are new, that differ, and that stay."""

    added: int
    changed: int
    same: int
    changes: list[SiteNamed]
    written: bool


class SitingWishIn(Strict):
    """`reach` needs a type; a budget of null is none. `among` are the only candidates to use."""

    question: QUESTION
    own: list[Code] = Field([], max_length=5_000, description="sites that a person chose")
    budget: Money | None = None
    standard: Annotated[FiniteFloat, Field(gt=0)] | None = Field(
        None, description="m² per 100 households; as the district has set it where not given"
    )
    type: str | None = None
    minutes: Minutes | None = None
    day: date | None = None
    among: list[Code] | None = Field(None, max_length=5_000)


class SolveIn(SitingWishIn):
    format: Form | None = Field(None, description="the candidates with their plans as a file")


class SitingPlanOut(BaseModel):
    """`changes` by community: for the standard m² per 100 households before and after, for reach
    the households added."""

    name: Literal["best", "greedy", "own"]
    sites: list[str]
    cost: float
    before: float = Field(description="households before")
    after: float = Field(description="households after")
    within_budget: bool
    changes: list[dict[str, Any]]


class SitingAnswerOut(BaseModel):
    """`bound`: no set can do better (most households after; for `cheapest` the least cost)."""

    question: QUESTION
    plans: list[SitingPlanOut]
    households: float = Field(description="of which anything can be said")
    bound: float
    gap: float = Field(description="part of the possible gain that may lack; 0 if proved")
    proved: bool
    seconds: float
    beyond: list[dict[str, Any]] = Field(description="what all candidates together cannot reach")
    untold: list[dict[str, Any]] = Field(description="communities whose figures are unknown")
    left_out: list[str] = Field(description="candidates that serve nobody today")
    note: WordsOut
    theme: ThemeOut = Field(description="the candidates, and which plans chose them")


class WhatIfIn(Strict):
    """A facility at another place; without `facility` a new one of that type and area."""

    facility: str | None = None
    lon: Lon
    lat: Lat
    type: str | None = None
    area_m2: Annotated[FiniteFloat, Field(gt=0)] | None = None
    minutes: Minutes | None = None
    day: date | None = None
    map: bool = Field(False, description="with a theme of all communities")


class ReachChangeOut(BaseModel):
    code: str
    name: str
    households: int
    before: int
    after: int


class CoverageChangeOut(BaseModel):
    code: str
    name: str
    households: int | None
    before: float | None
    after: float | None
    met_before: bool | None
    met_after: bool | None


class WhatIfOut(BaseModel):
    type: str
    basis: Literal["streets", "straight_line"]
    before: int
    after: int
    gained: int
    lost: int
    apart: bool = Field(description="no street is near: nobody can walk there")
    community: str | None = Field(description="where it would stand; null: outside")
    reach: list[ReachChangeOut]
    coverage: list[CoverageChangeOut]
    theme: ThemeOut | None
