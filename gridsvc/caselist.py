"""A page of the list of cases, filtered and in an order."""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc import naming
from gridsvc.errors import BadCursor
from gridsvc.naming import Names
from gridsvc.rules.lifecycle import Stage
from gridsvc.snapshot import Snapshot

MOST_COUNTED = 10_000
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
