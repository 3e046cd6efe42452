"""One case with everything about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc import naming
from gridsvc.caselist import COLUMNS, row_out
from gridsvc.errors import UnknownCase
from gridsvc.naming import Names
from gridsvc.permit import Account
from gridsvc.photo import beside
from gridsvc.rules import permission
from gridsvc.rules.lifecycle import Stage, legal
from gridsvc.sentences import event_out
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

SEE_REPORTER = "case.see_reporter"

CLOCKS = """
    (SELECT json_agg(ran ORDER BY no) FROM case_clock ran
     WHERE ran.district_code = held.district_code AND ran.case_no = held.case_no) AS clocks
"""
ASKS = """
    (SELECT json_agg(asked ORDER BY no) FROM case_ask asked
     WHERE asked.district_code = held.district_code AND asked.case_no = held.case_no) AS asks
"""

LEADERS = """
    (SELECT json_agg(json_build_object('name', name, 'came', id = ANY(held.leaders_in) IS TRUE)
                     ORDER BY name) FROM officer
     WHERE officer.district_code = held.district_code AND id = ANY(held.leaders)) AS leaders
"""

ONE = text(f"""
    SELECT {COLUMNS}, held.mode, held.outcome, held.score, held.leader, held.section,
           held.hung_up_at, held.supervision, held.fault, held.merged_into,
           held.method, held.border_m, {LEADERS},
           held.owner_unit, {CLOCKS}, {ASKS}, officer.name AS officer_name,
           officer.post AS officer_post, officer.phone AS officer_phone, {beside.OF_CASE}
    FROM case_ held
    LEFT JOIN officer ON (officer.district_code, officer.id)
                       = (held.district_code, held.officer_id)
    WHERE held.district_code = :district AND held.case_no = :case_no
""")  # noqa: S608

REPORTS = text("""
    SELECT report_no, case_no, received_at, channel, text, reporter_name, reporter_phone,
           reporter_email, accuracy_m, address
    FROM report
    WHERE district_code = :district
      AND case_no IN (SELECT :case_no UNION ALL
                      SELECT case_no FROM case_
                      WHERE district_code = :district AND merged_into = :case_no)
    ORDER BY case_no <> :case_no, received_at
""")

EVENTS = text("""
    SELECT seq, kind, stage, at, by_name, by_post, detail - 'set' AS detail FROM case_event
    WHERE district_code = :district AND case_no = :case_no ORDER BY seq
""")


def one(
    session: Session, facts: Snapshot, account: Account, case_no: str, now: datetime
) -> dict[str, Any]:
    """The case with its reports, its timeline and the moves this account may make. UnknownCase."""
    key = {"district": facts.district, "case_no": case_no}
    row = session.execute(ONE, key | {"now": now}).one_or_none()
    if row is None:
        raise UnknownCase(case_no=case_no)
    reports = session.execute(REPORTS, key).all()
    events = session.execute(EVENTS, key).all()
    departments = [called["code"] for called in row.departments or ()]
    may_see = permission.allows(account.actor, SEE_REPORTER, row.chain, departments)
    named = naming.read(session, facts, [(row.edition_no, row.chain)])
    out, idle = row_out(facts, named, row), _idle(row)
    return out | {
        "location": _location(row, reports, events),
        "edition": row.edition_no,
        "mode": row.mode,
        "outcome": row.outcome,
        "score": row.score,
        "leader": row.leader,
        "leaders": row.leaders or [],
        "section": row.section,
        "hung_up_at": row.hung_up_at,
        "supervision": row.supervision,
        "fault": row.fault,
        "merged_into": row.merged_into,
        "clocks": [_clock(facts, one, row.hung_up_at, now) for one in row.clocks or ()],
        "asks": [_asked_for(one) for one in row.asks or ()],
        "territorial_owner": _owner(named, row),
        "table": _latest(events, "table"),
        "first_owner": _latest(events, "first_owner"),
        "conditions": _latest(events, "conditions"),
        "why": _latest(events, "why") or [],
        "reports": [_report(told, may_see) for told in reports],
        "photos": [beside.of_case(facts.rules, photo) for photo in row.photos or ()],
        "timeline": [event_out(facts, event) for event in events],
        "moves": [
            move.code
            for move in legal(Stage(row.stage))
            if move.code not in idle
            and permission.allows(account.actor, f"case.{move.code}", row.chain, departments)
        ],
    }


def _idle(row: Row[Any]) -> set[str]:
    """The moves that are legal in the stage but have nothing to act on."""
    idle = set[str]()
    if all(one["decided_at"] for one in row.asks or ()):
        idle |= {"grant", "refuse"}
    if row.hung_up_at is None:
        idle.add("resume")
    idle.add("unmerge" if row.merged_into is None else "reopen")
    if all(one["stopped_at"] or one["clock"] != "step" for one in row.clocks or ()):
        idle.add("step_done")
    if all(one["came"] for one in row.leaders or ()):
        idle.add("leader_in")
    if not row.departments:
        idle |= {"assign", "task_done", "release"}
    return idle


def _clock(
    facts: Snapshot, ran: dict[str, Any], hung_up: datetime | None, now: datetime
) -> dict[str, Any]:
    due_at = datetime.fromisoformat(ran["due_at"])
    ended = datetime.fromisoformat(ran["stopped_at"]) if ran["stopped_at"] else now
    standing = hung_up is not None and ran["rest"] is not None
    name = facts.rules.say("clock", ran["clock"])
    if ran["name_zh"]:
        name = Words(ran["name_zh"], ran["name_en"] or ran["name_zh"])
    return {
        **{key: ran[key] for key in ("no", "clock", "step", "amount", "unit", "void", "extended")},
        "name": name.both,
        "department": ran["department_code"],
        "started_at": ran["started_at"],
        "due_at": due_at,
        "stopped_at": ran["stopped_at"],
        "standing": standing,
        "broken": not standing and ended > due_at,
    }


def _asked_for(asked: dict[str, Any]) -> dict[str, Any]:
    names = ("no", "kind", "amount", "unit", "reason", "asked_at", "decided_at", "granted")
    return {name: asked[name] for name in (*names, "answer")} | {
        "department": asked["department_code"]
    }


def _latest(events: Sequence[Row[Any]], name: str) -> Any:
    """What the newest event that speaks of it says."""
    return next((one.detail[name] for one in reversed(events) if name in one.detail), None)


# What only the event knows that found the place, and not the case.
HOW_SURE = ("confidence", "nearest_m", "candidates")


def _how_sure(events: Sequence[Row[Any]]) -> dict[str, Any]:
    """How sure the place is, from the newest event that found one."""
    for event in reversed(events):
        found = event.detail.get("location")
        if isinstance(found, dict) and "confidence" in found:
            return {name: found[name] for name in HOW_SURE if name in found}
    return {}


def _location(
    row: Row[Any], reports: Sequence[Row[Any]], events: Sequence[Row[Any]]
) -> dict[str, Any] | None:
    first = reports[0] if reports else None
    if row.lon is None and (first is None or not first.address):
        return None
    return {
        "lon": row.lon,
        "lat": row.lat,
        "datum": "wgs84",
        "accuracy_m": first.accuracy_m if first else None,
        "address": first.address if first else None,
        "method": row.method,
        "border_m": row.border_m,
        **_how_sure(events),
    }


def _owner(named: Names, row: Row[Any]) -> dict[str, Any] | None:
    if row.owner_unit is None:
        return None
    officer = {
        "name": row.officer_name,
        "post": row.officer_post,
        "phone": row.officer_phone,
    }
    return {
        "unit": named.unit(row.edition_no, row.owner_unit)._asdict(),
        "officer": officer if row.officer_name else None,
    }


def _report(told: Row[Any], may_see: bool) -> dict[str, Any]:
    known = may_see and (told.reporter_name or told.reporter_phone or told.reporter_email)
    return {
        "report_no": told.report_no,
        "case_no": told.case_no,
        "received_at": told.received_at,
        "channel": told.channel,
        "text": told.text,
        "reporter": {
            "name": told.reporter_name,
            "phone": told.reporter_phone,
            "email": told.reporter_email,
        }
        if known
        else None,
    }
