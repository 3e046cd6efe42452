"""Stretches of a text that no name explains, listened to for names that were misspelt."""

from gridsvc.address import mentions
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.mentions import VARIANT, Mention
from gridsvc.address.nearness import Near
from gridsvc.address.numbers import Token
from gridsvc.address.sounds import heard

# A guess is never worth as much as the name itself.
GUESSED = 0.92
MOST, MOST_OF_A_NAME = 14, 8
GOOD_GUESS = 0.75


def misspelt(
    gazetteer: Gazetteer, plain: str, said: list[Mention], marks: list[Token]
) -> list[Mention]:
    """Mentions of names written wrongly, in the stretches that are not explained."""
    sounds = heard(plain)
    found: list[Near] = []
    for start, end in stretches(plain, said, marks):
        near = gazetteer.near.within(plain, sounds, start, end, twice=False)
        if end - start >= 4 and not (near and near[0].quality >= GOOD_GUESS):
            near += gazetteer.near.within(plain, sounds, start, end, twice=True)
        found.extend(one for one in near[: MOST * 2] if one.quality < 1)
    found.sort(key=lambda one: -one.quality * len(one.name))
    return [mention for one in found[:MOST] for mention in _mentions(gazetteer, one)]


def stretches(plain: str, said: list[Mention], marks: list[Token]) -> list[tuple[int, int]]:
    """Runs of two and more Chinese characters that no whole name, number or small word covers."""
    free = [mentions.is_word(one) or one.isalnum() for one in plain]
    begins = {one.start for one in said if one.quality >= VARIANT} | {mark.start for mark in marks}
    for one in said:
        if one.quality >= VARIANT and one.end - one.start > 2 and _ends(plain, one, begins):
            free[one.start : one.end] = [False] * (one.end - one.start)
    for mark in marks:
        if mark.kind != "bare":
            free[mark.start : mark.end] = [False] * (mark.end - mark.start)
    for start, end, _ in mentions.small_words(plain):
        if end - start > 1:
            free[start:end] = [False] * (end - start)
    return _runs(free)


def _ends(plain: str, one: Mention, begins: set[int]) -> bool:
    """Whether a name ends where it seems to: 春城 in 春城花圆 may be the half of another name."""
    return (one.how in ("exact", "suffix") and one.level <= 3) or (
        one.end == len(plain) or one.end in begins or not mentions.is_word(plain[one.end])
    )


def _runs(free: list[bool]) -> list[tuple[int, int]]:
    runs, start = [], -1
    for place, one in enumerate([*free, False]):
        if one and start < 0:
            start = place
        elif not one and start >= 0:
            if place - start > 1:
                runs.append((start, place))
            start = -1
    return runs


def _mentions(gazetteer: Gazetteer, near: Near) -> list[Mention]:
    quality = near.quality * GUESSED
    return [
        Mention(
            near.start,
            near.end,
            group.level,
            group.rows,
            near.how,
            quality,
            mentions.weight(group.level, near.end - near.start, quality),
        )
        for group in near.senses
    ]
