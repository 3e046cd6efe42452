"""Wrong characters as people type them: of the same sound, or of much the same shape."""

from collections import defaultdict
from functools import cache

import numpy as np
from pypinyin import lazy_pinyin

# The 3,755 common characters stand first in this old encoding, row by row.
ROWS = range(0xB0, 0xD8)
CELLS = range(0xA1, 0xFF)


def alike(character: str, shapes: tuple[str, ...], by_shape: bool) -> list[str]:
    """Other characters that could be typed for this one, by their shape or by their sound."""
    if by_shape:
        return [one for group in shapes if character in group for one in group if one != character]
    return [one for one in _sounds().get(_sound(character), "") if one != character]


def slip(
    name: str, count: int, by_shape: bool, shapes: tuple[str, ...], rng: np.random.Generator
) -> str | None:
    """The name with so many characters wrong; None where it has not so many that can be."""
    choices = {place: alike(one, shapes, by_shape) for place, one in enumerate(name)}
    able = [place for place, others in choices.items() if others]
    if len(able) < count:
        return None
    letters = list(name)
    for place in rng.choice(able, count, replace=False).tolist():
        letters[place] = choices[place][rng.integers(len(choices[place]))]
    return "".join(letters)


def _sound(character: str) -> str:
    return lazy_pinyin(character)[0]


@cache
def _sounds() -> dict[str, str]:
    """The common characters of each sound, tones left aside."""
    found: dict[str, str] = defaultdict(str)
    for row in ROWS:
        for cell in CELLS:
            character = bytes((row, cell)).decode("gb2312", errors="ignore")
            if character:
                found[_sound(character)] += character
    return dict(found)
