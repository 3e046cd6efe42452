"""What a reporter is told by the link of the report, and what the reporter thinks of it.

No login: whoever holds the link reads what became of the report, nothing of other reporters and
nobody's name. Closed is never shown as solved: only what somebody else has verified is. Rule 24.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc import casework, events
from gridsvc.casestate import changes, state
from gridsvc.errors import MissingField, NotAnswered, UnknownAnswer
from gridsvc.permit import Account
from gridsvc.rules.lifecycle import STAGE_NAMES, Stage
from gridsvc.rules.permission import Actor
from gridsvc.tables.cases import CaseAsk
from gridsvc.words import Words

# The case that answers: that of the report, or the one it was merged into.
ONE = text("""
    SELECT told.district_code, told.report_no, told.received_at, told.text,
           held.case_no, held.stage, held.outcome, held.closed_at, held.archived_at, held.due_at,
           given.satisfied, given.reason, given.given_at
    FROM report told
    JOIN case_ own ON (own.district_code, own.case_no) = (told.district_code, told.case_no)
    JOIN case_ held ON held.district_code = own.district_code
                   AND held.case_no = coalesce(own.merged_into, own.case_no)
    LEFT JOIN feedback given ON (given.district_code, given.report_no)
                              = (told.district_code, told.report_no)
    WHERE told.token = :token
""")

# The newest word of those who handled it, by kind of event.
SAID = text("""
    SELECT DISTINCT ON (kind) kind, at, detail FROM case_event
    WHERE district_code = :district AND case_no = :case_no
      AND kind IN ('resolve', 'reply', 'dismiss')
    ORDER BY kind, seq DESC
""")

KEEP = text("""
    INSERT INTO feedback (district_code, report_no, case_no, satisfied, reason, given_at)
    VALUES (:district, :report_no, :case_no, :satisfied, :reason, :now)
    ON CONFLICT (district_code, report_no) DO UPDATE
    SET satisfied = excluded.satisfied, reason = excluded.reason, given_at = excluded.given_at
""")

# Who speaks in the record for somebody without an account.
REPORTER = UUID(int=0)


def one(session: Session, token: str) -> dict[str, Any]:
    """What became of the report. Raises UnknownAnswer."""
    row = _found(session, token)
    said: dict[str, Mapping[str, Any]] = {
        event.kind: event.detail
        for event in session.execute(SAID, {"district": row.district_code, "case_no": row.case_no})
    }
    solved = row.outcome == "solved"
    return {
        "report_no": row.report_no,
        "received_at": row.received_at,
        "text": row.text,
        "stage": row.stage,
        "state": _state(row).both,
        "due_at": None if row.closed_at else row.due_at,
        "solved": solved,
        "result": said.get("resolve", {}).get("result") if solved else None,
        "reply": said.get("reply", {}).get("reply") if row.archived_at else None,
        "dismissed": said.get("dismiss", {}).get("reason") if row.outcome == "dismissed" else None,
        "may_judge": _may_judge(row),
        "feedback": row.satisfied
        and {"satisfied": row.satisfied, "reason": row.reason, "given_at": row.given_at},
    }


def judge(
    session: Session, token: str, satisfied: str, reason: str | None, now: datetime
) -> dict[str, Any]:
    """Keep what the reporter thinks; "no" needs a reason and asks to open the case again.

    May be changed until somebody has acted on it. Raises UnknownAnswer, NotAnswered while there
    is nothing to judge, MissingField.
    """
    row = _found(session, token)
    if not _may_judge(row):
        raise NotAnswered()
    reason = (reason or "").strip() or None
    if satisfied == "no" and reason is None:
        raise MissingField(
            move_name=Words("评价", "Feedback").both, fields=[Words("理由", "Reason").both]
        )
    session.execute(
        KEEP,
        {
            "district": row.district_code,
            "report_no": row.report_no,
            "case_no": row.case_no,
            "satisfied": satisfied,
            "reason": reason,
            "now": now,
        },
    )
    _note(session, row, satisfied, reason, now)
    return one(session, token)


def _note(
    session: Session, row: Row[Any], satisfied: str, reason: str | None, now: datetime
) -> None:
    """One line in the record; whoever is not satisfied asks once to open the case again."""
    rows = casework.locked(session, row.district_code, row.case_no)
    before = state(*rows)
    waiting = any(one.kind == "reopen" and one.decided_at is None for one in rows.asks)
    if satisfied == "no" and not waiting:
        asked = CaseAsk(
            district_code=row.district_code,
            case_no=row.case_no,
            no=len(rows.asks) + 1,
            kind="reopen",
            reason=reason or "",
            asked_by=REPORTER,
            asked_at=now,
        )
        rows.asks.append(asked)
        session.add(asked)
    rows.case.version += 1
    detail = {
        "report_no": row.report_no,
        "satisfied": satisfied,
        "reason": reason,
        "set": changes(before, state(*rows)),
    }
    reporter = Account(row.district_code, REPORTER, "", "上报人", Actor("reporter", None, None, {}))
    events.record(session, rows.case, "feedback", reporter, now, detail)
    session.flush()


def _found(session: Session, token: str) -> Row[Any]:
    row = session.execute(ONE, {"token": token}).one_or_none()
    if row is None:
        raise UnknownAnswer()
    return row


def _may_judge(row: Row[Any]) -> bool:
    return row.closed_at is not None and row.outcome == "solved"


def _state(row: Row[Any]) -> Words:
    """Where it stands, in the reporter's words."""
    if row.outcome == "dismissed":
        return Words("未予受理", "Not taken up")
    if row.outcome == "solved" and row.satisfied == "no":
        return Words(
            "已由他人核实，您不满意，等待决定是否重办",
            "Verified by somebody else; you are not satisfied, and the centre will decide",
        )
    if row.outcome == "solved":
        return Words("已由他人核实解决", "Verified by somebody else as solved")
    name = STAGE_NAMES[Stage(row.stage)]
    return Words(f"正在办理：{name.zh}", f"Being handled: {name.en}")
