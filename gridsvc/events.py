"""Append to a case's history, and give what is committed its place in the district's record.

The record is a chain: each line's hash covers its event and the line before, so an event that was
altered, dropped or moved afterwards is found (`gridsvc.record`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc.permit import Account
from gridsvc.tables.cases import Case, CaseEvent

# What a line's hash covers, as PostgreSQL writes it: jsonb has one text for one value.
CONTENT = """
    jsonb_build_array(event.case_no, event.seq, event.kind,
        (extract(epoch FROM event.at) * 1000000)::bigint, event.stage, event.account_id,
        event.by_name, event.by_post, event.by_address, event.detail)::text
"""

# The head's row lock makes the relay the only one that numbers; whoever commits later is numbered
# later. So a reader that has seen n can ask for "after n" and miss nothing.
OPEN = text("""
    SELECT last_no, last_hash FROM feed_head
    WHERE district_code = :district
      AND EXISTS (SELECT FROM event_waiting WHERE district_code = :district)
    FOR UPDATE SKIP LOCKED
""")

WAITING = text(f"""
    SELECT waiting.at, event.case_no, event.seq, {CONTENT} AS content
    FROM (SELECT * FROM event_waiting WHERE district_code = :district
          ORDER BY at, case_no, seq LIMIT :limit) waiting
    JOIN case_event event USING (district_code, case_no, seq)
    ORDER BY waiting.at, event.case_no, event.seq
""")  # noqa: S608

CHAIN = text("""
    WITH given AS (
        SELECT * FROM unnest(CAST(:ats AS timestamptz[]), CAST(:cases AS text[]),
                             CAST(:seqs AS integer[]), CAST(:hashes AS bytea[]))
                      WITH ORDINALITY AS given (at, case_no, seq, hash, place)
    ), gone AS (
        DELETE FROM event_waiting waiting USING given
        WHERE waiting.district_code = :district
          AND (waiting.at, waiting.case_no, waiting.seq)
            = (given.at, given.case_no, given.seq)
    ), chained AS (
        INSERT INTO record_line (district_code, feed_no, case_no, seq, hash)
        SELECT :district, :last_no + place, case_no, seq, hash FROM given
    )
    UPDATE feed_head SET last_no = :last_no + cardinality(CAST(:seqs AS integer[])),
           last_hash = :last_hash
    WHERE district_code = :district
""")

AFTER = text("""
    SELECT line.feed_no, event.case_no, event.kind, event.stage, event.at,
           held.chain, held.kind AS whistle_kind, held.generated,
           ARRAY(SELECT department_code FROM case_department called
                 WHERE called.district_code = event.district_code
                   AND called.case_no = event.case_no) AS departments
    FROM record_line line
    JOIN case_event event USING (district_code, case_no, seq)
    JOIN case_ held USING (district_code, case_no)
    WHERE line.district_code = :district AND line.feed_no > :after
    ORDER BY line.feed_no LIMIT :limit
""")

HEAD = text("SELECT last_no FROM feed_head WHERE district_code = :district")


def record(
    session: Session,
    case: Case,
    kind: str,
    account: Account | None,
    now: datetime,
    detail: dict[str, Any],
) -> None:
    """Add one line in the caller's transaction: no event without its change, nor the reverse.
    Without an account the service did it by itself.

    The case's row is locked by the caller; its version is the number of its events.
    """
    session.add(
        CaseEvent(
            district_code=case.district_code,
            case_no=case.case_no,
            seq=case.version,
            kind=kind,
            at=now,
            stage=case.stage,
            account_id=account and account.id,
            by_name=account and account.name,
            by_post=account and account.actor.post,
            by_address=account and account.address,
            detail=detail,
        )
    )


def chained(before: bytes, contents: Iterable[str]) -> Iterator[bytes]:
    """The hashes of lines that follow the one with hash `before`: SHA-256 over it and the text."""
    for content in contents:
        before = hashlib.sha256(before + content.encode()).digest()
        yield before


def number(session: Session, district: str, limit: int | None = 1000) -> int:
    """Give committed events their lines. Returns how many; 0 when another relay is at it."""
    head = session.execute(OPEN, {"district": district}).one_or_none()
    if head is None:
        return 0
    rows = session.execute(WAITING, {"district": district, "limit": limit}).all()
    hashes = list(chained(bytes(head.last_hash), (row.content for row in rows)))
    session.execute(
        CHAIN,
        {
            "district": district,
            "last_no": head.last_no,
            "last_hash": hashes[-1],
            "ats": [row.at for row in rows],
            "cases": [row.case_no for row in rows],
            "seqs": [row.seq for row in rows],
            "hashes": hashes,
        },
    )
    return len(rows)


def after(session: Session, district: str, feed_no: int, limit: int = 500) -> Sequence[Row[Any]]:
    """The events that follow `feed_no`, oldest first."""
    return session.execute(AFTER, {"district": district, "after": feed_no, "limit": limit}).all()


def head(session: Session, district: str) -> int:
    """The newest feed number of the district."""
    return session.scalar(HEAD, {"district": district}) or 0
