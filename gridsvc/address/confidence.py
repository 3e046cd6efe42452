"""How likely the first candidate is the right one: a logistic fit over a few plain features."""

import json
from functools import cache
from math import exp
from typing import NamedTuple

from gridsvc.address import doubts, words
from gridsvc.address.evidence import Target
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import DISTRICT, STREET
from gridsvc.address.mentions import BARE, is_word
from gridsvc.address.pieces import Piece
from gridsvc.address.text import Text, fold
from gridsvc.address.words import DATA

# Scores that differ by less are equal as far as anybody can tell.
EQUAL = 0.03
# A candidate below this share of the best one's score is not worth showing.
WORTH_SHOWING = 0.4
# Nobody is sure where the text itself says something else by name.
CONTRADICTED, READ_LOOSELY, BARELY = 0.85, 0.6, 0.5
STRONG, MOST_GAP, MOST_EDGE = 9.0, 6, 12


class Judged(NamedTuple):
    """The targets worth showing, a chance for each, and how many fit about equally well."""

    targets: list[Target]
    chances: list[float]
    fitting: int


def judged(
    gazetteer: Gazetteer, said: Text, targets: list[Target], apart: tuple[Piece, ...], doubted: bool
) -> Judged:
    """The candidates that remain beside the best, and the chance of each to be right.

    `doubted`: the text may mean another place than the one that was understood.
    """
    if not targets:
        return Judged([], [], 0)
    best = targets[0]
    rivals = _rivals(gazetteer, targets)
    shown = [best, *(one for one in rivals if _showable(best, one))]
    fitting = 1 + sum(one.net >= best.net - EQUAL * abs(best.net) for one in rivals)
    found = features(said, best, rivals, apart)
    if not gazetteer.numbered:
        found["number"] = 0.0
    chance = min(_logistic(found), _most(found, apart), 1 / fitting)
    if doubted or doubts.raised(gazetteer, said, best, apart):
        chance = min(chance, CONTRADICTED)
    rest = [exp(min(one.score - best.score, 0.0)) for one in shown[1:]]
    share = (1 - chance) / max(sum(rest), 1.0)
    chances = [chance, *(min(chance, share * one) for one in rest)]
    return Judged(shown, [round(one, 3) for one in chances], fitting)


def _most(found: dict[str, float], apart: tuple[Piece, ...]) -> float:
    """What no fit may exceed: a contradiction, a number that led nowhere, a name read loosely."""
    if found["quality"] < BARELY:
        return READ_LOOSELY
    contradicted = any(one.name and not one.counts for one in apart)
    unsure = contradicted or found["number"] or found["quality"] < BARE or found["beside"]
    return CONTRADICTED if unsure else 1.0


def _rivals(gazetteer: Gazetteer, targets: list[Target]) -> list[Target]:
    """Targets that are another place than the best: not what holds it, nor inside it.

    Inside it counts as another place where it fits just as well: 太和 may be three things.
    """
    best = targets[0]
    # What holds a place that is shown already is no further place.
    above = set(gazetteer.chain(best.row))
    seen, found = {best.row}, []
    for one in targets[1:]:
        if one.row in above or one.row in seen:
            continue
        inside = best.row in gazetteer.chain(one.row) if best.row >= 0 else False
        if inside and one.net < best.net * (1 - EQUAL):
            continue
        seen.add(one.row)
        if not inside:
            above.update(gazetteer.chain(one.row))
        found.append(one)
    return found


def _showable(best: Target, one: Target) -> bool:
    named_district = one.level == DISTRICT and any(use.how == "exact" for use in one.uses)
    return one.net >= WORTH_SHOWING * best.net or named_district


def features(
    said: Text, best: Target, rivals: list[Target], apart: tuple[Piece, ...]
) -> dict[str, float]:
    """What the chance is judged by; each from 0 to 1."""
    rival = rivals[0].net if rivals else 0.0
    top = max(best.net, 0.1)
    low = [use.quality for use in best.uses if use.level >= STREET] or [
        use.quality for use in best.uses
    ]
    gap, edge = _unexplained(said, apart)
    followed = list(zip((None, *apart), apart, strict=False))
    return {
        "margin": min(max((top - max(rival, 0.0)) / top, 0.0), 1.0),
        "quality": min(low, default=0.0),
        "against": min(best.against / (top + best.against), 1.0),
        "gap": min(gap, MOST_GAP) / MOST_GAP,
        "edge": min(edge, MOST_EDGE) / MOST_EDGE,
        "number": float(any(_is_unused(one, before) for before, one in followed)),
        "strength": min(top, STRONG) / STRONG,
        "guessed": float(any(one.how == "guess" for one in apart)),
        "beside": float(any(_is_beside(one, before) for before, one in followed)),
        "glued": float(any(use.how in ("lost", "other") for use in best.uses)),
    }


def _unexplained(said: Text, apart: tuple[Piece, ...]) -> tuple[int, int]:
    """Chinese characters that no piece explains: between the pieces, and around them."""
    told = [one for one in apart if one.counts and one.kind not in ("relation", "phone")]
    if not told:
        return 0, sum(map(is_word, said.plain))
    first, last = told[0].start, told[-1].end
    free = [True] * (len(said.raw) + 1)
    for one in apart:
        free[one.start : one.end] = [False] * (one.end - one.start)
    gap = edge = 0
    for place, character in zip(said.at, said.plain, strict=False):
        if free[place] and is_word(character):
            if first <= place < last:
                gap += 1
            else:
                edge += 1
    return gap, edge


def _is_unused(piece: Piece, before: Piece | None) -> bool:
    """Whether a number led nowhere, or not to what bears it (a house number to a building)."""
    if piece.how in ("main_number", "between_numbers", "as_building"):
        return True
    dashed = piece.kind == "number" and "-" in fold(piece.text)
    return (piece.how == "number" and not piece.counts) or (dashed and not _inside(piece, before))


def _is_beside(piece: Piece, before: Piece | None) -> bool:
    """Whether the place meant lies off the one named: across a road may be another community."""
    if piece.kind == "relation":
        return piece.text not in words.vocabulary()["at"] and not _inside(piece, before)
    return piece.kind == "distance"


def _inside(piece: Piece, before: Piece | None) -> bool:
    """Whether a piece stands right behind a number in a building: 3栋2-501, 四楼左边."""
    indoors = ("unit", "floor", "room") if piece.kind == "relation" else ("building", "unit")
    return before is not None and before.kind in indoors and before.end == piece.start


def _logistic(found: dict[str, float]) -> float:
    bias, weights = _fitted()
    total = bias + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + exp(-max(min(total, 30.0), -30.0)))


@cache
def _fitted() -> tuple[float, dict[str, float]]:
    found = json.loads((DATA / "confidence.json").read_text("utf-8"))
    return found["bias"], found["weights"]
