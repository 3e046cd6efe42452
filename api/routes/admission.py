"""The admission register: what may be handed to a community (domain rule 30)."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from api.deps import LoggedIn, Now, Tx
from api.shapes.admission import AdmissionIn, AdmissionList, AdmissionOut, StepIn
from api.shapes.base import ProblemOut
from api.told_rules import category_out, unit_out
from gridsvc import admissions, snapshot
from gridsvc.admissions import Application, Entry
from gridsvc.permit import Account, check
from gridsvc.rules.admission import (
    EXEMPTION_NAMES,
    KIND_NAMES,
    STATE_NAMES,
    STEP_NAMES,
    Exemption,
    Kind,
    Step,
    in_season,
)
from gridsvc.snapshot import Snapshot

router = APIRouter(prefix="/admissions", tags=["admission"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut} for status in (401, 403, 404, 409, 422)
}


@router.get("", response_model=AdmissionList)
def listed(account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """The whole register, the newest first, with what has lapsed and which reviews are late."""
    facts = _facts(account, tx)
    today = now.astimezone(facts.rules.calendar.zone).date()
    return {
        "today": today,
        "in_season": in_season(today),
        "items": [_row(facts, entry) for entry in admissions.listed(tx, facts, now)],
    }


@router.get("/{no}", response_model=AdmissionOut)
def one(no: int, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """One item with every step of its history."""
    return _one(tx, _facts(account, tx), no, now)


@router.post("", status_code=201, response_model=AdmissionOut, responses=REFUSALS)
def apply(wish: AdmissionIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Apply for work to be handed to communities. Urgent and exempt work is filed at once."""
    facts = snapshot.current(tx, account.district)
    asked = Application(**wish.model_dump())
    no = admissions.apply(tx, facts, account, asked, now)
    return _one(tx, facts, no, now)


@router.post("/{no}/{step}", response_model=AdmissionOut, responses=REFUSALS)
def step(no: int, step: Step, wish: StepIn, account: LoggedIn, tx: Tx, now: Now) -> dict[str, Any]:
    """Review an application, approve it, or refuse it in writing."""
    admissions.step(tx, account, no, step, wish.words, now)
    return _one(tx, snapshot.current(tx, account.district), no, now)


def _facts(account: Account, tx: Session) -> Snapshot:
    check(account, "admission.read")
    return snapshot.current(tx, account.district)


def _one(tx: Session, facts: Snapshot, no: int, now: datetime) -> dict[str, Any]:
    entry, history = admissions.one(tx, facts, no, now)
    return _row(facts, entry) | {
        "history": [
            {
                "seq": event.seq,
                "kind": event.kind,
                "name": STEP_NAMES[event.kind].both,
                "at": event.at,
                "by_name": event.by_name,
                "by_post": event.by_post,
                "detail": event.detail,
            }
            for event in history
        ]
    }


def _row(facts: Snapshot, entry: Entry) -> dict[str, Any]:
    item = entry.item
    exemption = item.exemption and EXEMPTION_NAMES[Exemption(item.exemption)].both
    return {
        "no": item.no,
        "title": item.title,
        "kind": item.kind,
        "kind_name": KIND_NAMES[Kind(item.kind)].both,
        "state": entry.state,
        "state_name": STATE_NAMES[entry.state].both,
        "category": category_out(facts, item.category_code),
        "unit": unit_out(facts, item.unit_code),
        "starts": item.starts,
        "ends": item.ends,
        "basis": item.basis,
        "authority": item.authority,
        "object": item.object,
        "power": item.power,
        "funds": item.funds,
        "exemption": item.exemption,
        "exemption_name": exemption,
        "applied_by": item.applied_by,
        "applied_at": item.applied_at,
        "review_due": item.review_due,
        "review_overdue": entry.overdue,
    }
