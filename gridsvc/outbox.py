"""The outbox: messages that are due are sent, those not taken are sent again later, and those
given up wait for a person.

A message is claimed by putting off its next attempt, sent outside any transaction, then settled.
Whoever dies between sending and settling leaves it to be sent again: at least once, under the same
id, by which the receiver knows it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from gridsvc import db, messages, rulereader
from gridsvc.channels import robots, web
from gridsvc.channels.mail import Mailer
from gridsvc.channels.robots import Letter, Trouble
from gridsvc.config import MAIL_FROM, SMTP_URL
from gridsvc.errors import UnknownMessage
from gridsvc.permit import Account, check
from gridsvc.recipients import INBOX, Recipient
from gridsvc.tables.grid import District

# Whose post sees to what was not delivered.
CENTRE = "grid_center_operator"
# Longer than a sender needs for a batch, each message being given up after 15 seconds.
CLAIMED = timedelta(minutes=10)
BATCH = 20

CLAIM = text("""
    UPDATE message SET next_at = :until, attempts = attempts + 1
    WHERE id IN (SELECT id FROM message
                 WHERE sent_at IS NULL AND dead_at IS NULL AND next_at <= :now
                 ORDER BY next_at, id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING message.*,
        (SELECT row_to_json(reached) FROM endpoint reached
         WHERE reached.district_code = message.district_code
           AND reached.no = message.endpoint_no) AS endpoint
""")
SETTLE = text("""
    UPDATE message SET sent_at = :sent_at, dead_at = :dead_at, trouble = :trouble,
           next_at = coalesce(:next_at, next_at)
    WHERE id = :id
""")
AGAIN = text("""
    UPDATE message SET dead_at = NULL, attempts = 0, next_at = :now, settled_by = NULL
    WHERE district_code = :district AND dead_at IS NOT NULL AND settled_by IS NULL
      AND (CAST(:id AS bigint) IS NULL OR id = :id)
    RETURNING id
""")
LET_BE = text("""
    UPDATE message SET settled_by = :name
    WHERE district_code = :district AND id = :id AND dead_at IS NOT NULL AND settled_by IS NULL
    RETURNING id
""")
FORGET = text("""
    DELETE FROM message WHERE district_code = :district AND coalesce(sent_at, dead_at) < :before
      AND (dead_at IS NULL OR settled_by IS NOT NULL)
    RETURNING id
""")
STATES = {
    "waiting": "sent_at IS NULL AND dead_at IS NULL",
    "dead": "dead_at IS NOT NULL AND settled_by IS NULL",
    "settled": "settled_by IS NOT NULL",
    "sent": "sent_at IS NOT NULL AND channel <> 'inbox'",
}
COUNTS = text(f"""
    SELECT {", ".join(f"count(*) FILTER (WHERE {where}) AS {name}" for name, where in STATES.items())}
    FROM message WHERE district_code = :district
""")  # noqa: S608, E501


class Patience(NamedTuple):
    """How long a message that was not taken waits, and how often it is tried."""

    first_s: float
    longest_s: float
    most: int

    def after(self, attempts: int) -> timedelta | None:
        """The wait after so many attempts, each time twice as long; None: give up."""
        if attempts >= self.most:
            return None
        return timedelta(seconds=min(self.first_s * 2 ** min(attempts - 1, 30), self.longest_s))


class Senders(NamedTuple):
    """What takes letters: e-mail if it is set up, and everything that takes a POST."""

    mail: Callable[[Letter, datetime], Trouble | None] | None
    web: Callable[[robots.Kind, robots.Request], Trouble | None] = web.post


Transaction = Callable[[], AbstractContextManager[Session]]


@contextmanager
def senders() -> Iterator[Senders]:
    """As this service is configured; the mail server is left when the block ends."""
    if not SMTP_URL:
        yield Senders(None)
        return
    with Mailer(SMTP_URL, MAIL_FROM) as mailer:
        yield Senders(mailer.send)


def send(
    now: Callable[[], datetime],
    by: Senders,
    limit: int = BATCH,
    transaction: Transaction = db.transaction,
) -> int:
    """Send what is due. Returns how many were tried: fewer than `limit` is all."""
    with transaction() as session:
        claim = {"now": now(), "until": now() + CLAIMED, "limit": limit}
        due = session.execute(CLAIM, claim).all()
        patience = {code: _patience(session, code) for code in {one.district_code for one in due}}
    for one in sorted(due, key=lambda one: one.id):
        trouble = _deliver(one, by, now())
        settled = _settled(one, trouble, patience[one.district_code], now())
        with transaction() as session:
            session.execute(SETTLE, settled)
            if settled["dead_at"]:
                _tell(session, one, settled)
    return len(due)


def _deliver(one: Row[Any], by: Senders, now: datetime) -> Trouble | None:
    letter = Letter(
        f"msg_{one.id}", one.template, one.subject, one.body, one.case_no, one.recipient
    )
    if one.channel == "email":
        return by.mail(letter, now) if by.mail else Trouble("SMTP is not set up", final=False)
    where = one.endpoint
    if where is None or not where["active"]:
        return Trouble("the endpoint is gone or switched off", final=True)
    return by.web(
        where["kind"],
        robots.request(where["kind"], where["url"], where["secret"], letter, now),
    )


def _tell(session: Session, one: Row[Any], settled: Mapping[str, Any]) -> None:
    """Somebody of the grid centre hears of what was given up."""
    whom = one.recipient or (one.endpoint or {}).get("name") or ""
    values = {"subject": one.subject, "recipient": whom, "reason": settled["trouble"]}
    to = Recipient(INBOX, post=CENTRE)
    origin, at = f"dead:{one.id}:{one.attempts}", settled["dead_at"]
    messages.write(session, one.district_code, "undelivered", values, to, origin, at)


def _settled(
    one: Row[Any], trouble: Trouble | None, patience: Patience, now: datetime
) -> dict[str, Any]:
    if trouble is None:
        return {"id": one.id, "sent_at": now, "dead_at": None, "trouble": None, "next_at": None}
    wait = None if trouble.final else patience.after(one.attempts)
    return {
        "id": one.id,
        "sent_at": None,
        "dead_at": now if wait is None else None,
        "trouble": trouble.text[:500],
        "next_at": None if wait is None else now + wait,
    }


def _patience(session: Session, district: str) -> Patience:
    held = rulereader.settings(session, district)
    return Patience(
        held["message_first_retry_seconds"],
        held["message_longest_retry_seconds"],
        int(held["message_most_attempts"]),
    )


def counts(session: Session, district: str) -> dict[str, int]:
    """How many messages wait, were sent, were given up, and were settled by a person."""
    return dict(session.execute(COUNTS, {"district": district}).one()._mapping)


def listed(
    session: Session, district: str, state: str, before: int | None = None, limit: int = 50
) -> list[Row[Any]]:
    """Messages in a state of STATES, the newest first, from below the id `before`."""
    page = text(f"""
        SELECT message.*, reached.name AS endpoint_name FROM message
        LEFT JOIN endpoint reached ON (reached.district_code, reached.no)
                                    = (message.district_code, message.endpoint_no)
        WHERE message.district_code = :district AND {STATES[state]}
          AND (CAST(:before AS bigint) IS NULL OR id < :before)
        ORDER BY id DESC LIMIT :limit
    """)  # noqa: S608
    asked = {"district": district, "before": before, "limit": limit}
    return list(session.execute(page, asked))


def again(session: Session, account: Account, now: datetime, message: int | None = None) -> int:
    """Send what was given up once more: one message, or all. Raises NotPermitted, and
    UnknownMessage for one that was not given up. Returns how many."""
    check(account, "message.settle")
    asked = {"district": account.district, "id": message, "now": now}
    done = session.execute(AGAIN, asked).all()
    if message is not None and not done:
        raise UnknownMessage(message=message)
    return len(done)


def let_be(session: Session, account: Account, message: int) -> None:
    """Note who decided that a message need not be sent. Raises NotPermitted, UnknownMessage."""
    check(account, "message.settle")
    asked = {"district": account.district, "id": message, "name": account.name}
    if session.execute(LET_BE, asked).one_or_none() is None:
        raise UnknownMessage(message=message)


def forget_old(session: Session, now: datetime) -> int:
    """Delete what every district need not keep any longer, for it names people. How many."""
    gone = 0
    for district in session.scalars(select(District.code)):
        keep = timedelta(days=rulereader.settings(session, district)["message_keep_days"])
        asked = {"district": district, "before": now - keep}
        gone += len(session.execute(FORGET, asked).all())
    return gone
