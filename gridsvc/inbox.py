"""What an account is told inside the service: what is for its post, and for its unit and
department where it has one."""

from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc.permit import Account

MOST_COUNTED = 100
MINE = """
    district_code = :district AND channel = 'inbox' AND post = :post
    AND (CAST(:unit AS text) IS NULL OR units IS NULL OR :unit = ANY(units))
    AND (CAST(:department AS text) IS NULL OR departments IS NULL
         OR :department = ANY(departments))
"""
PAGE = text(f"""
    SELECT id, case_no, template, subject, body, made_at,
           id > (SELECT read_up_to FROM account
                 WHERE district_code = :district AND id = :account) AS unread
    FROM message WHERE {MINE} AND (CAST(:before AS bigint) IS NULL OR id < :before)
    ORDER BY id DESC LIMIT :limit
""")  # noqa: S608
UNREAD = text(f"""
    SELECT count(*) FROM (
        SELECT FROM message WHERE {MINE}
          AND id > (SELECT read_up_to FROM account
                    WHERE district_code = :district AND id = :account)
        LIMIT {MOST_COUNTED}) unread
""")  # noqa: S608
SEEN = text("""
    UPDATE account SET read_up_to = greatest(read_up_to, :upto)
    WHERE district_code = :district AND id = :account
""")


def page(
    session: Session, account: Account, before: int | None = None, limit: int = 30
) -> list[Row[Any]]:
    """The newest messages, each with whether it is unread; from below the id `before`."""
    return list(session.execute(PAGE, _mine(account) | {"before": before, "limit": limit}))


def unread(session: Session, account: Account) -> int:
    """How many are unread, counted to MOST_COUNTED."""
    return int(session.scalar(UNREAD, _mine(account)) or 0)


def seen(session: Session, account: Account, upto: int) -> None:
    """Everything up to this message was seen."""
    session.execute(SEEN, _mine(account) | {"upto": upto})


def _mine(account: Account) -> dict[str, Any]:
    actor = account.actor
    return {
        "district": account.district,
        "account": account.id,
        "post": actor.post,
        "unit": actor.unit_code,
        "department": actor.department_code,
    }
