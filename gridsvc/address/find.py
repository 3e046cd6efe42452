"""From what somebody wrote to the places of the grid it may mean."""

from typing import NamedTuple

from gridsvc.address import (
    confidence,
    context,
    hearing,
    mentions,
    numbers,
    pieces,
    remarks,
    telling,
    weigh,
)
from gridsvc.address.evidence import Target
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import kind_of
from gridsvc.address.mentions import Mention
from gridsvc.address.numbers import Token
from gridsvc.address.pieces import Piece
from gridsvc.address.remarks import Remark
from gridsvc.address.text import Text, read
from gridsvc.geo import LonLat, UnitName

MOST = 10
# Candidates from this share of the best one's score; numbers that lead to a place.
AS_GOOD = 0.85
PLACED = frozenset({"building", "house", "dashed", "annex"})


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
    said = telling.told(read(text))
    said, (names, marks, targets), doubted = _meant(gazetteer, said)
    apart = pieces.taken_apart(gazetteer, said, names, marks, targets)
    shown = confidence.judged(gazetteer, said, targets, apart, doubted)
    return Answer(
        text,
        apart,
        tuple(
            _candidate(gazetteer, target, chance)
            for target, chance in zip(shown.targets[:most], shown.chances, strict=False)
        ),
        remarks.made(gazetteer, targets, shown.fitting, apart),
    )


class _Understood(NamedTuple):
    """Names, numbers and candidates, the best first, of one text."""

    names: list[Mention]
    marks: list[Token]
    targets: list[Target]


class _Heard(NamedTuple):
    """Every name and number in a text."""

    names: list[Mention]
    marks: list[Token]

    def within(self, plain: str, part: str) -> "_Heard":
        """Those that stand in a part of the text; what is not of the part is blank in it."""

        def kept(one: Mention | Token) -> bool:
            return part.startswith(plain[one.start : one.end], one.start)

        return _Heard([*filter(kept, self.names)], [*filter(kept, self.marks)])


def _understood(gazetteer: Gazetteer, plain: str, heard: _Heard) -> _Understood:
    raw, marks = heard
    names = context.settled(gazetteer, plain, raw, marks)
    targets = weigh.weighed(gazetteer, plain, names, marks)
    guessed = hearing.misspelt(gazetteer, plain, names, marks, targets)
    if guessed:
        raw = sorted([*raw, *guessed], key=lambda one: one.start)
        names = context.settled(gazetteer, plain, raw, marks)
        targets = weigh.weighed(gazetteer, plain, names, marks)
    return _Understood(names, marks, targets)


def _meant(gazetteer: Gazetteer, said: Text) -> tuple[Text, _Understood, bool]:
    """The text without somebody's own home where it names another place too.

    The last is true where the text may mean another place than the one that was understood.
    """
    plain = said.plain
    heard, parted = _read(gazetteer, plain), telling.parted(plain)
    if parted is None:
        return said, _understood(gazetteer, plain, heard), telling.on_the_way(plain)
    rest = _understood(gazetteer, parted.rest, heard.within(plain, parted.rest))
    if rest.targets and 0 <= rest.targets[0].row < gazetteer.home:
        home = _understood(gazetteer, parted.home, heard.within(plain, parted.home))
        if home.targets and not _one_place(gazetteer, home.targets[0], rest.targets):
            return said._replace(plain=parted.rest), rest, False
    doubted = bool(rest.targets) or any(mark.kind in PLACED for mark in rest.marks)
    return said, _understood(gazetteer, plain, heard), doubted


def _one_place(gazetteer: Gazetteer, home: Target, targets: list[Target]) -> bool:
    """Whether what is said beside the home may be a part of it, or hold it."""
    above = gazetteer.chain(home.row)
    return any(
        one.row in above or home.row in gazetteer.chain(one.row)
        for one in targets
        if one.score >= AS_GOOD * targets[0].score
    )


def _read(gazetteer: Gazetteer, plain: str) -> _Heard:
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
    return _Heard(found, marks)


def _candidate(gazetteer: Gazetteer, target: Target, chance: float) -> Candidate:
    named = tuple(map(gazetteer.unit, gazetteer.chain(target.row)))
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
        named[-1].code if named else "",
        named[-1].level if named else 0,
        reached,
        name,
        named,
        point,
        round(target.score, 3),
        chance,
        here,
        target.row,
    )
