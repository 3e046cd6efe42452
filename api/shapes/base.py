"""What every answer is made of: words, units, places, refusals."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


Lon = Annotated[FiniteFloat, Field(ge=-180, le=180)]


Lat = Annotated[FiniteFloat, Field(ge=-90, le=90)]


class WordsOut(BaseModel):
    zh: str
    en: str


class ProblemOut(BaseModel):
    """RFC 9457 problem details. `detail` is a sentence in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    error_no: str
    legal: list[str] | None = Field(None, description="the moves that are legal now")
    errors: list[dict[str, str]] | None = Field(None, description="path and message of each fault")
    version: int | None = None


class UnitName(BaseModel):
    level: int = Field(
        description="1 district 区, 2 street 街道, 3 community 社区, 4 compound, 5 building"
    )
    code: str
    name: str


class LonLat(BaseModel):
    lon: float
    lat: float


class CategoryRef(BaseModel):
    code: str
    name: WordsOut


class NamedOut(BaseModel):
    code: str
    name: WordsOut
