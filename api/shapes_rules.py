"""What the API says of tables of responsibility."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class ReplayOut(BaseModel):
    """A case's first judgement, as it was kept and as it comes out when it is made again."""

    model_config = ConfigDict(from_attributes=True)

    case_no: str
    at: datetime
    day: date
    edition: int
    table: int | None = Field(description="the table of responsibility, then and now")
    category: str | None
    then: list[dict[str, Any]]
    now: list[dict[str, Any]]
    equal: bool
    differing: list[Literal["territory", "responsibility", "deadline"]] = Field(
        description="the rules that decide otherwise now"
    )
