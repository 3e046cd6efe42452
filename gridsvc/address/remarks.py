"""What a reader of an answer should know beside the places themselves."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from gridsvc.address import numerals
from gridsvc.address.evidence import Target
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.mentions import MISSPELT
from gridsvc.address.pieces import Piece
from gridsvc.address.words import DATA
from gridsvc.words import Words

_TOWARD = re.compile("[东南西北]{1,2}")
_FAR = re.compile(rf"([0-9]+|[{numerals.CHINESE}]+)(.*)")


class Remark(NamedTuple):
    """A remark by code, with the facts that fill its sentence."""

    code: str
    facts: dict[str, str | int | float | None]

    @property
    def words(self) -> Words:
        """The remark as a sentence in both languages."""
        zh, en = _sentences()[self.code]
        return Words(zh.format(**self.facts), en.format(**self.facts))


@cache
def _sentences() -> dict[str, tuple[str, str]]:
    found = json.loads((DATA / "remarks.json").read_text("utf-8"))
    return {code: (one["zh"], one["en"]) for code, one in found.items()}


def made(
    gazetteer: Gazetteer, targets: list[Target], fitting: int, apart: tuple[Piece, ...]
) -> tuple[Remark, ...]:
    """The remarks on an answer; `fitting` is how many of the targets fit about as well."""
    return (*_on_place(gazetteer, targets, fitting), *_on_pieces(targets, apart))


def _on_place(gazetteer: Gazetteer, targets: list[Target], fitting: int) -> Iterator[Remark]:
    if not targets:
        yield Remark("nothing_found", {})
        return
    row = targets[0].row
    if row >= gazetteer.home:
        yield Remark("elsewhere", {"name": gazetteer.names_of[row], "code": gazetteer.codes[row]})
    if fitting > 1:
        yield Remark("ambiguous", {"count": fitting})


def _on_pieces(targets: list[Target], apart: tuple[Piece, ...]) -> Iterator[Remark]:
    for piece in apart:
        said: dict[str, str | int | float | None] = {"text": piece.text, "name": piece.name}
        if piece.kind in ("relation", "distance"):
            yield Remark("beside", {"text": piece.text, **away(piece)})
        elif piece.how == "guess":
            yield Remark("unknown_unit", said)
        elif piece.name and not piece.counts:
            yield Remark("contradiction", said)
        elif piece.how == "old":
            yield Remark("old_name", said)
        elif piece.how in MISSPELT:
            yield Remark("misspelt", said)
        elif targets and not piece.counts:
            yield Remark("number_unknown", said)


def away(piece: Piece) -> dict[str, str | int | float | None]:
    """The direction and metres of a relative word: 以北50米 is 北 and 50."""
    if piece.kind != "distance" or not (far := _FAR.search(piece.text)):
        return {}
    toward, number = _TOWARD.search(piece.text), numerals.value(far[1])
    long = any(unit in far[2] for unit in ("公里", "千米", "km"))
    metres = None if number is None else number * (1000 if long else 1)
    return {"direction": toward[0] if toward else None, "metres": metres}
