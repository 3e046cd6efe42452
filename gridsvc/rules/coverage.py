"""Facility area per 100 households against a standard (domain rule 35).

The source does not say whose households a facility's area is divided by; the rule here is ours.
A facility serves the households of the units named for it, or of the community it stands in, and
gives each of them the same part of its area. What a unit, or any other ground, has is the sum of
what its households have. So a shared facility counts once, children add up to their parent, and a
border that moves takes along exactly what the households between have.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


class Coverage(NamedTuple):
    """What a unit has, in square metres per 100 households. None: it cannot be said."""

    per_100_households: float | None
    met: bool | None
    shortfall_m2: float | None
    no_data: str | None


class Ladder(NamedTuple):
    """n units of any levels.

    `levels` (n,) from 1; `parents` (n, 5) holds the rows of the units above and a unit's own, by
    level, -1 where there is none; `households` (n,), NaN where unknown.
    """

    levels: Rows
    parents: Rows
    households: Floats


class Supply(NamedTuple):
    """What n units are given, in m².

    `area` is the sum of what is known; `open` says that some of it cannot be told. `each` is what
    one household under the unit gets from facilities that serve just this unit.
    """

    area: Floats
    open: npt.NDArray[np.bool_]
    each: Floats


def supply(ladder: Ladder, serves: Sequence[Sequence[int]], areas: Floats) -> Supply:
    """What m facilities give to n units; `serves` are rows of units, `areas` (m,) m² or NaN.

    A unit that stands below another one of the same facility is already served by it. Where the
    households of the served units are unknown or none, they share the area evenly, and what the
    units below them get cannot be told.
    """
    facility, row = _pairs(ladder, serves)
    households = ladder.households[row]
    together = np.zeros(len(areas))
    np.add.at(together, facility, households)
    served = np.bincount(facility, minlength=len(areas))
    by_household = np.nan_to_num(together) > 0
    known = np.nan_to_num(areas)
    each = np.divide(known, together, out=np.full(len(areas), np.nan), where=by_household)
    share = np.where(
        by_household[facility],
        np.nan_to_num(households * each[facility]),
        known[facility] / np.maximum(served, 1)[facility],
    )
    count = len(ladder.levels)
    area, given, blurred = np.zeros(count), np.zeros(count), np.zeros(count, dtype=bool)
    unknown = np.zeros(count, dtype=bool)
    np.add.at(area, row, share)
    np.add.at(given, row, np.nan_to_num(each[facility]))
    unknown[row[np.isnan(areas)[facility]]] = True
    blurred[row[~by_household[facility]]] = True
    return Supply(*_up_and_down(ladder, area, given, unknown, blurred), given)


def _pairs(ladder: Ladder, serves: Sequence[Sequence[int]]) -> tuple[Rows, Rows]:
    """Facility and unit served, (k,) each, without units that stand below another one."""
    pairs = [
        (facility, row)
        for facility, rows in enumerate(serves)
        for row in dict.fromkeys(rows)
        if not set(ladder.parents[row].tolist()) & (set(rows) - {row})
    ]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _up_and_down(
    ladder: Ladder,
    own: Floats,
    each: Floats,
    unknown: npt.NDArray[np.bool_],
    blurred: npt.NDArray[np.bool_],
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Areas of the served units added up to those above, and handed down by households."""
    area, some = own.copy(), unknown.copy()
    for place in range(ladder.parents.shape[1]):
        above = ladder.parents[:, place]
        below = (above >= 0) & (ladder.levels > place + 1)
        np.add.at(area, above[below], own[below])
        some[above[below & unknown]] = True
        area[below] += np.nan_to_num(ladder.households[below] * each[above[below]])
        some[below] |= unknown[above[below]] | blurred[above[below]]
    return area, some


def measure(
    area_m2: float | None, households: int | None, standard: float, more: bool = False
) -> Coverage:
    """area / households x 100. "No data" is not zero, and no households is not infinity.

    `more`: there is further area that nobody measured, so only what is known can be said.
    """
    if households is None:
        return Coverage(None, None, None, "households_unknown")
    if households == 0:
        return Coverage(None, None, None, "no_households")
    if area_m2 is None:
        return Coverage(None, None, None, "area_unknown")
    short = max(0.0, standard * households / 100 - area_m2)
    if more:
        return Coverage(None, True if short == 0 else None, None, "area_unknown")
    return Coverage(area_m2 / households * 100, short == 0, short, None)
