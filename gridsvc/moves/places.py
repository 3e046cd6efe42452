"""Where a case lies and what it is about, and who then answers."""

from datetime import datetime
from typing import Any

from gridsvc.judge import Judgement, judge
from gridsvc.locate import Location, Place, locate
from gridsvc.moves.departments import name_departments
from gridsvc.rules.lifecycle import Stage
from gridsvc.work import Work


def place(work: Work) -> dict[str, Any]:
    point = work.fields["place"]
    place = locate(work.facts.grid, Location(point["lon"], point["lat"], point["datum"]))
    ruling = rejudge(work, place)
    return judged(place, ruling, work.case.due_at) | {"note": work.text("note")}


def classify(work: Work) -> dict[str, Any]:
    work.case.category_code = work.fields["category"]
    work.facts.rules.lineage(work.case.category_code)
    place = _known_place(work)
    ruling = rejudge(work, place)
    return {"category": work.case.category_code, **judged(place, ruling, work.case.due_at)}


def _known_place(work: Work) -> Place:
    """Where the case already lies, by the edition it was judged by."""
    units = (work.facts.grid.unit(code) for code in work.case.chain)
    chain = tuple(unit for unit in units if unit)
    manual = None if chain else work.case.manual or "no_position"
    return Place(None, chain, work.case.method, work.case.border_m, manual)


def rejudge(work: Work, place: Place) -> Judgement:
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
        name_departments(work, ruling.departments)
    return ruling


def judged(place: Place, ruling: Judgement, due_at: datetime | None) -> dict[str, Any]:
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
