"""The gazetteer of the answering edition, read once for a process and kept beside its index."""

import gc
from datetime import date
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Row, text

from gridsvc.address import gazetteer
from gridsvc.address.gazetteer import Gazetteer, Named, Plate
from gridsvc.address.hanging import Units
from gridsvc.address.typeahead import Typeahead
from gridsvc.db import Asked
from gridsvc.geo import LonLat
from gridsvc.gridindex import GridIndex

NAMES = text("""
    SELECT kind, name, unit_code, valid_to, ST_X(place) AS lon, ST_Y(place) AS lat
    FROM place_name
    WHERE district_code = :district AND edition_no = :edition
      AND (valid_from IS NULL OR valid_from <= :today)
    ORDER BY no
""")

PLATES = text("""
    SELECT road, house_number, unit_code, ST_X(place) AS lon, ST_Y(place) AS lat
    FROM address_point
    WHERE district_code = :district AND edition_no = :edition
      AND road IS NOT NULL AND house_number IS NOT NULL
    ORDER BY no
""")


class Places(NamedTuple):
    """What a process knows of one edition's names."""

    gazetteer: Gazetteer
    typeahead: Typeahead


_held: WeakKeyDictionary[GridIndex, Places] = WeakKeyDictionary()
_loading = Lock()


def held(asked: Asked, district: str, grid: GridIndex, today: date) -> Places:
    """The names of the edition in this index; read from the database when first asked for.

    Names that ended before `today` are old names; names that begin later are not known yet.
    """
    found = _held.get(grid)
    if found is None:
        with _loading:
            found = _held.get(grid)
            if found is None:
                found = _held[grid] = _load(asked, district, grid, today)
    return found


def _load(asked: Asked, district: str, grid: GridIndex, today: date) -> Places:
    values = {"district": district, "edition": grid.edition, "today": today}
    built = gazetteer.build(
        units(grid),
        [_named(row, today) for row in asked.execute(NAMES, values)],
        (
            Plate(row.road, row.house_number, row.unit_code, LonLat(row.lon, row.lat))
            for row in asked.execute(PLATES, values)
        ),
    )
    places = Places(built, Typeahead(built))
    # They live on, like the index beside them: no later collection needs to walk them.
    gc.collect()
    gc.freeze()
    return places


def units(grid: GridIndex) -> Units:
    """The units of an index, row for row, each with the row of the unit right above it."""
    lines = np.where(
        np.arange(5) < (grid.levels.astype(np.int64) - 1)[:, None], grid.parents, np.int32(-1)
    )
    nearest = np.full(len(grid.codes), -1, dtype=np.int64)
    for level in range(5):
        nearest = np.where(lines[:, level] >= 0, lines[:, level], nearest)
    return Units(grid.codes, grid.names, grid.level_of, nearest.tolist())


def _named(row: Row[tuple[object, ...]], today: date) -> Named:
    old = row.valid_to is not None and row.valid_to < today
    point = None if row.lon is None else LonLat(row.lon, row.lat)
    return Named(row.kind, row.name, row.unit_code, old, point)
