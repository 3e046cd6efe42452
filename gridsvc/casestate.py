"""A case as plain values, and what a move changed in it.

Every event keeps the values it changed under `set`, so the case can be rebuilt from its events
alone. Moments are ISO text in UTC, a place is [lon, lat] in WGS 84; what is empty is left out, and
null where a move emptied it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import shapely
from geoalchemy2 import WKBElement

from gridsvc.db import Base
from gridsvc.geo import LonLat
from gridsvc.tables.cases import Case, CaseAsk, CaseClock, CaseDepartment

KEYS = {"district_code", "case_no"}
# What never changes, or is counted by the events themselves.
FIXED = KEYS | {"text", "opened_at", "version", "generated"}
# When a clock marks next is worked out from its other values.
WORKED_OUT = KEYS | {"mark_at", "marks"}

ROLES = ("lead", "supporting")

State = dict[str, Any]


def state(
    case: Case,
    called: Sequence[CaseDepartment],
    clocks: Sequence[CaseClock],
    asks: Sequence[CaseAsk],
) -> State:
    """All that can change of a case."""
    return _values(case, FIXED) | {
        "departments": sorted(
            (_values(one, KEYS) for one in called), key=lambda one: str(one["department_code"])
        ),
        "clocks": [_values(one, WORKED_OUT) for one in clocks],
        "asks": [_values(one, KEYS) for one in asks],
    }


def changes(before: State, after: State) -> State:
    """The values of `after` that differ from those of `before`."""
    names = sorted(before.keys() | after.keys())
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


def named(codes: Sequence[str]) -> list[State]:
    """Departments that were named and not called yet, the first one leading."""
    rows = ({"department_code": code, "role": ROLES[place > 0]} for place, code in enumerate(codes))
    return sorted(rows, key=lambda one: str(one["department_code"]))


def rebuilt(details: Iterable[Mapping[str, Any]]) -> State:
    """The case as its events, in their order, say it is."""
    built: State = {}
    for detail in details:
        built |= detail["set"]
    return {name: value for name, value in built.items() if value is not None}


def point_of(case: Case) -> LonLat | None:
    """Where the case lies."""
    place: WKBElement | str | None = case.place
    if place is None:
        return None
    if isinstance(place, str):
        # As it was set, before the database has seen it: EWKT.
        shape = shapely.from_wkt(place.partition(";")[2])
    else:
        shape = shapely.from_wkb(str(place.desc))
    return LonLat(*shapely.get_coordinates(shape)[0].tolist())


def _values(row: Base, without: set[str]) -> State:
    names = (column.name for column in row.__table__.columns if column.name not in without)
    plain = {name: _plain(row, name) for name in names}
    return {name: value for name, value in plain.items() if value is not None}


def _plain(row: Base, name: str) -> Any:
    if name == "place" and isinstance(row, Case):
        point = point_of(row)
        return list(point) if point else None
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, UUID) else value
