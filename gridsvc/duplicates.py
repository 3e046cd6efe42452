"""Likely duplicates among the open cases: of a report that is being written, or of a case."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.errors import UnknownCase
from gridsvc.geo import LonLat, distance_m
from gridsvc.rules.duplicates import Likeness, Matter, likeness
from gridsvc.snapshot import Snapshot

MOST = 10

# A box is a little more than the circle; the rule looks at each metre.
NEAR = text("""
    SELECT case_no, stage, category_code, text, opened_at, ST_X(place) AS lon, ST_Y(place) AS lat,
           (SELECT count(*) FROM report told
            WHERE (told.district_code, told.case_no)
                = (held.district_code, held.case_no)) AS reports
    FROM case_ held
    WHERE district_code = :district AND closed_at IS NULL AND case_no <> :case_no
      AND opened_at >= :since AND opened_at <= :until
      AND place && ST_Expand(ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), :across, :up)
""")

ONE = text("""
    SELECT category_code, text, opened_at, ST_X(place) AS lon, ST_Y(place) AS lat
    FROM case_ WHERE district_code = :district AND case_no = :case_no
""")


class Offer(NamedTuple):
    """An open case that may be the same matter, with why."""

    case_no: str
    stage: str
    category: str | None
    text: str
    opened_at: datetime
    reports: int
    likeness: Likeness


def of_case(session: Session, facts: Snapshot, case_no: str) -> list[Offer]:
    """The open cases, earlier and later, that may be the same matter as this one. UnknownCase."""
    row = session.execute(ONE, {"district": facts.district, "case_no": case_no}).one_or_none()
    if row is None:
        raise UnknownCase(case_no=case_no)
    if row.lon is None:
        return []
    matter = Matter(row.category_code, row.text)
    return near(session, facts, LonLat(row.lon, row.lat), matter, row.opened_at, case_no)


def near(
    session: Session,
    facts: Snapshot,
    point: LonLat,
    matter: Matter,
    at: datetime,
    case_no: str = "",
) -> list[Offer]:
    """The open cases that may be the same matter, the likeliest first; at most ten."""
    within_m = facts.rules.setting("duplicate_within_m")
    within = timedelta(days=facts.rules.setting("duplicate_within_days"))
    up = within_m / 110_000
    values: dict[str, Any] = {
        "district": facts.district,
        "case_no": case_no,
        "since": at - within,
        "until": at + within,
        "lon": point.lon,
        "lat": point.lat,
        "up": up,
        # A degree of longitude is shorter; at 80 degrees it is a sixth.
        "across": min(up * 6, 1.0),
    }
    offers = []
    for row in session.execute(NEAR, values):
        away = distance_m(point, LonLat(row.lon, row.lat))
        other = Matter(row.category_code, row.text)
        alike = likeness(matter, other, away, row.opened_at - at, within_m, within)
        if alike:
            offers.append(
                Offer(
                    row.case_no,
                    row.stage,
                    row.category_code,
                    row.text,
                    row.opened_at,
                    row.reports,
                    alike,
                )
            )
    return sorted(offers, key=lambda one: (-one.likeness.score, one.case_no))[:MOST]
