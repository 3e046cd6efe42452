"""What was changed in a district's own rows: logged with who, when, why, and what stood there."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridsvc.permit import Account
from gridsvc.tables.changes import Change

Row = dict[str, Any]
# A row's key with the row before and after; None: it was not there.
Differing = tuple[str, Row | None, Row | None]


def log(
    session: Session,
    account: Account,
    subject: str,
    changed: Sequence[Differing],
    reason: str,
    now: datetime,
) -> None:
    """Write down changes of one subject. The caller holds the district's row."""
    owned = select(func.max(Change.no)).where(Change.district_code == account.district)
    last = session.scalar(owned) or 0
    session.add_all(
        Change(
            district_code=account.district,
            no=last + place,
            subject=subject,
            key=key,
            before=_told(before),
            after=_told(after),
            at=now,
            account_id=account.id,
            by_name=account.name,
            by_post=account.actor.post,
            reason=reason,
        )
        for place, (key, before, after) in enumerate(changed, 1)
    )


def changes(
    session: Session,
    district: str,
    subjects: Collection[str],
    key: str | None = None,
    limit: int = 200,
) -> list[Change]:
    """What was changed in some subjects, or in one row of theirs, the latest first."""
    wanted = [Change.district_code == district, Change.subject.in_(subjects)]
    if key is not None:
        wanted.append(Change.key == key)
    found = select(Change).where(*wanted).order_by(Change.no.desc()).limit(limit)
    return list(session.scalars(found))


def plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _told(row: Row | None) -> Row | None:
    """The row as JSON can hold it."""
    return row and {
        name: plain(value) if isinstance(value, date | time) else value
        for name, value in row.items()
    }
