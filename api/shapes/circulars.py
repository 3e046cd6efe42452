"""Circulars on the wire."""

from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel, Field

from api.shapes.base import Strict, WordsOut
from gridsvc.circulars.kinds import CircularKind
from gridsvc.documents.formats import Format
from gridsvc.errors import Lang

PERIOD = Field(description="2026-10, 2026-Q4, 2026-H2 or 2026", max_length=10)


class CircularQuery(Strict):
    """Which document: its kind, its period, and for a street's report the street."""

    kind: CircularKind
    period: str = PERIOD
    unit: str | None = None


class CircularFileQuery(CircularQuery):
    format: Format = Format.PDF
    lang: Lang = "zh"


class CircularIn(Strict):
    kind: CircularKind
    period: str = PERIOD
    unit: str | None = None


class CircularFileOut(BaseModel):
    format: Format
    bytes: int
    sha256: str


class CircularOut(BaseModel):
    """A document that was kept; `made_by` is empty where the schedule made it."""

    no: int
    kind: CircularKind
    name: WordsOut
    unit: str | None
    span: str
    span_name: WordsOut
    title: str
    made_at: datetime
    made_by: str | None
    files: list[CircularFileOut]


class CircularList(BaseModel):
    items: list[CircularOut]


class FiguresOut(BaseModel):
    """Everything that a document says, as plain values."""

    figures: dict[str, Any]


class ScheduleIn(Strict):
    """On the `day`-th day after the period, at a local time, for periods ending on `since` or
    later."""

    day: int = Field(ge=1, le=28)
    at: time
    since: date
    active: bool = True


class ScheduleLineOut(BaseModel):
    """`changed_by` is empty while the shipped row holds."""

    kind: CircularKind
    name: WordsOut
    length: str
    per_street: bool
    day: int
    at: time
    since: date | None
    active: bool
    changed_by: str | None
    changed_at: datetime | None


class ScheduleOut(BaseModel):
    items: list[ScheduleLineOut]
