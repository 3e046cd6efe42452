"""Figures in Chinese and Arabic writing."""

_DIGITS = {word: number for number, word in enumerate("〇一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}

# As figures are spoken, so that none is taken for another.
SPOKEN = {"幺": "一", "么": "一", "拐": "七", "洞": "〇", "俩": "二"}

CHINESE = "".join(_DIGITS) + "".join(_TENS)


def value(written: str) -> int | None:
    """The number that is written: 12, 十二, 一二, 二百零五; None where it is no number."""
    if written.isascii():
        return int(written) if written.isdigit() else None
    if any(one in _TENS for one in written):
        return _spoken(written)
    digits = [str(_DIGITS[one]) if one in _DIGITS else one for one in written]
    joined = "".join(digits)
    return int(joined) if joined.isascii() and joined.isdigit() else None


def _spoken(written: str) -> int | None:
    total, digit = 0, None
    for one in written:
        if one in _TENS:
            total += (1 if digit is None else digit) * _TENS[one]
            digit = None
        elif one in _DIGITS:
            digit = _DIGITS[one]
        else:
            return None
    return total + (digit or 0)


def digits(name: str) -> str:
    """A name with its Chinese figures written one by one in Arabic: 四〇三厂 -> 403厂."""
    return "".join(str(_DIGITS[one]) if one in _DIGITS and one != "两" else one for one in name)
