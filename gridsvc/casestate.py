"""A case as plain values, and what a move changed in it.

Every event keeps the values it changed under `set`, so the case can be rebuilt from its events
alone. Moments are ISO text in UTC, a place is [lon, lat] in WGS 84; what is empty is left out, and
null where a move emptied it. Departments, clocks and requests are kept by code or number, so that
an event tells only those that it changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import shapely
from geoalchemy2 import WKBElement
from sqlalchemy import inspect

from gridsvc.db import Base
from gridsvc.geo import LonLat
from gridsvc.tables.cases import Case, CaseAsk, CaseClock, CaseDepartment

KEYS = {"district_code", "case_no"}
# What never changes, or is counted by the events themselves.
FIXED = KEYS | {"text", "opened_at", "version", "generated"}
# When a clock marks next is worked out from its other values.
WORKED_OUT = KEYS | {"mark_at", "marks"}
WITHOUT: dict[type[Base], set[str]] = {
    Case: FIXED,
    CaseDepartment: KEYS,
    CaseClock: WORKED_OUT,
    CaseAsk: KEYS,
}
ROLES = ("lead", "supporting")
PARTS = ("departments", "clocks", "asks")

State = dict[str, Any]


def state(
    case: Case,
    called: Sequence[CaseDepartment],
    clocks: Sequence[CaseClock],
    asks: Sequence[CaseAsk],
) -> State:
    """All that can change of a case."""
    return _values(case) | {
        "departments": {one.department_code: _values(one) for one in called},
        "clocks": {str(one.no): _values(one) for one in clocks},
        "asks": {str(one.no): _values(one) for one in asks},
    }


def changes(before: State, after: State) -> State:
    """The values of `after` that differ from those of `before`; of the parts those that differ."""
    changed = _differing(before, after, [name for name in before | after if name not in PARTS])
    for part in PARTS:
        old, new = before.get(part, {}), after.get(part, {})
        if differing := _differing(old, new, old | new):
            changed[part] = differing
    return changed


def _differing(before: State, after: State, names: Iterable[str]) -> State:
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


def named(codes: Sequence[str]) -> State:
    """Departments that were named and not called yet, the first one leading."""
    return {
        code: {"department_code": code, "role": ROLES[place > 0]}
        for place, code in enumerate(codes)
    }


def rebuilt(details: Iterable[Mapping[str, Any]]) -> State:
    """The case as its events, in their order, say it is."""
    built: State = {part: {} for part in PARTS}
    for detail in details:
        told = dict(detail["set"])
        for part in PARTS:
            built[part] = _filled(built[part] | told.pop(part, {}))
        built = _filled(built | told)
    return built


def _filled(values: State) -> State:
    return {name: value for name, value in values.items() if value is not None}


def point_of(case: Case) -> LonLat | None:
    """Where the case lies."""
    place: WKBElement | str | None = case.place
    if place is None:
        return None
    return _point(place if isinstance(place, str) else str(place.desc))


@lru_cache(1024)
def _point(place: str) -> LonLat:
    """From EWKT, as it was set, or hexadecimal WKB, as it was read."""
    wkt = place.partition(";")[2]
    shape = shapely.from_wkt(wkt) if wkt else shapely.from_wkb(place)
    return LonLat(*shapely.get_coordinates(shape)[0].tolist())


@cache
def _names(kind: type[Base]) -> tuple[str, ...]:
    without = WITHOUT[kind]
    return tuple(c.name for c in kind.__table__.columns if c.name not in without)


def _values(row: Base) -> State:
    """The row's values by name. Read from the instance itself: a whole life of a case is told by
    some twenty thousand of them."""
    if inspect(row).expired:
        getattr(row, _names(type(row))[0])
    held = row.__dict__
    values: State = {}
    for name in _names(type(row)):
        value = held.get(name)
        if value is None:
            continue
        if isinstance(value, datetime):
            value = value.astimezone(UTC).isoformat()
        elif isinstance(value, UUID):
            value = str(value)
        elif isinstance(value, list):
            value = [str(one) for one in value]
        elif name == "place" and isinstance(row, Case):
            value = list(point_of(row) or ())
        values[name] = value
    return values
