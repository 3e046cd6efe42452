"""Every standard that the district knows, and what its data say of it on a day."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from gridsvc.gridindex import GridIndex
from gridsvc.planning import coverage, ground
from gridsvc.planning.ground import COMMUNITY, DISTRICT, STREET, Standing, Units
from gridsvc.rules import standards as rules
from gridsvc.rules.standards import Standard, Verdict, of_each, of_share, of_sum
from gridsvc.snapshot import Snapshot
from gridsvc.tables.facilities import CoverageStandard
from gridsvc.tables.grid import District
from gridsvc.themeblocks import to_metres
from gridsvc.walking import summary as walking
from gridsvc.words import Words

# So many units that miss a standard are named.
MOST_NAMED = 500
LEVEL = {"district": DISTRICT, "street": STREET, "community": COMMUNITY}

REGISTERED = text("""
    SELECT DISTINCT type_code FROM facility WHERE district_code = :district
""")
OFFICERS = text("""
    SELECT unit_code, employment FROM officer
    WHERE district_code = :district AND unit_code IS NOT NULL
      AND daterange(valid_from, valid_to, '[]') @> cast(:day AS date)
""")
OUTLINES = text("""
    SELECT level, ST_AsBinary(geom) AS shape FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND level IN (1, 3)
""")


class Asked(NamedTuple):
    """What the measures look at."""

    session: Session
    facts: Snapshot
    day: date
    units: Units
    # Everything that is open, whether or not it counts toward the square metres.
    standing: Standing
    registered: frozenset[str]


Measure = Callable[[Asked, Standard], Verdict]


def of_district(session: Session, district: str) -> list[Standard]:
    """The district's standards in their order."""
    owned = select(CoverageStandard).where(CoverageStandard.district_code == district)
    return [
        Standard(
            row.code,
            Words(row.name_zh, row.name_en),
            row.measure,
            tuple((row.of_types or "").split("|")) if row.of_types else (),
            row.community_kind,
            row.comparator,
            row.threshold,
            row.upper,
            row.unit,
            row.scope,
            row.deadline,
            row.strength,
            Words(row.reading_zh or "", row.reading_en or ""),
            row.source,
        )
        for row in session.scalars(owned.order_by(CoverageStandard.position))
    ]


def judge(session: Session, facts: Snapshot, day: date) -> list[tuple[Standard, Verdict]]:
    """Every standard with what can be said of it on a day."""
    where = {"district": facts.district}
    asked = Asked(
        session,
        facts,
        day,
        ground.units(session, facts.district, facts.grid.edition),
        ground.standing(session, facts.district, day),
        frozenset(session.scalars(REGISTERED, where)),
    )
    return [(one, _judged(asked, one)) for one in of_district(session, facts.district)]


def _judged(asked: Asked, standard: Standard) -> Verdict:
    measure = MEASURES.get(standard.measure or "")
    if measure is None:
        return rules.unanswerable(standard)
    if standard.types and not asked.registered.intersection(standard.types):
        return rules.never_registered()
    return measure(asked, standard)


def _rows(asked: Asked, standard: Standard) -> list[int]:
    """The units that a standard speaks of."""
    rows = asked.units.of_level(LEVEL[standard.scope])
    kind = standard.community_kind
    return [row for row in rows if kind is None or asked.units.kinds[row] == kind]


def _facilities(asked: Asked, standard: Standard) -> dict[str, int]:
    """How many facilities of the standard's types each unit has: that stand in it, or serve it."""
    count = np.zeros(len(asked.units.codes), dtype=np.int64)
    served = ground.served(asked.units, asked.standing)
    for place, kind in enumerate(asked.standing.types):
        if kind in standard.types:
            chains = [*served[place], *ground.rows(asked.units, asked.standing.chains[place])]
            touched = np.unique(asked.units.ladder.parents[chains])
            count[touched[touched >= 0]] += 1
    return {asked.units.codes[row]: int(count[row]) for row in _rows(asked, standard)}


def _area_per_100(asked: Asked, standard: Standard) -> Verdict:
    """Each unit's m² per 100 households."""
    given = coverage.given(asked.session, asked.facts, asked.day)
    given = given._replace(standard=standard.threshold or 0.0)
    values: dict[str, float | None] = {}
    for code in [asked.units.codes[row] for row in _rows(asked, standard)]:
        line = coverage.line(given, given.units.at[code])
        # What is known may suffice although some of the area is not.
        known = standard.threshold if line["met"] else None
        values[line["code"]] = line["per_100_households"] or known
        if line["per_100_households"] == 0:
            values[line["code"]] = 0.0
    return of_each(standard, values)


def _share_with_facility(asked: Asked, standard: Standard) -> Verdict:
    counted = _facilities(asked, standard)
    return of_share(standard, {code: count > 0 for code, count in counted.items()})


def _least_per_unit(asked: Asked, standard: Standard) -> Verdict:
    return of_each(standard, {code: float(n) for code, n in _facilities(asked, standard).items()})


def _officers(asked: Asked) -> list[tuple[str, str | None]]:
    """Unit and employment of everybody in a post of a unit on the day."""
    where = {"district": asked.facts.district, "day": asked.day}
    return [(row.unit_code, row.employment) for row in asked.session.execute(OFFICERS, where)]


def _share_with_officer(asked: Asked, standard: Standard) -> Verdict:
    """Units for which somebody answers, or for one of whose parts."""
    held = ground.rows(asked.units, [code for code, _ in _officers(asked)])
    touched = set(np.unique(asked.units.ladder.parents[held]).tolist())
    codes = asked.units.codes
    return of_share(standard, {codes[row]: row in touched for row in _rows(asked, standard)})


def _without_officer(asked: Asked, standard: Standard) -> Verdict:
    """How many units of all levels nobody answers for (责任到人, domain rule 3).

    A compound or a building is also answered for by the officers of what it stands in, up to its
    community.
    """
    grid = asked.facts.grid
    held = np.zeros(len(grid.levels), dtype=bool)
    held[[row for code, _ in _officers(asked) if (row := grid.codes.row(code)) >= 0]] = True
    answered = held.copy()
    for place in range(COMMUNITY - 1, grid.parents.shape[1]):
        above = grid.parents[:, place]
        answered |= (above >= 0) & held[above]
    lacking = np.flatnonzero(~answered)[::-1]
    named = [grid.codes[row] for row in lacking[:MOST_NAMED].tolist()]
    return of_sum(standard, float(len(lacking)), len(grid.levels), named)


def _full_time(asked: Asked, standard: Standard) -> Verdict:
    """Full-time people of each unit; where nobody's employment was entered it cannot be told."""
    count: dict[str, float | None] = {
        asked.units.codes[row]: None for row in _rows(asked, standard)
    }
    for code, employment in _officers(asked):
        if code in count and employment is not None:
            count[code] = (count[code] or 0.0) + (employment == "full_time")
    return of_each(standard, count)


def _minutes_on_foot(asked: Asked, standard: Standard) -> Verdict:
    """How long the farthest household of each unit walks to the nearest facility, in minutes."""
    found = walking.farthest(
        asked.session, asked.facts, standard.types, asked.day, LEVEL[standard.scope]
    )
    if found is None:
        return rules.unmeasured()
    codes = (asked.units.codes[row] for row in _rows(asked, standard))
    return of_each(standard, {code: found.get(code) for code in codes})


# An edition never changes, so that its gaps are measured once.
_gaps: WeakKeyDictionary[GridIndex, float] = WeakKeyDictionary()


def _uncovered(asked: Asked, standard: Standard) -> Verdict:
    """Ground inside the district that no community holds, in whole m²."""
    grid = asked.facts.grid
    if grid not in _gaps:
        where = {"district": asked.facts.district, "edition": grid.edition}
        rows = asked.session.execute(OUTLINES, where).all()
        district = asked.session.get_one(District, asked.facts.district)
        shapes = to_metres(
            np.array(shapely.from_wkb([bytes(row.shape) for row in rows]), dtype=object),
            district.metric_srid,
        )
        upper = [shape for row, shape in zip(rows, shapes, strict=True) if row.level == DISTRICT]
        lower = [shape for row, shape in zip(rows, shapes, strict=True) if row.level == COMMUNITY]
        left = shapely.difference(shapely.union_all(upper), shapely.union_all(lower))
        _gaps[grid] = float(round(shapely.area(left)))
    return of_sum(standard, _gaps[grid], len(_rows(asked, standard)))


MEASURES: dict[str, Measure] = {
    "area_per_100_households": _area_per_100,
    "share_with_facility": _share_with_facility,
    "least_per_unit": _least_per_unit,
    "share_with_officer": _share_with_officer,
    "units_without_officer": _without_officer,
    "full_time_officers": _full_time,
    "uncovered_area": _uncovered,
    "minutes_on_foot": _minutes_on_foot,
}
