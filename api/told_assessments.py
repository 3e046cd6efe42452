"""Assessments, results and appeals as the API tells them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gridsvc.assessments import DEPARTMENT, STREET, Assessed, of_side
from gridsvc.freezing import Month
from gridsvc.rules.assessment import NAMES, Result
from gridsvc.rules.rates import SMALL
from gridsvc.snapshot import Snapshot
from gridsvc.tables.assessments import AssessmentAppeal
from gridsvc.words import Words
from gridsvc.yearly import Total


def body_name(facts: Snapshot, side: str, code: str) -> Words:
    """What a department or a street is called; one that is gone is called by its code."""
    if side == DEPARTMENT:
        return facts.rules.department_name(code)
    unit = facts.grid.unit(code)
    return Words(unit.name, unit.name) if unit else Words(code, code)


def items_out(facts: Snapshot, items: Iterable[Assessed]) -> dict[str, Any]:
    """Departments' parts and streets' whistles, apart."""
    listed = list(items)
    return {
        "items": [_item(one) | {"department": one.body} for one in of_side(listed, DEPARTMENT)],
        "whistles": [
            _item(one) | {"street": one.body, "deduction": _deduction(facts, one)}
            for one in of_side(listed, STREET)
        ],
    }


def results_out(facts: Snapshot, side: str, results: dict[str, Result]) -> list[dict[str, Any]]:
    return [
        one._asdict()
        | {
            side: code,
            "name": body_name(facts, side, code).both,
            "small": one.counted < SMALL,
        }
        for code, one in results.items()
    ]


def total_out(facts: Snapshot, total: Total) -> dict[str, Any]:
    return {
        "since": total.period.since,
        "until": total.period.until,
        "share_percent": total.share,
        "results": results_out(facts, DEPARTMENT, total.results[DEPARTMENT]),
        "streets": results_out(facts, STREET, total.results[STREET]),
        "months": [month_out(one) for one in total.months],
        **items_out(facts, total.items),
    }


def month_out(one: Month) -> dict[str, Any]:
    kept = one.frozen
    return {
        "month": one.code,
        "cut_off": one.cut_off,
        "frozen_at": kept and kept.frozen_at,
        "frozen_by": kept and kept.frozen_by,
        "undecided": one.undecided,
    }


def appeal_out(facts: Snapshot, one: AssessmentAppeal, asker: UUID) -> dict[str, Any]:
    same = ("no", "case_no", "side", "body", "figure", "was", "reason", "asked_name", "asked_at")
    decided = ("upheld", "points", "answer", "decided_name", "decided_at")
    return {name: getattr(one, name) for name in (*same, *decided)} | {
        "name": body_name(facts, one.side, one.body).both,
        "figure_name": NAMES[one.figure].both,
        "own": one.asked_by == asker,
    }


def _item(one: Assessed) -> dict[str, Any]:
    return {
        "case_no": one.case_no,
        "closed_at": one.closed_at,
        "points": one.assessment.points,
        "parts": [
            part._asdict() | {"name": NAMES[part.criterion].both} for part in one.assessment.parts
        ],
    }


def _deduction(facts: Snapshot, one: Assessed) -> dict[str, Any] | None:
    taken = one.assessment.deduction
    if taken is None:
        return None
    return taken._asdict() | {"name": facts.rules.say("whistle_fault", taken.fault).both}
