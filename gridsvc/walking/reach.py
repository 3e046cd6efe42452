"""Who reaches a facility of a type on foot in time (standard service_circle_15_minutes).

The source names neither mode, nor speed, nor which facilities: walking, the speed and the choice
of a type are ours. Of homes without a street near them nothing is said, and where nobody counted
the households they are told apart, never taken for none.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from gridsvc.walking.network import Floats, Ints
from gridsvc.walking.services import Service
from gridsvc.walking.walk import Pace, Walk
from gridsvc.walking.ways import Flags

Why = Literal["too_far", "no_way", "no_street"]


class Reach(NamedTuple):
    """How far n homes are from the nearest of some facilities.

    `minutes` (n,), infinite where no way leads there; `nearest` (n,) rows of `services`, -1
    for none; `reached` (n,): in time; `untold` (n,): no street is near. `apart` are the codes of
    facilities that nobody can walk to.
    """

    services: Sequence[Service]
    limit: float
    minutes: Floats
    nearest: Ints
    reached: Flags
    untold: Flags
    apart: list[str]

    @property
    def unserved(self) -> Flags:
        return ~self.reached & ~self.untold


class Figures(NamedTuple):
    """What may be said of some homes; `share` is of the households of which anything can be said.

    `unknown_homes` are homes whose households nobody has counted: they are in no figure.
    """

    homes: int
    households: int
    reached: int
    unserved: int
    untold: int
    unknown_homes: int
    share: float | None
    minutes: float | None


def measure(walk: Walk, pace: Pace, services: Sequence[Service], limit: float) -> Reach:
    """The reach of facilities within so many minutes."""
    places = walk.places(services)
    nearest = walk.nearest(places)
    minutes = pace.minutes_of(nearest.metres)
    apart = [services[row].code for row in np.flatnonzero(walk.ways.apart(places)).tolist()]
    untold = walk.ways.stranded
    return Reach(services, limit, minutes, nearest.place, minutes <= limit, untold, apart)


def figures(walk: Walk, reach: Reach) -> Figures:
    """The whole district in one line."""
    (line,) = _lines(walk, reach, np.zeros(len(reach.minutes), dtype=np.int64), 1)
    return line


def by_unit(walk: Walk, reach: Reach, level: int) -> dict[str, Figures]:
    """The same by unit of a level, by code, for units that hold any home."""
    units = walk.homes.units(walk.grid, level)
    held, at = np.unique(units, return_inverse=True)
    lines = _lines(walk, reach, at.reshape(-1), len(held))
    return {
        walk.grid.codes[row]: line
        for row, line in zip(held.tolist(), lines, strict=True)
        if row >= 0
    }


def _lines(walk: Walk, reach: Reach, at: Ints, count: int) -> Iterator[Figures]:
    households = walk.homes.households
    known = np.nan_to_num(households)

    def total(weights: Floats) -> list[int]:
        return [round(one) for one in np.bincount(at, weights, minlength=count).tolist()]

    columns = (
        np.bincount(at, minlength=count).tolist(),
        total(known),
        total(known * reach.reached),
        total(known * reach.unserved),
        total(known * reach.untold),
        total(np.isnan(households).astype(float)),
        _medians(reach.minutes, at, count),
    )
    for homes, every, reached, unserved, untold, unknown, median in zip(*columns, strict=True):
        told = every - untold
        share = reached / told if told else None
        yield Figures(homes, every, reached, unserved, untold, unknown, share, median)


def _medians(minutes: Floats, at: Ints, count: int) -> list[float | None]:
    """The minutes of the middle home of each group; None where it has no way at all."""
    order = np.lexsort((minutes, at))
    sizes = np.bincount(at, minlength=count)
    middle = np.cumsum(sizes) - sizes + np.maximum(sizes - 1, 0) // 2
    found = np.where(sizes > 0, minutes[order[np.minimum(middle, len(order) - 1)]], np.inf)
    return [float(one) if np.isfinite(one) else None for one in found]


def unserved(walk: Walk, reach: Reach) -> Ints:
    """Rows of the homes that nobody serves in time or of which nothing can be said, those with the
    most households first, then by code. Shape (k,)."""
    rows = np.flatnonzero(~reach.reached)
    most = -np.nan_to_num(walk.homes.households[rows], nan=-1.0)
    return rows[np.argsort(most, kind="stable")]


def households(walk: Walk, rows: Ints) -> int:
    """Of some homes together, as far as they were counted."""
    return round(float(np.nansum(walk.homes.households[rows])))


def told(walk: Walk, reach: Reach, row: int) -> dict[str, Any]:
    """One home as people read it: its unit, where it is, and why it is not served."""
    homes, minutes = walk.homes, float(reach.minutes[row])
    unit = int(homes.rows[row])
    chain = walk.grid.chain(unit) if unit >= 0 else ()
    counted = float(homes.households[row])
    nearest = int(reach.nearest[row])
    return {
        "code": chain[-1].code if chain else None,
        "name": " ".join(one.name for one in chain[2:]) or None,
        "households": None if np.isnan(counted) else int(counted),
        "minutes": minutes if np.isfinite(minutes) else None,
        "nearest": reach.services[nearest].code if nearest >= 0 else None,
        "why": _why(reach, row),
        "lon": round(float(homes.lons[row]), 7),
        "lat": round(float(homes.lats[row]), 7),
    }


def _why(reach: Reach, row: int) -> Why:
    if reach.untold[row]:
        return "no_street"
    return "too_far" if np.isfinite(reach.minutes[row]) else "no_way"
