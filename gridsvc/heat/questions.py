"""What somebody asks of a heat map, checked, with codes turned into what the columns hold."""

from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from gridsvc import units
from gridsvc.errors import BadField, UnknownDepartment
from gridsvc.heat.columns import keys_of
from gridsvc.heat.hexagons import RESOLUTIONS
from gridsvc.heat.measures import MEASURES, Asked, Measure
from gridsvc.performance import Scope
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot

UNIT, HEXAGON, SMOOTH = "unit", "hexagon", "smooth"
DEEPEST_LEVEL = 4
LONGEST = timedelta(days=3_660)
# Metres of the kernel's standard deviation; ours.
BANDWIDTH_M, LEAST_M, MOST_M = 300.0, 50.0, 3_000.0
CATALOGUE = "whistle_kind"


class Question(NamedTuple):
    """A measure of a period and a part of the cases; `against` is a second period to compare."""

    measure: str
    period: Period
    by: str = UNIT
    level: int = 3
    resolution: int = 8
    bandwidth_m: float = BANDWIDTH_M
    scope: Scope = Scope()
    against: Period | None = None


def checked(asked: Question) -> Measure:
    """The measure asked for. Raises BadField for whatever cannot be."""
    measure = MEASURES.get(asked.measure)
    if measure is None:
        raise BadField(field="measure", want="、".join(MEASURES))
    if asked.by not in (UNIT, HEXAGON, SMOOTH):
        raise BadField(field="by", want=f"{UNIT}、{HEXAGON}、{SMOOTH}")
    if asked.by == UNIT and not 1 <= asked.level <= DEEPEST_LEVEL:
        raise BadField(field="level", want=f"1-{DEEPEST_LEVEL}")
    if asked.by == HEXAGON and asked.resolution not in RESOLUTIONS:
        raise BadField(field="resolution", want=f"{RESOLUTIONS[0]}-{RESOLUTIONS[-1]}")
    if asked.by == SMOOTH and not LEAST_M <= asked.bandwidth_m <= MOST_M:
        raise BadField(field="bandwidth_m", want=f"{LEAST_M:.0f}-{MOST_M:.0f}")
    if asked.by != UNIT and measure.per == "households":
        raise BadField(field="by", want=f"{UNIT} ({measure.code})")
    check_period(asked.period, "until")
    if asked.against is not None:
        check_period(asked.against, "against_until")
    return measure


def local(period: Period, zone: ZoneInfo) -> Period:
    """The same moments, as the district's clocks say them."""
    return Period(period.since.astimezone(zone), period.until.astimezone(zone))


def check_period(period: Period, field: str) -> None:
    """Raises BadField unless the period begins before it ends and is no longer than ten years."""
    if period.until <= period.since:
        raise BadField(field=field, want="> since")
    if period.until - period.since > LONGEST:
        raise BadField(field=field, want=f"<= since + {LONGEST.days} d")


def resolved(session: Session, facts: Snapshot, scope: Scope) -> Asked:
    """Raises UnknownUnit, UnknownCategory, UnknownDepartment, BadField for an unknown kind.

    A department that has ended is known still, and one that never led has nothing to show.
    """
    rules = facts.rules
    asked = Asked()
    if scope.unit is not None:
        units.require(facts, scope.unit)
        row = facts.grid.codes.row(scope.unit)
        asked = asked._replace(unit=row, level=facts.grid.level_of[row])
    if scope.kind is not None:
        known = rules.terms[CATALOGUE]
        if scope.kind not in known:
            raise BadField(field="kind", want="、".join(known))
        asked = asked._replace(kind=int(keys_of(session, [scope.kind])[0]))
    if scope.category is not None:
        rules.lineage(scope.category)
        below = [code for code in rules.categories if scope.category in rules.lineage(code)]
        asked = asked._replace(categories=keys_of(session, below))
    if scope.department is not None:
        if scope.department not in rules.departments:
            raise UnknownDepartment(department=scope.department)
        asked = asked._replace(department=int(keys_of(session, [scope.department])[0]))
    return asked
