"""From a place and a kind of matter to who answers, by when, and why.

A judgement reads only a rulebook and a place, so it can be made again later and gives the same.
"""

from datetime import datetime
from typing import Any, NamedTuple

from gridsvc.clock import due
from gridsvc.geo import UnitName
from gridsvc.locate import Place
from gridsvc.rulebook import Officer, Rulebook
from gridsvc.rules import deadlines, responsibility
from gridsvc.rules.responsibility import Row, Tried
from gridsvc.words import Words

ANY = Words("任何", "any")


class Judgement(NamedTuple):
    """Who answers for a case: the territorial owner and the line owner, lead first."""

    owner: UnitName | None
    officer: Officer | None
    departments: tuple[str, ...]
    due_at: datetime | None
    why: list[dict[str, Any]]
    manual: str | None


def judge(
    rules: Rulebook, place: Place, category: str | None, kind: str | None, now: datetime
) -> Judgement:
    """Decide. Raises UnknownCategory; everything else that is missing becomes `manual`."""
    lineage = rules.lineage(category)
    today = now.astimezone(rules.calendar.zone).date()
    owner, officer = _territorial(rules, place, now)
    codes = [unit.code for unit in place.chain]
    tried = (
        responsibility.decide(rules.responsibility, lineage, codes, today) if place.chain else []
    )
    departments = (tried[0].row.lead, *tried[0].row.supporting) if tried else ()
    limit = deadlines.choose(rules.limits, lineage, kind)
    why = [_why_place(place, owner, officer), *(_why_row(rules, one) for one in tried)]
    why += [] if limit is None else [_why_limit(rules, limit)]
    return Judgement(
        owner,
        officer,
        departments,
        None if limit is None else due(now, limit.amount, limit.unit, rules.calendar),
        why,
        place.manual or (None if tried else "nobody_responsible"),
    )


def _territorial(
    rules: Rulebook, place: Place, now: datetime
) -> tuple[UnitName | None, Officer | None]:
    """The smallest unit with somebody in post; without any, the smallest unit of the chain."""
    today = now.astimezone(rules.calendar.zone).date()
    for unit in reversed(place.chain):
        if officer := rules.officer(unit.code, today):
            return unit, officer
    return (place.chain[-1] if place.chain else None), None


def _why_place(place: Place, owner: UnitName | None, officer: Officer | None) -> dict[str, Any]:
    text, doubt = _territory(owner, officer), _doubt(place)
    return {
        "rule": "territory",
        "won": owner is not None,
        "unit": owner.code if owner else None,
        "method": place.method,
        "border_m": place.border_m,
        "text": Words(text.zh + doubt.zh, text.en + doubt.en).both,
    }


def _doubt(place: Place) -> Words:
    """What the reader must know of other grounds that the place may lie on."""
    if not place.candidates:
        return Words("", "")
    names = [one.chain[-1].name if one.chain else "" for one in place.candidates]
    parts = [f"{one.share:.0%}" for one in place.candidates]
    zh = "、".join(f"“{n or '网格之外'}”{p}" for n, p in zip(names, parts, strict=True))
    en = ", ".join(f"{n or 'outside'} {p}" for n, p in zip(names, parts, strict=True))
    return Words(f"定位误差圈还触及{zh}。", f" The circle of error also reaches {en}.")


def _territory(owner: UnitName | None, officer: Officer | None) -> Words:
    if owner is None:
        return Words(
            "没有网格单元，等待人工定位。",
            "No grid unit; waits to be placed by a person.",
        )
    if officer is None:
        return Words(
            f"属地为最小的单元“{owner.name}”，其中无人在岗。",
            f"The territory is the smallest unit, {owner.name}; nobody holds a post there.",
        )
    return Words(
        f"属地为有人在岗的最小单元“{owner.name}”。",
        f"The territory is the smallest unit with somebody in post, {owner.name}.",
    )


def _why_row(rules: Rulebook, tried: Tried) -> dict[str, Any]:
    row = tried.row
    what = rules.categories[row.category].name if row.category else ANY
    lead = rules.department_name(row.lead)
    return {
        "rule": "responsibility",
        "row": row.no,
        "won": tried.won,
        "category": row.category,
        "unit": row.unit,
        "lead": row.lead,
        "supporting": list(row.supporting),
        "basis": row.basis,
        "text": _row_text(row, what, lead).both,
    }


def _row_text(row: Row, what: Words, lead: Words) -> Words:
    return Words(
        f"第{row.no}行：类别“{what.zh}”，单元{row.unit or ANY.zh}，由{lead.zh}牵头。",
        f"Row {row.no}: category {what.en}, unit {row.unit or ANY.en}, led by {lead.en}.",
    )


def _why_limit(rules: Rulebook, limit: deadlines.Limit) -> dict[str, Any]:
    unit = rules.say("time_unit", limit.unit)
    return {
        "rule": "deadline",
        "row": limit.no,
        "won": True,
        "basis": limit.basis,
        "text": Words(
            f"时限第{limit.no}行：{limit.amount:g}{unit.zh}。",
            f"Limit row {limit.no}: {limit.amount:g} {unit.en}.",
        ).both,
    }
