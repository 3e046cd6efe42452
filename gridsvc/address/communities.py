"""Which stretches of a text name a community, among the names of many districts.

People name a village without the word for its kind, and compounds bear villages' names. Which it is
is told by where the stretch stands, by what follows, and by whether the place that is meant has a
community of that name: a logistic fit over these (data/communities.json), and over no words.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import exp
from typing import NamedTuple

from gridsvc.address import mentions, numbers, numerals, words
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import CITY, COMMUNITY, STREET
from gridsvc.address.mentions import is_word
from gridsvc.address.words import DATA

# From this chance a stretch is shown; one longer than so many characters is no name.
SHOWN, LONGEST = 0.35, 9
# A road's name has so many characters as a rule: 明月路, 明月东路.
USUAL_ROAD = (3, 4)
_BUILDING = ("building", "dashed", "unit", "annex", "bare")
_OFFICE = ("会", "委", "行政村", "大队")


class Upper(NamedTuple):
    """A span that names something above a community, and its level."""

    start: int
    end: int
    level: int


class Stretch(NamedTuple):
    """A span that may name a community, and the row of the one near the place meant, or -1."""

    start: int
    end: int
    row: int


def found(gazetteer: Gazetteer, plain: str, upper: Sequence[Upper], meant: int) -> list[Stretch]:
    """The stretches that name communities, apart from each other; `meant` is the row answered."""
    text = Surroundings(plain, upper)
    judged = [
        (chance(features(gazetteer, text, one, meant)), one)
        for one in candidates(gazetteer, text, meant)
    ]
    chosen: list[Stretch] = []
    for sure, one in sorted(judged, key=lambda pair: (-pair[0], pair[1])):
        if sure < SHOWN:
            break
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return chosen


class Surroundings:
    """A folded text with the spans above communities and its numbers."""

    def __init__(self, plain: str, upper: Sequence[Upper]) -> None:
        self.plain = plain
        self.begins = {one.start for one in upper}
        self.ends = {one.end: one.level for one in upper}
        self.numbers = numbers.tokens(plain)
        self.taken = sum((1 << one.end) - (1 << one.start) for one in upper)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing above a community lies in the span."""
        return not self.taken >> start & (1 << end - start) - 1

    def opens(self, start: int) -> bool:
        """Whether a name begins here: at the beginning, after something higher, or after a gap."""
        return start == 0 or start in self.ends or not _is_letter(self.plain[start - 1])

    def run(self, start: int) -> int:
        """Where the Chinese characters end that begin here and that nothing higher covers."""
        end = start
        while end < len(self.plain) and is_word(self.plain[end]) and self.free(end, end + 1):
            end += 1
        return end


def candidates(gazetteer: Gazetteer, text: Surroundings, meant: int) -> Iterator[Stretch]:
    """Names of communities near the place meant, and what ends with a word for a community."""
    near = _near(gazetteer, text, meant)
    yield from (Stretch(start, end, row) for (start, end), row in near.items())
    for start in range(len(text.plain)):
        if not text.opens(start) or not is_word(text.plain[start]):
            continue
        for match in _ends().finditer(text.plain, start, min(text.run(start), start + LONGEST)):
            if match.end() - start > 1 and (start, match.end()) not in near:
                yield Stretch(start, match.end(), -1)


def _near(gazetteer: Gazetteer, text: Surroundings, meant: int) -> dict[tuple[int, int], int]:
    """Spans that name a community in the city of the place meant, the nearest for each."""
    levels, chain = gazetteer.levels, gazetteer.chain
    around = [up for up in chain(meant) if CITY <= levels[up] <= STREET]
    named = [one for one in mentions.exact(gazetteer, text.plain) if one.level == COMMUNITY]
    spans: dict[tuple[int, int], int] = {}
    for up in around:
        for one in named:
            row = next((row for row in one.rows if up in chain(row)), -1)
            if row >= 0 and text.free(one.start, one.end):
                spans[one.start, one.end] = row
                if more := _ends().match(text.plain, one.end):
                    spans[one.start, more.end()] = row
    return spans


def features(
    gazetteer: Gazetteer, text: Surroundings, one: Stretch, meant: int
) -> dict[str, float]:
    """What the chance is judged by: the name, what is known of it, what is before and after it."""
    name = text.plain[one.start : one.end]
    kind = next((end for end in _longest() if name.endswith(end)), "")
    stem = len(name) - len(kind)
    towns = {up for up in gazetteer.chain(meant) if gazetteer.levels[up] == STREET}
    bare = not kind
    after = _after(text, one)
    later = next((mark.kind for mark in text.numbers if mark.start >= one.end), "")
    return {
        "bare": bare,
        "new": kind == "新村",
        "office": kind.endswith(_OFFICE) or (bool(kind) and not stem),
        "town": one.row >= 0 and not towns.isdisjoint(gazetteer.chain(one.row)),
        "street": text.ends.get(one.start) == STREET,
        "inside": not text.opens(one.start),
        "building": after == "building" or later in _BUILDING[:3],
        **{what: after == what for what in _AFTER},
        "bare_text": bare and after == "text",
        "bare_two": bare and stem == 2,
        "bare_road": bare and name.endswith(_road_ends()),
        "short": stem == 1,
        "long": max(stem - 3, 0) / 2,
    }


_AFTER = ("road", "road_end", "group", "end_word", "text", "end")


def _after(text: Surroundings, one: Stretch) -> str:
    """What kind of thing follows a stretch."""
    plain, at = text.plain, one.end
    if at >= len(plain) or at in text.begins or not (_is_letter(plain[at]) or plain[at] == "#"):
        return "end"
    if _group().match(plain, at):
        return "group"
    number = next((mark.kind for mark in text.numbers if mark.start == at), None)
    if number:
        return "building" if number in _BUILDING else number
    if _ends().match(plain, at) or _places().match(plain, at):
        return "end_word"
    if _roads().match(plain, at):
        return "road_end"
    road, place = _road_ahead().match(plain, at), _place_ahead().match(plain, at)
    if road is None or mentions.little_at(plain, at) or (place and place.end() < road.end()):
        return "text"
    return "road" if road.end() - at in USUAL_ROAD else "other_road"


def _is_letter(one: str) -> bool:
    return is_word(one) or one.isalnum()


def chance(told: dict[str, float]) -> float:
    """How likely a stretch with these features names a community."""
    bias, weights = _fitted()
    total = bias + sum(weights.get(name, 0.0) * value for name, value in told.items())
    return 1 / (1 + exp(-total))


@cache
def _fitted() -> tuple[float, dict[str, float]]:
    read = json.loads((DATA / "communities.json").read_text("utf-8"))
    return read["bias"], read["weights"]


@cache
def _longest() -> tuple[str, ...]:
    return tuple(sorted(words.vocabulary()["community_ends"], key=len, reverse=True))


def _any(every: Iterable[str], before: str = "") -> re.Pattern[str]:
    ordered = sorted(map(re.escape, every), key=len, reverse=True)
    return re.compile(f"{before}(?:{'|'.join(ordered)})")


@cache
def _ends() -> re.Pattern[str]:
    return _any(words.vocabulary()["community_ends"])


@cache
def _places() -> re.Pattern[str]:
    return _any(words.vocabulary()["place_like"])


@cache
def _road_ends() -> tuple[str, ...]:
    return (*words.vocabulary()["road_ends"], "公路", "线")


@cache
def _roads() -> re.Pattern[str]:
    return _any(_road_ends())


@cache
def _road_ahead() -> re.Pattern[str]:
    return _any(_road_ends(), "[\u3400-\u9fff]{1,4}?")


@cache
def _place_ahead() -> re.Pattern[str]:
    return _any(words.vocabulary()["place_like"], "[\u3400-\u9fff]{0,4}?")


@cache
def _group() -> re.Pattern[str]:
    return re.compile(rf"[0-9{numerals.CHINESE}东南西北]+[组社队区期村]")
