"""Departments and posts on the wire."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from api.shapes.base import Strict, WordsOut


class DepartmentRow(BaseModel):
    code: str
    name_zh: str
    name_en: str
    short_zh: str | None
    kind: str
    kind_name: WordsOut
    aliases: list[str]
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    state: Literal["coming", "valid", "ended"]
    open_cases: int
    people: int = Field(description="in a post for it today")


class DepartmentRows(BaseModel):
    today: date
    may_write: bool
    items: list[DepartmentRow]


class PersonOut(BaseModel):
    id: UUID
    name: str
    post: str
    post_name: WordsOut
    unit: str | None
    unit_name: str | None
    department: str | None
    employment: str | None
    phone: str | None
    email: str | None
    valid_from: date | None
    valid_to: date | None


class PeopleOut(BaseModel):
    total: int
    items: list[PersonOut]


class PersonIn(Strict):
    """Somebody in a post. Without an id a new entry; a person is ended by a last day."""

    id: UUID | None = None
    name: str = Field(min_length=1, max_length=100)
    post: str
    unit: str | None = None
    department: str | None = None
    employment: str | None = None
    phone: str | None = Field(None, max_length=40)
    email: str | None = Field(None, max_length=200)
    valid_from: date | None = None
    valid_to: date | None = None


class DepartmentIn(Strict):
    code: str = Field(min_length=1, max_length=80)
    name_zh: str = Field(min_length=1, max_length=200)
    name_en: str = Field(min_length=1, max_length=200)
    short_zh: str | None = Field(None, max_length=100)
    kind: str
    aliases: list[str] = Field(default=[], max_length=50)
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


class PartiesIn(Strict):
    """Rows to be added or changed; everything else stays."""

    departments: list[DepartmentIn] = Field(default=[], max_length=1000)
    posts: list[PersonIn] = Field(default=[], max_length=1000)


class SuccessorIn(Strict):
    successor: str
    last_day: date = Field(description="the department's last day; its work then goes over")


class PartyChangeOut(BaseModel):
    sheet: Literal["departments", "posts"]
    name: str
    new: bool
    columns: dict[str, list[Any]] = Field(description="what was, and what is to be")


class ComparedOut(BaseModel):
    written: bool
    added: int
    changed: int
    same: int
    moving: dict[str, int] = Field(description="open cases that go to successors, by department")
    changes: list[PartyChangeOut] = Field(description="the first 500")
