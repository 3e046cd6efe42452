"""What a district sets itself: working hours, days, limits, supervision, precedence, settings."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api import workbooks
from api.deps import LoggedIn, Now, Tx
from api.shapes.base import ProblemOut
from api.shapes.settings import (
    DaysIn,
    DueOut,
    DueQuery,
    HoursIn,
    LimitsIn,
    LoggedList,
    PrecedenceIn,
    SettingsIn,
    SettingsOut,
    SupervisionIn,
)
from geodata import settingsheets
from gridsvc import changelog, defaults, snapshot, tuned, tuning
from gridsvc.clock import TimeUnit
from gridsvc.permit import Account, check
from gridsvc.rulebook import Rulebook
from gridsvc.rules.counting import draw
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.permission import allows
from gridsvc.tuned import SUBJECTS
from gridsvc.tuning import Wish
from gridsvc.words import Words

router = APIRouter(prefix="/settings", tags=["settings"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 409, 422)
}
Sheet = Literal["days", "limits"]
# Reminders are no supervision yet, so the word list of levels does not have them.
REMIND = Words("提醒", "Reminder")


@router.get("", response_model=SettingsOut)
def whole(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Everything that the district may set itself, as it holds now."""
    return _whole(tx, account)


@router.put("/hours", response_model=SettingsOut, responses=REFUSALS)
def hours(wish: HoursIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let these working hours hold. Clocks that run keep the moment they are due."""
    return _replace(tx, account, "hours", wish.model_dump(), now)


@router.put("/days", response_model=SettingsOut, responses=REFUSALS)
def days(wish: DaysIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let these holidays and make-up working days hold."""
    return _replace(tx, account, "days", wish.model_dump(), now)


@router.put("/limits", response_model=SettingsOut, responses=REFUSALS)
def limits(wish: LimitsIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let these limits hold for clocks that start from now on."""
    return _replace(tx, account, "limits", wish.model_dump(), now)


@router.put("/supervision", response_model=SettingsOut, responses=REFUSALS)
def supervision(wish: SupervisionIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let these reminders and supervision hold for marks that are set from now on."""
    return _replace(tx, account, "supervision", wish.model_dump(), now)


@router.put("/precedence", response_model=SettingsOut, responses=REFUSALS)
def precedence(wish: PrecedenceIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let these owners be first."""
    return _replace(tx, account, "precedence", wish.model_dump(), now)


@router.put("/figures", response_model=SettingsOut, responses=REFUSALS)
def figures(wish: SettingsIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let these figures hold."""
    return _replace(tx, account, "settings", wish.model_dump(), now)


@router.get("/changes", response_model=LoggedList)
def changes(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """The last 200 changes with what was before and after, the latest first."""
    check(account, "settings.read")
    names = ("no", "subject", "key", "before", "after", "at", "by_name", "by_post", "reason")
    return {
        "items": [
            {name: getattr(one, name) for name in names}
            for one in changelog.changes(tx, account.district, SUBJECTS)
        ]
    }


@router.get("/due", response_model=DueOut, responses=REFUSALS)
def due(asked: Annotated[DueQuery, Query()], account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """When a limit that starts then is due, drawn day by day, by the function that sets clocks."""
    check(account, "settings.read")
    rules = snapshot.rules(tx, account.district)
    due_at, steps = draw(asked.start, asked.amount, asked.unit, rules.calendar)
    notes = {row["day"]: row["note"] for row in tuning.rows(tx, rules, "days")}
    return {
        "due_at": due_at,
        "steps": [
            step._asdict()
            | {
                "openings": [one._asdict() for one in step.openings],
                "note": notes.get(step.day) or None,
            }
            for step in steps
        ],
    }


@router.get("/{sheet}/file", response_class=Response, responses=workbooks.FILE)
def file(sheet: Sheet, account: LoggedIn, tx: Tx) -> Response:
    """Days or limits as a workbook that can be handed in again."""
    check(account, "settings.read")
    rules = snapshot.rules(tx, account.district)
    rows = tuning.rows(tx, rules, sheet)
    return workbooks.given(
        f"{sheet}.xlsx", lambda path: settingsheets.write(sheet, rows, rules, path)
    )


async def changer(account: LoggedIn) -> Account:
    """An account that may change settings; asked before the first byte is read."""
    check(account, "settings.change")
    return account


@router.post(
    "/{sheet}/file", response_model=SettingsOut, responses=REFUSALS, openapi_extra=workbooks.BODY
)
async def hand_in(
    sheet: Sheet,
    request: Request,
    account: Annotated[Account, Depends(changer)],
    tx: Tx,
    now: Now,
    rulebook: Annotated[int, Query()],
    reason: Annotated[str, Query(max_length=500)] = "",
) -> dict[str, Any]:
    """Let the rows of a workbook (the request's body) hold instead of the present ones. Cells that
    do not fit are told with line, column and reason, and then nothing is written."""
    data = await workbooks.taken(request)

    def keep() -> dict[str, Any]:
        rows, lines = settingsheets.read(sheet, data, snapshot.rules(tx, account.district))
        tuning.replace(tx, account, sheet, Wish(rows, rulebook, reason, lines), now)
        return _whole(tx, account)

    return await run_in_threadpool(keep)


def _replace(
    tx: Session, account: Account, subject: str, wish: dict[str, Any], now: Now
) -> dict[str, Any]:
    tuning.replace(tx, account, subject, Wish(wish["rows"], wish["rulebook"], wish["reason"]), now)
    return _whole(tx, account)


def _whole(tx: Session, account: Account) -> dict[str, Any]:
    check(account, "settings.read")
    rules = snapshot.rules(tx, account.district)
    found = tuning.read(tx, rules)
    return {
        "rulebook": found.rulebook,
        "may_change": allows(account.actor, "settings.change"),
        **found.tables,
        "settings": [_setting(row) for row in found.tables["settings"]],
        "clocks": [_coded(rules, "clock", one) for one in Clock],
        "units": [_coded(rules, "time_unit", one) for one in TimeUnit],
        "levels": [
            {"code": tuned.REMIND, "name": REMIND.both},
            *(_coded(rules, "supervision", one) for one in rules.terms["supervision"]),
        ],
    }


def _setting(row: dict[str, Any]) -> dict[str, Any]:
    name, allowed = row["name"], tuned.BOUNDS.get(row["name"])
    return row | {
        "words": (allowed.words if allowed else Words(name, name)).both,
        "usual": defaults.settings().get(name, row["value"]),
        "least": allowed and allowed.least,
        "most": allowed and allowed.most,
    }


def _coded(rules: Rulebook, list_name: str, code: str) -> dict[str, Any]:
    return {"code": str(code), "name": rules.say(list_name, code).both}
