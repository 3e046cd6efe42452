"""How a district tells people: its endpoints, its notices, its words. Each change is checked whole
before anything of it is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from gridsvc import messages, wording
from gridsvc.channels.robots import ROBOTS
from gridsvc.errors import BadField, UnknownEndpoint
from gridsvc.permit import Account, check
from gridsvc.recipients import CHANNELS, ROBOT, SMS, Recipient
from gridsvc.rulebook import Rulebook
from gridsvc.rules.lifecycle import MOVES
from gridsvc.rules.notices import REPORTER, Notice
from gridsvc.snapshot import Snapshot
from gridsvc.tables.messages import Endpoint, Template
from gridsvc.tables.messages import Notice as StoredNotice
from gridsvc.wording import LANGUAGES, Wording

# What else happens to a case besides moves.
EVENTS = ("received", *MOVES, "feedback", "urge", "succeed")
KINDS = (*ROBOTS, SMS)


def save_endpoint(
    session: Session, facts: Snapshot, account: Account, no: int | None, told: Mapping[str, Any]
) -> int:
    """A new endpoint, or an old one changed; an absent secret or address leaves the one there is,
    for neither is ever shown whole. Returns its number. Raises NotPermitted, UnknownEndpoint,
    BadField."""
    check(account, "channel.write")
    held = _new(session, account.district) if no is None else _endpoint(session, account, no)
    told = {**told, "url": told["url"] or held.url or ""}
    _check_endpoint(facts, told)
    for name in ("kind", "name", "url", "post", "unit_code", "department_code", "active"):
        setattr(held, name, told[name])
    if told.get("secret") is not None:
        held.secret = told["secret"] or None
    session.add(held)
    session.flush()
    return held.no


def _check_endpoint(facts: Snapshot, told: Mapping[str, Any]) -> None:
    parts = urlsplit(told["url"])
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadField(field="url", want="https://…")
    if told["kind"] not in KINDS:
        raise BadField(field="kind", want="、".join(KINDS))
    if told["kind"] != SMS and told["post"] not in facts.rules.terms["post"]:
        raise BadField(field="post", want="、".join(facts.rules.terms["post"]))
    if told["unit_code"] and facts.grid.unit(told["unit_code"]) is None:
        raise BadField(field="unit", want="a unit of the grid | 网格单元编码")
    if told["department_code"] and told["department_code"] not in facts.rules.departments:
        raise BadField(field="department", want="a department | 部门编码")


def remove_endpoint(session: Session, account: Account, no: int) -> None:
    """Raises NotPermitted, UnknownEndpoint. What is on its way to it is given up when it is next
    tried."""
    check(account, "channel.write")
    session.delete(_endpoint(session, account, no))
    session.flush()


def try_endpoint(
    session: Session, account: Account, no: int, phone: str | None, now: datetime
) -> None:
    """A trial message to the endpoint, sent as any other. Raises NotPermitted, UnknownEndpoint,
    BadField for an SMS gateway without a number."""
    check(account, "channel.write")
    held = _endpoint(session, account, no)
    if held.kind == SMS and not phone:
        raise BadField(field="phone", want="13800000000")
    channel, address = (SMS, phone) if held.kind == SMS else (ROBOT, None)
    to = Recipient(channel, address, held.no)
    origin = f"trial:{uuid4()}"
    messages.write(session, account.district, "trial", {"by": account.name}, to, origin, now)


def save_notices(
    session: Session, rules: Rulebook, account: Account, rows: Sequence[Mapping[str, Any]]
) -> None:
    """These rows instead of all that held; without any, ours hold again. Raises NotPermitted,
    BadField with the number of the row."""
    check(account, "channel.write")
    for no, row in enumerate(rows, 1):
        _check_notice(rules, no, row)
    mine = StoredNotice.district_code == account.district
    session.execute(delete(StoredNotice).where(mine))
    if rows:
        common = {"district_code": account.district, "basis": account.name}
        kept = [{**row, **common, "no": no} for no, row in enumerate(rows, 1)]
        session.execute(insert(StoredNotice), kept)


def _check_notice(rules: Rulebook, no: int, row: Mapping[str, Any]) -> None:
    posts = (None, REPORTER, *rules.terms["post"])
    known: dict[str, Sequence[str | None]] = {
        "event": EVENTS,
        "channel": CHANNELS,
        "template": sorted({code for code, _ in wording.shipped()}),
        "post": posts,
        "whistle_kind": (None, *rules.terms["whistle_kind"]),
    }
    for name, choices in known.items():
        if row[name] not in choices:
            said = "、".join(one for one in choices if one)
            raise BadField(field=f"{no}: {name}", want=said)


def notices(session: Session, district: str) -> tuple[list[Notice], bool]:
    """The rows that hold, and whether they are the district's own."""
    mine = select(func.count()).where(StoredNotice.district_code == district)
    return messages.notices_of(session, district), bool(session.scalar(mine))


def save_template(
    session: Session, account: Account, code: str, language: str, words: Wording | None
) -> None:
    """The district's own words for a template; None: ours again. Raises NotPermitted, BadField for
    a template that is none, BadTemplate."""
    check(account, "channel.write")
    if (code, language) not in wording.shipped():
        codes = sorted({one for one, _ in wording.shipped()})
        raise BadField(field="template", want="、".join((*codes, *LANGUAGES)))
    key = {"district_code": account.district, "code": code, "language": language}
    if words is None:
        session.execute(delete(Template).filter_by(**key))
        return
    wording.check(words)
    statement = upsert(Template).values(**key, **words._asdict())
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=words._asdict()))


def _new(session: Session, district: str) -> Endpoint:
    owned = select(func.max(Endpoint.no)).where(Endpoint.district_code == district)
    return Endpoint(district_code=district, no=(session.scalar(owned) or 0) + 1)


def _endpoint(session: Session, account: Account, no: int) -> Endpoint:
    held = session.get(Endpoint, (account.district, no))
    if held is None:
        raise UnknownEndpoint(no=no)
    return held
