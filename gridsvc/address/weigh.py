"""Candidates for what a text means, each weighed by all that the text says."""

from collections.abc import Iterable

from gridsvc.address import houses
from gridsvc.address.evidence import TOO_MANY, Asked, Target, use_of
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.mentions import Mention
from gridsvc.address.numbers import Token

# Of so many units the buildings are looked at.
MOST_WEIGHED = 24


def weighed(
    gazetteer: Gazetteer, plain: str, said: list[Mention], marks: list[Token]
) -> list[Target]:
    """All candidates, best first; equal ones by level, then code."""
    asked = Asked(gazetteer, plain, said, marks)
    every = (asked.target("unit", row, row, ()) for row in asked.rows())
    # A name that was outdone by a longer one makes no candidate of what it means.
    found = [one for one in every if any(use.row == one.row for use in one.uses)]
    found.sort(key=_worth)
    blocks = houses.blocks(asked)
    for target in found[:MOST_WEIGHED]:
        found.extend(houses.buildings(asked, target, blocks))
    numbered = [*houses.plates(asked), *_spots(asked)]
    found.extend(numbered or houses.along(asked))
    best: dict[tuple[str, int], Target] = {}
    for target in found:
        held = best.get((target.kind, target.ref))
        if held is None or held.score < target.score:
            best[target.kind, target.ref] = target
    codes = gazetteer.codes
    return sorted(
        best.values(), key=lambda one: (*_worth(one), codes[one.row] if one.row >= 0 else "")
    )


def _worth(target: Target) -> tuple[float, int]:
    return (-round(target.score, 6), target.level)


def _spots(asked: Asked) -> Iterable[Target]:
    """Places of interest."""
    for one in asked.pois:
        for spot in one.rows if len(one.rows) <= TOO_MANY else ():
            own = (use_of(one, spot),)
            yield asked.target("poi", spot, asked.gazetteer.spots[spot].row, own)
