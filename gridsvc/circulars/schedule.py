"""When documents are made: rows that may be changed, and what is due by them."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc import defaults
from gridsvc.circulars.kinds import ABOUT, STREET, CircularKind, Wish
from gridsvc.permit import Account, check
from gridsvc.rules import spans
from gridsvc.rules.spans import Rhythm
from gridsvc.tables.circulars import Circular, CircularSchedule
from gridsvc.tables.grid import District

# Before the service answered there was nothing to tell.
FIRST_DAY = text("""
    SELECT (min(at) AT TIME ZONE :zone)::date FROM edition_change WHERE district_code = :district
""")
STREETS = text("""
    SELECT unit.code FROM grid_unit unit
    JOIN district ON (district.code, district.edition_no) = (unit.district_code, unit.edition_no)
    WHERE unit.district_code = :district AND unit.level = :level ORDER BY unit.code
""")


class Line(NamedTuple):
    """One kind of document, when it is made, and whose row says so; None: the shipped one."""

    kind: CircularKind
    day: int
    at: time
    since: date | None
    active: bool
    changed_by: str | None = None
    changed_at: datetime | None = None


def lines(session: Session, district: str) -> list[Line]:
    """The schedule of a district, every kind once."""
    held = {
        row.kind: Line(
            CircularKind(row.kind),
            row.day,
            row.at,
            row.since,
            row.active,
            row.changed_by,
            row.changed_at,
        )
        for row in session.scalars(
            select(CircularSchedule).where(CircularSchedule.district_code == district)
        )
    }
    zone = session.get_one(District, district).time_zone
    first = session.scalar(FIRST_DAY, {"district": district, "zone": zone})
    return [
        held.get(row["kind"])
        or Line(
            CircularKind(row["kind"]),
            int(row["day"]),
            time.fromisoformat(row["at"]),
            first,
            first is not None,
        )
        for row in defaults.shipped("circulars.csv")
    ]


def change(session: Session, account: Account, line: Line, now: datetime) -> None:
    """Let a kind be made at another time, or not at all. Raises NotPermitted."""
    check(account, "circular.schedule")
    values = {
        "day": line.day,
        "at": line.at,
        "since": line.since,
        "active": line.active,
        "changed_by": account.name,
        "changed_at": now,
    }
    statement = insert(CircularSchedule).values(
        district_code=account.district, kind=line.kind, **values
    )
    session.execute(
        statement.on_conflict_do_update(index_elements=["district_code", "kind"], set_=values)
    )


def due(session: Session, district: str, now: datetime) -> Iterator[Wish]:
    """What should be there by now and is not, the oldest first within its kind."""
    zone = ZoneInfo(session.get_one(District, district).time_zone)
    kept = {
        tuple(row)
        for row in session.execute(
            select(Circular.kind, Circular.span, Circular.unit_code).where(
                Circular.district_code == district
            )
        )
    }
    for line in lines(session, district):
        if not line.active or line.since is None:
            continue
        about = ABOUT[line.kind]
        streets: list[str | None] = [None]
        if about.per_street:
            asked = {"district": district, "level": STREET}
            streets = list(session.scalars(STREETS, asked))
        rhythm = Rhythm(about.length, line.day, line.at, line.since)
        for span in spans.due(rhythm, now, zone):
            for street in streets:
                if (line.kind.value, span.code, street or "") not in kept:
                    yield Wish(line.kind, span, street)
