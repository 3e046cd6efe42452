"""Departments, and the people who hold posts for a time: what is there, and changes to it.

What is handed in is compared first; only then, and only if nothing is wrong with any row, is it
kept. Rows that are not handed in stay as they are: a department or a person in a post is ended by
a day, never deleted, for cases name them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from gridsvc.errors import PartyRefused, UnknownDepartment
from gridsvc.permit import Account, check
from gridsvc.rules.parties import Body, Fault, Held, Known, body_faults, held_faults
from gridsvc.snapshot import Snapshot
from gridsvc.tables import parties
from gridsvc.tables.grid import District
from gridsvc.words import Words

BODY = {
    "code": Words("编码", "Code"),
    "name_zh": Words("名称", "Name"),
    "name_en": Words("英文名称", "English name"),
    "short_zh": Words("简称", "Short name"),
    "kind": Words("类型", "Kind"),
    "aliases": Words("别名", "Aliases"),
    "valid_from": Words("起始日期", "From"),
    "valid_to": Words("截止日期", "To"),
    "successor": Words("承接部门", "Successor"),
}
HELD = {
    "id": Words("编号", "Id"),
    "name": Words("姓名", "Name"),
    "post": Words("岗位", "Post"),
    "unit": Words("网格单元", "Unit"),
    "department": Words("部门", "Department"),
    "employment": Words("专兼职", "Employment"),
    "phone": Words("电话", "Phone"),
    "email": Words("邮箱", "E-mail"),
    "valid_from": Words("起始日期", "From"),
    "valid_to": Words("截止日期", "To"),
}
MOST_ROWS = 20_000
MOST_FAULTS = 50
# Under what other names the columns are stored.
STORED = {"successor": "successor_code", "unit": "unit_code", "department": "department_code"}

OPEN = text("""
    SELECT called.department_code AS code, count(DISTINCT held.case_no) AS cases
    FROM case_department called JOIN case_ held USING (district_code, case_no)
    WHERE held.district_code = :district AND held.closed_at IS NULL
      AND called.released_at IS NULL
    GROUP BY called.department_code
""")
PEOPLE = """
    SELECT officer.*, count(*) OVER () AS total FROM officer
    WHERE district_code = :district AND {where}
    ORDER BY unit_code NULLS FIRST, department_code, post, name, id OFFSET :offset LIMIT :limit
"""
WHERE = {
    "unit": "unit_code = :unit",
    "department": "department_code = :department",
    "post": "post = :post",
    "q": "name ILIKE :q",
    "on": "coalesce(valid_from, :on) <= :on AND coalesce(valid_to, :on) >= :on",
}


class Draft(NamedTuple):
    """What is handed in. The lines are where each row stands, for whoever must mend it."""

    bodies: Sequence[Body] = ()
    held: Sequence[Held] = ()
    body_lines: Sequence[int] = ()
    held_lines: Sequence[int] = ()


class Change(NamedTuple):
    """One row that differs: which columns, from what to what. A new row differs in all."""

    sheet: str
    name: str
    new: bool
    columns: Mapping[str, tuple[Any, Any]]


class Comparison(NamedTuple):
    """What keeping a draft would change, and what stays. `moving` are open cases, by department,
    that would go to successors at once."""

    changes: list[Change]
    same: int
    moving: dict[str, int]


def bodies(session: Session, district: str) -> dict[str, Body]:
    """Every department by code, those that have ended too."""
    table = parties.Department
    rows = session.scalars(
        select(table).where(table.district_code == district).order_by(table.code)
    )
    return {row.code: Body(*_stored(row, Body._fields)) for row in rows}


def held(session: Session, district: str) -> dict[UUID, Held]:
    """Everybody in a post at any time, by id."""
    table = parties.Officer
    rows = session.scalars(
        select(table)
        .where(table.district_code == district)
        .order_by(table.unit_code, table.department_code, table.post, table.name, table.id)
    )
    return {row.id: Held(*_stored(row, Held._fields)) for row in rows}


def open_cases(session: Session, district: str) -> dict[str, int]:
    """How many open cases each department is on."""
    rows = session.execute(OPEN, {"district": district})
    return {row.code: row.cases for row in rows}


def people(
    session: Session, district: str, filters: Mapping[str, Any], offset: int, limit: int
) -> list[Row[Any]]:
    """A page of people in posts; filters by the names of WHERE. Each row has the `total`."""
    asked = {name: value for name, value in filters.items() if value is not None}
    where = " AND ".join([WHERE[name] for name in asked] or ["true"])
    values = {"district": district, "offset": offset, "limit": limit, **asked}
    if "q" in values:
        values["q"] = f"%{values['q']}%"
    return list(session.execute(text(PEOPLE.format(where=where)), values))


def compare(session: Session, facts: Snapshot, draft: Draft, today: date) -> Comparison:
    """What would change. Raises PartyRefused with everything that is wrong."""
    there, holding = bodies(session, facts.district), held(session, facts.district)
    _check(facts, draft, there, holding)
    changes: list[Change] = []
    for body in draft.bodies:
        changes += _changed("departments", body.code, there.get(body.code), body)
    for one in draft.held:
        changes += _changed("posts", one.name, holding.get(one.id) if one.id else None, one)
    ending = {
        body.code
        for body in draft.bodies
        if body.successor and body.valid_to and body.valid_to < today
    }
    moving = {
        code: cases for code, cases in open_cases(session, facts.district).items() if code in ending
    }
    same = len(draft.bodies) + len(draft.held) - len(changes)
    return Comparison(changes, same, moving)


def keep(
    session: Session, facts: Snapshot, account: Account, draft: Draft, today: date
) -> Comparison:
    """Keep the draft whole. Raises NotPermitted and what `compare` raises; then nothing changed.
    Open cases of departments that have ended are handed over by `succession.sweep`."""
    check(account, "party.write")
    district = session.get_one(
        District, facts.district, with_for_update={"key_share": True}, populate_existing=True
    )
    found = compare(session, facts, draft, today)
    for body in draft.bodies:
        key = (facts.district, body.code)
        stored: Any = session.get(parties.Department, key) or parties.Department(
            district_code=facts.district, code=body.code
        )
        _fill(session, stored, body)
    for one in draft.held:
        kept: Any = session.get(parties.Officer, (facts.district, one.id)) if one.id else None
        kept = kept or parties.Officer(district_code=facts.district, generated=False)
        _fill(session, kept, one)
    if found.changes:
        district.rulebook_no += 1
    session.flush()
    return found


def succeed(session: Session, district: str, code: str, successor: str, last: date) -> Draft:
    """The change by which a department's work goes to another after its last day.

    Raises UnknownDepartment.
    """
    there = bodies(session, district)
    if code not in there:
        raise UnknownDepartment(department=code)
    return Draft([there[code]._replace(successor=successor, valid_to=last)])


def _check(
    facts: Snapshot, draft: Draft, there: Mapping[str, Body], holding: Mapping[UUID, Held]
) -> None:
    terms = facts.rules.terms
    named = {one.unit for one in draft.held if one.unit}
    known = Known(
        terms["post"],
        # A district may have kinds of its own.
        list(dict.fromkeys((*terms["department_kind"], *(one.kind for one in there.values())))),
        terms["employment"],
        {code for code in named if facts.grid.unit(code)},
        holding.keys(),
    )
    codes = {*there, *(body.code for body in draft.bodies)}
    wrong = [
        *_told("departments", BODY, draft.body_lines, body_faults(draft.bodies, there, known)),
        *_told("posts", HELD, draft.held_lines, held_faults(draft.held, holding, codes, known)),
    ]
    if wrong:
        raise refuse(wrong)


def refuse(wrong: Sequence[dict[str, Any]]) -> PartyRefused:
    """The error that tells of all faults."""
    return PartyRefused(count=len(wrong), faults=list(wrong[:MOST_FAULTS]))


def told(
    sheet: str, columns: Mapping[str, Words], line: int, column: str, why: Words
) -> dict[str, Any]:
    """A fault as it is told."""
    head = columns.get(column, Words(column, column))
    return {
        "sheet": sheet,
        "line": line,
        "column": column,
        "zh": f"第{line}行“{head.zh}”：{why.zh}",
        "en": f"line {line}, {head.en}: {why.en}",
    }


def _told(
    sheet: str, columns: Mapping[str, Words], lines: Sequence[int], faults: Iterable[Fault]
) -> list[dict[str, Any]]:
    return [
        told(sheet, columns, lines[fault.place] if lines else fault.place + 1, *fault[1:])
        for fault in faults
    ]


def _changed(sheet: str, name: str, before: Any, after: Any) -> list[Change]:
    columns = {
        column: (getattr(before, column, None), value)
        for column, value in after._asdict().items()
        if column != "id" and getattr(before, column, None) != value
    }
    return [Change(sheet, name, before is None, columns)] if columns else []


def _stored(row: Any, fields: Iterable[str]) -> list[Any]:
    values = (getattr(row, STORED.get(name, name)) for name in fields)
    return [tuple(value) if isinstance(value, list) else value for value in values]


def _fill(session: Session, stored: Any, row: Body | Held) -> None:
    for name, value in row._asdict().items():
        if name != "id":
            kept = list(value) if isinstance(value, tuple) else value
            setattr(stored, STORED.get(name, name), kept)
    session.add(stored)
