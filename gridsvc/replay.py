"""Judge a case again as it was judged first, and say whether the answer is still the same."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import snapshot
from gridsvc.errors import UnknownCase
from gridsvc.geo import UnitName
from gridsvc.judge import judge
from gridsvc.locate import NEAREST_M, Location, Place, locate
from gridsvc.snapshot import Snapshot

FIRST = text("""
    SELECT at, detail FROM case_event
    WHERE district_code = :district AND case_no = :case_no AND seq = 1
""")

# The rules that find a place, a body and a day; the others only tell of them.
DECIDING = ("territory", "responsibility", "admission", "deadline")
# What of a rule's entry is its decision; the rest is wording.
DECIDED = (
    "rule",
    "won",
    "unit",
    "row",
    "category",
    "community_kind",
    "lead",
    "supporting",
    "department",
)
# An address is found by what was known of names on that day, which is not kept.
NOT_FOUND_AGAIN = ("address", None)


class Replay(NamedTuple):
    """The first judgement of a case, as its history keeps it and as it comes out now.

    `table` and `edition` are those it was made by, and is made by again. `differing` names the
    rules that now say otherwise.
    """

    case_no: str
    at: datetime
    day: date
    edition: int
    table: int | None
    category: str | None
    then: list[dict[str, Any]]
    now: list[dict[str, Any]]
    differing: list[str]


def replay(session: Session, facts: Snapshot, case_no: str) -> Replay:
    """Judge the case by the table, day, edition and category of its first judgement.

    People and time limits are not kept in versions: they are read as they are registered today
    for that day. Raises UnknownCase, UnknownCategory if the category is gone.
    """
    key = {"district": facts.district, "case_no": case_no}
    first = session.execute(FIRST, key).one_or_none()
    if first is None:
        raise UnknownCase(case_no=case_no)
    detail = first.detail
    grid = snapshot.grid_of(session, facts.district, detail["edition"])
    rules = facts.rules
    day = first.at.astimezone(rules.calendar.zone).date()
    # Cases from before tables had numbers were judged by the one that holds since ever.
    asked = detail["table"] if "table" in detail else getattr(rules.table(day), "no", None)
    only = tuple(table for table in rules.tables if table.no == asked)
    known = facts._replace(grid=grid, rules=rules._replace(tables=only))
    place = _place(known, detail)
    kind = _whistle(known, detail)
    again = judge(known, place, detail["category"], kind, first.at, day)
    then, now = detail["why"], again.why
    differing = [rule for rule in DECIDING if _said(then, rule) != _said(now, rule)]
    return Replay(
        case_no, first.at, day, grid.edition, asked, detail["category"], then, now, differing
    )


def _whistle(known: Snapshot, detail: dict[str, Any]) -> str | None:
    """The kind the case was opened with; events from before they held the case's values: that of
    its category."""
    category = known.rules.categories.get(detail["category"] or "")
    usual = category.kind if category else None
    return detail["set"].get("kind") if "set" in detail else usual


def _place(known: Snapshot, detail: dict[str, Any]) -> Place:
    """Where it lay: found again by its point, else as it was found."""
    said = detail["location"] or {}
    if said.get("method") not in NOT_FOUND_AGAIN:
        where = Location(said["lon"], said["lat"], accuracy_m=said["accuracy_m"])
        # A point that was in no building led to none, whatever has been built near it since.
        found = locate(known.grid, where, 0 if said["method"] == "contains" else NEAREST_M)
        return found._replace(method=said["method"]) if said["method"] == "photo" else found
    units = (known.grid.unit(unit["code"]) or UnitName(**unit) for unit in detail["chain"])
    return Place(None, tuple(units), said.get("method"))


def _said(why: list[dict[str, Any]], rule: str) -> list[list[Any]]:
    """What a rule decided, without how it was worded."""
    return [[entry.get(name) for name in DECIDED] for entry in why if entry["rule"] == rule]
