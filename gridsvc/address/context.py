"""What the surroundings of a mention make of it: 滨江 in 滨江路 is no district."""

import re
from functools import cache

from gridsvc.address import numerals, words
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import COMMUNITY, COMPOUND, DISTRICT, ROAD, STREET
from gridsvc.address.mentions import (
    BARE,
    LOOSE,
    MISSPELT,
    STRANGE,
    VARIANT,
    Mention,
    is_word,
    little_at,
    remade,
)
from gridsvc.address.numbers import Token
from gridsvc.address.text import GAP, STOP

# A district's short name that begins the text and goes straight on: 义乌国际商贸城.
LEADING = 0.6
# 永胜路 alone is a community's short name where no such road is known; but who knows every road?
NAMED_LIKE_ROAD = 0.65
# A bare name after something unexplained; a whole name glued to it.
AFTER_RESIDUE, GLUED, GLUED_COMMON, GLUED_SHORT = 0.5, 0.85, 0.45, 0.7
# Right after its street, a community's bare name counts a little although the text goes on.
AFTER_STREET = 0.6


class Surroundings:
    """Where names and numbers begin and end in one text."""

    def __init__(
        self, gazetteer: Gazetteer, plain: str, found: list[Mention], marks: list[Token]
    ) -> None:
        self.gazetteer, self.plain = gazetteer, plain
        self.broad = gazetteer.districts > 1
        self.upper = [one.rows for one in found if one.level < COMMUNITY]
        self.longest: dict[int, int] = {}
        # Where whole names of roads begin and end.
        self.roads = {
            one.start: one.end for one in found if one.level == ROAD and one.quality >= VARIANT
        }
        self.ends: dict[int, list[Mention]] = {}
        self.begins = {mark.start for mark in marks if mark.kind != "bare"}
        self.stops = {mark.end for mark in marks}
        for one in found:
            if one.quality >= VARIANT or not self.broad:
                self.begins.add(one.start)
            if one.how in MISSPELT:
                self.stops.add(one.end)
            if one.quality >= VARIANT:
                self.longest[one.start] = max(self.longest.get(one.start, 0), one.end)
                self.stops.add(one.end)
            if one.level < COMPOUND:
                self.ends.setdefault(one.end, []).append(one)

    def covered(self, one: Mention) -> bool:
        """Whether a longer whole name holds the mention, or holds its beginning."""
        return any(
            start <= one.start < end and (start < one.start or end > one.end)
            for start, end in self.longest.items()
        )

    def follows(self, one: Mention) -> int | None:
        """The level of what the mention stands right after, if that holds it; else None."""
        before = self.ends.get(one.start)
        if not before:
            return None
        chain = self.gazetteer.chain
        rows = list(one.rows)[:400]
        return max(
            (
                early.level
                for early in before
                if early.level < one.level
                and any(up in early.rows for row in rows for up in chain(row))
            ),
            default=None,
        )

    def held(self, one: Mention) -> bool:
        """Whether the text names, anywhere, something that holds the mention."""
        chain = self.gazetteer.chain
        above = {up for row in list(one.rows)[:400] for up in chain(row)[:-1]}
        return any(not above.isdisjoint(rows) for rows in self.upper)

    def unfounded(self, one: Mention, parent: int | None) -> bool:
        """Whether a bare name stands alone among those of many districts."""
        if not self.broad or parent is not None or one.level <= DISTRICT:
            return False
        return one.level == COMMUNITY or not self.held(one)

    def nameless(self, one: Mention) -> bool:
        """Whether a whole name lacks the word for its kind, among the names of many districts."""
        last = self.plain[one.end - 1]
        return self.broad and one.how == "exact" and last not in "区村会社"

    def unlike(self, one: Mention) -> bool:
        """Whether a bare name rather ends like a road or a compound, and may well be one."""
        name = self.plain[one.start : one.end]
        return name.endswith(_road_ends() if one.level < COMMUNITY else _unlikely())

    def open_left(self, one: Mention) -> bool:
        """Whether nothing unexplained touches the mention on its left."""
        at = one.start
        if at == 0 or at in self.stops or not is_word(self.plain[at - 1]):
            return True
        return (at in self.ends and not self.broad) or little_before(self.plain, at)

    def open_right(self, one: Mention) -> bool:
        at = one.end
        if at >= len(self.plain) or at in self.begins:
            return True
        one_more = self.plain[at]
        return one_more in (GAP, STOP) or not is_word(one_more) or little_at(self.plain, at)


def settled(
    gazetteer: Gazetteer, plain: str, found: list[Mention], marks: list[Token]
) -> list[Mention]:
    """The mentions as their surroundings leave them; chance ones fall away."""
    firm = [mark for mark in marks if mark.kind != "bare"]
    found = [one for one in found if not _cut(one, firm)]
    around = Surroundings(gazetteer, plain, found, marks)
    return [one for early in found if (one := _settled(around, early))]


def _cut(one: Mention, marks: list[Token]) -> bool:
    """Whether a number begins or ends inside the mention, or holds it."""
    for mark in marks:
        if mark.start < one.end and one.start < mark.end:
            inside = one.start <= mark.start and mark.end <= one.end
            if not inside or one.end - one.start <= mark.end - mark.start:
                return True
    return False


def _settled(around: Surroundings, one: Mention) -> Mention | None:
    if one.how in MISSPELT:
        return one
    if _by_chance(around, one):
        return None
    quality = _quality(around, one)
    return remade(one, quality) if quality > STRANGE else None


def _quality(around: Surroundings, one: Mention) -> float:
    """How good a name is by what stands before and after it."""
    if one.level == ROAD:
        return one.quality
    if one.how == "short" or (one.level == COMMUNITY and around.nameless(one)):
        return _short(around, one)
    if one.how in ("alias", "old") and one.end - one.start < 3 and not around.open_right(one):
        return LOOSE
    loose_left = not (around.open_left(one) or around.follows(one) is not None)
    if one.level <= COMMUNITY:
        if one.level > DISTRICT and _whole_goes_on(around.plain, one.end):
            return LOOSE
        common = GLUED if len(one.rows) == 1 and not around.broad else GLUED_COMMON
        return one.quality * (common if loose_left else 1.0)
    short = one.level == COMPOUND and one.end - one.start < 4
    return one.quality * (GLUED_SHORT if short and loose_left else 1.0)


def _by_chance(around: Surroundings, one: Mention) -> bool:
    """Whether the name is a part of another, too common to mean anything, or far from here."""
    if one.quality < VARIANT and around.covered(one):
        return True
    if one.level == COMPOUND and around.roads.get(one.start, 0) > one.end:
        return True
    if one.level < COMPOUND and around.plain[one.start : one.end] in _generic():
        parent = around.follows(one)
        if parent is None or (one.level == COMMUNITY and parent < STREET):
            return True
    outside = one.level <= DISTRICT and is_outside(around.gazetteer, one)
    return outside and not _credible(around, one)


def _short(around: Surroundings, one: Mention) -> float:
    """How good a bare stem is, by what stands before and after it."""
    parent = around.follows(one)
    close = parent is not None and one.level <= STREET
    leading = one.level <= DISTRICT and one.start == 0
    goes_on = _road_at if close else _road_ahead if leading else _goes_on
    if one.quality <= STRANGE or goes_on(around.plain, one.end):
        return STRANGE
    if around.unlike(one):
        return NAMED_LIKE_ROAD if around.gazetteer.roads else LOOSE
    if around.unfounded(one, parent):
        return LOOSE
    right = around.open_right(one)
    if parent is not None:
        return BARE if right or close else AFTER_STREET if parent == STREET else LOOSE
    if not around.open_left(one):
        return AFTER_RESIDUE if right and one.level > DISTRICT else STRANGE
    return BARE if right else _running_on(one)


def _running_on(one: Mention) -> float:
    """How good a bare stem is that goes straight on into something unknown."""
    if one.level <= DISTRICT:
        return LEADING if one.start == 0 else STRANGE
    return LOOSE if one.level == STREET and one.start == 0 else LOOSE / 2 + STRANGE / 2


@cache
def _roads_ahead() -> re.Pattern[str]:
    ends = "|".join(map(re.escape, words.vocabulary()["road_like"]))
    return re.compile(rf"[东南西北中新老{numerals.CHINESE}]?(?:{ends})")


def _road_ahead(plain: str, start: int) -> bool:
    """Whether a district's short name that leads the text is but a road's: 滨江 + 北路."""
    return bool(_roads_ahead().match(plain, start))


@cache
def _unlikely() -> tuple[str, ...]:
    """Endings of a community's bare name that more often end a road's or a compound's."""
    return _road_ends() + tuple(one for one in words.vocabulary()["place_like"] if len(one) > 1)


def _road_at(plain: str, start: int) -> bool:
    return plain.startswith(_roads(), start) or bool(_whole_going_on().match(plain, start))


def _credible(around: Surroundings, one: Mention) -> bool:
    """Whether a name from elsewhere may be taken at its word without its city before it."""
    if around.follows(one) is not None:
        return True
    if one.how == "short":
        return one.level < DISTRICT and one.start == 0 and around.open_right(one)
    if one.end - one.start < 3:
        return False
    return around.open_left(one) or any(
        around.gazetteer.parents[row] in around.gazetteer.above_home for row in one.rows
    )


def is_outside(gazetteer: Gazetteer, one: Mention) -> bool:
    """Whether a mention means neither the edition's own district nor what holds it."""
    return not any(row < gazetteer.home or row in gazetteer.above_home for row in one.rows)


@cache
def _generic() -> frozenset[str]:
    return frozenset(words.vocabulary()["generic"])


@cache
def _going_on() -> re.Pattern[str]:
    every = [*words.vocabulary()["road_like"], *words.vocabulary()["place_like"]]
    ends = "|".join(sorted(map(re.escape, every), key=len, reverse=True))
    part = rf"[东南西北中0-9a-z{numerals.CHINESE}]{{1,2}}(?:区|期|组|队|社)"
    return re.compile(
        rf"{part}|(?:[东南西北中新老]|[{numerals.CHINESE}]|工业|商业|文化|科技)?(?:{ends})"
    )


@cache
def _road_ends() -> tuple[str, ...]:
    return tuple(words.vocabulary()["road_ends"])


@cache
def _roads() -> tuple[str, ...]:
    return tuple(words.vocabulary()["road_like"])


def _goes_on(plain: str, end: int) -> bool:
    """Whether what follows makes the name that of a road or a house: 滨江 + 路, 春城 + 花园."""
    return bool(_going_on().match(plain, end))


@cache
def _whole_going_on() -> re.Pattern[str]:
    ends = "|".join(map(re.escape, words.vocabulary()["road_ends"]))
    return re.compile(rf"(?:{ends})|[0-9{numerals.CHINESE}]+(?:区|期)")


def _whole_goes_on(plain: str, end: int) -> bool:
    """Whether a whole name is but the beginning of a road's or a compound's: X村 + 路, + 一区."""
    return bool(_whole_going_on().match(plain, end))


def little_before(plain: str, end: int) -> bool:
    """Whether a word of prose ends here."""
    known, longest = _prose()
    return any(plain[end - size : end] in known for size in range(1, min(longest, end) + 1))


@cache
def _prose() -> tuple[frozenset[str], int]:
    known = frozenset({*words.vocabulary()["prose"], *words.vocabulary()["facing"]})
    return known, max(map(len, known))
