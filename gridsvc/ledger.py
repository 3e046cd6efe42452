"""The ledger 工作台账: every case as a row, made from the record alone.

Domain rules 16 and 17: every whistle's process and result is recorded, and the ledger is generated
from those records. It holds nobody's name or telephone number but those who acted in their post.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc import caselist, naming
from gridsvc.caselist import Wanted
from gridsvc.naming import Names
from gridsvc.rules.lifecycle import STAGE_NAMES, Stage
from gridsvc.sentences import FEEDBACK
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

STREET, COMMUNITY = 2, 3
# Rows are read and named in portions, so that a ledger of any length needs little memory.
PORTION = 2_000

# What happened last in each way, from the history; the newest verification counts.
ROWS = """
    SELECT held.case_no, held.stage, held.kind, held.category_code, held.text, held.opened_at,
           held.due_at, held.closed_at, held.outcome, held.chain, held.edition_no, held.leader,
           held.section, held.rework_count, held.supervision, held.score, held.fault, held.mode,
           held.merged_into, held.hung_up_at IS NOT NULL AS hung_up,
           (SELECT json_agg(json_build_object('channel', told.channel, 'address', told.address)
                            ORDER BY told.received_at) FROM report told
            WHERE told.district_code = :district AND told.case_no = held.case_no) AS reports,
           (SELECT json_object_agg(kind, json_build_object('at', at, 'by', by_name, 'post', by_post,
                                                           'detail', detail)) FROM (
                SELECT DISTINCT ON (kind) kind, at, by_name, by_post,
                       detail - 'set' - 'why' AS detail
                FROM case_event event
                WHERE event.district_code = :district AND event.case_no = held.case_no
                  AND kind IN ('whistle', 'accept', 'resolve', 'verify', 'evaluate', 'reply')
                ORDER BY kind, seq DESC) last) AS events,
           (SELECT json_agg(json_build_object('code', department_code, 'role', role,
                    'called_at', called_at, 'reported_in_at', reported_in_at,
                    'reported_in_how', reported_in_how, 'done_at', done_at,
                    'released_at', released_at, 'task', task) ORDER BY role, department_code)
            FROM case_department called
            WHERE called.district_code = :district AND called.case_no = held.case_no
           ) AS departments,
           (SELECT json_agg(json_build_object('clock', clock, 'department', department_code,
                    'name_zh', name_zh, 'name_en', name_en, 'due_at', due_at,
                    'stopped_at', stopped_at, 'void', void, 'standing', rest IS NOT NULL)
                    ORDER BY no) FROM case_clock ran
            WHERE ran.district_code = :district AND ran.case_no = held.case_no) AS clocks,
           (SELECT json_agg(json_build_object('satisfied', satisfied, 'reason', reason)
                            ORDER BY given_at) FROM feedback given
            WHERE given.district_code = :district AND given.case_no = held.case_no) AS feedback
    FROM case_ held WHERE {where}
    ORDER BY held.opened_at DESC, held.case_no DESC
"""


def page(session: Session, facts: Snapshot, wanted: Wanted, now: datetime) -> dict[str, Any]:
    """One page of the ledger, of the same cases and in the same order as the list of cases.

    Raises BadCursor.
    """
    listed = caselist.page(session, facts, wanted, now)
    numbers = [item["case_no"] for item in listed["items"]]
    where = "held.district_code = :district AND held.case_no = ANY(:cases)"
    values = {"district": facts.district, "cases": numbers}
    rows = session.execute(text(ROWS.format(where=where)), values).all()
    told = {line["case_no"]: line for line in _lines(session, facts, rows, now)}
    return listed | {"items": [told[number] for number in numbers]}


def lines(
    session: Session, facts: Snapshot, filters: Mapping[str, Any], now: datetime
) -> Iterator[dict[str, Any]]:
    """Every row of the ledger that the filters of the case list let through, newest first."""
    where = " AND ".join(caselist.conditions(filters))
    values = {"district": facts.district, "now": now, **filters}
    statement = text(ROWS.format(where=where)).execution_options(yield_per=PORTION)
    for portion in session.execute(statement, values).partitions(PORTION):
        yield from _lines(session, facts, portion, now)


def _lines(session: Session, facts: Snapshot, rows: Any, now: datetime) -> Iterator[dict[str, Any]]:
    named = naming.read(session, facts, ((row.edition_no, row.chain) for row in rows))
    return (_line(facts, named, row, now) for row in rows)


def _line(facts: Snapshot, named: Names, row: Row[Any], now: datetime) -> dict[str, Any]:
    say, events = facts.rules.say, row.events or {}
    category = facts.rules.categories.get(row.category_code or "")
    chain = [named.unit(row.edition_no, code) for code in row.chain]
    units = {unit.level: unit.name for unit in chain}
    first = (row.reports or [{}])[0]
    opinion = (row.feedback or [None])[-1]
    verified = events.get("verify")
    return {
        "case_no": row.case_no,
        "stage": STAGE_NAMES[Stage(row.stage)].both,
        "kind": say("whistle_kind", row.kind).both if row.kind else None,
        "category": category.name.both if category else None,
        "street": units.get(STREET),
        "community": units.get(COMMUNITY),
        "place": chain[-1].name if chain else first.get("address"),
        "text": row.text,
        "channel": say("channel", first["channel"]).both if first else None,
        "reports": len(row.reports or ()),
        "opened_at": row.opened_at,
        "whistled": _who(facts, events.get("whistle")),
        "mode": say("mode", row.mode).both if row.mode else None,
        "leader": row.leader,
        "section": row.section,
        "departments": [_department(facts, one) for one in row.departments or ()],
        "due_at": row.due_at,
        "clocks": _clocks(facts, row.clocks or (), now),
        "hung_up": row.hung_up,
        "supervision": say("supervision", row.supervision).both if row.supervision else None,
        "closed_at": row.closed_at,
        "outcome": OUTCOMES[row.outcome].both if row.outcome in OUTCOMES else None,
        "merged_into": row.merged_into,
        "result": (events.get("resolve") or {}).get("detail", {}).get("result"),
        "verified": _who(facts, verified),
        "reworks": row.rework_count,
        "score": row.score,
        "fault": say("whistle_fault", row.fault).both if row.fault else None,
        "reply": (events.get("reply") or {}).get("detail", {}).get("reply"),
        "replied": _who(facts, events.get("reply")),
        "satisfied": FEEDBACK[opinion["satisfied"]].both if opinion else None,
        "satisfied_reason": opinion["reason"] if opinion else None,
    }


OUTCOMES = {
    "solved": Words("已解决", "Solved"),
    "dismissed": Words("不予受理", "Dismissed"),
    "merged": Words("已并案", "Merged"),
}


def _who(facts: Snapshot, event: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Who made the move, in which post, and when."""
    if event is None:
        return None
    post = facts.rules.say("post", event["post"]).both if event["post"] else None
    return {"name": event["by"], "post": post, "at": event["at"]}


def _department(facts: Snapshot, called: Mapping[str, Any]) -> dict[str, Any]:
    how = called["reported_in_how"]
    return {
        **called,
        "name": facts.rules.department_name(called["code"]).both,
        "reported_in_how": facts.rules.say("report_in_how", how).both if how else None,
    }


def _clocks(facts: Snapshot, ran: Any, now: datetime) -> dict[str, Any]:
    """How many limits ended in time, and which did not or have run out by now."""
    kept, broken = 0, []
    for one in ran:
        due = datetime.fromisoformat(one["due_at"])
        ended = datetime.fromisoformat(one["stopped_at"]) if one["stopped_at"] else None
        if not one["standing"] and (ended or now) > due:
            broken.append(_named(facts, one).both)
        elif ended and not one["void"]:
            kept += 1
    return {"kept": kept, "broken": broken}


def _named(facts: Snapshot, one: Mapping[str, Any]) -> Words:
    name = facts.rules.say("clock", one["clock"])
    if one["name_zh"]:
        name = Words(one["name_zh"], one["name_en"] or one["name_zh"])
    if one["department"]:
        whose = facts.rules.department_name(one["department"])
        return Words(f"{name.zh}（{whose.zh}）", f"{name.en} ({whose.en})")
    return name
