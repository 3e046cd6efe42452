"""How characters sound, so that a word typed by ear is heard as it was meant."""

from functools import cache

from pypinyin import Style, lazy_pinyin, pinyin

# Regional speech and phone keyboards do not tell these apart; the first match counts.
_BEGINNINGS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_ENDINGS = (("ang", "an"), ("eng", "en"), ("ing", "in"), ("ong", "on"))
_FIRST_PRIVATE = 0xE000


def blurred(syllable: str) -> str:
    """A pinyin syllable without the differences that many speakers do not make."""
    for sharp, blunt in _BEGINNINGS:
        if syllable.startswith(sharp):
            syllable = blunt + syllable[len(sharp) :]
            break
    for sharp, blunt in _ENDINGS:
        if syllable.endswith(sharp):
            return syllable[: -len(sharp)] + blunt
    return syllable


@cache
def _hearing() -> dict[int, str]:
    """Code of a character to one private character that stands for its blurred syllable."""
    ideographs = [chr(code) for code in range(0x4E00, 0x9FA6)]
    marks: dict[str, str] = {}
    table = {}
    for character in ideographs:
        syllable = blurred(lazy_pinyin(character)[0])
        mark = marks.setdefault(syllable, chr(_FIRST_PRIVATE + len(marks)))
        table[ord(character)] = mark
    return table


def heard(text: str) -> str:
    """The text with each Chinese character replaced by its sound; the length stays."""
    return text.translate(_hearing())


@cache
def readings(character: str) -> frozenset[str]:
    """All blurred readings of a character."""
    return frozenset(
        blurred(one) for one in pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    )


def spelled(name: str) -> tuple[str, str]:
    """The name in pinyin letters and by its initials: guanshangjiedao, gsjd."""
    syllables = lazy_pinyin(name)
    return "".join(syllables), "".join(one[0] for one in syllables if one)
