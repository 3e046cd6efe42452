"""Read cases: a page of a filtered list, or one case with everything about it."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc import naming
from gridsvc.errors import BadCursor, UnknownCase
from gridsvc.gist import succession
from gridsvc.naming import Names
from gridsvc.permit import Account
from gridsvc.photo import beside
from gridsvc.rules import permission
from gridsvc.rules.lifecycle import MOVES, Stage, legal
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

MOST_COUNTED = 10_000
SEE_REPORTER = "case.see_reporter"

# One condition a filter; only those asked for are joined, so that the planner sees what is asked.
CONDITIONS = {
    "unit": "held.chain @> ARRAY[CAST(:unit AS text)]",
    "department": """EXISTS (SELECT FROM case_department called
        WHERE called.district_code = held.district_code AND called.case_no = held.case_no
          AND called.department_code = :department)""",
    "stages": "held.stage = ANY(:stages)",
    "kind": "held.kind = :kind",
    "categories": "held.category_code = ANY(:categories)",
    "overdue": """(held.due_at < coalesce(held.closed_at, :now)) = :overdue""",
    "manual": "(held.manual IS NOT NULL AND held.closed_at IS NULL) = :manual",
    # Spelled out by its value, for a partial index knows no parameters.
    "open": "held.closed_at IS {}NULL",
    "since": "held.opened_at >= :since",
    "until": "held.opened_at < :until",
    "box": "held.place && ST_MakeEnvelope(:west, :south, :east, :north, 4326)",
    "q": "(held.text ILIKE :q OR held.case_no LIKE :q)",
}

BEFORE_CLOSING = frozenset(Stage) - {Stage.EVALUATE, Stage.REPLY, Stage.ARCHIVED}

ORDERS = {
    "newest": ("held.opened_at", "DESC", "<"),
    "due": ("coalesce(held.due_at, 'infinity')", "ASC", ">"),
}

COLUMNS = """
    held.case_no, held.stage, held.kind, held.category_code, held.text, held.opened_at,
    held.due_at, held.closed_at, held.edition_no, held.chain, held.manual, held.version,
    held.generated,
    coalesce(held.due_at < coalesce(held.closed_at, :now), false) AS overdue,
    ST_X(held.place) AS lon, ST_Y(held.place) AS lat,
    (SELECT json_agg(json_build_object('code', department_code, 'role', role,
                         'called_at', called_at, 'reported_in_at', reported_in_at,
                         'reported_in_how', reported_in_how, 'distance_m', distance_m,
                         'task', task, 'done_at', done_at, 'released_at', released_at)
                     ORDER BY role, department_code)
     FROM case_department called
     WHERE called.district_code = held.district_code
       AND called.case_no = held.case_no) AS departments
"""

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


class Wanted(NamedTuple):
    """A question to the list: filter values by the name of their condition."""

    filters: Mapping[str, Any]
    order: str = "newest"
    limit: int = 50
    cursor: str | None = None


def page(session: Session, facts: Snapshot, wanted: Wanted, now: datetime) -> dict[str, Any]:
    """One page, in a stable order, and how many there are in all (counted to 10,000).

    Raises BadCursor.
    """
    where = conditions(wanted.filters)
    values = {"district": facts.district, "now": now, **wanted.filters}
    key, direction, beyond = ORDERS[wanted.order]
    which = " AND ".join(where)
    # The pieces are the constants above; every value is bound.
    total = session.scalar(
        text(
            f"SELECT count(*) FROM (SELECT FROM case_ held WHERE {which} LIMIT :most) counted"  # noqa: S608
        ),
        values | {"most": MOST_COUNTED + 1},
    )
    if wanted.cursor:
        which += f" AND ({key}, held.case_no) {beyond} (:after, :after_no)"
        values["after"], values["after_no"] = _read_cursor(wanted.cursor)
    sql = f"""
        SELECT {COLUMNS}, {key} AS sort_key FROM case_ held WHERE {which}
        ORDER BY {key} {direction}, held.case_no {direction} LIMIT :limit
    """  # noqa: S608
    rows = session.execute(text(sql), values | {"limit": wanted.limit + 1}).all()
    more = len(rows) > wanted.limit
    rows = rows[: wanted.limit]
    named = naming.read(session, facts, ((row.edition_no, row.chain) for row in rows))
    return {
        "items": [row_out(facts, named, row) for row in rows],
        "next": _cursor(rows[-1].sort_key, rows[-1].case_no) if more else None,
        "total": min(total or 0, MOST_COUNTED),
        "total_capped": (total or 0) > MOST_COUNTED,
    }


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
        "timeline": [_event(facts, event) for event in events],
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


def row_out(facts: Snapshot, named: Names, row: Row[Any]) -> dict[str, Any]:
    """A case as a line of a list."""
    category = facts.rules.categories.get(row.category_code or "")
    return {
        "case_no": row.case_no,
        "stage": row.stage,
        "kind": row.kind,
        "category": category and {"code": category.code, "name": category.name.both},
        "text": row.text,
        "opened_at": row.opened_at,
        "due_at": row.due_at,
        "closed_at": row.closed_at,
        "overdue": row.overdue,
        "location": None if row.lon is None else {"lon": row.lon, "lat": row.lat},
        "chain": named.chain(row.edition_no, row.chain),
        "departments": [
            called | {"name": facts.rules.department_name(called["code"]).zh}
            for called in row.departments or ()
        ],
        "manual": row.manual,
        "version": row.version,
        "generated": row.generated,
    }


def _condition(name: str, filters: Mapping[str, Any]) -> str:
    return CONDITIONS[name].format("" if filters.get(name) else "NOT ")


def conditions(filters: Mapping[str, Any]) -> list[str]:
    """The SQL conditions on `case_ held` that the filters stand for; every value is bound by its
    name, besides `district` and `now`."""
    asked = [name for name in CONDITIONS if filters.get(name) is not None]
    asked += ["box"] if "west" in filters else []
    where = ["held.district_code = :district", *(_condition(name, filters) for name in asked)]
    if stages := filters.get("stages"):
        # Says nothing new, but leads to the index of the open cases.
        where += ["held.closed_at IS NULL"] if BEFORE_CLOSING.issuperset(stages) else []
    return where


def _cursor(sort_key: datetime | str, case_no: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([str(sort_key), case_no])).decode()


def _read_cursor(cursor: str) -> tuple[str, str]:
    try:
        key, case_no = orjson.loads(base64.urlsafe_b64decode(cursor))
        if key != "infinity":
            datetime.fromisoformat(key)
    except (ValueError, binascii.Error, TypeError):
        raise BadCursor() from None
    return key, str(case_no)


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


def _event(facts: Snapshot, event: Row[Any]) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "kind": event.kind,
        "stage": event.stage,
        "at": event.at,
        "by": None
        if event.by_name is None
        else {
            "name": event.by_name,
            "post": event.by_post,
            "post_name": facts.rules.say("post", event.by_post or "").both,
        },
        "detail": event.detail,
        "text": _sentence(facts, event).both,
    }


def _sentence(facts: Snapshot, event: Row[Any]) -> Words:
    """What happened, as one line of the timeline."""
    detail = event.detail
    if event.kind == "received":
        channel = facts.rules.say("channel", detail.get("channel") or "")
        return Words(f"收到上报（{channel.zh}）", f"Report received ({channel.en})")
    if event.kind == "rejudge":
        no = detail["edition"]
        return Words(f"按第{no}版网格重新研判", f"Judged again by edition {no} of the grid")
    if event.kind == "feedback":
        given = FEEDBACK[detail["satisfied"]]
        why = detail["reason"] or ""
        return Words(
            f"上报人评价：{given.zh}{f'：{why}' if why else ''}",
            f"The reporter is {given.en}{f': {why}' if why else ''}",
        )
    if event.kind == "urge":
        said = [_urged(facts, mark) for mark in detail["marks"]]
        return Words("；".join(one.zh for one in said), "; ".join(one.en for one in said))
    if event.kind == "succeed":
        taken = [succession(one) for one in detail["succeeded"]]
        return Words("；".join(one.zh for one in taken), "; ".join(one.en for one in taken))
    move = MOVES[event.kind].name if event.kind in MOVES else Words(event.kind, event.kind)
    parts = [_named(facts, name, detail[name]) for name in SAID if detail.get(name)]
    zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
    return Words(f"{move.zh}：{zh}" if zh else move.zh, f"{move.en}: {en}" if en else move.en)


SAID = (
    "kind",
    "ask_kind",
    "level",
    "fault",
    "department",
    "departments",
    "conditions",
    "category",
    "score",
    "task",
    "leader",
    "section",
    "forces",
    "result",
    "reply",
    "into",
    "reason",
    "note",
)


def _urged(facts: Snapshot, mark: Mapping[str, Any]) -> Words:
    """One mark that a clock has passed."""
    clock = facts.rules.say("clock", mark["clock"])
    if mark["name"]:
        clock = Words(mark["name"]["zh"], mark["name"]["en"] or mark["name"]["zh"])
    whose = facts.rules.department_name(mark["department"]) if mark["department"] else None
    zh, en = (f"（{whose.zh}）", f" ({whose.en})") if whose else ("", "")
    if mark["level"] == "remind":
        return Words(f"提醒：{clock.zh}时限将到{zh}", f"Reminder: time to {clock.en} runs out{en}")
    level = facts.rules.say("supervision", mark["level"])
    return Words(f"{level.zh}：{clock.zh}超时{zh}", f"{level.en}: {clock.en} is late{en}")


FEEDBACK = {
    "yes": Words("满意", "satisfied"),
    "partly": Words("基本满意", "partly satisfied"),
    "no": Words("不满意", "not satisfied"),
}

LISTS = {
    "kind": "whistle_kind",
    "ask_kind": "ask_kind",
    "level": "supervision",
    "fault": "whistle_fault",
}


def _named(facts: Snapshot, name: str, value: Any) -> Words:
    if name in LISTS:
        return facts.rules.say(LISTS[name], value)
    if name in ("department", "departments"):
        codes = [value] if isinstance(value, str) else value
        named = [facts.rules.department_name(code) for code in codes]
        return Words("、".join(n.zh for n in named), ", ".join(n.en for n in named))
    if name == "category" and value in facts.rules.categories:
        return facts.rules.categories[value].name
    if name == "score":
        return Words(f"{value}分", f"{value} points")
    return Words(str(value), str(value))
