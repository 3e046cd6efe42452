"""The text taken apart: what each span was read as."""

import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from gridsvc.address import communities, mentions, numerals, words
from gridsvc.address.communities import Upper
from gridsvc.address.evidence import Target, Use
from gridsvc.address.gazetteer import FEW, Gazetteer
from gridsvc.address.levels import (
    COMMUNITY,
    DISTRICT,
    PLATE,
    POI,
    PROVINCE,
    ROAD,
    STREET,
    kind_of,
    level_of,
)
from gridsvc.address.mentions import Mention
from gridsvc.address.numbers import Token
from gridsvc.address.text import GAP, STOP, Text

# A guess at a name is shown from here; what speaks against the answer must be surer.
SHOWN_ABOVE, SHOWN, SURE = 0.5, 0.65, 0.86
_NUMBERED = {
    "house": "house_number",
    "annex": "house_number",
    "dashed": "number",
    "bare": "number",
    "away": "distance",
}


class Piece(NamedTuple):
    """A span of the text: `start` and `end` count characters of what was typed.

    `name` and `code` are what it was matched with; `how` is exact, suffix, short, alias, old,
    sound, shape, lost, other (misspelt), number, word, or guess (by its ending alone).
    `counts` is false where it speaks against the first candidate.
    """

    kind: str
    text: str
    start: int
    end: int
    name: str | None
    code: str | None
    how: str
    counts: bool


def taken_apart(
    gazetteer: Gazetteer,
    said: Text,
    names: list[Mention],
    marks: list[Token],
    targets: list[Target],
) -> tuple[Piece, ...]:
    """The pieces in the order of the text, never overlapping; prose is left out."""
    laid = _Laid(gazetteer, said)
    broad = gazetteer.districts > 1
    uses = [one for one in targets[0].uses if _is_shown(one)] if targets else []
    sure = [one for one in names if one.quality >= SURE and _is_telling(one)]
    for use in uses:
        if not broad or use.level != COMMUNITY:
            laid.use(use)
    for mention in sorted(sure, key=lambda one: -one.weight):
        if not broad or mention.level != COMMUNITY:
            laid.mention(mention)
    if broad:
        laid.guess((DISTRICT, STREET))
        laid.communities(targets[0].row if targets else -1, uses)
    laid.marks([mark for mark in marks if mark.kind != "bare"])
    laid.relations()
    if not broad:
        laid.guess((DISTRICT, STREET, COMMUNITY))
    laid.marks(marks)
    return tuple(sorted(laid.pieces, key=lambda one: one.start))


def _is_shown(use: Use) -> bool:
    return use.quality >= (SHOWN if use.level > DISTRICT else SHOWN_ABOVE)


def _is_telling(one: Mention) -> bool:
    return one.level <= DISTRICT or len(one.rows) <= FEW


class _Laid:
    """Pieces laid over a text, the surest first; a later one may not overlap an earlier one."""

    def __init__(self, gazetteer: Gazetteer, said: Text) -> None:
        self.gazetteer, self.said = gazetteer, said
        # The characters that pieces cover, as bits.
        self.taken = 0
        self.pieces: list[Piece] = []
        self.upper: list[Upper] = []

    def put(
        self,
        kind: str,
        start: int,
        end: int,
        name: str | None,
        code: str | None,
        how: str,
        counts: bool,
    ) -> None:
        span = (1 << end) - (1 << start)
        if start >= end or span & self.taken:
            return
        self.taken |= span
        if (level := level_of(kind)) < COMMUNITY:
            self.upper.append(Upper(start, end, level))
        first, last = self.said.original(start, end)
        self.pieces.append(
            Piece(kind, self.said.raw[first:last], first, last, name, code, how, counts)
        )

    def use(self, use: Use) -> None:
        name, code = self._named(use.level, use.row, use.how)
        kind = kind_of(use.level)
        self.put(kind, use.start, use.end, name, code, use.how, True)

    def mention(self, one: Mention) -> None:
        row = min(one.rows)
        name, code = self._named(one.level, row, one.how)
        self.put(
            kind_of(one.level),
            one.start,
            one.end,
            name,
            code if len(one.rows) == 1 else None,
            one.how,
            False,
        )

    def marks(self, marks: list[Token]) -> None:
        """Numbers; one of a building or house that led nowhere does not count."""
        for mark in marks:
            kind = _NUMBERED.get(mark.kind, mark.kind)
            counts = mark.kind not in ("building", "house", "annex")
            self.put(kind, mark.start, mark.end, None, None, "number", counts)

    def relations(self) -> None:
        for start, end, kind in mentions.small_words(self.said.plain):
            if kind == "facing":
                self.put("relation", start, end, None, None, "word", True)

    def _named(self, level: int, row: int, how: str) -> tuple[str | None, str | None]:
        gazetteer = self.gazetteer
        if level == PLATE:
            return None, None
        if level == ROAD:
            return gazetteer.roads[row], None
        if level == POI:
            return gazetteer.spots[row].name, None
        return gazetteer.names_of[row], gazetteer.codes[row]

    def communities(self, meant: int, uses: list[Use]) -> None:
        """What names a community; a community's name that rather names a compound is shown so."""
        gazetteer = self.gazetteer
        within = set(gazetteer.chain(meant))
        for start, end, row in communities.found(gazetteer, self.said.plain, self.upper, meant):
            if row < 0:
                self.put("community", start, end, None, None, "guess", False)
            else:
                name, code = gazetteer.names_of[row], gazetteer.codes[row]
                whole = self.said.plain[start:end] == gazetteer.plain_name(row)
                how = "exact" if whole else "short"
                fits = row in within or meant in gazetteer.chain(row)
                self.put("community", start, end, name, code, how, fits)
        for use in uses:
            if use.level == COMMUNITY:
                self.put("compound", use.start, use.end, None, None, use.how, True)

    def guess(self, levels: Collection[int]) -> None:
        """What is left and ends like a unit is shown as one that the gazetteer does not know.

        Only where a unit may stand: at the beginning, after a higher one, or after a gap.
        """
        plain = self.said.plain
        for level, pattern in _guesses():
            if level not in levels:
                continue
            free = "".join(
                STOP if self.taken >> place & 1 else one for place, one in enumerate(plain)
            )
            if not _endings().search(free):
                return
            for match in pattern.finditer(free):
                before = plain[: match.start()]
                if self._may_stand(level, match.start()) and not before.endswith(("-", "第")):
                    self.put(kind_of(level), match.start(), match.end(), None, None, "guess", False)

    def _may_stand(self, level: int, start: int) -> bool:
        if start == 0 or self.said.plain[start - 1] in (STOP, GAP):
            return True
        at = self.said.original(start, start + 1)[0]
        above = {kind_of(upper) for upper in range(PROVINCE, level)}
        return any(one.end == at and one.kind in above for one in self.pieces)


@cache
def _endings() -> re.Pattern[str]:
    every = {one for found in words.vocabulary()["guess"].values() for one in found}
    return re.compile("|".join(sorted(every)))


@cache
def _guesses() -> list[tuple[int, re.Pattern[str]]]:
    vocabulary = words.vocabulary()
    found = []
    for level, least, most, refused in (
        (DISTRICT, 2, 3, "no_district"),
        (STREET, 2, 4, "no_district"),
        (COMMUNITY, 1, 5, "no_community"),
    ):
        endings = "|".join(map(re.escape, vocabulary["guess"][kind_of(level)]))
        no = "|".join(
            (rf"(?:.{{2,4}})?{one}" if len(one) == 2 else rf".{{0,4}}{one}")
            for one in vocabulary[refused]
        )
        # 王村路 and 王村新苑 are no village, and 洪村村 is one to its end.
        more = "|".join(vocabulary["road_ends"])
        if level == COMMUNITY:
            more = "|".join([more, *vocabulary["place_like"], "村", "委", "民委", "工业", "新"])
        found.append(
            (
                level,
                re.compile(
                    rf"(?<![\u3400-\u9fff])(?!(?:{no}))"
                    rf"[\u3400-\u9fff]{{{least},{most}}}?(?:{endings})(?!{more}|[0-9{numerals.CHINESE}]+[区期])"
                ),
            )
        )
    return found
