"""The outlines of a level's units as they are drawn: fewer corners, no gaps between neighbours."""

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.gridindex import GridIndex
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Shapes

COMMUNITY = 3
SHAPES = text("""
    SELECT code, name, kind, households,
           ST_AsBinary(ST_Transform(coalesce(drawn_13, shape), 4326)) AS shape
    FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND level = :level
    ORDER BY code
""")


class UnitShapes(NamedTuple):
    """The n units of one level, ascending by code; `shapes` (n,) in EPSG:4326."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str | None, ...]
    households: tuple[int | None, ...]
    shapes: Shapes


# An edition never changes, so that the outlines of its upper levels are read once.
_known: WeakKeyDictionary[GridIndex, dict[int, UnitShapes]] = WeakKeyDictionary()


def of_level(session: Session, facts: Snapshot, level: int) -> UnitShapes:
    """The units of a level of the edition that answers."""
    known = _known.setdefault(facts.grid, {})
    if level in known:
        return known[level]
    where = {"district": facts.district, "edition": facts.grid.edition, "level": level}
    rows = session.execute(SHAPES, where).all()
    found = UnitShapes(
        tuple(row.code for row in rows),
        tuple(row.name for row in rows),
        tuple(row.kind for row in rows),
        tuple(row.households for row in rows),
        np.asarray(shapely.from_wkb([bytes(row.shape) for row in rows]), dtype=object),
    )
    if level <= COMMUNITY:
        known[level] = found
    return found
