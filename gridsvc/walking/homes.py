"""Where people live: the buildings of an edition, or its address points where it has none."""

from typing import NamedTuple

import numpy as np
from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from gridsvc.errors import BadInput
from gridsvc.gridindex import BUILDING, GridIndex
from gridsvc.walking.network import Floats, Ints

# In pages, each one row: a million buildings are no million objects on the way.
BUILDINGS = text("""
    SELECT string_agg(ST_AsBinary(ST_Transform(label, 4326), 'NDR'), '' ORDER BY code) AS places,
           array_agg(coalesce(households, -1) ORDER BY code) AS households, max(code) AS last
    FROM (
        SELECT code, label, households FROM grid_unit
        WHERE district_code = :district AND edition_no = :edition AND level = :level
          AND code > :last
        ORDER BY code LIMIT 20000
    ) page
""")

ADDRESSES = text("""
    SELECT string_agg(ST_AsBinary(place, 'NDR'), '' ORDER BY no) AS places,
           array_agg(coalesce(households, -1) ORDER BY no) AS households,
           array_agg(coalesce(unit_code, '') ORDER BY no) AS units, max(no) AS last
    FROM (
        SELECT no, place, households, unit_code FROM address_point
        WHERE district_code = :district AND edition_no = :edition AND no > :last
        ORDER BY no LIMIT 20000
    ) page
""")

# A point in well-known binary, as PostGIS writes it.
WKB_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")])


class Homes(NamedTuple):
    """n homes: `rows` of their units in the grid index (n,), degrees (n,), (n,), and households
    (n,), NaN where nobody has counted them."""

    rows: Ints
    lons: Floats
    lats: Floats
    households: Floats

    def units(self, grid: GridIndex, level: int) -> Ints:
        """The row of the unit of a level that holds each home, -1 where none does. Shape (n,)."""
        above = grid.parents[self.rows, level - 1].astype(np.int64)
        return np.where(self.rows < 0, -1, above)


def load(session: Session, district: str, grid: GridIndex) -> Homes:
    """The homes of an edition. BadInput where it has neither buildings nor address points."""
    rows = np.flatnonzero(grid.levels == BUILDING)
    if len(rows):
        # Both are in the order of their codes, letter by letter.
        places, households, _ = _pages(session, BUILDINGS, district, grid.edition, "")
        return Homes(rows, places["lon"], places["lat"], households)
    places, households, units = _pages(session, ADDRESSES, district, grid.edition, 0)
    if len(places) == 0:
        raise BadInput(
            zh="现行网格没有楼栋也没有地址点，无法计算步行可达。请先导入楼栋。",
            en="The grid has neither buildings nor address points, so that nobody's way can be "
            "told. Import buildings first.",
        )
    known = {code: grid.codes.row(code) for code in set(units)}
    held = np.array([known[code] for code in units], dtype=np.int64)
    return Homes(held, places["lon"], places["lat"], households)


def _pages(
    session: Session, question: TextClause, district: str, edition: int, last: str | int
) -> tuple[np.ndarray, Floats, list[str]]:
    places, households, units = bytearray(), [np.empty(0)], list[str]()
    values = {"district": district, "edition": edition, "level": BUILDING, "last": last}
    while (page := session.execute(question, values).one()).places:
        places += page.places
        households.append(np.array(page.households, dtype=np.float64))
        units += getattr(page, "units", ())
        values["last"] = page.last
    counted = np.concatenate(households)
    counted[counted < 0] = np.nan
    return np.frombuffer(bytes(places), dtype=WKB_POINT), counted, units
