"""How likely it is that two matters are one: near, of one kind, at one time, in like words.

A report is never refused for it: likely duplicates are offered with the reasons, and a person
merges. What the words say only ranks; people tell one thing in many ways.
"""

from datetime import timedelta
from typing import NamedTuple

from rapidfuzz import fuzz

from gridsvc.words import Words

# Without a kind on either side only the words can say that it is one matter.
LIKE_WORDS = 0.6


class Matter(NamedTuple):
    """What is compared: the kind, None where nobody has said it, and the words."""

    category: str | None
    text: str


class Likeness(NamedTuple):
    """`score` orders offers, from 0 to 1; the rest is why."""

    score: float
    distance_m: float
    apart: timedelta
    same_kind: bool
    words_alike: float

    @property
    def reasons(self) -> Words:
        hours = abs(self.apart) / timedelta(hours=1)
        zh_time = f"{hours / 24:.0f}天" if hours >= 48 else f"{hours:.0f}小时"
        en_time = f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"
        zh = [f"相距{self.distance_m:.0f}米", f"相隔{zh_time}"]
        en = [f"{self.distance_m:.0f} m apart", f"{en_time} apart"]
        if self.same_kind:
            zh.append("同一类别")
            en.append("of the same category")
        if self.words_alike >= LIKE_WORDS:
            zh.append("描述相近")
            en.append("in like words")
        return Words("，".join(zh), ", ".join(en))


def likeness(
    one: Matter,
    other: Matter,
    distance_m: float,
    apart: timedelta,
    within_m: float,
    within: timedelta,
) -> Likeness | None:
    """How alike two matters are, or None where nobody would ask whether they are one."""
    if distance_m > within_m or abs(apart) > within:
        return None
    same_kind = one.category is not None and one.category == other.category
    words = fuzz.token_set_ratio(one.text, other.text) / 100 if one.text and other.text else 0.0
    unknown = one.category is None or other.category is None
    if not same_kind and not (unknown and words >= LIKE_WORDS):
        return None
    near = 1 - distance_m / within_m if within_m else 1.0
    soon = 1 - abs(apart) / within if within else 1.0
    return Likeness(0.4 * near + 0.4 * words + 0.2 * soon, distance_m, apart, same_kind, words)
