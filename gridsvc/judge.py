"""From a place and a kind of matter to who answers, by when, and why.

A judgement reads only a snapshot and a place, so it can be made again later and gives the same.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from gridsvc.clock import due
from gridsvc.geo import UnitName
from gridsvc.locate import Place
from gridsvc.rulebook import Officer, Question, Rulebook
from gridsvc.rules import deadlines, level, precedence, responsibility
from gridsvc.rules.precedence import Owner
from gridsvc.rules.responsibility import Row, Table, Tried
from gridsvc.snapshot import Snapshot
from gridsvc.words import Words

ANY = Words("任何", "any")
# Why a row is passed over, by the domain rule that bars its lead.
BARRED = {
    28: Words(
        "社区组织不得作为此类事项的责任主体（规则28），故不采用。",
        " A community body may not be responsible for it (rule 28), so the row is passed over.",
    ),
    30: Words(
        "此类事项未经社区工作准入（规则30），故不采用。",
        " It is not admitted as work of a community (rule 30), so the row is passed over.",
    ),
}


class Judgement(NamedTuple):
    """Who answers for a case: the territorial owner and the line owner, lead first.

    Both are always sought (domain rule 32). `table` is the number of the table of responsibility
    that was asked; `first_owner` says which of the two acts first, and `conditions` on what terms
    a community body assists.
    """

    owner: UnitName | None
    officer: Officer | None
    departments: tuple[str, ...]
    due_at: datetime | None
    why: list[dict[str, Any]]
    manual: str | None
    table: int | None
    first_owner: Owner | None
    conditions: str | None
    limit: deadlines.Limit | None = None


def judge(
    facts: Snapshot,
    place: Place,
    category: str | None,
    kind: str | None,
    now: datetime,
    day: date | None = None,
) -> Judgement:
    """Decide. Time limits count from `now`; officers and the table are those of `day`, by default
    the day of `now`.

    Raises UnknownCategory; everything else that is missing becomes `manual`.
    """
    rules = facts.rules
    lineage = rules.lineage(category)
    day = day or now.astimezone(rules.calendar.zone).date()
    owner, officer = _territorial(rules, place, day)
    codes = [unit.code for unit in place.chain]
    table = rules.table(day)
    line = answer(
        rules, table, Question(category, kind, codes, facts.grid.community_kind(place.chain), day)
    )
    matter = rules.categories[category].matter if category else None
    first = precedence.first(rules.precedence, matter, bool(line.departments), owner is not None)
    limit = deadlines.choose(rules.limits, lineage, kind)
    why = [_why_place(place, owner, officer), _why_table(table)]
    why += [_why_row(rules, one) for one in line.tried]
    why += [_why_left_out(rules, code) for code in line.left_out]
    why += [_why_succeeded(rules, old, new) for old, new in line.succeeded]
    why += [_why_first(rules, matter, first), *_why_level(place)]
    why += [] if limit is None else [_why_limit(rules, limit)]
    return Judgement(
        owner,
        officer,
        line.departments,
        None if limit is None else due(now, limit.amount, limit.unit, rules.calendar),
        why,
        place.manual or (None if line.departments else "nobody_responsible"),
        None if table is None else table.no,
        first,
        line.conditions,
        limit,
    )


class Line(NamedTuple):
    """The line owners: the bodies, lead first, and how they were found.

    `left_out` are community bodies that a row names although the work was not admitted (domain
    rule 30); `succeeded` those that a row names and whose work others have taken over (rule 33).
    """

    tried: list[Tried]
    departments: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    conditions: str | None = None
    succeeded: tuple[tuple[str, str], ...] = ()

    @property
    def row(self) -> Row | None:
        """The row that decided, naming only those who are asked."""
        row = responsibility.winner(self.tried)
        return row and row._replace(supporting=self.departments[1:])


def answer(rules: Rulebook, table: Table | None, asked: Question) -> Line:
    """Who is of the line by this table."""
    if table is None:
        return Line([])
    lineage = rules.lineage(asked.category)
    tried = responsibility.decide(
        table,
        lineage,
        asked.chain,
        asked.community_kind,
        asked.day,
        lambda body: rules.kept_from(body, asked, True),
    )
    row = responsibility.winner(tried)
    if row is None:
        return Line(tried)
    left_out = tuple(code for code in row.supporting if rules.kept_from(code, asked, False))
    named = (row.lead, *(code for code in row.supporting if code not in left_out))
    now = [rules.in_place_of(code, asked.day) for code in named]
    succeeded = tuple((old, new) for old, new in zip(named, now, strict=True) if old != new)
    return Line(tried, tuple(dict.fromkeys(now)), left_out, row.conditions, succeeded)


def _territorial(
    rules: Rulebook, place: Place, day: date
) -> tuple[UnitName | None, Officer | None]:
    """The smallest unit with somebody in post; without any, the smallest unit of the chain."""
    for unit in reversed(place.chain):
        if officer := rules.officer(unit.code, day):
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


def _why_table(table: Table | None) -> dict[str, Any]:
    return {
        "rule": "table",
        "table": None if table is None else table.no,
        "won": table is not None,
        "text": _table_text(table).both,
    }


def _table_text(table: Table | None) -> Words:
    if table is None:
        return Words(
            "当日没有已发布的职责表。", "No published table of responsibility held on that day."
        )
    since = Words("", "")
    if table.holds_from is not None:
        since = Words(f"，自{table.holds_from}起执行", f", which holds from {table.holds_from} on")
    return Words(
        f"依据第{table.no}号职责表“{table.title}”{since.zh}。",
        f"By table of responsibility {table.no}{since.en}.",
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
        "community_kind": row.community_kind,
        "lead": row.lead,
        "supporting": list(row.supporting),
        "conditions": row.conditions,
        "basis": row.basis,
        **({"barred": tried.barred} if tried.barred else {}),
        "text": _row_text(rules, tried, what, lead).both,
    }


def _row_text(rules: Rulebook, tried: Tried, what: Words, lead: Words) -> Words:
    row, ground, barred = tried.row, Words("", ""), Words("", "")
    if row.community_kind is not None:
        said = rules.say("community_kind", row.community_kind)
        ground = Words(f"，{said.zh}", f", {said.en}")
    if tried.barred:
        barred = BARRED[tried.barred]
    return Words(
        f"第{row.no}行：类别“{what.zh}”，单元{row.unit or ANY.zh}{ground.zh}，由{lead.zh}牵头。"
        f"{barred.zh}",
        f"Row {row.no}: category {what.en}, unit {row.unit or ANY.en}{ground.en}, "
        f"led by {lead.en}.{barred.en}",
    )


def _why_left_out(rules: Rulebook, code: str) -> dict[str, Any]:
    body = rules.department_name(code)
    return {
        "rule": "admission",
        "won": False,
        "department": code,
        "barred": 30,
        "text": Words(
            f"规则30：此类事项未经社区工作准入，不派遣给{body.zh}。",
            f"Rule 30: not admitted as work of a community, so {body.en} is not called.",
        ).both,
    }


def _why_succeeded(rules: Rulebook, old: str, new: str) -> dict[str, Any]:
    was, now = rules.department_name(old), rules.department_name(new)
    ended = rules.departments[old].valid_to
    return {
        "rule": "succession",
        "won": True,
        "department": new,
        "was": old,
        "text": Words(
            f"规则33：{was.zh}已于{ended}撤并，由{now.zh}承接。",
            f"Rule 33: {was.en} ended on {ended}; {now.en} took over its work.",
        ).both,
    }


def _why_level(place: Place) -> list[dict[str, Any]]:
    """The level that should lead by how far the matter reaches (domain rule 31)."""
    found = level.propose([[(unit.level, unit.code) for unit in place.chain]])
    if found is None:
        return []
    names = {unit.code: unit.name for unit in place.chain}
    raised = names[found.raised_by] if found.raised_by else None
    return [
        {
            "rule": "level",
            "won": True,
            "level": found.level,
            "unit": found.unit,
            "raised_by": found.raised_by,
            "text": level.sentence(found, names[found.unit], raised).both,
        }
    ]


def _why_first(rules: Rulebook, matter: str | None, first: Owner | None) -> dict[str, Any]:
    return {
        "rule": "precedence",
        "won": first is not None,
        "first_owner": first,
        "text": precedence.sentence(rules.precedence, matter).both,
    }


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
