"""What keeps a reading from being sure, however well everything else fits."""

import re
from bisect import bisect_left

from gridsvc.address import mentions, numerals
from gridsvc.address.evidence import Target, Use
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import BUILDING, COMPOUND, STREET
from gridsvc.address.mentions import MISSPELT, VARIANT, is_word
from gridsvc.address.nearness import TELLING
from gridsvc.address.pieces import Piece
from gridsvc.address.text import Text

# A part of a compound: the compound is known, the part is not.
_PHASE = re.compile(
    rf"(?:[0-9a-z{numerals.CHINESE}]+|[甲乙丙丁东南西北中新老前后]{{1,2}})(?:期|区|组团)"
)
# What goes on behind a place in so many characters with one of these leads away from it.
TAIL = 6
_AWAY = re.compile("[东南西北左右前后外旁侧角对背临隔斜沿往]|(?<![这那])边")


def raised(gazetteer: Gazetteer, said: Text, best: Target, apart: tuple[Piece, ...]) -> bool:
    """Whether the text may well mean another place than the one that fits best."""
    if any(_may_be_another(gazetteer, said.plain, best, use) for use in best.uses):
        return True
    if best.level < COMPOUND:
        return False
    free = _free(said, apart)
    return _leads_away(said, apart, free) or _holder_goes_on(said.plain, best, free)


def _may_be_another(gazetteer: Gazetteer, plain: str, best: Target, use: Use) -> bool:
    """Whether what is read as a name may well be another's.

    春城 may be any compound that begins so; 春城花园二期 is not 春城花园; and a name that was taken
    for a misspelt one may be known as it stands, or go on to its left (西亚洲公馆 for 新亚洲公馆).
    """
    if use.level == COMPOUND and _PHASE.match(plain, use.end):
        return True
    if use.how in MISSPELT:
        goes_on = use.how == "lost" and use.start > 0 and plain[use.start - 1] in TELLING
        said = plain[use.start : use.end]
        known = mentions.exact(gazetteer, said)
        return goes_on or any(
            one.quality >= VARIANT and one.end - one.start == len(said) for one in known
        )
    if use.level != COMPOUND or use.how not in ("alias", "short"):
        return False
    above = [(one.level, one.row) for one in best.uses if STREET <= one.level < COMPOUND]
    within = max(above)[1] if above else -1
    return any(
        row != use.row and (within < 0 or within in gazetteer.chain(row))
        for row in gazetteer.beginning(plain[use.start : use.end])
    )


def _holder_goes_on(plain: str, best: Target, free: list[bool]) -> bool:
    """Whether something unknown stands between a compound and its building: 春城花园东苑3栋."""
    building = next((use.start for use in best.uses if use.level == BUILDING), 0)
    holder = max((use.end for use in best.uses if use.level == COMPOUND), default=building)
    # 第 is a part of the number behind it.
    between = range(holder, building - plain.startswith("第", building - 1))
    if not any(free[at] for at in between):
        return False
    small = {at for start, end, _ in mentions.small_words(plain) for at in range(start, end)}
    return any(free[at] and at not in small for at in between)


def _leads_away(said: Text, apart: tuple[Piece, ...], free: list[bool]) -> bool:
    """Whether what follows the place goes on to a place beside it: 大观超市右边第二家."""
    told = [one for one in apart if one.counts and one.kind not in ("relation", "phone")]
    if not told:
        return False
    start = end = bisect_left(said.at, told[-1].end)
    while end < min(len(said.plain), start + TAIL) and free[end]:
        end += 1
    return _AWAY.search(said.plain, start, end) is not None


def _free(said: Text, apart: tuple[Piece, ...]) -> list[bool]:
    """For each character of the folded text, whether it is of a word that no piece explains."""
    free = [is_word(one) for one in said.plain]
    for one in apart:
        start, end = bisect_left(said.at, one.start), bisect_left(said.at, one.end)
        free[start:end] = [False] * (end - start)
    return free
