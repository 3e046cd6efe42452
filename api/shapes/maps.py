"""Figures that the desk's map is coloured by."""

from pydantic import BaseModel, Field

from api.shapes.base import WordsOut


class ResponseRow(BaseModel):
    code: str
    name: str
    closed: int
    median_hours: float | None
    p90_hours: float | None
    small: bool = Field(description="fewer than ten cases: read with care")


class ResponseOut(BaseModel):
    items: list[ResponseRow]
    note: WordsOut
