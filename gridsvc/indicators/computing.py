"""Indicators that the service counts from its own records, each with what it was counted from.

Which indicator is counted how is data (`computation`, `computation_of`); what cannot be counted
says plainly what it needs.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from gridsvc import performance
from gridsvc.indicators.register import Entry
from gridsvc.performance import Scope
from gridsvc.rulebook import Rulebook
from gridsvc.rules.rates import Period
from gridsvc.rules.spans import Length, Span
from gridsvc.snapshot import Snapshot
from gridsvc.tables.facilities import Facility
from gridsvc.tables.indicators import Indicator
from gridsvc.words import Words

COMMUNITY = 3
COMMUNITIES = text("""
    SELECT code, name, EXISTS (SELECT FROM officer
        WHERE officer.district_code = unit.district_code AND officer.unit_code = unit.code
          AND coalesce(valid_from, '-infinity') <= :day
          AND coalesce(valid_to, 'infinity') >= :day) AS answered
    FROM grid_unit unit
    WHERE district_code = :district AND edition_no = :edition AND level = :level AND kind = :kind
    ORDER BY code
""")


class Counted(NamedTuple):
    """A value with what it was counted from, or why there is none."""

    value: str | None
    behind: dict[str, Any] | None = None
    why_not: Words | None = None


class Asked(NamedTuple):
    """For which year, and as of when."""

    year: int
    period: Period
    now: datetime


def compute(
    session: Session, facts: Snapshot, indicator: Indicator, year: int, now: datetime
) -> Counted:
    """The district's current value of a year, counted up to now where the year has not ended."""
    if indicator.computation is None:
        return Counted(None, why_not=lacks(facts.rules, indicator))
    bounds = Span(Length.YEAR, year, 1).bounds(facts.rules.calendar.zone)
    period = Period(bounds[0], min(bounds[1], now))
    if period.until <= period.since:
        return Counted(None, why_not=Words("该年还没有开始。", "The year has not begun."))
    count = COMPUTATIONS[indicator.computation]
    return count(session, facts, indicator.computation_of or "", Asked(year, period, now))


def lacks(rules: Rulebook, indicator: Indicator) -> Words:
    """Why an indicator cannot be counted from the service's own records."""
    if indicator.needs_zh:
        return Words(
            f"不能由本系统计算：需要{indicator.needs_zh}。",
            f"Cannot be computed: needs {indicator.needs_en}.",
        )
    whom = indicator.source_zh or "—"
    named = ", ".join(rules.department_name(code).en for code in indicator.departments)
    return Words(
        f"不能由本系统计算：需要{whom}的数据。",
        f"Cannot be computed: needs the figures of {named or '-'}.",
    )


def entry(indicator: Indicator, year: int, counted: Counted) -> Entry:
    """What is entered of a counted value."""
    code = indicator.code
    return Entry(code, year, "district", "current", counted.value, behind=counted.behind)


def _grid_service(session: Session, facts: Snapshot, kind: str, asked: Asked) -> Counted:
    """Communities of a kind for which an officer answers (责任到人, domain rule 3), of all."""
    day = (asked.period.until - timedelta(microseconds=1)).astimezone(facts.rules.calendar.zone)
    values = {"district": facts.district, "edition": facts.grid.edition, "level": COMMUNITY}
    rows = session.execute(COMMUNITIES, values | {"kind": kind, "day": day.date()}).all()
    if not rows:
        why = Words("网格中没有这类社区。", "The grid has no community of that kind.")
        return Counted(None, why_not=why)
    lacking = [row.code for row in rows if not row.answered]
    behind = {
        "edition": facts.grid.edition,
        "day": day.date().isoformat(),
        "numerator": len(rows) - len(lacking),
        "denominator": len(rows),
        "without_officer": lacking,
    }
    return Counted(_percent(len(rows) - len(lacking), len(rows)), behind)


def _facilities(session: Session, facts: Snapshot, kind: str, asked: Asked) -> Counted:
    """Facilities of a type that are open. They are kept without dates, so only for this year."""
    zone = facts.rules.calendar.zone
    if asked.year != asked.now.astimezone(zone).year:
        why = Words(
            "设施没有起止日期，只能计算本年。",
            "Facilities have no dates: only the present year can be counted.",
        )
        return Counted(None, why_not=why)
    owned = Facility.district_code == facts.district, Facility.type_code == kind
    held = session.execute(select(Facility.code, Facility.state).where(*owned)).all()
    if not held:
        why = Words(
            "没有登记过这类设施：没有数据，不是零。",
            "No such facility was ever registered: no data, which is not zero.",
        )
        return Counted(None, why_not=why)
    codes = sorted(row.code for row in held if row.state == "open")
    return Counted(str(len(codes)), {"facilities": codes})


def _closing_rate(session: Session, facts: Snapshot, category: str, asked: Asked) -> Counted:
    """Cases of a category that were received in the year and closed by its end (结案率)."""
    if category not in facts.rules.categories:
        why = Words(f"没有类别{category}。", f"There is no category {category}.")
        return Counted(None, why_not=why)
    scope = Scope(category=category)
    found = performance.measure(session, facts, scope, asked.period)
    rate = next(one for one in found.rates if one.code == "closing")
    if not rate.denominator:
        why = Words("该年没有受理这类案件。", "No such case was received in the year.")
        return Counted(None, why_not=why)
    done = {item.case_no for item in rate.numerator}
    since, until = (moment.isoformat() for moment in asked.period)
    behind = {
        "numerator": len(rate.numerator),
        "denominator": len(rate.denominator),
        "excluded": len(rate.excluded),
        "small": rate.small,
        "not_closed": sorted(one.case_no for one in rate.denominator if one.case_no not in done),
        "query": f"/api/rates/closing/cases?since={since}&until={until}&category={category}",
    }
    return Counted(_percent(len(rate.numerator), len(rate.denominator)), behind)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole * 100:.2f}".rstrip("0").rstrip(".")


COMPUTATIONS: dict[str, Callable[[Session, Snapshot, str, Asked], Counted]] = {
    "grid_service": _grid_service,
    "facilities": _facilities,
    "closing_rate": _closing_rate,
}
