"""Photos beside a report: which one gives it a place, and which ones speak against its place."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from gridsvc.geo import LonLat, distance_m
from gridsvc.rulebook import Rulebook
from gridsvc.rules import contradiction

# Of one case, for the list of columns of a statement that reads it as `held`.
OF_CASE = """
    (SELECT json_agg(json_build_object('id', photo.id, 'report_no', report.report_no,
                         'taken_at', photo.taken_at, 'width', photo.width,
                         'height', photo.height, 'lon', ST_X(photo.place),
                         'lat', ST_Y(photo.place), 'reason', photo.reason,
                         'distance_m', beside.distance_m, 'contradicts', beside.contradicts,
                         'reported', report.lon IS NOT NULL)
                     ORDER BY report.received_at, report.report_no, beside.no)
     FROM report
     JOIN report_photo beside USING (district_code, report_no)
     JOIN photo ON (photo.district_code, photo.id) = (beside.district_code, beside.photo_id)
     WHERE report.district_code = held.district_code
       AND report.case_no = held.case_no) AS photos
"""


class Shot(NamedTuple):
    """What a report needs to know of a photo: where it was taken, give or take how much."""

    id: UUID
    point: LonLat | None
    accuracy_m: float | None


class Beside(NamedTuple):
    """One photo against the place that its report has; None where either has no place."""

    shot: Shot
    distance_m: float | None
    contradicts: bool


def placing(shots: Sequence[Shot]) -> Shot | None:
    """The photo that gives a report without a point its place: the first that has one."""
    return next((shot for shot in shots if shot.point), None)


def compare(shots: Sequence[Shot], place: LonLat | None, accuracy_m: float | None) -> list[Beside]:
    """Each photo against the place that is used, which is good to `accuracy_m` if that is said."""
    found = []
    for shot in shots:
        away = round(distance_m(shot.point, place), 1) if shot.point and place else None
        found.append(
            Beside(shot, away, contradiction.contradicts(away, accuracy_m, shot.accuracy_m))
        )
    return found


def told(seen: Beside, reported: bool) -> dict[str, Any]:
    """A photo as the answer to a report says it, with its contradiction in words."""
    return {
        "id": str(seen.shot.id),
        "location": seen.shot.point._asdict() if seen.shot.point else None,
        "distance_m": seen.distance_m,
        "contradicts": seen.contradicts,
        "text": _text(seen.distance_m, seen.contradicts, reported),
    }


def of_case(rules: Rulebook, row: dict[str, Any]) -> dict[str, Any]:
    """A photo of a case, from a row of OF_CASE."""
    point = None if row["lon"] is None else {"lon": row["lon"], "lat": row["lat"]}
    return {
        "id": row["id"],
        "report_no": row["report_no"],
        "taken_at": row["taken_at"],
        "width": row["width"],
        "height": row["height"],
        "location": point,
        "reason": reason_out(rules, row["reason"]),
        "distance_m": row["distance_m"],
        "contradicts": row["contradicts"],
        "text": _text(row["distance_m"], row["contradicts"], row["reported"]),
    }


def reason_out(rules: Rulebook, code: str | None) -> dict[str, Any] | None:
    """Why a photo has no place, as code and words."""
    return None if code is None else {"code": code, "text": rules.say("photo_reason", code).both}


def _text(away: float | None, contradicts: bool, reported: bool) -> dict[str, str] | None:
    return contradiction.sentence(away, reported).both if contradicts and away else None
