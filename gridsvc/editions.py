"""Which edition of the grid answers: what has been staged, what was published when, and by whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from gridsvc.db import Asked
from gridsvc.errors import EditionMovedOn, EditionUnsound, UnknownDistrict, UnknownEdition
from gridsvc.tables.grid import District, Edition, EditionChange

LISTED = text("""
    SELECT edition.no, edition.source, edition.attribution, edition.code_scheme, edition.based_on,
           edition.staged_at, edition.published_at,
           edition.no IS NOT DISTINCT FROM district.edition_no AS answering,
           (SELECT json_object_agg(level, units) FROM (
                SELECT level, count(*) AS units FROM grid_unit unit
                WHERE unit.district_code = edition.district_code AND unit.edition_no = edition.no
                GROUP BY level) counted) AS units,
           (SELECT count(*) FROM finding WHERE finding.district_code = edition.district_code
                AND finding.edition_no = edition.no AND severity = 'error') AS errors,
           (SELECT count(*) FROM finding WHERE finding.district_code = edition.district_code
                AND finding.edition_no = edition.no AND severity = 'warning') AS warnings
    FROM edition JOIN district ON district.code = edition.district_code
    WHERE edition.district_code = :district AND (:no IS NULL OR edition.no = :no)
    ORDER BY edition.no DESC
""")

FINDINGS = text("""
    SELECT no, severity, kind, unit_code, text_zh, text_en, detail,
           ST_AsGeoJSON(place, 7) AS place
    FROM finding
    WHERE district_code = :district AND edition_no = :no AND finding.no > :after
      AND (CAST(:severity AS text) IS NULL OR severity = :severity)
      AND (CAST(:kind AS text) IS NULL OR kind = :kind)
    ORDER BY finding.no LIMIT :limit
""")

KINDS = text("""
    SELECT severity, kind, count(*) AS findings FROM finding
    WHERE district_code = :district AND edition_no = :no
    GROUP BY severity, kind ORDER BY severity, findings DESC, kind
""")


PUBLISHED = text("""
    SELECT published_at IS NOT NULL FROM edition WHERE district_code = :district AND no = :no
""")


# Facilities lie in the edition that answers; the rule at edges is that of the grid index.
LAY_FACILITIES = text("""
    UPDATE facility SET unit_code = found.unit, chain = coalesce(found.chain, '{}')
    FROM (
        SELECT placed.code, placed.no, unit.code AS unit, unit.chain FROM facility placed
        LEFT JOIN LATERAL (
            SELECT code, chain FROM grid_unit
            WHERE district_code = :district AND edition_no = :no
              AND ST_Intersects(geom, placed.place)
            ORDER BY level DESC, code COLLATE "C" LIMIT 1
        ) unit ON true
        WHERE placed.district_code = :district
    ) found
    WHERE facility.district_code = :district
      AND (facility.code, facility.no) = (found.code, found.no)
""")


class Change(NamedTuple):
    """Who lets which edition answer, when and why.

    `answering` is the edition that was looked at when this was decided: another one there by now
    refuses the change.
    """

    by: str
    now: datetime
    reason: str | None = None
    answering: int | None = None


def publish(session: Session, district: str, no: int, change: Change) -> EditionChange:
    """Let the edition answer from the commit on. An older one published again is a roll-back.

    One row of the district changes, so nobody ever sees a mixed grid. Two at once wait for each
    other. Raises UnknownEdition, EditionUnsound, EditionMovedOn; then nothing is changed.
    """
    # Not FOR UPDATE: reports refer to the district's row and must not wait.
    held = session.get(
        District, district, with_for_update={"key_share": True}, populate_existing=True
    )
    if held is None:
        raise UnknownDistrict(code=district)
    edition = session.get(Edition, (district, no))
    if edition is None:
        raise UnknownEdition(edition=no)
    if change.answering is not None and change.answering != held.edition_no:
        raise EditionMovedOn(edition=held.edition_no)
    errors = one(session, district, no).errors
    if errors:
        raise EditionUnsound(edition=no, count=errors)
    made = EditionChange(
        district_code=district,
        edition_no=no,
        previous_no=held.edition_no,
        at=change.now,
        by=change.by,
        reason=change.reason,
    )
    session.add(made)
    edition.published_at = edition.published_at or change.now
    held.edition_no = no
    session.flush()
    session.execute(LAY_FACILITIES, {"district": district, "no": no})
    return made


def listed(session: Session, district: str) -> Sequence[Row[Any]]:
    """All editions of the district, the newest first, with their units and findings counted."""
    return session.execute(LISTED, {"district": district, "no": None}).all()


def one(session: Session, district: str, no: int) -> Row[Any]:
    """The edition as in the list, or UnknownEdition."""
    found = session.execute(LISTED, {"district": district, "no": no}).one_or_none()
    if found is None:
        raise UnknownEdition(edition=no)
    return found


def was_published(asked: Asked, district: str, no: int) -> bool:
    """Whether the edition answers or has ever answered. Raises UnknownEdition."""
    found = asked.scalar(PUBLISHED, {"district": district, "no": no})
    if found is None:
        raise UnknownEdition(edition=no)
    return bool(found)


def history(session: Session, district: str) -> Sequence[EditionChange]:
    """Every change of the answering edition, the newest first."""
    changes = select(EditionChange).where(EditionChange.district_code == district)
    return session.scalars(changes.order_by(EditionChange.no.desc())).all()


class Wanted(NamedTuple):
    """Which findings: of one severity and kind or of all, those numbered after `after`."""

    severity: str | None = None
    kind: str | None = None
    after: int = 0
    limit: int = 500


def findings(session: Session, district: str, no: int, wanted: Wanted) -> Sequence[Row[Any]]:
    """What the import noticed about the edition, in the order it was noticed."""
    asked = {"district": district, "no": no, **wanted._asdict()}
    return session.execute(FINDINGS, asked).all()


def kinds(session: Session, district: str, no: int) -> Sequence[Row[Any]]:
    """How many findings of each kind."""
    return session.execute(KINDS, {"district": district, "no": no}).all()
