"""Moves on a case: one legal move, one row changed, one event appended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc import events, snapshot
from gridsvc.errors import (
    BadField,
    CaseMovedOn,
    CommitteeMayNotLead,
    ConditionsMissing,
    IllegalMove,
    MissingField,
    NotAdmitted,
    NotCalled,
    SamePerson,
    UnknownCase,
    UnknownMove,
)
from gridsvc.judge import Judgement, judge
from gridsvc.locate import Location, Place, locate
from gridsvc.permit import Account, check
from gridsvc.rulebook import Question
from gridsvc.rules import committee
from gridsvc.rules.admission import EMERGENCY
from gridsvc.rules.lifecycle import MOVES, STAGE_NAMES, MoveRule, Stage, legal
from gridsvc.snapshot import Snapshot
from gridsvc.tables.cases import Case, CaseDepartment
from gridsvc.words import Words

UNCLASSIFIED = Words("未分类事项", "an unclassified matter")


@dataclass
class Work:
    """One move being made: the locked case, its departments, who moves it and with what."""

    session: Session
    facts: Snapshot
    account: Account
    case: Case
    called: list[CaseDepartment]
    fields: Mapping[str, Any]
    now: datetime

    @property
    def today(self) -> date:
        """The day in the district."""
        return self.now.astimezone(self.facts.rules.calendar.zone).date()

    def text(self, name: str) -> str:
        return str(self.fields.get(name) or "").strip()


def move(
    session: Session,
    account: Account,
    case_no: str,
    code: str,
    fields: Mapping[str, Any],
    version: int | None,
    now: datetime,
) -> Case:
    """Make one move. Raises UnknownCase, UnknownMove, NotPermitted, CaseMovedOn, IllegalMove,
    MissingField, and what the move itself refuses; then nothing has changed."""
    rule = MOVES.get(code)
    if rule is None:
        raise UnknownMove(move=code, known=list(MOVES))
    case = _lock(session, account.district, case_no)
    called = _called(session, case)
    check(account, f"case.{code}", case.chain, [one.department_code for one in called])
    if version is not None and version != case.version:
        raise CaseMovedOn(version=case.version)
    _check_legal(rule, Stage(case.stage))
    _check_fields(rule, fields)
    facts = snapshot.current(session, account.district)
    work = Work(session, facts, account, case, called, fields, now)
    before = case.stage
    if rule.end is not None:
        case.stage = rule.end
    detail = EFFECTS[code](work)
    case.version += 1
    events.record(session, case, code, account, now, {"from": before, **detail})
    session.flush()
    return case


def _lock(session: Session, district: str, case_no: str) -> Case:
    case = session.get(Case, (district, case_no), with_for_update=True, populate_existing=True)
    if case is None:
        raise UnknownCase(case_no=case_no)
    return case


def _called(session: Session, case: Case) -> list[CaseDepartment]:
    rows = session.scalars(
        select(CaseDepartment)
        .where(
            CaseDepartment.district_code == case.district_code,
            CaseDepartment.case_no == case.case_no,
        )
        .order_by(CaseDepartment.role, CaseDepartment.department_code)
    )
    return list(rows)


def _check_legal(rule: MoveRule, stage: Stage) -> None:
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


def _check_fields(rule: MoveRule, fields: Mapping[str, Any]) -> None:
    def empty(value: Any) -> bool:
        return value is None or (isinstance(value, str) and not value.strip())

    missing = [f.label.both for f in rule.fields if f.required and empty(fields.get(f.name))]
    if missing:
        raise MissingField(move_name=rule.name.both, fields=missing)


def _place(work: Work) -> dict[str, Any]:
    point = work.fields["place"]
    place = locate(work.facts.grid, Location(point["lon"], point["lat"], point["datum"]))
    ruling = _rejudge(work, place)
    return _judged(place, ruling) | {"note": work.text("note")}


def _classify(work: Work) -> dict[str, Any]:
    work.case.category_code = work.fields["category"]
    work.facts.rules.lineage(work.case.category_code)
    place = _known_place(work)
    ruling = _rejudge(work, place)
    return {"category": work.case.category_code, **_judged(place, ruling)}


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
    case.due_at, case.manual = ruling.due_at, ruling.manual
    if Stage(case.stage) in (Stage.COLLECT, Stage.WHISTLE):
        _name_departments(work, ruling.departments)
    return ruling


def _judged(place: Place, ruling: Judgement) -> dict[str, Any]:
    return {
        "location": {**place.point._asdict(), **place.found} if place.point else None,
        "chain": [unit._asdict() for unit in place.chain],
        "departments": list(ruling.departments),
        "due_at": ruling.due_at,
        "table": ruling.table,
        "first_owner": ruling.first_owner,
        "conditions": ruling.conditions,
        "why": ruling.why,
        "manual": ruling.manual,
    }


def _name_departments(work: Work, codes: tuple[str, ...] | list[str]) -> None:
    """Make these the departments of the case, the first one leading."""
    today = work.now.astimezone(work.facts.rules.calendar.zone).date()
    for code in codes:
        work.facts.rules.department(code, today)
    kept = {one.department_code: one for one in work.called}
    for gone in kept.keys() - set(codes):
        work.session.delete(kept.pop(gone))
    for place, code in enumerate(codes):
        one = kept.get(code)
        if one is None:
            one = CaseDepartment(
                district_code=work.case.district_code,
                case_no=work.case.case_no,
                department_code=code,
            )
            work.session.add(one)
            kept[code] = one
        one.role = "supporting" if place else "lead"
    work.called = [kept[code] for code in codes]


def _chosen(work: Work) -> list[str]:
    """The departments somebody named, lead first; none named: those already on the case."""
    named = work.fields.get("departments") or []
    if not named:
        return [one.department_code for one in sorted(work.called, key=lambda d: d.role)]
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
    case = work.case
    if work.fields["kind"] not in work.facts.rules.terms["whistle_kind"]:
        raise BadField(field="kind", want="、".join(work.facts.rules.terms["whistle_kind"]))
    case.kind = work.fields["kind"]
    case.mode = work.fields.get("mode") or case.mode
    departments = _chosen(work)
    _name_departments(work, departments)
    if case.kind == EMERGENCY and departments:
        # An emergency is not reviewed first: the departments are called at once.
        case.stage = Stage.REPORT_IN
        _call(work)
    return {"kind": case.kind, **_named(work, departments)}


def _call(work: Work) -> None:
    for one in work.called:
        one.called_at, one.reported_in_at = work.now, None


def _accept(work: Work) -> dict[str, Any]:
    departments = _chosen(work)
    if not departments:
        labels = [field.label.both for field in MOVES["accept"].fields[:1]]
        raise MissingField(move_name=MOVES["accept"].name.both, fields=labels)
    _name_departments(work, departments)
    _call(work)
    work.case.manual = None
    return _named(work, departments)


def _report_in(work: Work) -> dict[str, Any]:
    """A department reports in. Handling begins when every department called has come."""
    code = work.fields.get("department") or work.account.actor.department_code
    waiting = {one.department_code: one for one in work.called if one.reported_in_at is None}
    if code is None and len(waiting) == 1:
        code = next(iter(waiting))
    if code is None or code not in waiting:
        raise NotCalled(department=code or "—")
    own = work.account.actor.department_code
    if own is not None and own != code:
        check(work.account, "case.report_in_for_others")
    waiting.pop(code).reported_in_at = work.now
    work.case.stage = Stage.REPORT_IN if waiting else Stage.HANDLE
    return {"department": code, "waiting": list(waiting), "note": work.text("note")}


def _report_up(work: Work) -> dict[str, Any]:
    """The owner becomes the unit above (domain rule 10); the district is the last."""
    case = work.case
    place = case.chain.index(case.owner_unit) if case.owner_unit in case.chain else 0
    case.owner_unit = case.chain[max(place - 1, 0)] if case.chain else None
    today = work.now.astimezone(work.facts.rules.calendar.zone).date()
    officer = work.facts.rules.officer(case.owner_unit, today) if case.owner_unit else None
    case.officer_id = officer.id if officer else None
    return {"reason": work.text("reason"), "owner": case.owner_unit}


def _resolve(work: Work) -> dict[str, Any]:
    work.case.resolved_by = work.account.id
    return {"result": work.text("result")}


def _verify(work: Work) -> dict[str, Any]:
    if work.case.resolved_by == work.account.id:
        raise SamePerson()
    work.case.closed_at, work.case.outcome = work.now, "solved"
    return {"note": work.text("note")}


def _rework(work: Work) -> dict[str, Any]:
    work.case.rework_count += 1
    return {"reason": work.text("reason")}


def _evaluate(work: Work) -> dict[str, Any]:
    score = work.fields["score"]
    if not isinstance(score, int) or not 0 <= score <= 100:
        raise BadField(field="score", want="0-100")
    work.case.score = score
    return {"score": score, "note": work.text("note")}


def _reply(work: Work) -> dict[str, Any]:
    work.case.archived_at = work.now
    return {"reply": work.text("reply")}


def _dismiss(work: Work) -> dict[str, Any]:
    work.case.closed_at = work.case.archived_at = work.now
    work.case.outcome, work.case.manual = "dismissed", None
    return {"reason": work.text("reason")}


def _reopen(work: Work) -> dict[str, Any]:
    case = work.case
    case.closed_at = case.archived_at = case.outcome = case.score = case.resolved_by = None
    return {"reason": work.text("reason")}


def _reason(work: Work) -> dict[str, Any]:
    return {"reason": work.text("reason")}


def _note(work: Work) -> dict[str, Any]:
    return {"note": work.text("note")}


EFFECTS: dict[str, Callable[[Work], dict[str, Any]]] = {
    "place": _place,
    "classify": _classify,
    "whistle": _whistle,
    "handle_directly": _note,
    "report_up": _report_up,
    "dismiss": _dismiss,
    "accept": _accept,
    "return": _reason,
    "report_in": _report_in,
    "hand_back": _reason,
    "resolve": _resolve,
    "verify": _verify,
    "rework": _rework,
    "evaluate": _evaluate,
    "reply": _reply,
    "reopen": _reopen,
    "note": _note,
}
