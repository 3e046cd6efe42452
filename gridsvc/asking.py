"""What is asked for on the way and decided by somebody else: more time, a hang-up, a hand-back, an
appeal, a case opened again."""

from collections.abc import Callable
from typing import Any

from gridsvc.clock import TimeUnit
from gridsvc.errors import (
    AskedAlready,
    BadField,
    NothingAsked,
    OwnRequest,
)
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.lifecycle import MOVES, Stage
from gridsvc.tables.cases import CaseAsk
from gridsvc.work import Work


def ask(work: Work) -> dict[str, Any]:
    """An extension, a hang-up, a hand-back, an appeal: nothing changes before it is granted."""
    kind = work.term("ask_kind", "ask_kind")
    if kind == "reopen":
        # That is the reporter's to ask, by the link of the report.
        raise NothingAsked()
    amount, unit, department = work.fields.get("amount"), None, None
    vain = work.case.fault is None if kind == "appeal" else work.case.closed_at is not None
    if vain:
        raise NothingAsked()
    if kind == "extension":
        if not isinstance(amount, int | float) or not 0 < amount <= 1000:
            raise BadField(field="amount", want="1-1000")
        unit = work.term("time_unit", "time_unit")
    if kind in ("extension", "hand_back") and work.working:
        department = work.whose().department_code
    _check_first(work, kind, department)
    asked = CaseAsk(
        district_code=work.case.district_code,
        case_no=work.case.case_no,
        no=len(work.asks) + 1,
        kind=kind,
        department_code=department,
        amount=amount if kind == "extension" else None,
        unit=unit,
        reason=work.text("reason"),
        asked_by=work.account.id,
        asked_at=work.now,
    )
    work.asks.append(asked)
    return {
        "ask": asked.no,
        "ask_kind": kind,
        "department": department,
        "amount": asked.amount,
        "time_unit": unit,
        "reason": asked.reason,
    }


def _check_first(work: Work, kind: str, department: str | None) -> None:
    """One request of a kind at a time, and a department's time is extended only so often."""
    same = [one for one in work.asks if (one.kind, one.department_code) == (kind, department)]
    granted = sum(bool(one.granted) for one in same)
    waiting = any(one.decided_at is None for one in same)
    most = work.facts.rules.setting("most_extensions")
    if waiting or (kind == "extension" and granted >= most):
        raise AskedAlready()


def _decided(work: Work, granted: bool, answer: str) -> CaseAsk:
    """The request that is decided: the one named, else the only one. Raises NothingAsked; nobody
    decides his own."""
    waiting = [one for one in work.asks if one.decided_at is None]
    number = work.fields.get("ask")
    fitting = [one for one in waiting if number in (None, one.no)]
    if len(fitting) != 1:
        raise NothingAsked()
    asked = fitting[0]
    if asked.asked_by == work.account.id:
        raise OwnRequest()
    asked.granted, asked.answer = granted, answer
    asked.decided_at, asked.decided_by = work.now, work.account.id
    return asked


def grant(work: Work) -> dict[str, Any]:
    asked = _decided(work, granted=True, answer=work.text("note"))
    GRANTED[asked.kind](work, asked)
    return _told(asked) | {"note": work.text("note")}


def refuse(work: Work) -> dict[str, Any]:
    asked = _decided(work, granted=False, answer=work.text("reason"))
    return _told(asked) | {"reason": work.text("reason")}


def _told(asked: CaseAsk) -> dict[str, Any]:
    return {"ask": asked.no, "ask_kind": asked.kind, "department": asked.department_code}


def _extend(work: Work, asked: CaseAsk) -> None:
    if asked.amount is not None and asked.unit is not None:
        work.timing.extend(asked.department_code, asked.amount, TimeUnit(asked.unit))


def _hang_up(work: Work, _: CaseAsk) -> None:
    if work.case.hung_up_at is None:
        work.timing.hang_up()


def resume(work: Work) -> dict[str, Any]:
    if work.case.hung_up_at is None:
        raise NothingAsked()
    work.timing.go_on()
    return {"note": work.text("note")}


def _hand_back(work: Work, asked: CaseAsk) -> None:
    """The department is let go; without it, or without a lead, the centre dispatches again."""
    gone = asked.department_code
    for one in work.working:
        if one.department_code == gone:
            work.timing.void(department=gone)
            work.called.remove(one)
            lead = one.role == "lead"
            break
    else:
        return
    if Stage(work.case.stage) in (Stage.REPORT_IN, Stage.HANDLE) and (lead or not work.working):
        _back_to_review(work)
    elif work.case.stage == Stage.REPORT_IN and all(d.reported_in_at for d in work.working):
        work.case.stage = Stage.HANDLE


def _back_to_review(work: Work) -> None:
    work.case.stage = Stage.WHISTLE
    if work.called and not any(one.role == "lead" for one in work.called):
        work.called[0].role = "lead"
    if work.case.hung_up_at is not None:
        work.timing.go_on()
    for clock in (Clock.REPORT_IN, Clock.HANDLE, Clock.STEP):
        work.timing.void(clock)
    work.timing.start(Clock.REVIEW)


def _cleared(work: Work, _: CaseAsk) -> None:
    work.case.fault = None


def _open_again(work: Work, _: CaseAsk) -> None:
    """The reporter was not satisfied, and the centre agrees."""
    if Stage(work.case.stage) in MOVES["reopen"].start:
        work.case.stage = Stage.COLLECT
        reopen(work)


GRANTED: dict[str, Callable[[Work, CaseAsk], None]] = {
    "extension": _extend,
    "hang_up": _hang_up,
    "hand_back": _hand_back,
    "appeal": _cleared,
    "reopen": _open_again,
}


def reopen(work: Work) -> dict[str, Any]:
    case = work.case
    if case.merged_into is not None:
        raise NothingAsked()
    work.timing.void()
    case.closed_at = case.archived_at = case.outcome = case.score = case.resolved_by = None
    case.supervision = None
    work.timing.case_again(afresh=True)
    return {"reason": work.text("reason")}
