"""The place that an address means, where one is meant clearly; else why a person must choose."""

import shapely

from gridsvc.address.find import Answer
from gridsvc.address.find import Candidate as Meant
from gridsvc.geo import LonLat
from gridsvc.gridindex import GridIndex
from gridsvc.locate import Candidate, Place

# From here on at least 98 of 100 answers are right (docs/addresses.md); what is less sure, or
# reaches no further than a street, waits for a person with the candidates beside it.
CONFIDENT = 0.9
LEAST_LEVEL = 3
# So many other meanings are worth a person's look.
MOST = 5


def by_address(grid: GridIndex, answer: Answer) -> Place:
    """Where the address lies in this grid: never a silent pick between two places that fit."""
    best = answer.best
    if best is None:
        return Place(None, manual="address_unknown")
    if not best.here:
        return Place(None, manual="address_elsewhere")
    if best.confidence < CONFIDENT or best.level < LEAST_LEVEL:
        return Place(
            None,
            manual="address_unsure",
            confidence=best.confidence,
            candidates=_meanings(grid, answer.candidates),
        )
    row = grid.codes.row(best.code)
    return Place(
        best.point or _inner(grid, row),
        grid.chain(row),
        "address",
        confidence=best.confidence,
        candidates=_meanings(grid, answer.candidates[1:]),
    )


def _meanings(grid: GridIndex, meant: tuple[Meant, ...]) -> tuple[Candidate, ...]:
    """The candidates of this grid, each with how likely it is meant."""
    return tuple(
        Candidate(grid.chain(grid.codes.row(one.code)), one.confidence)
        for one in meant[:MOST]
        if one.here and grid.codes.row(one.code) >= 0
    )


def _inner(grid: GridIndex, row: int) -> LonLat:
    """A point inside the unit, for a mark on the map."""
    point = shapely.point_on_surface(grid.shapes[row])
    return LonLat(point.x, point.y)
