"""What each move does to a case: decided from the case, the rules and the fields; no database.

A move changes the rows it is given and answers what its event says. `casework` reads the rows,
makes the move and writes both; the generator of the demonstration lives whole cases through here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gridsvc.clock import TimeUnit
from gridsvc.errors import (
    AskedAlready,
    BadField,
    CommitteeMayNotLead,
    ConditionsMissing,
    IllegalMove,
    MissingField,
    NotAdmitted,
    NotCalled,
    NothingAsked,
    OpenTasks,
    OwnRequest,
    PhotoNeeded,
    SamePerson,
    TooFarToVerify,
)
from gridsvc.geo import LonLat, distance_m
from gridsvc.judge import Judgement, judge
from gridsvc.locate import Location, Place, locate
from gridsvc.permit import Account, check
from gridsvc.photo.beside import Shot
from gridsvc.rulebook import Question
from gridsvc.rules import committee
from gridsvc.rules.admission import EMERGENCY
from gridsvc.rules.deadlines import Clock
from gridsvc.rules.lifecycle import MOVES, STAGE_NAMES, MoveRule, Stage, legal
from gridsvc.snapshot import Snapshot
from gridsvc.tables.cases import Case, CaseAsk, CaseClock, CaseDepartment
from gridsvc.timing import Timing
from gridsvc.words import Words

UNCLASSIFIED = Words("未分类事项", "an unclassified matter")


@dataclass
class Work:
    """One move being made: the case with its rows, who moves it and with what."""

    facts: Snapshot
    account: Account
    case: Case
    called: list[CaseDepartment]
    clocks: list[CaseClock]
    asks: list[CaseAsk]
    fields: Mapping[str, Any]
    now: datetime
    # Where the case lies in WGS 84, and the photos that the move shows.
    point: LonLat | None = None
    # The other case that the move names.
    target: Case | None = None
    shots: Sequence[Shot] = field(default=())

    @property
    def today(self) -> date:
        """The day in the district."""
        return self.now.astimezone(self.facts.rules.calendar.zone).date()

    def text(self, name: str) -> str:
        return str(self.fields.get(name) or "").strip()

    def term(self, name: str, list_name: str) -> str:
        """A code that must be among the terms of a list, or BadField."""
        code, known = self.text(name), self.facts.rules.terms[list_name]
        if code not in known:
            raise BadField(field=name, want="、".join(known))
        return code

    @property
    def timing(self) -> Timing:
        return Timing(self.facts.rules, self.case, self.clocks, self.now)

    @property
    def working(self) -> list[CaseDepartment]:
        """The departments that are on the case now."""
        return [one for one in self.called if one.released_at is None]

    def named(self, code: str | None) -> CaseDepartment:
        """That department on the case; without a code the only one. Raises NotCalled."""
        if code is None and len(self.working) == 1:
            return self.working[0]
        found = next((one for one in self.working if one.department_code == code), None)
        if found is None:
            raise NotCalled(department=code or "—")
        return found

    def whose(self) -> CaseDepartment:
        """The department that the mover speaks for: the one named, else his own, else the only
        one. Raises NotCalled; NotPermitted for another's."""
        own = self.account.actor.department_code
        found = self.named(self.fields.get("department") or own)
        if own is not None and own != found.department_code:
            check(self.account, "case.report_in_for_others")
        return found


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
    """The departments somebody named, lead first; none named: those already on the case."""
    named = work.fields.get("departments") or []
    if not named:
        return [one.department_code for one in sorted(work.working, key=lambda d: d.role)]
    lead = work.fields.get("lead") or named[0]
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
    work.timing.case_again()
    if case.kind == EMERGENCY and departments:
        case.stage = Stage.REPORT_IN
        _call(work)
    else:
        work.timing.start(Clock.REVIEW)
    return {"kind": case.kind, **_named(work, departments)}


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


def _ask(work: Work) -> dict[str, Any]:
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


def _grant(work: Work) -> dict[str, Any]:
    asked = _decided(work, granted=True, answer=work.text("note"))
    GRANTED[asked.kind](work, asked)
    return _told(asked) | {"note": work.text("note")}


def _refuse(work: Work) -> dict[str, Any]:
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


def _resume(work: Work) -> dict[str, Any]:
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
        _reopen(work)


GRANTED: dict[str, Callable[[Work, CaseAsk], None]] = {
    "extension": _extend,
    "hang_up": _hang_up,
    "hand_back": _hand_back,
    "appeal": _cleared,
    "reopen": _open_again,
}


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


def _reopen(work: Work) -> dict[str, Any]:
    case = work.case
    if case.merged_into is not None:
        raise NothingAsked()
    work.timing.void()
    case.closed_at = case.archived_at = case.outcome = case.score = case.resolved_by = None
    case.supervision = None
    work.timing.case_again(afresh=True)
    return _reason(work)


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
    "assign": _assign,
    "task_done": _task_done,
    "step_done": _step_done,
    "release": _release,
    "ask": _ask,
    "grant": _grant,
    "refuse": _refuse,
    "resume": _resume,
    "supervise": _supervise,
    "mark": _mark,
    "resolve": _resolve,
    "verify": _verify,
    "rework": _rework,
    "evaluate": _evaluate,
    "reply": _reply,
    "merge": _merge,
    "unmerge": _unmerge,
    "reopen": _reopen,
    "note": _note,
}
