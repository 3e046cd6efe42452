"""Whistle, review and dispatch: who is called, and when the clocks begin (domain rules 6 to 15)."""

from typing import Any

from gridsvc.errors import (
    MissingField,
    NoLinkedLeader,
)
from gridsvc.moves.departments import chosen, name_departments, named
from gridsvc.rulebook import Officer
from gridsvc.rules.admission import EMERGENCY
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.lifecycle import MOVES, Stage
from gridsvc.work import Work

LINKED_LEADER = "linked_district_leader"


def whistle(work: Work) -> dict[str, Any]:
    """A secretary calls (domain rules 6, 12); an emergency is not reviewed first."""
    case = work.case
    case.kind = work.term("kind", "whistle_kind")
    case.mode = work.text("mode") or case.mode
    departments = chosen(work)
    name_departments(work, departments)
    leaders = _linked_leaders(work) if work.fields.get("call_leaders") else []
    work.timing.case_again()
    if case.kind == EMERGENCY and departments:
        case.stage = Stage.REPORT_IN
        _call(work)
    else:
        work.timing.start(Clock.REVIEW)
    called = [{"id": str(one.id), "name": one.name} for one in leaders]
    return {"kind": case.kind, **named(work, departments), "leaders": called}


def _linked_leaders(work: Work) -> list[Officer]:
    """The district leaders linked with the place, called to report in too (domain rule 12)."""
    found = work.facts.rules.holders(LINKED_LEADER, work.case.chain, (), work.today)
    if not found:
        raise NoLinkedLeader()
    work.case.leaders, work.case.leaders_in = [one.id for one in found], None
    return found


def _call(work: Work) -> None:
    """Every department is called anew, each with a clock of its own."""
    timing = work.timing
    for one in work.called:
        one.called_at, one.reported_in_at, one.reported_in_how = work.now, None, None
        one.distance_m = one.done_at = one.done_by = one.released_at = None
        timing.start(Clock.REPORT_IN, one.department_code)
    timing.start_steps()


def handle_directly(work: Work) -> dict[str, Any]:
    """Small matters stay in the community (rule 9); the street names who answers (rule 11)."""
    case, timing = work.case, work.timing
    case.leader = work.text("leader") or case.leader
    case.section = work.text("section") or case.section
    timing.case_again()
    timing.start(Clock.HANDLE)
    timing.start_steps()
    said = {name: work.text(name) for name in ("forces", "leader", "section")}
    return said | {"note": work.text("note")}


def accept(work: Work) -> dict[str, Any]:
    """The grid centre sets the case up and dispatches it (domain rule 15)."""
    departments = chosen(work)
    if not departments:
        labels = [given.label.both for given in MOVES["accept"].fields[:1]]
        raise MissingField(move_name=MOVES["accept"].name.both, fields=labels)
    work.timing.stop(Clock.REVIEW)
    name_departments(work, departments)
    _call(work)
    work.case.manual = None
    return named(work, departments)


def send_back(work: Work) -> dict[str, Any]:
    work.timing.stop(Clock.REVIEW)
    return {"reason": work.text("reason")}


def report_up(work: Work) -> dict[str, Any]:
    """The owner becomes the unit above (domain rule 10); the district is the last."""
    case = work.case
    place = case.chain.index(case.owner_unit) if case.owner_unit in case.chain else 0
    case.owner_unit = case.chain[max(place - 1, 0)] if case.chain else None
    today = work.now.astimezone(work.facts.rules.calendar.zone).date()
    officer = work.facts.rules.officer(case.owner_unit, today) if case.owner_unit else None
    case.officer_id = officer.id if officer else None
    return {"reason": work.text("reason"), "owner": case.owner_unit}
