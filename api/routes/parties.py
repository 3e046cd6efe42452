"""Departments, their successors, and the people who hold posts for a time."""

from collections import Counter
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api import workbooks
from api.deps import LoggedIn, Now, Tx
from api.shapes.base import ProblemOut
from api.shapes.parties import ComparedOut, DepartmentRows, PartiesIn, PeopleOut, SuccessorIn
from geodata import partysheets
from gridsvc import partybook, snapshot
from gridsvc.partybook import Comparison, Draft
from gridsvc.permit import Account, check
from gridsvc.rules import permission
from gridsvc.rules.parties import Body, Held
from gridsvc.snapshot import Snapshot

router = APIRouter(prefix="/parties", tags=["parties"])

MOST_CHANGES = 500
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 422)
}
Write = Annotated[bool, Query(description="keep it; otherwise only say what would change")]


@router.get("/departments", response_model=DepartmentRows, responses=REFUSALS)
def departments(account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Every department, those that have ended too, with its open cases."""
    facts = _facts(account, tx)
    today = _today(facts, now)
    cases = partybook.open_cases(tx, account.district)
    held = partybook.held(tx, account.district).values()
    staff = Counter(one.department for one in held if _in_post(one, today))
    return {
        "today": today,
        "may_write": permission.allows(account.actor, "party.write"),
        "items": [
            one._asdict()
            | {
                "kind_name": facts.rules.say("department_kind", one.kind).both,
                "state": _state(one, today),
                "open_cases": cases.get(code, 0),
                "people": staff[code],
            }
            for code, one in partybook.bodies(tx, account.district).items()
        ],
    }


@router.get("/people", response_model=PeopleOut, responses=REFUSALS)
def people(
    account: LoggedIn,
    tx: Tx,
    unit: str | None = None,
    department: str | None = None,
    post: str | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    on: date | None = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """People in posts; `on` only those in post that day."""
    facts = _facts(account, tx)
    filters = {"unit": unit, "department": department, "post": post, "q": q, "on": on}
    rows = partybook.people(tx, account.district, filters, offset, limit)
    return {
        "total": rows[0].total if rows else 0,
        "items": [
            {
                **row._mapping,
                "unit": row.unit_code,
                "unit_name": _unit_name(facts, row.unit_code),
                "department": row.department_code,
                "post_name": facts.rules.say("post", row.post).both,
            }
            for row in rows
        ],
    }


@router.post("", response_model=ComparedOut, responses=REFUSALS)
def hand_in(
    told: PartiesIn, account: LoggedIn, tx: Tx, now: Now, write: Write = False
) -> dict[str, Any]:
    """Add or change departments and posts; by default only compare."""
    bodies = [
        Body(**one.model_dump(exclude={"aliases"}), aliases=tuple(one.aliases))
        for one in told.departments
    ]
    held = [Held(**one.model_dump()) for one in told.posts]
    return _taken(tx, account, Draft(bodies, held), now, write)


async def writer(account: LoggedIn) -> Account:
    """An account that may change parties; asked before the first byte is read."""
    check(account, "party.write")
    return account


@router.post("/file", response_model=ComparedOut, responses=REFUSALS, openapi_extra=workbooks.BODY)
async def hand_in_file(
    request: Request,
    account: Annotated[Account, Depends(writer)],
    tx: Tx,
    now: Now,
    write: Write = False,
) -> dict[str, Any]:
    """The same as an XLSX workbook (the request's body). Cells that do not fit are told with
    sheet, line, column and reason, and then nothing is written."""
    data = await workbooks.taken(request)

    def take() -> dict[str, Any]:
        draft = partysheets.read(data, snapshot.current(tx, account.district).rules)
        return _taken(tx, account, draft, now, write)

    return await run_in_threadpool(take)


@router.get(
    "/file", response_class=Response, responses=workbooks.FILE | {403: {"model": ProblemOut}}
)
def file(account: LoggedIn, tx: Tx) -> Response:
    """All departments and posts as a workbook, which can be changed and handed in again."""
    facts = _facts(account, tx)
    posts = partybook.held(tx, account.district)
    codes = {one.unit for one in posts.values() if one.unit}
    names = {code: name for code in codes if (name := _unit_name(facts, code))}
    bodies = partybook.bodies(tx, account.district).values()
    return workbooks.given(
        "parties.xlsx",
        lambda path: partysheets.write(bodies, posts.items(), facts.rules, names, path),
    )


@router.post("/departments/{code}/successor", response_model=ComparedOut, responses=REFUSALS)
def succeed(
    code: str, told: SuccessorIn, account: LoggedIn, tx: Tx, now: Now, write: Write = False
) -> dict[str, Any]:
    """Let another department take over the work after a last day (domain rule 33). Open cases go
    along on the day after; the old name stays in their trail."""
    check(account, "party.write")
    draft = partybook.succeed(tx, account.district, code, told.successor, told.last_day)
    return _taken(tx, account, draft, now, write)


def _taken(
    tx: Session, account: Account, draft: Draft, now: datetime, write: bool
) -> dict[str, Any]:
    check(account, "party.write")
    facts = snapshot.current(tx, account.district)
    today = _today(facts, now)
    if write:
        found = partybook.keep(tx, facts, account, draft, today)
    else:
        found = partybook.compare(tx, facts, draft, today)
    return _compared(found, write)


def _compared(found: Comparison, written: bool) -> dict[str, Any]:
    added = sum(change.new for change in found.changes)
    return {
        "written": written,
        "added": added,
        "changed": len(found.changes) - added,
        "same": found.same,
        "moving": found.moving,
        "changes": [change._asdict() for change in found.changes[:MOST_CHANGES]],
    }


def _facts(account: Account, tx: Session) -> Snapshot:
    check(account, "party.read")
    return snapshot.current(tx, account.district)


def _today(facts: Snapshot, now: datetime) -> date:
    return now.astimezone(facts.rules.calendar.zone).date()


def _in_post(one: Held, today: date) -> bool:
    return (one.valid_from or today) <= today <= (one.valid_to or today)


def _state(one: Body, today: date) -> str:
    if one.valid_to is not None and one.valid_to < today:
        return "ended"
    return "coming" if one.valid_from is not None and one.valid_from > today else "valid"


def _unit_name(facts: Snapshot, code: str | None) -> str | None:
    unit = facts.grid.unit(code) if code else None
    return unit.name if unit else None
