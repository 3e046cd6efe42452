"""How many households live in each hexagon, by the buildings (or addresses) of the edition."""

from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.gridindex import GridIndex
from gridsvc.heat import hexagons
from gridsvc.heat.columns import Flags, Floats
from gridsvc.heat.hexagons import Names
from gridsvc.snapshot import Snapshot
from gridsvc.walking import homes

# Hexagons where more of the homes than this were never counted are not told: one building without
# a figure must not blind a neighbourhood.
MOST_UNKNOWN = 0.1


class Lived(NamedTuple):
    """m hexagons with any home, ascending: households, and whether they were counted."""

    cells: Names
    households: Floats
    known: Flags


# An edition never changes, so that its homes are laid into hexagons once a size.
_held: WeakKeyDictionary[GridIndex, dict[int, Lived]] = WeakKeyDictionary()
_laying = Lock()


def in_cells(
    session: Session, facts: Snapshot, cells: Names, resolution: int
) -> tuple[Floats, Flags]:
    """Households of n hexagons, and whether they were counted: nobody lives where there is no home.

    Raises BadInput for a grid without homes.
    """
    with _laying:
        known = _held.setdefault(facts.grid, {})
        if resolution not in known:
            known[resolution] = _lived(session, facts, resolution)
        lived = known[resolution]
    at = np.minimum(np.searchsorted(lived.cells, cells), len(lived.cells) - 1)
    here = lived.cells[at] == cells
    return np.where(here, lived.households[at], 0.0), np.where(here, lived.known[at], True)


def forget() -> None:
    """Drop what is remembered."""
    with _laying:
        _held.clear()


def _lived(session: Session, facts: Snapshot, resolution: int) -> Lived:
    found = homes.load(session, facts.district, facts.grid)
    names = hexagons.cells_of(found.lons, found.lats, resolution)
    cells, at = np.unique(names, return_inverse=True)
    dark = np.isnan(found.households)
    count = np.bincount(at, minlength=len(cells))
    unknown = np.bincount(at, dark.astype(float), minlength=len(cells))
    households = np.bincount(at, np.nan_to_num(found.households), minlength=len(cells))
    return Lived(cells, households.astype(np.float64), unknown <= MOST_UNKNOWN * count)
