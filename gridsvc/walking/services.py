"""The facilities that are open on a day, and what their types are called."""

from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from gridsvc.errors import BadField
from gridsvc.tables.facilities import FacilityType
from gridsvc.walking.network import Floats
from gridsvc.words import Words

OPEN = text("""
    SELECT code, type_code AS type, name, floor_area_m2 AS area_m2, unit_code AS unit, generated,
           ST_X(place) AS lon, ST_Y(place) AS lat
    FROM facility
    WHERE district_code = :district AND state = 'open'
      AND daterange(valid_from, valid_to, '[]') @> CAST(:day AS date)
    ORDER BY code
""")


class Service(NamedTuple):
    """One open facility: floor area in m² (None: unknown), the deepest unit it stands in."""

    code: str
    type: str
    name: str
    area_m2: float | None
    unit: str | None
    generated: bool
    lon: float
    lat: float


def open_on(session: Session, district: str, day: date) -> list[Service]:
    """Every facility that is open on the day, by code."""
    found = session.execute(OPEN, {"district": district, "day": day})
    return [Service(*row) for row in found]


def types(session: Session, district: str) -> dict[str, Words]:
    """The types of facilities in their order, and their names."""
    found = session.scalars(
        select(FacilityType)
        .where(FacilityType.district_code == district)
        .order_by(FacilityType.position, FacilityType.code)
    )
    return {one.code: Words(one.name_zh, one.name_en) for one in found}


def counted(session: Session, district: str) -> set[str]:
    """The types that count toward the district's standard."""
    found = session.scalars(
        select(FacilityType.code).where(
            FacilityType.district_code == district, FacilityType.counts_toward_standard
        )
    )
    return set(found)


def named(session: Session, district: str, type_: str) -> Words:
    """The name of a type, or BadField."""
    known = types(session, district)
    if type_ not in known:
        raise BadField(field="type", want="、".join(known))
    return known[type_]


def degrees(services: list[Service]) -> tuple[Floats, Floats]:
    """Where they stand: (k,), (k,)."""
    places = np.array([(one.lon, one.lat) for one in services]).reshape(-1, 2)
    return places[:, 0], places[:, 1]


def areas(services: list[Service]) -> Floats:
    """Floor areas (k,), NaN where unknown."""
    return np.array([np.nan if one.area_m2 is None else one.area_m2 for one in services])
