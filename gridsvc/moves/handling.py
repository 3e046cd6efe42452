"""Reporting in and the work itself: tasks, steps, supervision."""

from typing import Any

from gridsvc.errors import (
    BadField,
    NotCalled,
    OpenTasks,
)
from gridsvc.geo import distance_m
from gridsvc.locate import Location, locate
from gridsvc.permit import check
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.lifecycle import Stage
from gridsvc.tables.cases import CaseDepartment
from gridsvc.work import Work


def report_in(work: Work) -> dict[str, Any]:
    """A department reports in. Handling begins when every department called has come."""
    one = _waiting(work)
    if one is None:
        raise NotCalled(department=work.fields.get("department") or "—")
    one.reported_in_at = work.now
    one.reported_in_how, one.distance_m = how_they_came(work)
    timing = work.timing
    timing.stop(Clock.REPORT_IN, one.department_code)
    timing.start(Clock.HANDLE, one.department_code)
    waiting = [other.department_code for other in work.working if other.reported_in_at is None]
    work.case.stage = Stage.REPORT_IN if waiting else Stage.HANDLE
    return {
        "department": one.department_code,
        "how": one.reported_in_how,
        "distance_m": one.distance_m,
        "waiting": waiting,
        "note": work.text("note"),
    }


def _waiting(work: Work) -> CaseDepartment | None:
    """The department that has not come yet and whose coming this is."""
    own = work.account.actor.department_code
    waiting = {one.department_code: one for one in work.working if one.reported_in_at is None}
    code = work.fields.get("department") or own
    if code is None and len(waiting) == 1:
        code = next(iter(waiting))
    if code in waiting and own is not None and own != code:
        check(work.account, "case.report_in_for_others")
    return waiting.get(code or "")


def leader_in(work: Work) -> dict[str, Any]:
    """A linked leader has come: the one named, else the only one still awaited."""
    case, named = work.case, work.text("leader")
    awaited = [one for one in case.leaders or () if one not in (case.leaders_in or ())]
    known = {one.id: one.name for one in work.facts.rules.people(awaited)}
    fitting = [one for one in awaited if named in ("", str(one), known.get(one))]
    if len(fitting) != 1:
        raise BadField(field="leader", want="、".join(known.values()) or "—")
    case.leaders_in = [*(case.leaders_in or ()), fitting[0]]
    return {"leader": known.get(fitting[0], str(fitting[0])), "note": work.text("note")}


def how_they_came(work: Work) -> tuple[str, float | None]:
    """On the spot, with the metres to the case where both places are known; or by answer."""
    at = work.fields.get("place")
    if at is None:
        return (work.term("how", "report_in_how") if work.text("how") else "by_answer"), None
    here = locate(work.facts.grid, Location(at["lon"], at["lat"], at["datum"])).point
    away = round(distance_m(here, work.point), 1) if here and work.point else None
    return "on_the_spot", away


def assign(work: Work) -> dict[str, Any]:
    """A part of a joint handling 联合办理; whoever had done its part has more to do."""
    one = work.named(work.fields["department"])
    one.task, one.done_at, one.done_by = work.text("task"), None, None
    return {"department": one.department_code, "task": one.task}


def task_done(work: Work) -> dict[str, Any]:
    one = work.whose()
    one.done_at, one.done_by = work.now, work.account.id
    work.timing.stop(Clock.HANDLE, one.department_code)
    return {"department": one.department_code, "result": work.text("result")}


def step_done(work: Work) -> dict[str, Any]:
    number = work.fields["step"]
    open_steps = [one.step for one in work.timing.running(Clock.STEP)]
    if number not in open_steps:
        raise BadField(field="step", want="、".join(str(step) for step in open_steps) or "—")
    work.timing.stop(Clock.STEP, step=number)
    return {"step": number, "note": work.text("note")}


def release(work: Work) -> dict[str, Any]:
    """Nobody is released before the work is done, and never the one that leads."""
    one = work.named(work.fields["department"])
    if one.task and one.done_at is None:
        raise OpenTasks(departments=[one.department_code])
    if one.role == "lead":
        raise BadField(field="department", want="supporting")
    one.released_at = work.now
    work.timing.stop(Clock.HANDLE, one.department_code)
    return {"department": one.department_code, "reason": work.text("reason")}


def supervise(work: Work) -> dict[str, Any]:
    work.case.supervision = work.term("level", "supervision")
    return {"level": work.case.supervision, "reason": work.text("reason")}


def mark(work: Work) -> dict[str, Any]:
    """An improper or an empty whistle (domain rules 22, 23); the whistler may appeal."""
    work.case.fault = work.term("fault", "whistle_fault")
    return {"fault": work.case.fault, "reason": work.text("reason")}
