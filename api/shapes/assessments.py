"""What the API says of assessments, appeals, ratings and months that stand."""

from datetime import date, datetime

from pydantic import AwareDatetime, BaseModel, Field

from api.shapes.base import Strict, WordsOut


class AssessmentQuery(Strict):
    """Whistles closed in a period; `until` is no longer counted."""

    since: AwareDatetime
    until: AwareDatetime
    department: str | None = None


class PartOut(BaseModel):
    """Points from 0 to 100, and their share of the whole. `was`: by the records, where an upheld
    appeal says otherwise."""

    criterion: str
    name: WordsOut
    points: float
    share: float
    was: float | None


class DeductionOut(BaseModel):
    """Points taken off for an improper or empty whistle."""

    fault: str
    name: WordsOut
    points: float
    was: float | None


class AssessedOut(BaseModel):
    case_no: str
    department: str
    points: float | None
    parts: list[PartOut]
    closed_at: datetime


class WhistleOut(BaseModel):
    """What departments say of a street's whistle, and what a fault costs."""

    case_no: str
    street: str
    points: float | None
    parts: list[PartOut]
    deduction: DeductionOut | None
    closed_at: datetime


class ResultOut(BaseModel):
    """A department's mean; `adds` is what it brings to a performance total of 100."""

    department: str
    name: WordsOut
    points: float | None
    counted: int
    small: bool
    adds: float | None


class StreetResultOut(BaseModel):
    street: str
    name: WordsOut
    points: float | None
    counted: int
    small: bool
    adds: float | None


class AssessmentsOut(BaseModel):
    since: datetime
    until: datetime
    share_percent: float = Field(description="of the performance total, not less than 20")
    results: list[ResultOut]
    items: list[AssessedOut]
    streets: list[StreetResultOut]
    whistles: list[WhistleOut]


class MonthOut(BaseModel):
    """A month: from when it stands, whether it is kept, and how many appeals wait in it."""

    month: str
    cut_off: datetime
    frozen_at: datetime | None
    frozen_by: str | None
    undecided: int


class TotalOut(AssessmentsOut):
    """A month or a year, with what stands of it."""

    months: list[MonthOut]


class FrozenOut(BaseModel):
    """What was kept of a month, and whether counting it again comes out equal."""

    month: str
    cut_off: datetime
    frozen_at: datetime
    frozen_by: str
    assessments: int
    differing: list[str] = Field(description="case numbers that do not; none is right")


class CutOffIn(Strict):
    cut_off: date = Field(description="the first day on which nothing is taken any more")


class RatingIn(Strict):
    """What a department says of the whistle that called it."""

    case_no: str
    department: str | None = Field(None, description="absent: the account's own")
    proper: int = Field(ge=0, le=100)
    described: int = Field(ge=0, le=100)
    help: int = Field(ge=0, le=100)
    note: str = Field("", max_length=1000)


class RatingOut(BaseModel):
    case_no: str
    department: str
    proper: int
    described: int
    help: int
    note: str


class ToRateOut(BaseModel):
    case_no: str
    text: str
    closed_at: datetime
    street: str
    street_name: str
    department: str
    department_name: WordsOut


class ToRateList(BaseModel):
    items: list[ToRateOut]


class AppealIn(Strict):
    """`side` is department or street, `body` its code, `figure` a criterion or `fault`."""

    case_no: str
    side: str
    body: str
    figure: str
    reason: str = Field(max_length=2000)


class DecisionIn(Strict):
    """`points` is what the figure is from now on; asked for when the appeal is upheld."""

    points: float | None = None
    answer: str = Field(max_length=2000)


class AppealOut(BaseModel):
    no: int
    case_no: str
    side: str
    body: str
    name: WordsOut
    figure: str
    figure_name: WordsOut
    was: float
    reason: str
    asked_name: str
    asked_at: datetime
    own: bool = Field(description="asked by this account, which may not decide it")
    upheld: bool | None
    points: float | None
    answer: str | None
    decided_name: str | None
    decided_at: datetime | None


class AppealList(BaseModel):
    items: list[AppealOut]
