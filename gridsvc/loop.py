"""What each move does to a case: decided from the case, the rules and the fields; no database.

A move changes the rows it is given and answers what its event says. `casework` reads the rows,
makes the move and writes both; the generator of the demonstration lives whole cases through here.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from gridsvc import asking
from gridsvc.errors import (
    BadField,
    CommitteeMayNotLead,
    ConditionsMissing,
    IllegalMove,
    MissingField,
    NoLinkedLeader,
    NotAdmitted,
    NotCalled,
    NothingAsked,
    OpenTasks,
    PhotoNeeded,
    SamePerson,
    TooFarToVerify,
)
from gridsvc.geo import distance_m
from gridsvc.judge import Judgement, judge
from gridsvc.locate import Location, Place, locate
from gridsvc.permit import check
from gridsvc.rulebook import Officer, Question
from gridsvc.rules import committee
from gridsvc.rules.admission import EMERGENCY
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.lifecycle import MOVES, STAGE_NAMES, MoveRule, Stage, legal
from gridsvc.tables.cases import Case, CaseDepartment
from gridsvc.words import Words
from gridsvc.work import Work

LINKED_LEADER = "linked_district_leader"
UNCLASSIFIED = Words("未分类事项", "an unclassified matter")


def make(work: Work, rule: MoveRule) -> dict[str, Any]:
    """Make the move on the rows; returns what its event says. Raises IllegalMove, MissingField,
    and what the move itself refuses: then the rows are no longer to be used."""
    check_legal(rule, Stage(work.case.stage))
    check_fields(rule, work.fields)
    before = work.case.stage
    if rule.end is not None:
        work.case.stage = rule.end
    detail = EFFECTS[rule.code](work)
    work.case.version += 1
    return {"from": before, **detail}


def check_legal(rule: MoveRule, stage: Stage) -> None:
    if stage not in rule.start:
        possible = legal(stage)
        raise IllegalMove(
            move=rule.code,
            move_name=rule.name.both,
            stage=stage,
            stage_name=STAGE_NAMES[stage].both,
            legal=[one.code for one in possible],
            legal_names=[one.name.both for one in possible],
        )


def check_fields(rule: MoveRule, fields: Mapping[str, Any]) -> None:
    def empty(value: Any) -> bool:
        return value is None or (isinstance(value, str) and not value.strip())

    missing = [f.label.both for f in rule.fields if f.required and empty(fields.get(f.name))]
    if missing:
        raise MissingField(move_name=rule.name.both, fields=missing)


def _place(work: Work) -> dict[str, Any]:
    point = work.fields["place"]
    place = locate(work.facts.grid, Location(point["lon"], point["lat"], point["datum"]))
    ruling = _rejudge(work, place)
    return _judged(place, ruling, work.case.due_at) | {"note": work.text("note")}


def _classify(work: Work) -> dict[str, Any]:
    work.case.category_code = work.fields["category"]
    work.facts.rules.lineage(work.case.category_code)
    place = _known_place(work)
    ruling = _rejudge(work, place)
    return {"category": work.case.category_code, **_judged(place, ruling, work.case.due_at)}


def _known_place(work: Work) -> Place:
    """Where the case already lies, by the edition it was judged by."""
    units = (work.facts.grid.unit(code) for code in work.case.chain)
    chain = tuple(unit for unit in units if unit)
    manual = None if chain else work.case.manual or "no_position"
    return Place(None, chain, work.case.method, work.case.border_m, manual)


def _rejudge(work: Work, place: Place) -> Judgement:
    """Judge again by the rules of now; the limit still counts from the opening."""
    case = work.case
    ruling = judge(work.facts, place, case.category_code, case.kind, case.opened_at, day=work.today)
    if place.point is not None:
        case.place = place.point.ewkt  # type: ignore[assignment]
        case.edition_no = work.facts.grid.edition
        case.unit_code = place.chain[-1].code if place.chain else None
        case.chain = [unit.code for unit in place.chain]
        case.method, case.border_m = place.method, place.border_m
    case.owner_unit = ruling.owner.code if ruling.owner else None
    case.officer_id = ruling.officer.id if ruling.officer else None
    case.manual = ruling.manual
    if Stage(case.stage) in (Stage.COLLECT, Stage.WHISTLE):
        work.timing.case_again()
        _name_departments(work, ruling.departments)
    return ruling


def _judged(place: Place, ruling: Judgement, due_at: datetime | None) -> dict[str, Any]:
    return {
        "location": {**place.point._asdict(), **place.found} if place.point else None,
        "chain": [unit._asdict() for unit in place.chain],
        "departments": list(ruling.departments),
        "due_at": due_at,
        "table": ruling.table,
        "first_owner": ruling.first_owner,
        "conditions": ruling.conditions,
        "why": ruling.why,
        "manual": ruling.manual,
    }


def _name_departments(work: Work, codes: Sequence[str]) -> None:
    """Make these the departments of the case, the first one leading."""
    for code in codes:
        work.facts.rules.department(code, work.today)
    kept = {one.department_code: one for one in work.called}
    work.called[:] = [kept.get(code) or _department(work.case, code) for code in codes]
    for place, one in enumerate(work.called):
        one.role = "supporting" if place else "lead"


def _department(case: Case, code: str) -> CaseDepartment:
    return CaseDepartment(
        district_code=case.district_code, case_no=case.case_no, department_code=code
    )


def _chosen(work: Work) -> list[str]:
    """The departments somebody named, lead first; none named: those already on the case. In the
    place of one that has ended stands its successor."""
    said = work.fields.get("departments") or []
    if not said:
        return [one.department_code for one in sorted(work.working, key=lambda d: d.role)]
    named = [work.facts.rules.in_place_of(code, work.today) for code in said]
    lead = work.facts.rules.in_place_of(work.fields.get("lead") or said[0], work.today)
    chosen = [lead, *(code for code in dict.fromkeys(named) if code != lead)]
    _check_community(work, chosen)
    return chosen


def _check_community(work: Work, chosen: list[str]) -> None:
    """What may be asked of a community's bodies by hand (domain rules 28 to 30)."""
    rules, case = work.facts.rules, work.case
    whistle = str(work.fields.get("kind") or case.kind or "")
    asked = Question(case.category_code, whistle, case.chain, None, work.today)
    known = {one.department_code for one in work.called}
    for code in (one for one in chosen if one == chosen[0] or one not in known):
        leading, body = code == chosen[0], rules.department_name(code).both
        kept_by = rules.kept_from(code, asked, leading)
        if kept_by is not None:
            refusal = CommitteeMayNotLead if kept_by == 28 else NotAdmitted
            raise refusal(body=body, category=_category_name(work))
        means = work.text("conditions")
        if not leading and committee.lacks_conditions([rules.body_kind(code)], means):
            raise ConditionsMissing(body=body)


def _category_name(work: Work) -> dict[str, str]:
    known = work.facts.rules.categories.get(work.case.category_code or "")
    return known.name.both if known else UNCLASSIFIED.both


def _named(work: Work, departments: list[str]) -> dict[str, Any]:
    """Whom somebody named and on what terms, as the history keeps it."""
    terms = work.text("conditions")
    return {
        "departments": departments,
        **({"conditions": terms} if terms else {}),
        "note": work.text("note"),
    }


def _whistle(work: Work) -> dict[str, Any]:
    """A secretary calls (domain rules 6, 12); an emergency is not reviewed first."""
    case = work.case
    case.kind = work.term("kind", "whistle_kind")
    case.mode = work.text("mode") or case.mode
    departments = _chosen(work)
    _name_departments(work, departments)
    leaders = _linked_leaders(work) if work.fields.get("call_leaders") else []
    work.timing.case_again()
    if case.kind == EMERGENCY and departments:
        case.stage = Stage.REPORT_IN
        _call(work)
    else:
        work.timing.start(Clock.REVIEW)
    called = [{"id": str(one.id), "name": one.name} for one in leaders]
    return {"kind": case.kind, **_named(work, departments), "leaders": called}


def _linked_leaders(work: Work) -> list[Officer]:
    """The district leaders linked with the place, called to report in too (domain rule 12)."""
    found = work.facts.rules.holders(LINKED_LEADER, work.case.chain, (), work.today)
    if not found:
        raise NoLinkedLeader()
    work.case.leaders, work.case.leaders_in = [one.id for one in found], None
    return found


def _leader_in(work: Work) -> dict[str, Any]:
    """A linked leader has come: the one named, else the only one still awaited."""
    case, named = work.case, work.text("leader")
    awaited = [one for one in case.leaders or () if one not in (case.leaders_in or ())]
    known = {one.id: one.name for one in work.facts.rules.people(awaited)}
    fitting = [one for one in awaited if named in ("", str(one), known.get(one))]
    if len(fitting) != 1:
        raise BadField(field="leader", want="、".join(known.values()) or "—")
    case.leaders_in = [*(case.leaders_in or ()), fitting[0]]
    return {"leader": known.get(fitting[0], str(fitting[0])), "note": work.text("note")}


def _call(work: Work) -> None:
    """Every department is called anew, each with a clock of its own."""
    timing = work.timing
    for one in work.called:
        one.called_at, one.reported_in_at, one.reported_in_how = work.now, None, None
        one.distance_m = one.done_at = one.done_by = one.released_at = None
        timing.start(Clock.REPORT_IN, one.department_code)
    timing.start_steps()


def _handle_directly(work: Work) -> dict[str, Any]:
    """Small matters stay in the community (rule 9); the street names who answers (rule 11)."""
    case, timing = work.case, work.timing
    case.leader = work.text("leader") or case.leader
    case.section = work.text("section") or case.section
    timing.case_again()
    timing.start(Clock.HANDLE)
    timing.start_steps()
    said = {name: work.text(name) for name in ("forces", "leader", "section")}
    return said | {"note": work.text("note")}


def _accept(work: Work) -> dict[str, Any]:
    """The grid centre sets the case up and dispatches it (domain rule 15)."""
    departments = _chosen(work)
    if not departments:
        labels = [given.label.both for given in MOVES["accept"].fields[:1]]
        raise MissingField(move_name=MOVES["accept"].name.both, fields=labels)
    work.timing.stop(Clock.REVIEW)
    _name_departments(work, departments)
    _call(work)
    work.case.manual = None
    return _named(work, departments)


def _return(work: Work) -> dict[str, Any]:
    work.timing.stop(Clock.REVIEW)
    return _reason(work)


def _report_in(work: Work) -> dict[str, Any]:
    """A department reports in. Handling begins when every department called has come."""
    one = _waiting(work)
    if one is None:
        raise NotCalled(department=work.fields.get("department") or "—")
    one.reported_in_at = work.now
    one.reported_in_how, one.distance_m = _how(work)
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


def _how(work: Work) -> tuple[str, float | None]:
    """On the spot, with the metres to the case where both places are known; or by answer."""
    at = work.fields.get("place")
    if at is None:
        return (work.term("how", "report_in_how") if work.text("how") else "by_answer"), None
    here = locate(work.facts.grid, Location(at["lon"], at["lat"], at["datum"])).point
    away = round(distance_m(here, work.point), 1) if here and work.point else None
    return "on_the_spot", away


def _assign(work: Work) -> dict[str, Any]:
    """A part of a joint handling 联合办理; whoever had done its part has more to do."""
    one = work.named(work.fields["department"])
    one.task, one.done_at, one.done_by = work.text("task"), None, None
    return {"department": one.department_code, "task": one.task}


def _task_done(work: Work) -> dict[str, Any]:
    one = work.whose()
    one.done_at, one.done_by = work.now, work.account.id
    work.timing.stop(Clock.HANDLE, one.department_code)
    return {"department": one.department_code, "result": work.text("result")}


def _step_done(work: Work) -> dict[str, Any]:
    number = work.fields["step"]
    open_steps = [one.step for one in work.timing.running(Clock.STEP)]
    if number not in open_steps:
        raise BadField(field="step", want="、".join(str(step) for step in open_steps) or "—")
    work.timing.stop(Clock.STEP, step=number)
    return {"step": number, "note": work.text("note")}


def _release(work: Work) -> dict[str, Any]:
    """Nobody is released before the work is done, and never the one that leads."""
    one = work.named(work.fields["department"])
    if one.task and one.done_at is None:
        raise OpenTasks(departments=[one.department_code])
    if one.role == "lead":
        raise BadField(field="department", want="supporting")
    one.released_at = work.now
    work.timing.stop(Clock.HANDLE, one.department_code)
    return {"department": one.department_code, "reason": work.text("reason")}


def _report_up(work: Work) -> dict[str, Any]:
    """The owner becomes the unit above (domain rule 10); the district is the last."""
    case = work.case
    place = case.chain.index(case.owner_unit) if case.owner_unit in case.chain else 0
    case.owner_unit = case.chain[max(place - 1, 0)] if case.chain else None
    today = work.now.astimezone(work.facts.rules.calendar.zone).date()
    officer = work.facts.rules.officer(case.owner_unit, today) if case.owner_unit else None
    case.officer_id = officer.id if officer else None
    return {"reason": work.text("reason"), "owner": case.owner_unit}


def _supervise(work: Work) -> dict[str, Any]:
    work.case.supervision = work.term("level", "supervision")
    return {"level": work.case.supervision, "reason": work.text("reason")}


def _mark(work: Work) -> dict[str, Any]:
    """An improper or an empty whistle (domain rules 22, 23); the whistler may appeal."""
    work.case.fault = work.term("fault", "whistle_fault")
    return {"fault": work.case.fault, "reason": work.text("reason")}


def _resolve(work: Work) -> dict[str, Any]:
    """Done, once every task is; a category may ask for photos of the work."""
    undone = [one.department_code for one in work.working if one.task and one.done_at is None]
    if undone:
        raise OpenTasks(departments=undone)
    if work.case.hung_up_at is not None:
        work.timing.go_on()
    seen = _shown(work, must=_photos_asked(work))
    work.case.resolved_by = work.account.id
    timing = work.timing
    for clock in (Clock.HANDLE, Clock.STEP):
        timing.stop(clock)
    timing.start(Clock.VERIFY)
    return {"result": work.text("result"), **seen}


def _verify(work: Work) -> dict[str, Any]:
    """Somebody else looks, on the spot where the category asks for photos."""
    workers = {work.case.resolved_by, *(one.done_by for one in work.called)}
    if work.account.id in workers:
        raise SamePerson()
    within = work.facts.rules.setting("verify_within_m")
    seen = _shown(work, must=_photos_asked(work))
    here, away = _how(work) if work.fields.get("place") else (None, None)
    photo = min((one for one in seen.get("distances", ()) if one is not None), default=None)
    for metres in (away, photo):
        if metres is not None and metres > within:
            raise TooFarToVerify(metres=round(metres), within=round(within))
    work.case.closed_at, work.case.outcome = work.now, "solved"
    timing = work.timing
    timing.stop(Clock.VERIFY)
    timing.stop(Clock.CASE)
    timing.start(Clock.REPLY)
    return {"how": here, "distance_m": away, "note": work.text("note"), **seen}


def _photos_asked(work: Work) -> bool:
    category = work.facts.rules.categories.get(work.case.category_code or "")
    return category is not None and category.photo_required


def _shown(work: Work, must: bool) -> dict[str, Any]:
    """The photos that the move shows, and how far from the case each was taken."""
    if must and not work.shots:
        raise PhotoNeeded()
    if not work.shots:
        return {}
    point = work.point
    away = [
        round(distance_m(shot.point, point), 1) if shot.point and point else None
        for shot in work.shots
    ]
    return {"photos": [str(shot.id) for shot in work.shots], "distances": away}


def _rework(work: Work) -> dict[str, Any]:
    """Verification failed: back to those who handled it, and counted."""
    work.case.rework_count += 1
    timing = work.timing
    timing.stop(Clock.VERIFY)
    for one in work.working:
        one.done_at = one.done_by = None
        timing.start(Clock.HANDLE, one.department_code)
    if not work.working:
        timing.start(Clock.HANDLE)
    return _reason(work) | _shown(work, must=False)


def _evaluate(work: Work) -> dict[str, Any]:
    score = work.fields["score"]
    if not isinstance(score, int) or not 0 <= score <= 100:
        raise BadField(field="score", want="0-100")
    work.case.score = score
    return {"score": score, "note": work.text("note")}


def _reply(work: Work) -> dict[str, Any]:
    work.timing.stop(Clock.REPLY)
    work.case.archived_at = work.now
    return {"reply": work.text("reply")}


def _dismiss(work: Work) -> dict[str, Any]:
    work.timing.void()
    work.case.closed_at = work.case.archived_at = work.now
    work.case.outcome, work.case.manual = "dismissed", None
    return _reason(work)


def _merge(work: Work) -> dict[str, Any]:
    """One matter with another case: the reports stay where they are and are answered there."""
    into = work.target
    if into is None or into.case_no == work.case.case_no or into.merged_into or into.closed_at:
        raise BadField(field="into", want="an open case | 在办案件")
    work.timing.void()
    work.case.merged_into = into.case_no
    work.case.closed_at = work.case.archived_at = work.now
    work.case.outcome, work.case.manual = "merged", None
    return {"into": into.case_no, "note": work.text("note")}


def _unmerge(work: Work) -> dict[str, Any]:
    case = work.case
    if case.merged_into is None:
        raise NothingAsked()
    was, case.merged_into = case.merged_into, None
    case.closed_at = case.archived_at = case.outcome = None
    work.timing.case_again()
    return {"was": was, "reason": work.text("reason")}


def _reason(work: Work) -> dict[str, Any]:
    return {"reason": work.text("reason")}


def _note(work: Work) -> dict[str, Any]:
    return {"note": work.text("note")}


EFFECTS: dict[str, Callable[[Work], dict[str, Any]]] = {
    "place": _place,
    "classify": _classify,
    "whistle": _whistle,
    "handle_directly": _handle_directly,
    "report_up": _report_up,
    "dismiss": _dismiss,
    "accept": _accept,
    "return": _return,
    "report_in": _report_in,
    "leader_in": _leader_in,
    "assign": _assign,
    "task_done": _task_done,
    "step_done": _step_done,
    "release": _release,
    "ask": asking.ask,
    "grant": asking.grant,
    "refuse": asking.refuse,
    "resume": asking.resume,
    "supervise": _supervise,
    "mark": _mark,
    "resolve": _resolve,
    "verify": _verify,
    "rework": _rework,
    "evaluate": _evaluate,
    "reply": _reply,
    "merge": _merge,
    "unmerge": _unmerge,
    "reopen": asking.reopen,
    "note": _note,
}
