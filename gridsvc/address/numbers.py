"""The numbered parts of an address: house, building, unit, floor, room; and telephone numbers."""

import re
from typing import NamedTuple

from gridsvc.address import numerals

_FIGURE = rf"(?:[0-9]+|[{numerals.CHINESE}]+)"
_LETTERS = "a-z甲乙丙丁戊"
# 3, 三, a, a3, 3a, 3-1: what stands before 栋.
_MARK = rf"(?:[{_LETTERS}]?-?{_FIGURE}[{_LETTERS}]?|[{_LETTERS}])"

_TOKENS = re.compile(
    rf"""
    (?=[-+0-9{_LETTERS}{numerals.CHINESE}附负约大往向以朝东南西北前后左右])
    (?:(?P<phone>(?<![0-9])(?:\+?86-?)?1[3-9][0-9](?:-?[0-9]{{4}}){{2}}(?![0-9])
             |(?<![0-9])0[0-9]{{2,3}}-?[0-9]{{7,8}}(?![0-9])
             |(?<![0-9])[2-8][0-9]{{6,7}}(?![0-9]))
    |(?P<away>[往向以朝]?(?:[东南西北]{{1,2}}|[前后左右])(?:[侧边面方]|方向)?(?:约|大约|大概)?
              {_FIGURE}(?:多|余|来)?(?:米|公里|千米|里地|km|m(?![a-z]))
             |[约大]?[0-9]{{2,4}}(?:多|余|来)?米(?:处|左右|远)?)
    |(?P<building>(?P<b_mark>{_MARK})-?(?:号楼|号栋|号幢|号座|栋楼|幢楼|号院|栋|幢|座|\#楼|\#|楼栋|号搂|号塔楼|号厂房))
    |(?P<annex>附(?:属)?(?P<x_mark>[0-9]+|[{numerals.CHINESE}]+)号?)
    |(?P<unit>(?:{_MARK})(?:单元|号?门(?![面口店市窗])|梯(?!田)|单(?=[0-9])))
    |(?P<room>(?:[a-z]?[0-9]{{1,5}}[a-z]?|[{numerals.CHINESE}]{{1,5}})(?:号?[室房](?!产|屋|东)|户(?!外)))
    |(?P<floor>(?:[0-9]{{1,2}}|[{numerals.CHINESE}]{{1,3}}|负[一二12])(?:层|楼(?!下|上|道|栋|梯)|f(?![a-z])))
    |(?P<house>(?P<h_mark>[{_LETTERS}]?{_FIGURE}[{_LETTERS}]?(?:[-之][0-9]+)?)号(?!线|门(?![口前])|厅|桥|公路|店|仓)
        (?:附?(?P<h_part>[0-9]+|[{numerals.CHINESE}]+)号|之(?P<h_of>[0-9]+|[{numerals.CHINESE}]+))?)
    |(?P<dashed>(?<![0-9a-z])[a-z]?[0-9]{{1,4}}[a-z]?(?:[- ][0-9a-z]{{1,5}}){{1,3}}
               |[{numerals.CHINESE}]{{1,3}}(?:-[{numerals.CHINESE}]{{1,5}}){{1,3}})
    |(?P<bare>(?<![0-9a-z])(?:[a-z]?[0-9]{{1,6}}|[a-z](?=区|栋|座))(?![0-9])))
    """,
    re.VERBOSE,
)
_NAME = re.compile(rf"^(?P<mark>{_MARK})-?(?:号楼|栋楼|幢楼|号院|栋|幢|座|#楼|#|楼|号)?$")
_PLATE = re.compile(
    rf"^(?P<mark>[{_LETTERS}]?{_FIGURE}[{_LETTERS}]?)(?:[-之](?P<dash>[0-9]+))?号?"
    rf"(?:附?(?P<part>[0-9]+|[{numerals.CHINESE}]+)号?)?$"
)

# What hangs on a house, right after its road: 215号附2号, 7-附1号, 21之3, 32#, 13号院, 二十四号.
_HOUSE = re.compile(
    rf"""
    (?:[, 的]|上的?)?(?P<main>[{_LETTERS}]?{_FIGURE}[{_LETTERS}]?)
    (?:号(?![线楼桥]))?[ ]?之?[- ]?
    (?:附(?P<annex>{_FIGURE})|(?<=[-之])(?P<dash>[0-9]+(?![0-9-])|[{numerals.CHINESE}]+))?
    (?:号院|号门面|号大院|号|院|\#楼?)?
    """,
    re.VERBOSE,
)
# 附13单元 is 附1 and 3单元 where the plate has no part 13.
_MORE = re.compile(r"单元|门|楼|层|室|户|栋|幢|座")


class Token(NamedTuple):
    """A numbered part. `key` is the number in the one form in which places are looked up."""

    start: int
    end: int
    kind: str
    key: str


def tokens(plain: str) -> list[Token]:
    """The numbered parts of a folded text, in order."""
    return [_token(match) for match in _TOKENS.finditer(plain)]


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup if match.lastgroup in _PLAIN else _kind(match))
    key = match[kind]
    if kind == "building":
        key = mark(match["b_mark"])
    elif kind == "house":
        key = _joined(match["h_mark"], match["h_part"] or match["h_of"])
    elif kind == "annex":
        key = mark(match["x_mark"])
    return Token(match.start(), match.end(), kind, key)


_PLAIN = frozenset({"phone", "away", "unit", "room", "floor", "dashed", "bare"})


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in ("building", "annex", "house") if match[kind])


def mark(written: str) -> str:
    """A building's mark in one form: 三 and 03 are 3, A-3 and a3 are a3."""
    bare = written.replace("-", "")
    head = bare[0] if len(bare) > 1 and not _is_figure(bare[0]) else ""
    rest = bare[len(head) :]
    tail = rest[-1] if len(rest) > 1 and not _is_figure(rest[-1]) else ""
    figure = rest[: len(rest) - len(tail)] if tail else rest
    number = numerals.value(figure)
    return f"{head}{figure if number is None else number}{tail}"


def _is_figure(one: str) -> bool:
    return one.isdigit() or one in numerals.CHINESE


def _joined(written: str, part: str | None) -> str:
    main, _, dash = written.replace("之", "-").partition("-")
    after = dash or part
    return f"{mark(main)}-{mark(after)}" if after else mark(main)


def houses_at(plain: str, start: int) -> list[tuple[int, str]]:
    """What may stand on the plate in a text right after a road's name: (end, key), likeliest first.

    Where figures run together with those of what follows, shorter readings come after.
    """
    match = _HOUSE.match(plain, start)
    if match is None:
        return []
    main, part = match["main"], match["annex"] or match["dash"]
    last = "annex" if match["annex"] else "dash" if match["dash"] else "main"
    found = [(match.end(), _joined(main, part))]
    written = match[last]
    together = last == "annex" or _MORE.match(plain, match.end())
    if match.end() == match.end(last) and together:
        for size in range(len(written) - 1, 0, -1):
            short = written[:size]
            key = _joined(main, short) if part else _joined(short, None)
            found.append((match.start(last) + size, key))
    return found


def building_key(name: str) -> str | None:
    """The mark in a building's name (3栋, B座, 12号楼), or None where it is a name of its own."""
    match = _NAME.match(name)
    return mark(match["mark"]) if match else None


def plate_key(number: str) -> str | None:
    """The number on a house's plate (215号, 215号附2号, 215-2号) in one form, or None."""
    match = _PLATE.match(number)
    return _joined(match["mark"], match["dash"] or match["part"]) if match else None
