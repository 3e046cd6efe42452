"""What a month or a year comes to for every department and every street (domain rule 21)."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from gridsvc import assessments, freezing
from gridsvc.assessments import DEPARTMENT, STREET, Assessed, of_side, scales
from gridsvc.freezing import Month
from gridsvc.performance import month as month_of
from gridsvc.rulebook import Rulebook
from gridsvc.rules.assessment import Result
from gridsvc.rules.rates import Period


class Total(NamedTuple):
    """Every assessment of a period, the results by side and body, the share of the performance
    total that they carry, and the months with what stands of them."""

    period: Period
    items: list[Assessed]
    results: dict[str, dict[str, Result]]
    share: float
    months: list[Month]


def year(session: Session, rules: Rulebook, number: int) -> Total:
    """A calendar year: its frozen months as kept, the others as they are now. The share is that
    of December where December is frozen."""
    zone = rules.calendar.zone
    codes = [f"{number}-{one:02d}" for one in range(1, 13)]
    whole = Period(month_of(number, 1, zone).since, month_of(number, 12, zone).until)
    return _total(session, rules, whole, codes)


def month(session: Session, rules: Rulebook, code: str) -> Total:
    """A month, 2026-10, as kept or as it is now. Raises BadField."""
    return _total(session, rules, freezing.month(session, rules, code).period, [code])


def _total(session: Session, rules: Rulebook, period: Period, codes: list[str]) -> Total:
    months = [freezing.month(session, rules, code) for code in codes]
    last = months[-1].frozen
    share = freezing.scales_of(last).share if last else scales(rules).share
    items = assessments.of_period(session, rules, period)
    results = {
        side: assessments.results(of_side(items, side), share) for side in (DEPARTMENT, STREET)
    }
    return Total(period, items, results, share, months)
