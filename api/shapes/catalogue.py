"""Words, moves and lists that a client is made of."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.shapes.base import NamedOut, WordsOut


class LevelOut(NamedOut):
    level: int


class StageOut(NamedOut):
    order: int


class FieldOut(BaseModel):
    name: str
    type: Literal[
        "kind",
        "mode",
        "departments",
        "department",
        "text",
        "category",
        "point",
        "score",
        "choice",
        "number",
        "photos",
        "flag",
    ]
    required: bool
    list_name: str | None = None
    label: WordsOut


class MoveOut(NamedOut):
    start: list[str] = Field(alias="from", description="stages in which the move is legal")
    to: str | None
    fields: list[FieldOut]
    tells: WordsOut | None = Field(description="who hears of it")

    model_config = ConfigDict(populate_by_name=True)


class CategoryOut(NamedOut):
    parent: str | None


class DepartmentOut(NamedOut):
    short: str | None


class CatalogueOut(BaseModel):
    levels: list[LevelOut]
    stages: list[StageOut]
    kinds: list[NamedOut]
    channels: list[NamedOut]
    modes: list[NamedOut]
    moves: list[MoveOut]
    categories: list[CategoryOut]
    departments: list[DepartmentOut]
    manual_reasons: list[NamedOut]
    posts: list[NamedOut]
    community_kinds: list[NamedOut]
    lists: dict[str, list[NamedOut]] = Field(
        description="the terms that fields of type `choice` choose from, by `list_name`"
    )
