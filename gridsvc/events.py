"""Append to a case's history, and number what is committed so that it can be read in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc.permit import Account
from gridsvc.tables.cases import Case, CaseEvent

# The head's row lock makes the relay the only one that numbers; whoever commits later is numbered
# later. So a reader that has seen n can ask for "after n" and miss nothing.
NUMBER = text("""
    WITH head AS (
        SELECT last_no FROM feed_head WHERE district_code = :district FOR UPDATE SKIP LOCKED
    ), waiting AS (
        SELECT case_no, seq, row_number() OVER (ORDER BY at, case_no, seq) AS place
        FROM (SELECT case_no, seq, at FROM case_event
              WHERE district_code = :district AND feed_no IS NULL
                AND EXISTS (SELECT FROM head)
              ORDER BY at, case_no, seq LIMIT :limit) oldest
    ), numbered AS (
        UPDATE case_event event SET feed_no = head.last_no + waiting.place
        FROM waiting, head
        WHERE event.district_code = :district
          AND (event.case_no, event.seq) = (waiting.case_no, waiting.seq)
          AND event.feed_no IS NULL
        RETURNING event.feed_no
    )
    UPDATE feed_head SET last_no = (SELECT max(feed_no) FROM numbered)
    WHERE district_code = :district AND EXISTS (SELECT FROM numbered)
    RETURNING last_no, (SELECT count(*) FROM numbered) AS numbered
""")

AFTER = text("""
    SELECT event.feed_no, event.case_no, event.kind, event.stage, event.at,
           held.chain, held.kind AS whistle_kind, held.generated,
           ARRAY(SELECT department_code FROM case_department called
                 WHERE called.district_code = event.district_code
                   AND called.case_no = event.case_no) AS departments
    FROM case_event event
    JOIN case_ held USING (district_code, case_no)
    WHERE event.district_code = :district AND event.feed_no > :after
    ORDER BY event.feed_no LIMIT :limit
""")

HEAD = text("SELECT last_no FROM feed_head WHERE district_code = :district")


def record(
    session: Session,
    case: Case,
    kind: str,
    account: Account,
    now: datetime,
    detail: dict[str, Any],
) -> None:
    """Add one line in the caller's transaction: no event without its change, nor the reverse.

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
            account_id=account.id,
            by_name=account.name,
            by_post=account.actor.post,
            detail=detail,
        )
    )


def number(session: Session, district: str, limit: int = 1000) -> int:
    """Give feed numbers to committed events. Returns how many; 0 when another relay is at it."""
    row = session.execute(NUMBER, {"district": district, "limit": limit}).one_or_none()
    return 0 if row is None else int(row.numbered)


def after(session: Session, district: str, feed_no: int, limit: int = 500) -> Sequence[Row[Any]]:
    """The events that follow `feed_no`, oldest first."""
    return session.execute(AFTER, {"district": district, "after": feed_no, "limit": limit}).all()


def head(session: Session, district: str) -> int:
    """The newest feed number of the district."""
    return session.scalar(HEAD, {"district": district}) or 0
