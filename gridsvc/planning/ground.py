"""The units of an edition as columns, and the facilities that stood on a day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.rules.coverage import Floats, Ladder

DISTRICT, STREET, COMMUNITY, COMPOUND, BUILDING = range(1, 6)

UNITS = text("""
    SELECT code, name, kind, level, households, chain FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition
      AND (level <= :deepest OR chain && cast(:within AS text[])) ORDER BY level, code
""")
STANDING = """
    SELECT facility.code, facility.name, type_code, floor_area_m2, serves, {chain} AS chain, state,
           ST_X(place) AS lon, ST_Y(place) AS lat, coalesce(type.counts_toward_standard, false)
               AS counts
    FROM facility LEFT JOIN facility_type type
      ON (type.district_code, type.code) = (facility.district_code, facility.type_code)
      {where}
    WHERE facility.district_code = :district AND state = 'open'
      AND daterange(valid_from, valid_to, '[]') @> cast(:day AS date)
    ORDER BY facility.code
"""
NOW = text(STANDING.format(chain="facility.chain", where=""))
THEN = text(
    STANDING.format(
        chain="coalesce(unit.chain, '{}')",
        where="""LEFT JOIN LATERAL (
            SELECT chain FROM grid_unit
            WHERE district_code = :district AND edition_no = :edition
              AND ST_Intersects(geom, place)
            ORDER BY level DESC, code COLLATE "C" LIMIT 1
        ) unit ON true""",
    )
)


class Units(NamedTuple):
    """n units of an edition, upper levels first; `at` finds a unit's row by its code."""

    codes: list[str]
    names: list[str]
    kinds: list[str | None]
    ladder: Ladder
    at: dict[str, int]

    def of_level(self, level: int) -> list[int]:
        """The rows of a level, ascending by code."""
        return np.flatnonzero(self.ladder.levels == level).tolist()

    def households(self, row: int) -> int | None:
        known = self.ladder.households[row]
        return None if np.isnan(known) else int(known)


class Standing(NamedTuple):
    """m facilities that are open on a day; `areas` (m,) m², NaN where nobody measured."""

    codes: list[str]
    names: list[str]
    types: list[str]
    areas: Floats
    places: Floats
    # The units served as they are named, and where each facility stands, from the top down.
    serves: list[list[str]]
    chains: list[list[str]]
    counts: list[bool]

    def only(self, rows: Sequence[int]) -> "Standing":
        """Some of them, in that order."""
        at = np.asarray(rows, dtype=np.int64)
        return Standing(
            codes=[self.codes[row] for row in rows],
            names=[self.names[row] for row in rows],
            types=[self.types[row] for row in rows],
            areas=self.areas[at],
            places=self.places[at],
            serves=[self.serves[row] for row in rows],
            chains=[self.chains[row] for row in rows],
            counts=[self.counts[row] for row in rows],
        )


def units(
    session: Session,
    district: str,
    edition: int,
    deepest: int = COMPOUND,
    within: str | None = None,
) -> Units:
    """The units down to a level, and all that stand within the unit of a code."""
    where = {"district": district, "edition": edition, "deepest": deepest}
    found = session.execute(UNITS, where | {"within": [within] if within else []}).all()
    at = {row.code: no for no, row in enumerate(found)}
    levels = np.array([row.level for row in found], dtype=np.int64)
    parents = np.full((len(found), BUILDING), -1, dtype=np.int64)
    for no, row in enumerate(found):
        for code in row.chain:
            above = at.get(code, -1)
            if above >= 0:
                parents[no, levels[above] - 1] = above
    known = [np.nan if row.households is None else float(row.households) for row in found]
    ladder = Ladder(levels, parents, np.array(known))
    names = [row.name for row in found]
    return Units([row.code for row in found], names, [row.kind for row in found], ladder, at)


def standing(session: Session, district: str, day: date, edition: int | None = None) -> Standing:
    """The facilities that were open on a day, in the edition that answers or in another one."""
    where = {"district": district, "day": day, "edition": edition}
    rows = session.execute(NOW if edition is None else THEN, where).all()
    areas = [np.nan if row.floor_area_m2 is None else row.floor_area_m2 for row in rows]
    return Standing(
        [row.code for row in rows],
        [row.name for row in rows],
        [row.type_code for row in rows],
        np.array(areas, dtype=float),
        np.array([(row.lon, row.lat) for row in rows], dtype=float).reshape(-1, 2),
        [list(row.serves) for row in rows],
        [list(row.chain) for row in rows],
        [row.counts for row in rows],
    )


def served(units: Units, standing: Standing) -> list[list[int]]:
    """For each facility the rows of the units whose households it serves: those named for it, else
    the community it stands in, else whatever unit it stands in. Units of other editions are passed
    over."""
    return [
        rows(units, named) or rows(units, chain[:COMMUNITY][-1:])
        for named, chain in zip(standing.serves, standing.chains, strict=True)
    ]


def rows(units: Units, codes: Sequence[str]) -> list[int]:
    """The rows of those codes that the edition knows."""
    return [units.at[code] for code in codes if code in units.at]
