"""How people tell it: with a form's labels, in figures as on the telephone, with their own home."""

import re
from functools import cache
from typing import NamedTuple

from gridsvc.address import numerals, words
from gridsvc.address.context import little_before
from gridsvc.address.text import STOP, Text

_COLONS = ":：︰﹕"
_FIGURES = rf"0-9{numerals.CHINESE}"
# 二幺五号, 幺栋, 附幺, 二巷幺: only where a number stands. 么 is 幺 in the traditional script.
_SAID = rf"[{_FIGURES}{''.join(numerals.SPOKEN)}]+"
_SPOKEN = re.compile(
    rf"(?:(?<=[-附])|(?<![什怎这那多要])){_SAID}(?=号|栋|幢|座|单元|室|户|楼|层|#|门|院|-|附|,|$)"
    rf"|(?<=附){_SAID}|(?<=[路街巷弄道])幺"
)


class Parted(NamedTuple):
    """A text with only what is said of somebody's home, and with all but that."""

    home: str
    rest: str


def told(said: Text) -> Text:
    """The text without a form's labels and with spoken figures as they are written."""
    if any(one in said.raw for one in _COLONS):
        said = _unlabelled(said)
    if any(one in said.plain for one in numerals.SPOKEN):
        said = said._replace(plain=_SPOKEN.sub(_written, said.plain))
    return said


# From one place to another: what is meant lies somewhere on the way.
_WAY = re.compile(r"从[^,]{2,}?[到至往](?![了过现今目处底此])[^,]{2,}")


def on_the_way(plain: str) -> bool:
    """Whether a text names two ends of a way: 从春城花园到民航大院."""
    return _WAY.search(plain) is not None


def _written(match: re.Match[str]) -> str:
    found = match[0]
    # 拐, 洞 and the like are figures only among figures.
    alone = len(found) == 1 and found not in "幺么"
    return found if alone else found.translate(_spoken_table())


@cache
def _spoken_table() -> dict[int, str]:
    return {ord(said): written for said, written in numerals.SPOKEN.items()}


@cache
def _labels() -> re.Pattern[str]:
    every = sorted(words.vocabulary()["labels"], key=len, reverse=True)
    return re.compile(rf"[-, ]*(?P<label>{'|'.join(every)}){STOP}")


def _unlabelled(said: Text) -> Text:
    """街道：关上街道 is 关上街道; one break remains for the label."""
    kept = [True] * len(said.plain)
    for match in _labels().finditer(said.plain):
        start, end, label = match.start(), match.end(), match.start("label")
        after_gap = label > 0 and said.at[label] - said.at[label - 1] > 1
        begins = start == 0 or label > start or after_gap or little_before(said.plain, label)
        if begins and said.raw[said.at[end - 1]] in _COLONS:
            kept[start : end - 1] = [False] * (end - 1 - start)
    if all(kept):
        return said
    left = [place for place, keep in enumerate(kept) if keep]
    at = [said.at[place] for place in left]
    return Text(
        said.raw, "".join(said.plain[place] for place in left), [*at, said.at[len(said.plain)]]
    )


@cache
def _home() -> re.Pattern[str]:
    every = "|".join(sorted(words.vocabulary()["home"], key=len, reverse=True))
    return re.compile(rf"(?:{every})[,是为]?(?P<where>[^,]{{3,}})")


def parted(plain: str) -> Parted | None:
    """What is said of somebody's home and what beside it, if both are there; not of two homes."""
    match = _home().search(plain)
    if match is None or _home().search(plain, match.end()):
        return None
    start, end = match.span("where")
    rest = plain[: match.start()] + STOP * (end - match.start()) + plain[end:]
    return Parted(STOP * start + plain[start:end] + STOP * (len(plain) - end), rest)
