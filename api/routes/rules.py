"""Who answers: tables of responsibility, what they lack, and what a change would move."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api import told_rules as told
from api import workbooks
from api.deps import LoggedIn, Now, Reader, Tx
from api.shapes.base import ProblemOut
from api.shapes.rules import (
    ReplayOut,
    RuleFindingsOut,
    RuleRowsOut,
    RulesPublishIn,
    RuleTableList,
    RuleTableOut,
    TrialIn,
    TrialOut,
    TrialPageIn,
)
from geodata import rulereading, rulesheets
from gridsvc import replay as replaying
from gridsvc import ruletables, snapshot, trial
from gridsvc.permit import Account, check
from gridsvc.ruletables import Publication
from gridsvc.snapshot import Snapshot
from gridsvc.trial import Period, Trial

router = APIRouter(tags=["rules"])

FIRST_PAGE = 100
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 409, 422)
}


@router.get("/cases/{case_no}/replay", response_model=ReplayOut)
def replay(case_no: str, account: Reader, tx: Tx) -> dict[str, Any]:
    """Judge a case again by the table, day, edition and category of its first judgement."""
    found = replaying.replay(tx, snapshot.current(tx, account.district), case_no)
    return found._asdict() | {"equal": not found.differing}


@router.get("/rules", response_model=RuleTableList)
def listed(account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """All tables of responsibility, the newest first, and which one answers today."""
    facts = _facts(account, tx)
    heads = ruletables.listed(tx, facts, now)
    return {
        "today": _today(facts, now),
        "rulebook": facts.rules.no,
        "items": [_head(head) for head in heads],
    }


def _head(head: ruletables.Head) -> dict[str, Any]:
    return head.line._asdict() | {"state": head.state}


def _one(tx: Session, facts: Snapshot, no: int, now: datetime) -> dict[str, Any]:
    ruletables.read(tx, facts.district, no)
    heads = ruletables.listed(tx, facts, now)
    return next(_head(head) for head in heads if head.line.no == no)


async def stager(account: LoggedIn) -> Account:
    """An account that may hand in tables; asked before the first byte is read."""
    check(account, "rules.stage")
    return account


@router.post(
    "/rules",
    status_code=201,
    response_model=RuleTableOut,
    responses=REFUSALS,
    openapi_extra=workbooks.BODY,
)
async def stage(
    request: Request,
    account: Annotated[Account, Depends(stager)],
    tx: Tx,
    now: Now,
    title: Annotated[str, Query(min_length=1, max_length=200)],
    note: Annotated[str | None, Query(max_length=500)] = None,
) -> dict[str, Any]:
    """Hand in a changed table as an XLSX workbook (the request's body). It answers nothing yet.

    Cells that do not fit are told with line, column and reason, and then nothing is written.
    """
    data = await workbooks.taken(request)

    def keep() -> dict[str, Any]:
        facts = snapshot.current(tx, account.district)
        draft = rulereading.read(data, facts, title, note)
        return _one(tx, facts, ruletables.stage(tx, facts, account, draft, now), now)

    return await run_in_threadpool(keep)


@router.get("/rules/{no}", response_model=RuleTableOut)
def one(no: int, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """One table without its rows."""
    return _one(tx, _facts(account, tx), no, now)


@router.get("/rules/{no}/rows", response_model=RuleRowsOut)
def rows(
    no: int,
    account: LoggedIn,
    tx: Tx,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=5_000)] = 500,
) -> dict[str, Any]:
    """The rows of a table, a page at a time."""
    facts = _facts(account, tx)
    held = ruletables.read(tx, account.district, no).rows
    page = held[offset : offset + limit]
    return {"total": len(held), "items": [told.row_out(facts, row) for row in page]}


@router.get("/rules/{no}/file", response_class=Response, responses=workbooks.FILE)
def file(no: int, account: LoggedIn, tx: Tx) -> Response:
    """The table as a workbook, which can be changed and handed in again."""
    facts = _facts(account, tx)
    table = ruletables.read(tx, account.district, no)
    return workbooks.given(
        f"rules-{no}.xlsx", lambda path: rulesheets.write(table.rows, facts, path)
    )


@router.get("/rules/{no}/findings", response_model=RuleFindingsOut)
def findings(no: int, account: LoggedIn, tx: Tx, now: Now, day: date | None = None) -> Any:
    """What is wrong with a table: rows that contradict each other, and where nobody answers.

    Gaps are those of one day, by default today, in the edition that answers.
    """
    facts = _facts(account, tx)
    table = ruletables.read(tx, account.district, no)
    day = day or _today(facts, now)
    return told.findings_out(tx, facts, table, day, ruletables.gaps(tx, facts, table, day))


@router.post("/rules/{no}/trial", response_model=TrialOut)
def try_(no: int, wish: TrialIn, account: Reader, tx: Tx, now: Now) -> dict[str, Any]:
    """Run the table over past cases and note that it was tried. No case changes."""
    facts = _facts(account, tx)
    usual = trial.usual(now)
    period = Period(wish.since or usual.since, wish.until or usual.until, as_if=wish.as_if)
    found = trial.record(tx, account, facts, no, period, now)
    return told.trial_out(tx, facts, found, 0, FIRST_PAGE)


@router.get("/rules/{no}/trial", response_model=TrialOut)
def trial_of(
    no: int,
    account: Reader,
    tx: Tx,
    now: Now,
    asked: Annotated[TrialPageIn, Query()],
) -> dict[str, Any]:
    """The cases that would have gone elsewhere, a page at a time; by default of the last trial."""
    facts = _facts(account, tx)
    found = _again(tx, facts, no, asked, now)
    return told.trial_out(tx, facts, found, asked.offset, asked.limit)


@router.get("/rules/{no}/trial/file", response_class=Response, responses=workbooks.FILE)
def trial_file(
    no: int, account: Reader, tx: Tx, now: Now, asked: Annotated[TrialIn, Query()]
) -> Response:
    """The same as a workbook, with every case."""
    facts = _facts(account, tx)
    found = _again(tx, facts, no, asked, now)
    texts = trial.texts(tx, facts, found.changed)
    return workbooks.given(
        f"rules-{no}-trial.xlsx", lambda path: rulesheets.write_trial(found, texts, facts, path)
    )


def _again(tx: Session, facts: Snapshot, no: int, asked: TrialIn, now: datetime) -> Trial:
    table = ruletables.read(tx, facts.district, no)
    period = trial.last(tx, facts.district, no) or trial.usual(now)
    if asked.model_fields_set & {"since", "until", "as_if"}:
        since, until = asked.since or period.since, asked.until or period.until
        period = Period(since, until, as_if=asked.as_if)
    return trial.run(tx, facts, table, period)


@router.post("/rules/{no}/publish", response_model=RuleTableOut, responses=REFUSALS)
def publish(no: int, wish: RulesPublishIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let the table answer from a day on. It must have been tried against what answers now."""
    facts = snapshot.current(tx, account.district)
    ruletables.publish(tx, facts, account, no, Publication(wish.holds_from, wish.reason), now)
    return _one(tx, snapshot.current(tx, account.district), no, now)


def _facts(account: Account, tx: Session) -> Snapshot:
    check(account, "rules.read")
    return snapshot.current(tx, account.district)


def _today(facts: Snapshot, now: datetime) -> date:
    return now.astimezone(facts.rules.calendar.zone).date()
