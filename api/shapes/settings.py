"""What the API says and takes of working hours, days, limits, supervision and settings."""

from datetime import date, datetime, time
from typing import Any

from pydantic import AwareDatetime, BaseModel, Field, FiniteFloat

from api.shapes.base import Strict, WordsOut
from gridsvc.clock import TimeUnit

Basis = Field(max_length=500)


class HoursRow(Strict):
    """One stretch of work on a weekday, 1 Monday to 7 Sunday, local time."""

    weekday: int
    opens: time
    closes: time


class DayRow(Strict):
    """A day that differs from its weekday: a holiday, or a make-up working day."""

    day: date
    working: bool
    note: str = Field("", max_length=200)


class LimitRow(Strict):
    """A limit of a category and kind (absent: any) for the whole case, a stage, or a step."""

    no: int
    category_code: str | None = None
    whistle_kind: str | None = None
    clock: str
    step: int | None = None
    name_zh: str | None = Field(None, max_length=100)
    name_en: str | None = Field(None, max_length=100)
    amount: FiniteFloat
    unit: str
    basis: str = Basis


class SupervisionRow(Strict):
    """So long before (negative) or after a clock runs out: remind, urge, supervise, list."""

    no: int
    clock: str | None = None
    amount: FiniteFloat
    unit: str
    level: str
    tells_post: str
    basis: str = Basis


class PrecedenceRow(Strict):
    """Which owner is first for a matter: line 属主 or territory 属地."""

    matter: str
    first_owner: str
    basis: str = Basis


class SettingRow(Strict):
    name: str
    value: FiniteFloat
    basis: str = Basis


class _Wish(Strict):
    """All rows that shall hold; `rulebook` is the number they were read with."""

    rulebook: int
    reason: str = Field("", max_length=500)


class HoursIn(_Wish):
    rows: list[HoursRow] = Field(max_length=100)


class DaysIn(_Wish):
    rows: list[DayRow] = Field(max_length=5_000)


class LimitsIn(_Wish):
    rows: list[LimitRow] = Field(max_length=5_000)


class SupervisionIn(_Wish):
    rows: list[SupervisionRow] = Field(max_length=500)


class PrecedenceIn(_Wish):
    rows: list[PrecedenceRow] = Field(max_length=10)


class SettingsIn(_Wish):
    rows: list[SettingRow] = Field(max_length=500)


class SettingOut(BaseModel):
    """A figure that the source does not give, what it is called, and how far it may go."""

    name: str
    words: WordsOut
    value: float
    usual: float
    least: float | None
    most: float | None
    basis: str


class CodedOut(BaseModel):
    code: str
    name: WordsOut


class SettingsOut(BaseModel):
    """Everything that a district may set itself, as it holds now, and the words to show it."""

    rulebook: int
    may_change: bool
    hours: list[HoursRow]
    days: list[DayRow]
    limits: list[LimitRow]
    supervision: list[SupervisionRow]
    precedence: list[PrecedenceRow]
    settings: list[SettingOut]
    clocks: list[CodedOut]
    units: list[CodedOut]
    levels: list[CodedOut]


class LoggedOut(BaseModel):
    """One row that was added (no `before`), changed, or taken away (no `after`)."""

    no: int
    subject: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    at: datetime
    by_name: str
    by_post: str
    reason: str


class LoggedList(BaseModel):
    items: list[LoggedOut]


class DueQuery(Strict):
    """From when, and how long."""

    start: AwareDatetime
    amount: float = Field(gt=0, le=9_999)
    unit: TimeUnit


class StretchOut(BaseModel):
    opens: time
    closes: time


class DueStepOut(BaseModel):
    """One day on the way: why it counts or does not, its work, and what it used of the limit."""

    day: date
    kind: str
    openings: list[StretchOut]
    used: float
    note: str | None


class DueOut(BaseModel):
    """When it is due; no steps where the way is longer than 400 days."""

    due_at: datetime
    steps: list[DueStepOut]
