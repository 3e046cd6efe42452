"""Text as people type it, folded to one form, with the way back to what they typed."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

# Beyond this, nobody states an address; the rest of a long letter is not read.
LONGEST = 600
GAP = " "
STOP = ","

# A gap between two figures parts them; any other gap is how somebody's keyboard looks.
_GAPS = re.compile(r"(?<![0-9a-z]) +(?=[0-9a-z])| +(?![0-9a-z ])|(?<=[0-9a-z] ) +")
_DASHES = "-‐‑‒–—―−－﹣~～〜_/／"
_ZEROS = "〇零○◯"
_BLANK = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "So", "Sk", "Zs", "Zl", "Zp"})


class Text(NamedTuple):
    """A folded text. `at[i]` is where its i-th character stood in `raw`; `at[len]` ends it."""

    raw: str
    plain: str
    at: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the folded text, not empty, stood in what was typed."""
        return self.at[start], self.at[end - 1] + 1


def read(raw: str) -> Text:
    """The folded text: half-width, simplified, lower case, without gaps and pictures."""
    head = raw[:LONGEST]
    marked = head.translate(_folds())
    if GAP not in marked:
        return Text(raw, marked, range(len(marked) + 1))
    kept = [True] * len(marked)
    for gap in _GAPS.finditer(marked):
        kept[gap.start() : gap.end()] = [False] * (gap.end() - gap.start())
    at = [index for index, keep in enumerate(kept) if keep]
    plain = "".join(marked[index] for index in at)
    return Text(raw, plain, [*at, len(head)])


def fold(name: str) -> str:
    """A name in the form in which texts are compared."""
    return read(name).plain


class _Folds(dict[int, str]):
    """One character's folded form, worked out when it is first met; always one character."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded(chr(code))
        return found


@cache
def _folds() -> _Folds:
    simplify = OpenCC("t2s").convert
    ideographs = [chr(code) for code in range(0x4E00, 0xA000)]
    simple = simplify("\n".join(ideographs)).split("\n")
    folded = zip(ideographs, simple, strict=True)
    table = {ord(old): new if len(new) == 1 else old for old, new in folded}
    return _Folds(table | {ord(zero): _ZEROS[0] for zero in _ZEROS})


def _folded(character: str) -> str:
    if character in _DASHES:
        return "-"
    if character in _ZEROS:
        return "〇"
    wide = unicodedata.normalize("NFKC", character)
    one = (wide if len(wide) == 1 else character).lower()
    one = one if len(one) == 1 else character
    if one in "#&@" or one.isalnum():
        return one
    if one == "号":
        return one
    return GAP if unicodedata.category(character) in _BLANK else STOP
