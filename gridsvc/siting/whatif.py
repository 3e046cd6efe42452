"""What would change if a facility stood elsewhere, or a new one were opened. Nothing is stored."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.errors import BadField
from gridsvc.gridindex import COMMUNITY
from gridsvc.planning import coverage
from gridsvc.planning.ground import Standing
from gridsvc.snapshot import Snapshot
from gridsvc.walking import services, walk
from gridsvc.walking.services import Service
from gridsvc.walking.walk import Walk
from gridsvc.walking.ways import Basis, Flags

NEW = ""


class Change(NamedTuple):
    """A facility (None: a new one of that type and area) at another place."""

    facility: str | None
    lon: float
    lat: float
    day: date
    type: str | None = None
    area_m2: float | None = None
    minutes: float | None = None


class Effect(NamedTuple):
    """Households within reach of the type before and after, those gained and lost; communities
    whose reach or whose floor area changes; the community it would stand in (None: outside);
    `apart`: no street is near the new place."""

    type: str
    basis: Basis
    before: int
    after: int
    gained: int
    lost: int
    apart: bool
    community: str | None
    reach: list[dict[str, Any]]
    coverage: list[dict[str, Any]]


def effect(session: Session, facts: Snapshot, change: Change) -> Effect:
    """What a change would do. BadField for a facility that is not open, or a type that is none."""
    held, pace = walk.current(session, facts), walk.pace(facts)
    standing = services.open_on(session, facts.district, change.day)
    moved = next((one for one in standing if one.code == change.facility), None)
    type_ = _type(session, facts, change, moved)
    mine = [one for one in standing if one.type == type_]
    others = [one for one in mine if one is not moved]
    limit = pace.metres(change.minutes or pace.minutes)
    place = held.metres(np.array([change.lon]), np.array([change.lat]))
    stay = held.nearest(held.places(others)).metres
    reached = held.nearest(held.places(mine)).metres <= limit
    after = np.minimum(stay, held.ways.nearest(place).metres) <= limit
    worth = np.nan_to_num(held.homes.households)
    row = facts.grid.row(change.lon, change.lat)
    chain = facts.grid.chain_codes(row) if row >= 0 else []
    return Effect(
        type_,
        held.ways.basis,
        round(float(worth[reached].sum())),
        round(float(worth[after].sum())),
        round(float(worth[after & ~reached].sum())),
        round(float(worth[reached & ~after].sum())),
        bool(held.ways.apart(place)[0]),
        _community(facts, row),
        _reach_changes(held, reached, after),
        _coverage_changes(session, facts, change, type_, chain),
    )


def _community(facts: Snapshot, row: int) -> str | None:
    chain = facts.grid.chain(row) if row >= 0 else ()
    return next((one.code for one in chain if one.level == COMMUNITY), None)


def _type(session: Session, facts: Snapshot, change: Change, moved: Service | None) -> str:
    if change.facility is not None and moved is None:
        raise BadField(field="facility", want="the code of an open facility")
    if moved is not None:
        return moved.type
    if change.type is None:
        raise BadField(field="type", want="a facility type")
    services.named(session, facts.district, change.type)
    return change.type


def _reach_changes(held: Walk, before: Flags, after: Flags) -> list[dict[str, Any]]:
    """Communities in which some home is gained or lost."""
    units = held.homes.units(held.grid, COMMUNITY)
    worth = np.nan_to_num(held.homes.households)
    touched = np.unique(units[(before != after) & (units >= 0)])
    return [
        {
            "code": held.grid.codes[unit],
            "name": held.grid.names[unit],
            "households": round(float(worth[inside].sum())),
            "before": round(float(worth[inside & before].sum())),
            "after": round(float(worth[inside & after].sum())),
        }
        for unit in touched.tolist()
        if (inside := units == unit).any()
    ]


def _coverage_changes(
    session: Session, facts: Snapshot, change: Change, type_: str, chain: list[str]
) -> list[dict[str, Any]]:
    """Communities whose m² per 100 households change."""
    given = coverage.given(session, facts, change.day, deepest=COMMUNITY)
    # Whoever plans says that what is not registered is not there.
    given = given._replace(registered=True)
    if type_ not in services.counted(session, facts.district):
        return []
    moved = _moved(given.standing, change, type_, chain)
    other = coverage.give(given.units, moved, given.standard)
    told = []
    for row in coverage.rows_of(given.units, COMMUNITY, None):
        before, after = coverage.line(given, row), coverage.line(other, row)
        if before != after:
            told.append(
                {
                    "code": before["code"],
                    "name": before["name"],
                    "households": before["households"],
                    "before": before["per_100_households"],
                    "after": after["per_100_households"],
                    "met_before": before["met"],
                    "met_after": after["met"],
                }
            )
    return told


def _moved(standing: Standing, change: Change, type_: str, chain: list[str]) -> Standing:
    """What stands, with the facility at its new place; units named as served stay served."""
    if change.facility is None:
        area = np.nan if change.area_m2 is None else change.area_m2
        return Standing(
            [*standing.codes, NEW],
            [*standing.names, NEW],
            [*standing.types, type_],
            np.append(standing.areas, area),
            np.concatenate([standing.places, [[change.lon, change.lat]]]),
            [*standing.serves, []],
            [*standing.chains, chain],
            [*standing.counts, True],
        )
    if change.facility not in standing.codes:
        return standing
    at = standing.codes.index(change.facility)
    areas, places, chains = standing.areas.copy(), standing.places.copy(), list(standing.chains)
    places[at], chains[at] = (change.lon, change.lat), chain
    if change.area_m2 is not None:
        areas[at] = change.area_m2
    return standing._replace(areas=areas, places=places, chains=chains)
