"""What travels of names and addresses."""

from typing import Literal

from pydantic import BaseModel, Field

from api.shapes.base import LonLat, UnitName, WordsOut

Bounds = tuple[float, float, float, float]


class PlaceOut(BaseModel):
    kind: Literal["unit", "case"]
    code: str
    name: str
    chain_text: str
    location: LonLat | None
    bounds: Bounds | None


class PlaceList(BaseModel):
    items: list[PlaceOut]


class PieceOut(BaseModel):
    kind: str = Field(
        description="province, city, district, street, community, compound, building, road, "
        "house_number, poi, unit, floor, room, number, relation, distance, phone"
    )
    text: str
    start: int = Field(description="in characters of the text that was asked")
    end: int
    name: str | None = Field(description="the name it was matched with")
    code: str | None
    how: str = Field(
        description="exact, suffix, short, alias, old, sound, shape, lost, other, number, word, "
        "or guess (known by its ending alone)"
    )
    counts: bool = Field(description="false where it speaks against the first candidate")


class AddressCandidate(BaseModel):
    code: str
    level: int
    reached: str = Field(description="street, community, building, house_number, poi, …")
    name: str
    chain: list[UnitName]
    chain_text: str
    location: LonLat | None
    bounds: Bounds | None
    score: float
    confidence: float = Field(description="0 to 1, calibrated: see docs/addresses.md")
    here: bool = Field(description="false where it is known to lie in another district")


class RemarkOut(BaseModel):
    code: str = Field(
        description="elsewhere, ambiguous, nothing_found, old_name, misspelt, beside, "
        "unknown_unit, number_unknown, contradiction"
    )
    text: WordsOut
    facts: dict[str, str | int | float | None]


class AddressOut(BaseModel):
    edition: int
    text: str
    confidence: float
    candidates: list[AddressCandidate]
    pieces: list[PieceOut]
    remarks: list[RemarkOut]
