"""What people leave off, swap or add at the end of a unit's name."""

import re
from functools import cache

from gridsvc.address import numerals, words
from gridsvc.address.levels import BUILDING, DISTRICT, PROVINCE, STREET, kind_of

# A national gazetteer's villages are too many to be guessed at by ear; their districts are not.
MOST_TO_HEAR = 120_000


# 彝族乡, 彝族自治县: what a people's name comes before.
_OF_NATIONS = {DISTRICT: ("自治县", "自治旗"), STREET: ("乡", "镇")}
# The parts of a long road.
_PART = re.compile(rf"(?<=...)[东南西北中上下前后{numerals.CHINESE}]段$")
_PHASE = re.compile(rf"(?<=..)[0-9{numerals.CHINESE}东南西北]+[期区]$")
_NUMBER = re.compile(rf"[0-9{numerals.CHINESE}]+号?")


@cache
def _endings(level: int) -> tuple[str, ...]:
    found = words.vocabulary()["full_suffixes"][kind_of(level)]
    return tuple(sorted(found, key=len, reverse=True))


@cache
def _nations() -> re.Pattern[str]:
    one = "|".join(sorted(set(words.vocabulary()["nations"]), key=len, reverse=True))
    return re.compile(rf"(?:{one})+$")


def stems(name: str, level: int) -> tuple[tuple[str, ...], bool]:
    """A name without what its kind adds, and whether the whole name must be kept beside it.

    关上社区居民委员会 -> 关上; 石林彝族自治县 -> 石林, kept whole too; 春城花园 -> kept whole only.
    """
    ending = next((one for one in _endings(level) if name.endswith(one)), "")
    stem = name[: len(name) - len(ending)] if ending else name
    if _NUMBER.fullmatch(stem):
        return (), not _NUMBER.fullmatch(name)
    if not ending or len(stem) < 2:
        return (), True
    bare = _nations().sub("", stem)
    if bare != stem and len(bare) > 1:
        return (bare,), True
    return (stem,), False


def spoken(name: str, level: int) -> str:
    """A name as people say it, without committee or office: 双桥社区居民委员会 -> 双桥社区."""
    tail = next((one for one in _offices().get(kind_of(level), ()) if name.endswith(one)), "")
    return name[: len(name) - len(tail)] if len(name) > len(tail) + 1 else name


@cache
def _place_ends() -> tuple[str, ...]:
    return tuple(sorted(words.vocabulary()["place_like"], key=len, reverse=True))


def cut(name: str) -> str:
    """A compound's name without the word for its kind, or nothing: 春城花园二期 -> 春城."""
    name = _PHASE.sub("", name)
    ending = next((one for one in _place_ends() if name.endswith(one)), "")
    stem = name[: len(name) - len(ending)]
    return stem if ending and len(stem) > 1 else ""


def whole_road(name: str) -> str:
    """The road that a part belongs to, or nothing: 环城东路中段 -> 环城东路."""
    found = _PART.search(name)
    return name[: found.start()] if found else ""


def abbreviations(name: str) -> tuple[str, ...]:
    """Short forms of a long ending, and the ending alone: X经济技术开发区 -> X经开区, 经开区."""
    pairs: dict[str, str] = words.vocabulary()["abbreviations"]
    for long, short in pairs.items():
        if name.endswith(long):
            return name[: -len(long)] + short, short, long
    return ()


@cache
def _offices() -> dict[str, list[str]]:
    found: dict[str, list[str]] = words.vocabulary()["offices"]
    return found


@cache
def _suffixes(level: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    every = words.vocabulary()["suffixes"][kind_of(level)]
    for tail in _OF_NATIONS.get(level, ()):
        every = [*every, *(f"{one}{tail}" for one in words.vocabulary()["nations"])]
    for one in every:
        found.setdefault(one[0], []).append(one)
    return {head: tuple(sorted(set(every), key=len, reverse=True)) for head, every in found.items()}


def suffix_at(plain: str, start: int, level: int) -> int:
    """Length of the longest word for this kind of unit that begins here, or 0."""
    return suffixes_at(plain, start).get(level, 0)


def suffixes_at(plain: str, start: int) -> dict[int, int]:
    """The lengths of the longest words for each kind of unit that begin here, by level."""
    found: dict[int, int] = {}
    for level, one in _heads().get(plain[start : start + 1], ()):
        if level not in found and plain.startswith(one, start):
            found[level] = len(one)
    return found


@cache
def _heads() -> dict[str, list[tuple[int, str]]]:
    """All words for kinds of units by their first characters, the longest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for level in range(PROVINCE, BUILDING):
        for head, every in _suffixes(level).items():
            found.setdefault(head, []).extend((level, one) for one in every)
    return found


def figures(name: str) -> str:
    """The name with its figures in the other writing: 四〇三厂 -> 403厂, 403厂 -> 四〇三厂."""
    if any(one.isascii() and one.isdigit() for one in name):
        return "".join(
            numerals.CHINESE[int(one)] if one.isascii() and one.isdigit() else one for one in name
        )
    return numerals.digits(name)
