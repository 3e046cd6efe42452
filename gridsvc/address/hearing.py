"""Stretches of a text that no name explains, listened to for names that were misspelt."""

from gridsvc.address import mentions
from gridsvc.address.evidence import Target
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import COMMUNITY, COMPOUND
from gridsvc.address.mentions import VARIANT, Mention
from gridsvc.address.nearness import Near
from gridsvc.address.numbers import Token
from gridsvc.address.sounds import heard

# A guess is never worth as much as the name itself.
GUESSED = 0.92
MOST, MOST_OF_A_NAME = 14, 8
GOOD_GUESS = 0.75
# A rival below this share of the best; a stretch at most so many characters before it.
RIVAL, NEAR_BY = 0.85, 6


def misspelt(
    gazetteer: Gazetteer,
    plain: str,
    said: list[Mention],
    marks: list[Token],
    targets: list[Target],
) -> list[Mention]:
    """Mentions of names written wrongly, in the stretches that are not explained."""
    doubted = bool(targets) and targets[0].against > 0 and targets[0].row < gazetteer.home
    wanted = stretches(plain, said, marks, doubted)
    if _plain_enough(gazetteer, targets):
        wanted = [run for run in wanted if _beside(run, targets[0])]
    sounds = heard(plain) if wanted else ""
    found: list[Near] = []
    for start, end in wanted:
        near = gazetteer.near.within(plain, sounds, start, end, twice=False)
        if end - start >= 4 and not (near and near[0].quality >= GOOD_GUESS):
            near += gazetteer.near.within(plain, sounds, start, end, twice=True)
        found.extend(one for one in near[: MOST * 2] if one.quality < 1)
    found.sort(key=lambda one: -one.quality * len(one.name))
    return [mention for one in found[:MOST] for mention in _mentions(plain, one)]


def _plain_enough(gazetteer: Gazetteer, targets: list[Target]) -> bool:
    """Whether a compound, house or place is found that nothing rivals or contradicts."""
    if not targets or targets[0].level < COMPOUND or targets[0].against:
        return False
    best = targets[0]
    above = gazetteer.chain(best.row)
    rivals = (one.score for one in targets[1:] if one.row not in above)
    return max(rivals, default=0.0) < RIVAL * best.score


def _beside(run: tuple[int, int], best: Target) -> bool:
    """Whether a stretch lies before the end of what was found, not far from its beginning."""
    return run[0] < best.uses[-1].end and run[1] > best.uses[0].start - NEAR_BY


def stretches(
    plain: str, said: list[Mention], marks: list[Token], doubted: bool = False
) -> list[tuple[int, int]]:
    """Runs of three and more characters that no whole name, number or small word covers.

    `doubted`: what was found contradicts itself, so names of compounds and below may be wrong too.
    """
    free = [mentions.is_word(one) or one.isalnum() for one in plain]
    begins = {one.start for one in said if one.quality >= VARIANT} | {mark.start for mark in marks}
    for mark in marks:
        if mark.kind != "bare":
            free[mark.start : mark.end] = [False] * (mark.end - mark.start)
    for start, end, _ in mentions.small_words(plain):
        if end - start > 1:
            free[start:end] = [False] * (end - start)
    for one in sorted(said, key=lambda one: one.start):
        sure = one.quality >= VARIANT and one.end - one.start > 2
        if sure and not (doubted and one.level >= COMPOUND) and _ends(plain, one, begins, free):
            free[one.start : one.end] = [False] * (one.end - one.start)
    return [run for run in _runs(free) if run[1] - run[0] > 2 or doubted]


def _ends(plain: str, one: Mention, begins: set[int], free: list[bool]) -> bool:
    """Whether a name begins and ends where it seems to.

    春城 in 春城花圆 may be the half of another name, and so may 段家庄 in 串段家庄.
    """
    if one.how in ("exact", "suffix") and one.level <= COMMUNITY:
        return True
    if one.start and free[one.start - 1] and mentions.is_word(plain[one.start - 1]):
        return False
    return one.end == len(plain) or one.end in begins or not mentions.is_word(plain[one.end])


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


def _mentions(plain: str, near: Near) -> list[Mention]:
    quality = near.quality * GUESSED
    # The stem of three is right and the word for its kind is not there: it was found already.
    stem_alone = len(near.name) == 3 and plain[near.start : near.end - 1] == near.name[:-1]
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
        if not (stem_alone and group.level <= COMMUNITY)
    ]
