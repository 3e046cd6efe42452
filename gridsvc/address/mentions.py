"""Where a text names something that the gazetteer holds."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from gridsvc.address import naming, words
from gridsvc.address.gazetteer import ALIAS, CUT, EXACT, OLD, PART, STEM, Gazetteer, Group
from gridsvc.address.levels import COMPOUND, DISTRICT, POI, ROAD

# How sure a mention is by how it is written, before anything is known of its surroundings.
WHOLE, VARIANT, BARE, LOOSE, STRANGE = 1.0, 0.9, 0.72, 0.4, 0.2
# How a name errs that was found by its sound or shape (see nearness).
MISSPELT = ("sound", "shape", "lost", "other")
_FLAVOUR = {EXACT: "exact", ALIAS: "alias", OLD: "old"}


class Mention(NamedTuple):
    """A span of the text and the rows it may mean. `quality` is 0 to 1, `weight` its evidence.

    `level` is of gazetteer levels; for roads and places of interest `rows` are their numbers.
    """

    start: int
    end: int
    level: int
    rows: Sequence[int] | frozenset[int]
    how: str
    quality: float
    weight: float


def weight(level: int, size: int, quality: float) -> float:
    """Evidence in a mention of so many characters; a district's name tells little within it."""
    scale = 0.75 if level <= DISTRICT and quality >= VARIANT else 1.0
    return quality * scale * (min(size, 8) + 1)


def exact(gazetteer: Gazetteer, plain: str) -> list[Mention]:
    """Every name in the text, in order; overlapping ones too."""
    found: list[Mention] = []
    lengths, names = gazetteer.lengths, gazetteer.names
    for start in range(len(plain) - 1):
        for size in lengths.get(plain[start : start + 2], ()):
            groups = names.get(plain[start : start + size])
            if groups is None or start + size > len(plain):
                continue
            after = naming.suffixes_at(plain, start + size)
            for group in groups:
                found.extend(_said(gazetteer, plain, start, start + size, group, after))
    return found


def _said(
    gazetteer: Gazetteer, plain: str, start: int, end: int, group: Group, after: dict[int, int]
) -> Iterable[Mention]:
    """The mentions in a name; `after` are the words for kinds of units that follow, by level."""
    level, how = group.level, group.how
    if level >= ROAD:
        old = level == POI and all(gazetteer.spots[one].old for one in group.rows)
        quality = VARIANT if how == PART else WHOLE
        named = "old" if old else "short" if how == PART else "exact"
        return (_mention(start, end, level, group.rows, named, quality),)
    if how == CUT:
        return (_mention(start, end, level, group.rows, "short", BARE),)
    if how == STEM:
        return _stem(gazetteer, plain, start, end, group, after)
    more = after.get(level, 0) if level == COMPOUND else 0
    cut = end - start <= 3 and not more and _other_kind(after, level)
    quality = STRANGE if cut else VARIANT if more else WHOLE
    flavour = _FLAVOUR.get(how, "exact")
    return (_mention(start, end + more, level, group.rows, flavour, quality),)


def _stem(
    gazetteer: Gazetteer, plain: str, start: int, end: int, group: Group, after: dict[int, int]
) -> Iterable[Mention]:
    """A stem with a suffix of its kind, or bare; bare ones may turn out to be chance."""
    level, rows = group.level, group.rows
    more = after.get(level, 0)
    if not more:
        quality = STRANGE if _other_kind(after, level) else BARE
        return (_mention(start, end, level, rows, "short", quality),)
    whole = plain[start : end + more]
    same = [row for row in rows if gazetteer.plain_name(row) == whole]
    found = [_mention(start, end + more, level, same, "exact", WHOLE)] if same else []
    if len(same) < len(rows):
        others = [row for row in rows if row not in same] if same else rows
        found.append(_mention(start, end + more, level, others, "suffix", VARIANT))
    return found


def _other_kind(after: dict[int, int], level: int) -> bool:
    """Whether a word for another kind of unit of the grid follows."""
    return any(DISTRICT <= other < COMPOUND and other != level for other in after)


def _mention(
    start: int,
    end: int,
    level: int,
    rows: Sequence[int] | frozenset[int],
    how: str,
    quality: float,
) -> Mention:
    return Mention(start, end, level, rows, how, quality, weight(level, end - start, quality))


def remade(one: Mention, quality: float) -> Mention:
    """The mention with another quality."""
    return one._replace(quality=quality, weight=weight(one.level, one.end - one.start, quality))


def little_at(plain: str, start: int) -> bool:
    """Whether a word of prose, or one for a place beside, begins here."""
    return bool(_little().match(plain, start))


def is_word(one: str) -> bool:
    return "\u3400" <= one <= "\u9fff"


@cache
def _little() -> re.Pattern[str]:
    """Words that people put around an address: prose and places beside it."""
    vocabulary = words.vocabulary()
    every = sorted({*vocabulary["prose"], *vocabulary["facing"]}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every)))


@lru_cache(maxsize=16)
def small_words(plain: str) -> tuple[tuple[int, int, str], ...]:
    """Spans of prose and of relative words: (start, end, kind) with kind prose or facing."""
    facing = words.vocabulary()["facing"]
    return tuple(
        (match.start(), match.end(), "facing" if match[0] in facing else "prose")
        for match in _little().finditer(plain)
    )
