"""One whistle, one assessment, both ways; appeals; and what a period adds up to."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api import told_assessments as told
from api import workbooks
from api.deps import LoggedIn, Now, Tx
from api.shapes.assessments import (
    AppealIn,
    AppealList,
    AppealOut,
    AssessmentQuery,
    AssessmentsOut,
    CutOffIn,
    DecisionIn,
    FrozenOut,
    MonthOut,
    RatingIn,
    RatingOut,
    ToRateList,
    TotalOut,
)
from api.shapes.base import ProblemOut
from geodata import assessmentsheets
from gridsvc import appealing, assessments, freezing, snapshot, yearly
from gridsvc.appealing import Decision, Objection, Said
from gridsvc.assessments import DEPARTMENT, STREET, of_side
from gridsvc.errors import BadField
from gridsvc.permit import Account, check
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot
from gridsvc.yearly import Total

router = APIRouter(prefix="/assessments", tags=["assessments"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 404, 409, 422)
}


@router.get("", response_model=AssessmentsOut)
def of_period(
    asked: Annotated[AssessmentQuery, Query()], account: LoggedIn, tx: Tx
) -> dict[str, Any]:
    """Every whistle of a period with its assessment both ways, and each body's result."""
    facts = _facts(account, tx)
    if asked.until <= asked.since:
        raise BadField(field="until", want="> since")
    found = assessments.of_period(tx, facts.rules, Period(asked.since, asked.until))
    if asked.department is not None:
        found = [one for one in of_side(found, DEPARTMENT) if one.body == asked.department]
    share = assessments.scales(facts.rules).share

    def results(side: str) -> list[dict[str, Any]]:
        counted = assessments.results(of_side(found, side), share)
        return told.results_out(facts, side, counted)

    return {
        "since": asked.since,
        "until": asked.until,
        "share_percent": share,
        "results": results(DEPARTMENT),
        "streets": results(STREET),
        **told.items_out(facts, found),
    }


@router.get("/months/{month}", response_model=TotalOut, responses=REFUSALS)
def of_month(month: str, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """A month, 2026-10, as it is kept, or what freezing it now would keep."""
    facts = _facts(account, tx)
    return told.total_out(facts, yearly.month(tx, facts.rules, month))


@router.get("/years/{year}", response_model=TotalOut, responses=REFUSALS)
def of_year(year: int, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """A year for departments and streets; each whistle of it is in the months and in the file."""
    facts = _facts(account, tx)
    total = _year(tx, facts, year)
    return told.total_out(facts, total._replace(items=[]))


@router.get("/years/{year}/file", response_class=Response, responses=workbooks.FILE)
def year_file(year: int, account: LoggedIn, tx: Tx) -> Response:
    """The year as a workbook, every whistle with each figure."""
    facts = _facts(account, tx)
    return _file(facts, _year(tx, facts, year), str(year))


@router.get("/months/{month}/file", response_class=Response, responses=workbooks.FILE)
def month_file(month: str, account: LoggedIn, tx: Tx) -> Response:
    """The month as a workbook, every whistle with each figure."""
    facts = _facts(account, tx)
    return _file(facts, yearly.month(tx, facts.rules, month), month)


@router.put("/months/{month}/cut-off", response_model=MonthOut, responses=REFUSALS)
def set_cut_off(month: str, wish: CutOffIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Let a month stand from another day on; not once it is frozen."""
    facts = _facts(account, tx)
    freezing.set_cut_off(tx, facts.rules, account, month, wish.cut_off, now)
    return told.month_out(freezing.month(tx, facts.rules, month))


@router.post(
    "/months/{month}/freeze", status_code=201, response_model=FrozenOut, responses=REFUSALS
)
def freeze(month: str, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Keep a month for good, after its cut-off and once no appeal waits."""
    check(account, "assessment.freeze")
    facts = _facts(account, tx)
    freezing.freeze(tx, facts.rules, month, account.name, now)
    return _frozen(tx, facts, month)


@router.get("/months/{month}/recount", response_model=FrozenOut, responses=REFUSALS)
def recount(month: str, account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Count a frozen month again from what was kept of it."""
    return _frozen(tx, _facts(account, tx), month)


@router.get("/to-rate", response_model=ToRateList)
def to_rate(account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Whistles of the last weeks that the account's department has not rated yet."""
    facts = snapshot.current(tx, account.district)
    check(account, "assessment.rate", (), [account.actor.department_code or ""])
    rows = appealing.to_rate(tx, facts.rules, account, now)
    return {
        "items": [
            {
                "case_no": row.case_no,
                "text": row.text,
                "closed_at": row.closed_at,
                "street": row.street,
                "street_name": told.body_name(facts, STREET, row.street).zh,
                "department": row.department_code,
                "department_name": facts.rules.department_name(row.department_code).both,
            }
            for row in rows
        ]
    }


@router.post("/ratings", status_code=201, response_model=RatingOut, responses=REFUSALS)
def rate(wish: RatingIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """What a department says of the whistle that called it; said once."""
    facts = snapshot.current(tx, account.district)
    said = Said(wish.proper, wish.described, wish.help, wish.note)
    made = appealing.rate(tx, facts.rules, account, wish.case_no, wish.department, said, now)
    return wish.model_dump() | {"department": made.department_code}


@router.get("/appeals", response_model=AppealList)
def appeals(account: LoggedIn, tx: Tx) -> dict[str, Any]:
    """Appeals, those that wait first; a department or a street sees its own."""
    facts = _facts(account, tx)
    return {
        "items": [told.appeal_out(facts, one, account.id) for one in appealing.listed(tx, account)]
    }


@router.post("/appeals", status_code=201, response_model=AppealOut, responses=REFUSALS)
def appeal(wish: AppealIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Object to one figure of one assessment, or to a fault mark."""
    facts = snapshot.current(tx, account.district)
    made = appealing.appeal(tx, facts.rules, account, Objection(**wish.model_dump()), now)
    return told.appeal_out(facts, made, account.id)


@router.post("/appeals/{no}/uphold", response_model=AppealOut, responses=REFUSALS)
def uphold(no: int, wish: DecisionIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Uphold an appeal: the figure is `points` from now on, and what it was is kept."""
    return _decide(tx, account, no, Decision(True, wish.points, wish.answer), now)


@router.post("/appeals/{no}/refuse", response_model=AppealOut, responses=REFUSALS)
def refuse(no: int, wish: DecisionIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Refuse an appeal, in words."""
    return _decide(tx, account, no, Decision(False, None, wish.answer), now)


def _decide(tx: Session, account: Account, no: int, decision: Decision, now: Now) -> dict[str, Any]:
    facts = snapshot.current(tx, account.district)
    return told.appeal_out(facts, appealing.decide(tx, account, no, decision, now), account.id)


def _facts(account: Account, tx: Session) -> Snapshot:
    check(account, "rates.read")
    return snapshot.current(tx, account.district)


def _year(tx: Session, facts: Snapshot, year: int) -> Total:
    if not 2000 <= year <= 2100:
        raise BadField(field="year", want="2000-2100")
    return yearly.year(tx, facts.rules, year)


def _frozen(tx: Session, facts: Snapshot, month: str) -> dict[str, Any]:
    kept = freezing.month(tx, facts.rules, month).frozen
    if kept is None:
        raise BadField(field="month", want="frozen | 已固定的月份")
    return {
        "month": kept.month,
        "cut_off": kept.cut_off,
        "frozen_at": kept.frozen_at,
        "frozen_by": kept.frozen_by,
        "assessments": len(kept.kept),
        "differing": [one.case_no for one in freezing.differing(kept)],
    }


def _file(facts: Snapshot, total: Total, name: str) -> Response:
    names = {
        body: told.body_name(facts, side, body).zh
        for side, its in total.results.items()
        for body in its
    }
    return workbooks.given(
        f"assessments-{name}.xlsx",
        lambda path: assessmentsheets.write(total.results, total.items, names, path),
    )
