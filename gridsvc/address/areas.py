"""The administrative part of very many addresses: which district of the country each one names.

For whole files, where the engine (`find`) would read every road and number too. Only the names of
provinces, cities and districts are looked up, each at its first two characters, from left to
right. A name that several districts share is decided by the province or city before it; where
nothing decides, all of them come back and none is picked.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from gridsvc.address import words

# What a short name loses, longest first; two characters must be left.
KINDS = ("特别行政区", "自治区", "自治州", "自治县", "地区", "林区", *"省市盟州区县旗")
PEOPLES = ("维吾尔", "壮族", "回族")
# What makes a short name part of another one: 朝阳路, 南京东路, 和平村.
GOES_ON = re.compile("[东西南北中]?[一二三四五六七八九十]?[路街道巷弄里村镇乡大]")
DISTRICT = 6


class Named(NamedTuple):
    """A name as it may stand in a text; short ones count only at its beginning and below what
    was named before."""

    text: str
    short: bool
    codes: tuple[str, ...]


class Area(NamedTuple):
    """The code of the deepest area named, 2, 4 or 6 digits; None where several fit or none."""

    code: str | None
    candidates: tuple[str, ...]


NOWHERE = Area(None, ())


def areas(texts: Iterable[str]) -> list[Area]:
    """The area of each text, in order."""
    names = _names()
    return [_area(names, text) for text in texts]


def _area(names: dict[str, list[Named]], text: str) -> Area:
    place, last, known = 0, len(text) - 1, NOWHERE
    while place < last:
        starting = names.get(text[place : place + 2])
        found = starting and _longest(starting, text, place, known)
        if not found:
            place += 1
            continue
        known = _narrowed(known, found.codes)
        if known.code and len(known.code) == DISTRICT:
            return known
        place += len(found.text)
    return known


def _longest(starting: Sequence[Named], text: str, place: int, known: Area) -> Named | None:
    for one in starting:
        if not text.startswith(one.text, place):
            continue
        if not one.short:
            return one
        if not GOES_ON.match(text, place + len(one.text)) and (
            place == 0 or _below(known, one.codes)
        ):
            return one
    return None


def _below(known: Area, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code.startswith(known.candidates))


def _narrowed(known: Area, codes: tuple[str, ...]) -> Area:
    """What is known after one more name: those below what was known, else what the name says."""
    if known.candidates:
        if below := _below(known, codes):
            return _of(below)
        if len(known.candidates[0]) == DISTRICT:
            # A name above, behind the district's own: it decides between districts of one name.
            above = tuple(code for code in known.candidates if code.startswith(codes))
            return _of(above) if above else known
    return _of(codes)


def _of(codes: tuple[str, ...]) -> Area:
    return Area(codes[0] if len(codes) == 1 else None, codes)


@cache
def _names() -> dict[str, list[Named]]:
    """Every name by its first two characters, the longest first, whole ones before short ones."""
    codes: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for code, name in words.nation():
        for text, short in _forms(name):
            codes[text, short].append(code)
    starting: dict[str, list[Named]] = defaultdict(list)
    for (text, short), held in codes.items():
        starting[text[:2]].append(Named(text, short, tuple(held)))
    for names in starting.values():
        names.sort(key=lambda one: (-len(one.text), one.short))
    return dict(starting)


def _forms(name: str) -> Iterator[tuple[str, bool]]:
    yield name, False
    for kind in KINDS:
        if name.endswith(kind) and len(name) - len(kind) >= 2:
            short = name[: -len(kind)]
            for people in PEOPLES:
                short = short.removesuffix(people) if len(short) > len(people) + 1 else short
            yield short, True
            return
