"""Photos come in, and are shown again to those who may read the case."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Row, text

from gridsvc import snapshot
from gridsvc.datum import Datum
from gridsvc.db import Asked
from gridsvc.errors import BadField, NotPermitted, UnknownPhoto
from gridsvc.geo import LonLat
from gridsvc.locate import Location, locate
from gridsvc.permit import Account, check
from gridsvc.photo import beside, copies, folder, reading
from gridsvc.photo.beside import Shot
from gridsvc.photo.copies import Copy
from gridsvc.photo.reading import Photo
from gridsvc.snapshot import Snapshot

KEEP = text("""
    INSERT INTO photo (district_code, id, account_id, received_at, format, original_sha256,
        original_bytes, width, height, copy_sha256, thumbnail_sha256, taken_at, datum, place,
        reason, accuracy_m, heading)
    VALUES (:district, :id, :account, :now, :format, :sha256, :bytes, :width, :height, :copy,
            :thumbnail, :taken_at, :datum, ST_GeomFromEWKT(CAST(:place AS text)), :reason,
            :accuracy_m, :heading)
    ON CONFLICT DO NOTHING
""")

ONE = text("""
    SELECT id, account_id, format, original_sha256, original_bytes, width, height, copy_sha256,
           thumbnail_sha256, taken_at, datum, ST_X(place) AS lon, ST_Y(place) AS lat, reason,
           accuracy_m, heading
    FROM photo WHERE district_code = :district AND id = :id
""")

MINE = text("""
    SELECT id, ST_X(place) AS lon, ST_Y(place) AS lat, accuracy_m FROM photo
    WHERE district_code = :district AND account_id = :account AND id = ANY(:ids)
""")

# The cases whose reports or moves show the photo, with what permissions are checked against.
CASES = text("""
    SELECT held.chain, array(SELECT department_code FROM case_department called
                             WHERE called.district_code = held.district_code
                               AND called.case_no = held.case_no) AS departments
    FROM (SELECT case_no FROM report_photo JOIN report USING (district_code, report_no)
          WHERE report_photo.district_code = :district AND photo_id = :id
          UNION
          SELECT case_no FROM case_photo WHERE district_code = :district AND photo_id = :id) shown
    JOIN case_ held ON (held.district_code, held.case_no) = (:district, shown.case_no)
""")


OF_FACILITY = text("""
    SELECT 1 FROM facility_photo WHERE district_code = :district AND photo_id = :id LIMIT 1
""")


class Picture(NamedTuple):
    """A stored JPEG: its file, and the hash that names its content for ever."""

    path: Path
    sha256: str


def keep(
    asked: Asked, account: Account, data: bytes, datum: Datum | None, now: datetime, media: Path
) -> dict[str, Any]:
    """Keep a photo: clean copies as files below `media`, then the row. Sending again is harmless.

    The files are on the disk before the row says so. Raises NotPermitted and what
    `reading.read` raises; then no row is written.
    """
    check(account, "photo.send")
    facts = snapshot.held(asked, account.district)
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{account.district}/{account.id}/{sha256}/{datum or ''}"
    key = {"district": account.district, "id": uuid5(NAMESPACE_URL, name)}
    row = asked.execute(ONE, key).one_or_none()
    if row is None or not _whole(row, media):
        photo = reading.read(data, facts.rules.calendar.zone, datum)
        both = copies.develop(data)
        for copy in both:
            folder.keep(media, copy)
        sent = {"account": account.id, "now": now, "sha256": sha256, "bytes": len(data)}
        asked.execute(KEEP, key | sent | _values(photo, *both))
        row = asked.execute(ONE, key).one()
    return _out(facts, row)


def _whole(row: Row[Any], media: Path) -> bool:
    """Whether both files are there: one that a disk has lost is made again when it is sent."""
    return all(
        folder.path_of(media, sha256).is_file()
        for sha256 in (row.copy_sha256, row.thumbnail_sha256)
    )


def shown(asked: Asked, account: Account, ids: Sequence[UUID]) -> list[Shot]:
    """The photos that a report of this account names, in its order. BadField for any other's."""
    key = {"district": account.district, "account": account.id, "ids": list(ids)}
    found = {row.id: row for row in asked.execute(MINE, key)}
    if unknown := [str(one) for one in ids if one not in found]:
        raise BadField(
            field="photos",
            want={
                "zh": f"没有您发送的照片{'、'.join(unknown)}",
                "en": f"you have sent no photo {', '.join(unknown)}",
            },
        )
    return [
        Shot(one, _point(found[one].lon, found[one].lat), found[one].accuracy_m)
        for one in dict.fromkeys(ids)
    ]


def picture(asked: Asked, account: Account, photo: UUID, media: Path, small: bool) -> Picture:
    """The stored copy or its thumbnail, for its sender and for those who may read its case.

    Raises UnknownPhoto (also where the file is gone) and NotPermitted.
    """
    key = {"district": account.district, "id": photo}
    row = asked.execute(ONE, key).one_or_none()
    if row is None:
        raise UnknownPhoto(photo=photo)
    if row.account_id != account.id:
        _check_reader(asked, account, key)
    sha256 = row.thumbnail_sha256 if small else row.copy_sha256
    path = folder.path_of(media, sha256)
    if not path.is_file():
        raise UnknownPhoto(photo=photo)
    return Picture(path, sha256)


def _check_reader(asked: Asked, account: Account, key: dict[str, Any]) -> None:
    """Pass where one of the photo's cases, or the facility it shows, may be read; any other photo
    is its sender's own."""
    if asked.execute(OF_FACILITY, key).first():
        return check(account, "plan.read")
    for held in asked.execute(CASES, key).all():
        try:
            return check(account, "case.read", held.chain, held.departments)
        except NotPermitted:
            continue
    raise NotPermitted(post=account.actor.post, act="case.read")


def _values(photo: Photo, copy: Copy, thumbnail: Copy) -> dict[str, Any]:
    return {
        "format": photo.format,
        "width": photo.width,
        "height": photo.height,
        "copy": copy.sha256,
        "thumbnail": thumbnail.sha256,
        "taken_at": photo.taken_at,
        "datum": photo.datum,
        "place": photo.point.ewkt if photo.point else None,
        "reason": photo.reason,
        "accuracy_m": photo.accuracy_m,
        "heading": photo.heading,
    }


def _out(facts: Snapshot, row: Row[Any]) -> dict[str, Any]:
    """What was read from the photo, and whose ground its place is."""
    point = _point(row.lon, row.lat)
    place = locate(facts.grid, Location(*point)) if point else None
    manual = place.manual if place else None
    return {
        "id": row.id,
        "format": row.format,
        "width": row.width,
        "height": row.height,
        "bytes": row.original_bytes,
        "sha256": row.original_sha256,
        "taken_at": row.taken_at,
        "location": point._asdict() if point else None,
        "datum": row.datum,
        "accuracy_m": row.accuracy_m,
        "heading": row.heading,
        "reason": beside.reason_out(facts.rules, row.reason),
        "chain": [unit._asdict() for unit in place.chain] if place else [],
        "border_m": place.border_m if place else None,
        "manual": manual and {"code": manual, "text": facts.rules.say("manual", manual).both},
    }


def _point(lon: float | None, lat: float | None) -> LonLat | None:
    return None if lon is None or lat is None else LonLat(lon, lat)
