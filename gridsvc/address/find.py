"""From what somebody wrote to the places of the grid it may mean."""

from typing import NamedTuple

from gridsvc.address import confidence, context, hearing, mentions, numbers, pieces, remarks, weigh
from gridsvc.address.evidence import Target
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import kind_of
from gridsvc.address.mentions import Mention
from gridsvc.address.numbers import Token
from gridsvc.address.pieces import Piece
from gridsvc.address.remarks import Remark
from gridsvc.address.text import read
from gridsvc.geo import LonLat, UnitName

MOST = 10


class Candidate(NamedTuple):
    """A place that the text may mean.

    `code` is the unit's, `level` of the five (below 1: a city or province), `reached` the word for
    what was found (street, building, poi, …); `point` is known for plates and places of interest.
    `here` is false for a place in another district; `row` is the unit's in the gazetteer.
    """

    code: str
    level: int
    reached: str
    name: str
    chain: tuple[UnitName, ...]
    point: LonLat | None
    score: float
    confidence: float
    here: bool
    row: int


class Answer(NamedTuple):
    """The candidates, best first, with the text taken apart and what a reader should know."""

    text: str
    pieces: tuple[Piece, ...]
    candidates: tuple[Candidate, ...]
    remarks: tuple[Remark, ...]

    @property
    def best(self) -> Candidate | None:
        """The first candidate, or None where nothing was found."""
        return self.candidates[0] if self.candidates else None

    @property
    def confidence(self) -> float:
        """How likely the first candidate is right, 0 to 1; calibrated (docs/addresses.md)."""
        return self.candidates[0].confidence if self.candidates else 0.0


def find(gazetteer: Gazetteer, text: str, most: int = MOST) -> Answer:
    """The places that a free text may mean. Never raises; nothing found is an answer too."""
    said = read(text)
    raw, marks = _read(gazetteer, said.plain)
    names = context.settled(gazetteer, said.plain, raw, marks)
    targets = weigh.weighed(gazetteer, said.plain, names, marks)
    guessed = hearing.misspelt(gazetteer, said.plain, names, marks, targets)
    if guessed:
        raw = sorted([*raw, *guessed], key=lambda one: one.start)
        names = context.settled(gazetteer, said.plain, raw, marks)
        targets = weigh.weighed(gazetteer, said.plain, names, marks)
    apart = pieces.taken_apart(gazetteer, said, names, marks, targets)
    shown = confidence.judged(gazetteer, said, targets, apart)
    return Answer(
        text,
        apart,
        tuple(
            _candidate(gazetteer, target, chance)
            for target, chance in zip(shown.targets[:most], shown.chances, strict=False)
        ),
        remarks.made(gazetteer, targets, shown.fitting, apart),
    )


def _read(gazetteer: Gazetteer, plain: str) -> tuple[list[Mention], list[Token]]:
    found = mentions.exact(gazetteer, plain)
    longest: dict[int, int] = {}
    for one in found:
        if one.quality >= mentions.VARIANT:
            longest[one.start] = max(longest.get(one.start, 0), one.end)
    marks = [
        mark
        for mark in numbers.tokens(plain)
        if not any(start <= mark.start and mark.end <= end for start, end in longest.items())
    ]
    return found, marks


def _candidate(gazetteer: Gazetteer, target: Target, chance: float) -> Candidate:
    chain = gazetteer.chain(target.row) if target.row >= 0 else ()
    named = tuple(
        UnitName(gazetteer.levels[row], gazetteer.codes[row], gazetteer.names_of[row])
        for row in chain
    )
    point = None
    name = named[-1].name if named else ""
    reached = kind_of(target.level)
    if target.kind == "plate":
        point = gazetteer.plate_point(target.ref)
    elif target.kind == "poi":
        spot = gazetteer.spots[target.ref]
        point, name = spot.point, spot.name
    here = 0 <= target.row < gazetteer.home or target.row < 0
    return Candidate(
        gazetteer.codes[target.row] if target.row >= 0 else "",
        gazetteer.levels[target.row] if target.row >= 0 else 0,
        reached,
        name,
        named,
        point,
        round(target.score, 3),
        chance,
        here,
        target.row,
    )
