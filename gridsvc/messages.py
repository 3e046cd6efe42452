"""From the record to the outbox: every event that has its line is told to whom the notices name.

Only what is committed has a line, so nothing is told of a case that was rolled back. The reader's
place in the record and the messages it makes are written together, so each event is told once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc import defaults, snapshot, wording
from gridsvc.config import PUBLIC_URL, SMTP_URL
from gridsvc.gist import Speaker
from gridsvc.moves.calling import LINKED_LEADER
from gridsvc.recipients import INBOX, Recipient, Ways, by_address, of_post
from gridsvc.rules.notices import REPORTER, Audience, Called, Happened, Notice, audiences
from gridsvc.tables import messages as tables
from gridsvc.tables.grid import District
from gridsvc.wording import Wording
from gridsvc.words import Words

READER = "messages"

FROM = text("""
    SELECT reader.last_no AS after, least(reader.last_no + :limit, head.last_no) AS upto
    FROM feed_reader reader JOIN feed_head head USING (district_code)
    WHERE reader.district_code = :district AND reader.name = :name
      AND head.last_no > reader.last_no
    FOR UPDATE OF reader SKIP LOCKED
""")
READ = text("""
    UPDATE feed_reader SET last_no = :upto WHERE district_code = :district AND name = :name
""")
# Generated cases are nobody's, and a note tells nobody.
HAPPENED = text("""
    SELECT line.feed_no, event.case_no, event.seq, event.kind, event.stage, event.at,
           event.by_name, event.detail - 'set' AS detail, held.kind AS whistle, held.chain,
           held.category_code, held.text, held.due_at, held.edition_no,
           ARRAY(SELECT department_code FROM case_department called
                 WHERE called.district_code = :district AND called.case_no = held.case_no
                   AND called.released_at IS NULL ORDER BY role, department_code) AS departments
    FROM record_line line
    JOIN case_event event USING (district_code, case_no, seq)
    JOIN case_ held USING (district_code, case_no)
    WHERE line.district_code = :district AND line.feed_no > :after AND line.feed_no <= :upto
      AND NOT held.generated AND event.kind = ANY(:kinds)
    ORDER BY line.feed_no
""")
# Names as the newest of the editions has them that the cases were judged by.
NAMES = text("""
    SELECT code, name FROM grid_unit
    WHERE district_code = :district AND edition_no = ANY(:editions) AND code = ANY(:codes)
    ORDER BY edition_no
""")
# Whoever reported the case, or a case that was found to be the same matter.
REPORTERS = text("""
    SELECT coalesce(own.merged_into, own.case_no) AS case_no, told.case_no AS own_case,
           told.report_no, told.token, told.reporter_email, told.reporter_phone
    FROM report told JOIN case_ own USING (district_code, case_no)
    WHERE own.district_code = :district
      AND (own.case_no = ANY(:cases) OR own.merged_into = ANY(:cases))
      AND (told.reporter_email IS NOT NULL OR told.reporter_phone IS NOT NULL)
    ORDER BY told.report_no
""")
# What a reporter is told of the own case alone, not of those that were merged into it.
OWN_CASE_ONLY = ("received", "merge", "dismiss")


class Telling(NamedTuple):
    """All that turns events into messages, read once a batch."""

    speaker: Speaker
    notices: Sequence[Notice]
    wordings: Mapping[tuple[str, str], Wording]
    ways: Ways


def make(session: Session, district: str, now: datetime, limit: int = 1000) -> int:
    """Write the messages of the next events. Returns how many lines of the record were read: fewer
    than `limit` is all; 0 also while somebody else is at it."""
    place = {"district": district, "name": READER}
    row = session.execute(FROM, place | {"limit": limit}).one_or_none()
    if row is None:
        return 0
    notices = notices_of(session, district)
    kinds = sorted({notice.event for notice in notices})
    span = {"after": row.after, "upto": row.upto, "kinds": kinds}
    happened = session.execute(HAPPENED, {"district": district, **span}).all()
    if happened:
        _write(session, _telling(session, district, notices, happened), happened, now)
    session.execute(READ, place | {"upto": row.upto})
    return int(row.upto - row.after)


def notices_of(session: Session, district: str) -> list[Notice]:
    """The rows that hold: the district's own if it has any, else ours."""
    table = tables.Notice
    own = session.scalars(
        select(table).where(table.district_code == district).order_by(table.no)
    ).all()
    if own:
        return [
            Notice(row.no, row.event, row.whistle_kind, row.post, row.channel, row.template)
            for row in own
        ]
    return [
        Notice(
            int(row["no"]),
            row["event"],
            row["whistle_kind"] or None,
            row["post"] or None,
            row["channel"],
            row["template"],
        )
        for row in defaults.shipped("notices.csv")
    ]


def endpoints_of(session: Session, district: str) -> list[tables.Endpoint]:
    table = tables.Endpoint
    rows = select(table).where(table.district_code == district).order_by(table.no)
    return list(session.scalars(rows))


def put(session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Lay messages into the outbox; those whose origin is known already are there. How many."""
    if not rows:
        return 0
    statement = insert(tables.Message).on_conflict_do_nothing(
        index_elements=["district_code", "origin"]
    )
    done = session.execute(statement.returning(tables.Message.id), list(rows))
    return len(done.all())


def row(
    district: str, origin: str, template: str, words: Wording, to: Recipient, now: datetime
) -> dict[str, Any]:
    """One message as it is stored. What is for an inbox has arrived."""
    return {
        "district_code": district,
        "origin": origin,
        "case_no": None,
        "template": template,
        "channel": to.channel,
        "post": to.post,
        "units": to.units,
        "departments": to.departments,
        "recipient": to.address,
        "endpoint_no": to.endpoint,
        "subject": words.subject,
        "body": words.body,
        "made_at": now,
        "next_at": now,
        "attempts": 0,
        "sent_at": now if to.channel == INBOX else None,
    }


def write(
    session: Session,
    district: str,
    template: str,
    values: Mapping[str, str],
    to: Recipient,
    origin: str,
    now: datetime,
) -> int:
    """One message that no event makes, a trial or an anchor say. 0 if it is there already."""
    held = session.get_one(District, district)
    known = wording.wordings(session, district)[template, held.language]
    name = Words(held.name_zh, held.name_en)
    told = {"district": name.en if held.language == "en" else name.zh, **values}
    return put(session, [row(district, origin, template, known.fill(told), to, now)])


def _telling(
    session: Session, district: str, notices: Sequence[Notice], happened: Sequence[Row[Any]]
) -> Telling:
    held = session.get_one(District, district)
    asked = {
        "district": district,
        "editions": list({row.edition_no for row in happened}),
        "codes": list({code for row in happened for code in row.chain}),
    }
    places = {row.code: row.name for row in session.execute(NAMES, asked)}
    name = Words(held.name_zh, held.name_en)
    return Telling(
        Speaker(snapshot.rules(session, district), held.language, name, places),
        notices,
        wording.wordings(session, district),
        Ways(bool(SMTP_URL), endpoints_of(session, district)),
    )


def _write(session: Session, telling: Telling, happened: Sequence[Row[Any]], now: datetime) -> None:
    told = [(event, list(audiences(telling.notices, what(event)))) for event in happened]
    answered = {
        event.case_no for event, heard in told if any(one.post == REPORTER for one in heard)
    }
    reporters: dict[str, list[Row[Any]]] = defaultdict(list)
    if answered:
        asked = {"district": telling.speaker.rules.district, "cases": sorted(answered)}
        for row in session.execute(REPORTERS, asked):
            reporters[row.case_no].append(row)
            if row.own_case != row.case_no:
                reporters[row.own_case].append(row)
    rows = [
        message
        for event, heard in told
        for audience in heard
        for message in _messages(telling, event, audience, reporters[event.case_no], now)
    ]
    put(session, rows)


def what(event: Row[Any]) -> Happened:
    """The event as the notices see it: whom it concerns and whom it names."""
    detail = event.detail
    named = [Called(mark["tells"], mark["department"]) for mark in detail.get("marks", ())]
    if detail.get("leaders"):
        named.append(Called(LINKED_LEADER))
    concerned = [detail["department"]] if detail.get("department") else event.departments
    return Happened(event.kind, event.whistle, tuple(concerned), tuple(named))


def _messages(
    telling: Telling,
    event: Row[Any],
    audience: Audience,
    reporters: Sequence[Row[Any]],
    now: datetime,
) -> Iterator[dict[str, Any]]:
    notice, rules = audience.notice, telling.speaker.rules
    known = telling.wordings[notice.template, telling.speaker.language]
    values = telling.speaker.tell(event, audience)
    if audience.post != REPORTER:
        day = now.astimezone(rules.calendar.zone).date()
        for to in of_post(rules, telling.ways, audience, event.chain, day):
            yield _message(telling, event, notice, known.fill(values), to, now)
        return
    for one in reporters:
        if event.kind in OWN_CASE_ONLY and one.own_case != event.case_no:
            continue
        own = values | {"report_no": one.report_no, "link": f"{PUBLIC_URL}/r/{one.token}"}
        reached = [(one.reporter_email, one.reporter_phone)]
        for to in by_address(telling.ways, notice.channel, reached):
            message = _message(telling, event, notice, known.fill(own), to, now)
            yield message | {"origin": f"{message['origin']}:{one.report_no}"}


def _message(
    telling: Telling,
    event: Row[Any],
    notice: Notice,
    words: Wording,
    to: Recipient,
    now: datetime,
) -> dict[str, Any]:
    whom = to.address or (f"{to.post}:{','.join(to.departments or ())}" if to.post else to.endpoint)
    origin = f"{event.case_no}:{event.seq}:{notice.no}:{whom}"
    made = row(telling.speaker.rules.district, origin, notice.template, words, to, now)
    return made | {"case_no": event.case_no}
