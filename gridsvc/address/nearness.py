"""Names that were typed by ear, misread, or with a character too many or too few."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from gridsvc.address import shapes, sounds

# What one character costs that is not the one in the name: of the same sound; drawn alike, from
# the closest to the faintest likeness that people mix up; any other; one too many or too few.
SOUND, SHAPE, FAINT, OTHER, LOST = 0.28, 0.32, 0.68, 1.05, 0.8
ALIKE, FAINTLY_ALIKE = 0.88, 0.64
# Two neighbours the wrong way round.
SWAPPED = 0.8
SOUND_AND_SHAPE = 0.22
# Of so little likeness, a name may hold one character in four; a short name less.
DOUBTFUL, MOST_IN_SHORT, MOST_IN_SOME = 0.42, 0.56, 0.78
# 三期 is no misspelt 二期, nor 东村 a misspelt 西村.
MEANT = 2.0
TELLING = frozenset("0123456789abcdef〇一二三四五六七八九十东西南北中上下大小前后新老左右")
LONGEST, LONGEST_TWICE, MOST_TWICE = 14, 12, 8
WORST, WORST_LOST = 0.62, 0.7


# A name of so many characters is known only by all of them. In a key, a gap stands for any sound,
# and a mark is before what lacks one.
SHORT, GAP, LESS = 3, " ", "-"
# Names by number under a key; most keys have one.
Table = dict[str, list[int] | int]


class Near(NamedTuple):
    """A span that is nearly a name: its senses, how good it is from 0 to 1, and how it errs."""

    start: int
    end: int
    name: str
    senses: tuple[Any, ...]
    quality: float
    how: str


class NearIndex:
    """Names by their sounds: whole, with a gap for one sound, and with one or two left out."""

    def __init__(self, named: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
        self.names: list[tuple[str, tuple[Any, ...]]] = list(named)
        self.once: Table = {}
        self.twice: Table = {}
        # Pairs of sounds that stand in a name side by side, or with one between them.
        self.pairs: set[str] = set()
        self.longest = 0
        for number, (name, _) in enumerate(self.names):
            self._add(number, sounds.heard(name))

    def _add(self, number: int, heard: str) -> None:
        size = len(heard)
        if size > LONGEST:
            return
        self.longest = max(self.longest, size)
        self.pairs.update(heard[at : at + 2] for at in range(size - 1))
        self.pairs.update(heard[at] + heard[at + 2] for at in range(size - 2))
        _append(self.once, heard, number)
        for at in range(size):
            _append(self.once, with_gap(heard, at), number)
            if size > SHORT:
                _append(self.once, LESS + without(heard, at), number)
        if SHORT < size <= LONGEST_TWICE:
            for key in without_two(heard):
                _append(self.twice, key, number)

    def within(self, plain: str, heard: str, start: int, end: int, twice: bool) -> list[Near]:
        """The best near-names in a stretch of text, the best first."""
        found: list[Near] = []
        shortest, longest = (4, LONGEST_TWICE - 2) if twice else (SHORT, self.longest + 1)
        strange = [at for at in range(start, end - 1) if heard[at : at + 2] not in self.pairs]
        for size in range(shortest, min(end - start, longest) + 1):
            for first in range(start, end - size + 1):
                last = first + size
                near = strange[bisect_left(strange, first) : bisect_left(strange, last - 1)]
                odd = [at - first for at in near]
                said = heard[first:last]
                keys = _twice(said, odd) if twice else _once(said, odd)
                for number in self._under(keys, twice) if keys else ():
                    name, senses = self.names[number]
                    quality, how = likeness(plain[first:last], name)
                    if quality >= (WORST_LOST if how == "lost" else WORST):
                        found.append(Near(first, last, name, senses, quality, how))
        found.sort(key=lambda one: (-one.quality * len(one.name), one.start, one.end, one.name))
        return found

    def _under(self, keys: list[str], twice: bool) -> set[int]:
        """The names under any of the keys, by their numbers."""
        table = self.twice if twice else self.once
        found: set[int] = set()
        for key in table.keys() & keys:
            hit = table[key]
            if isinstance(hit, int):
                found.add(hit)
            else:
                found.update(hit)
        return found


def _once(heard: str, odd: list[int]) -> list[str]:
    """Keys of names with another sound in one place, one sound more or less, or two swapped.

    `odd` are the places of pairs that no name has: what is wrong is there.
    """
    if not odd:
        places, keys = range(len(heard)), [heard, LESS + heard]
    elif len(odd) == 1:
        places, keys = range(odd[0], odd[0] + 2), []
    elif len(odd) == 2 and odd[1] == odd[0] + 1:
        places, keys = range(odd[1], odd[1] + 1), []
    else:
        return []
    keys += [with_gap(heard, at) for at in places]
    if len(heard) > SHORT:
        keys += [swapped(heard, at) for at in places[:-1]]
    if len(heard) > SHORT + 1:
        keys += [without(heard, at) for at in places]
    return keys


def _twice(heard: str, odd: list[int]) -> list[str]:
    """Keys of names with two more sounds, or with one or two others."""
    if len(odd) > min(4, len(heard) - 2):
        return []
    return [heard, *(without_two(heard) if len(heard) <= MOST_TWICE else ())]


def _append(table: Table, key: str, number: int) -> None:
    held = table.get(key)
    if held is None:
        table[key] = number
    elif isinstance(held, int):
        if held != number:
            table[key] = [held, number]
    elif held[-1] != number:
        held.append(number)


def with_gap(text: str, at: int) -> str:
    """The text with a gap for one of its characters."""
    return text[:at] + GAP + text[at + 1 :]


def swapped(text: str, at: int) -> str:
    """The text with a character and the next the wrong way round."""
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def without(text: str, at: int) -> str:
    """The text without one of its characters."""
    return text[:at] + text[at + 1 :]


def without_two(text: str) -> list[str]:
    if len(text) < 4:
        return []
    return [
        text[:one] + text[one + 1 : other] + text[other + 1 :]
        for one in range(len(text))
        for other in range(one + 1, len(text))
    ]


@lru_cache(maxsize=1 << 16)
def likeness(typed: str, name: str) -> tuple[float, str]:
    """How likely the typed span means the name, 0 to 1, and how it errs."""
    if typed == name:
        return 1.0, "exact"
    if len(typed) == len(name):
        wrong = [_cost(one, other) for one, other in zip(typed, name, strict=True) if one != other]
        if len(wrong) == 2 and len(name) > 3 and _swapped(typed, name):
            return 1 - SWAPPED / (len(name) - 1.0), "other"
        cost, how = sum(cost for cost, _ in wrong), max(wrong)[1]
        doubtful = sum(one > DOUBTFUL for one, _ in wrong)
        most = MOST_IN_SHORT if len(name) < 4 else MOST_IN_SOME if len(name) < 6 else cost
        if doubtful > max(len(name) // 4, 1) or ((len(wrong) > 1 or len(name) < 4) and cost > most):
            return 0.0, how
    elif abs(len(typed) - len(name)) == 1 and len(name) > 3:
        cost, how = _shifted(*sorted((typed, name), key=len)), "lost"
    elif len(name) - len(typed) == 2 and len(typed) > 4:
        cost, how = _left_out(typed, name), "lost"
    else:
        return 0.0, "other"
    return 1 - cost / max(len(name) - 1.0, 2.0), how


def _swapped(typed: str, name: str) -> bool:
    """Whether two neighbouring characters changed places: 大桥板 for 大板桥."""
    at = next(at for at, one in enumerate(typed) if one != name[at])
    return typed[at : at + 2] == name[at : at + 2][::-1]


def _left_out(typed: str, name: str) -> float:
    """The cost of two neighbouring characters left out: 国际 in 螺湾国际商贸城."""
    gaps = (name[:gap] + name[gap + 2 :] for gap in range(1, len(name) - 2))
    return 2 * LOST if typed in gaps else float(len(name))


def _shifted(short: str, long: str) -> float:
    """The cost of one character more in `long`, and of whatever else differs."""
    # What begins or ends alike is alike wherever the character too many is.
    while short and short[0] == long[0]:
        short, long = short[1:], long[1:]
    while short and short[-1] == long[-1]:
        short, long = short[:-1], long[:-1]
    gaps = range(len(long))
    return LOST + min(_replaced(short, long[:gap] + long[gap + 1 :]) for gap in gaps)


def _replaced(typed: str, name: str) -> float:
    """The cost of all characters that are not those in a name of the same length."""
    pairs = zip(typed, name, strict=True)
    return sum(_cost(one, other)[0] for one, other in pairs if one != other)


@lru_cache(maxsize=1 << 17)
def _cost(one: str, other: str) -> tuple[float, str]:
    if one in TELLING and other in TELLING:
        return MEANT, "other"
    alike = shapes.alike(one, other)
    if sounds.heard(one) == sounds.heard(other) or sounds.readings(one) & sounds.readings(other):
        return (SOUND_AND_SHAPE if alike >= ALIKE else SOUND), "sound"
    if alike < FAINTLY_ALIKE:
        return OTHER, "other"
    share = min((ALIKE - alike) / (ALIKE - FAINTLY_ALIKE), 1.0)
    return SHAPE + max(share, 0.0) * (FAINT - SHAPE), "shape"
