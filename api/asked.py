"""What several routes are asked by: filters of cases, and the district's own day."""

from datetime import date, datetime
from typing import Any

from api.shapes.cases import CaseFilter
from gridsvc.caselist import Wanted
from gridsvc.errors import BadField
from gridsvc.snapshot import Snapshot


def wanted(asked: CaseFilter, facts: Snapshot) -> Wanted:
    """The question as the casebook takes it. Raises BadField."""
    filters: dict[str, Any] = asked.model_dump(
        include={
            "unit",
            "department",
            "kind",
            "overdue",
            "manual",
            "open",
            "since",
            "until",
        }
    )
    filters["stages"] = asked.stage or None
    filters["q"] = None if not asked.q else f"%{asked.q}%"
    if asked.category:
        filters["categories"] = [
            code for code in facts.rules.categories if asked.category in facts.rules.lineage(code)
        ]
    if asked.box:
        filters |= zip(("west", "south", "east", "north"), box(asked.box), strict=True)
    return Wanted(filters, asked.order, asked.limit, asked.cursor)


def box(said: str) -> list[float]:
    """west,south,east,north in degrees, or BadField."""
    try:
        west, south, east, north = (float(part) for part in said.split(","))
    except ValueError:
        raise BadField(field="box", want="west,south,east,north") from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadField(field="box", want="west<=east, south<=north")
    return [west, south, east, north]


def today(facts: Snapshot, now: datetime) -> date:
    """The district's own day."""
    return now.astimezone(facts.rules.calendar.zone).date()
