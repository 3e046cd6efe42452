"""A month's assessments stand from its cut-off on: kept with all that they were counted from.

What is kept never changes, whatever becomes of cases, weights or settings; it can be counted again
from itself and must come out equal.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridsvc import assessments
from gridsvc.assessments import Assessed, Scales, judged, month_of, read, scales, written
from gridsvc.errors import AppealsOpen, BadField, Frozen, NotYetFrozen
from gridsvc.performance import month as month_period
from gridsvc.permit import Account, check
from gridsvc.rulebook import Rulebook
from gridsvc.rules.assessment import Criterion, WhistleCriterion
from gridsvc.rules.rates import Period
from gridsvc.tables.assessments import AssessmentAppeal, AssessmentCutoff, AssessmentFrozen
from gridsvc.tables.cases import Case

DAYS = "assessment_cut_off_days"
# Months that ended longer ago than this are frozen by hand only: nobody expects it of an upgrade.
RECENT = timedelta(days=62)


class Month(NamedTuple):
    """One month: when it stands, and the row that keeps it once it does."""

    code: str
    period: Period
    cut_off: datetime
    frozen: AssessmentFrozen | None
    undecided: int


def month(session: Session, rules: Rulebook, code: str) -> Month:
    """A month by its code, 2026-10. Raises BadField for what is none."""
    period = _period(rules, code)
    frozen = session.get(AssessmentFrozen, (rules.district, code))
    waiting = (
        select(func.count())
        .select_from(AssessmentAppeal)
        .join(
            Case,
            (Case.district_code == AssessmentAppeal.district_code)
            & (Case.case_no == AssessmentAppeal.case_no),
        )
        .where(
            AssessmentAppeal.district_code == rules.district,
            AssessmentAppeal.decided_at.is_(None),
            Case.closed_at >= period.since,
            Case.closed_at < period.until,
        )
    )
    at = frozen.cut_off if frozen else cut_off(session, rules, code)
    return Month(code, period, at, frozen, session.scalar(waiting) or 0)


def cut_off(session: Session, rules: Rulebook, code: str) -> datetime:
    """From when a month's assessments stand: its own row, else so many days after it ends."""
    own = session.get(AssessmentCutoff, (rules.district, code))
    if own is not None:
        return own.cut_off
    ends = _period(rules, code).until
    return ends + timedelta(days=rules.setting(DAYS))


def set_cut_off(
    session: Session, rules: Rulebook, account: Account, code: str, day: date, now: datetime
) -> None:
    """Let a month stand from the beginning of this day on. Raises NotPermitted, Frozen, BadField
    for a day within the month."""
    check(account, "assessment.freeze")
    this = month(session, rules, code)
    if this.frozen:
        raise Frozen(month=code, day=_day(rules, this.cut_off))
    at = datetime.combine(day, time(), rules.calendar.zone)
    if at < this.period.until:
        raise BadField(field="cut_off", want=f">= {_day(rules, this.period.until)}")
    key = {"district_code": rules.district, "month": code}
    session.merge(AssessmentCutoff(**key, cut_off=at, set_by=account.name, set_at=now))
    session.flush()


def is_open(session: Session, rules: Rulebook, code: str, now: datetime) -> bool:
    """Whether ratings and appeals are still taken for a month."""
    frozen = session.get(AssessmentFrozen, (rules.district, code))
    return frozen is None and now < cut_off(session, rules, code)


def check_open(session: Session, rules: Rulebook, closed_at: datetime, now: datetime) -> None:
    """Pass while the month in which a case was closed is still open to objections. Raises Frozen
    with the day from which it stands."""
    code = month_of(rules, closed_at)
    if not is_open(session, rules, code, now):
        raise Frozen(month=code, day=_day(rules, month(session, rules, code).cut_off))


def freeze(
    session: Session, rules: Rulebook, code: str, by: str, now: datetime
) -> AssessmentFrozen:
    """Keep a month as it is. Raises Frozen where it was kept before, NotYetFrozen before its
    cut-off, AppealsOpen while an appeal waits for a decision."""
    this = month(session, rules, code)
    if this.frozen:
        raise Frozen(month=code, day=_day(rules, this.cut_off))
    if now < this.cut_off:
        raise NotYetFrozen(month=code, day=_day(rules, this.cut_off))
    if this.undecided:
        raise AppealsOpen(month=code, count=this.undecided)
    by_now = scales(rules)
    kept = AssessmentFrozen(
        district_code=rules.district,
        month=code,
        cut_off=this.cut_off,
        frozen_at=now,
        frozen_by=by,
        scales={
            "weights": {str(name): value for name, value in by_now.weights.items()},
            "whistle": {str(name): value for name, value in by_now.whistle.items()},
            "deductions": by_now.deductions,
            "share": by_now.share,
        },
        kept=[written(one) for one in assessments.live(session, rules, this.period)],
    )
    session.add(kept)
    session.flush()
    return kept


def differing(kept: AssessmentFrozen) -> list[Assessed]:
    """What a frozen month says otherwise than its own facts, appeals and scales; should be none."""
    by = scales_of(kept)
    return [one for one in read(kept) if judged(one, by) != one.assessment]


def scales_of(kept: AssessmentFrozen) -> Scales:
    """The scales by which a month was counted."""
    held = kept.scales
    return Scales(
        {Criterion(name): value for name, value in held["weights"].items()},
        {WhistleCriterion(name): value for name, value in held["whistle"].items()},
        held["deductions"],
        held["share"],
    )


def freeze_due(session: Session, rules: Rulebook, now: datetime) -> list[str]:
    """Keep every recent month that has passed its cut-off and has no appeal waiting."""
    return [
        freeze(session, rules, this.code, "worker", now).month
        for this in _recent(session, rules, now)
        if this.frozen is None and this.cut_off <= now and not this.undecided
    ]


def _recent(session: Session, rules: Rulebook, now: datetime) -> Iterator[Month]:
    """The months that ended lately and in which anything ended."""
    for back in range(3):
        local = now.astimezone(rules.calendar.zone)
        year, number = divmod(local.year * 12 + local.month - 1 - back, 12)
        this = month(session, rules, f"{year}-{number + 1:02d}")
        if this.period.until <= now <= this.period.until + RECENT and _any(session, rules, this):
            yield this


def _any(session: Session, rules: Rulebook, this: Month) -> bool:
    ended = select(Case.case_no).where(
        Case.district_code == rules.district,
        Case.closed_at >= this.period.since,
        Case.closed_at < this.period.until,
    )
    return session.execute(ended.limit(1)).first() is not None


def _period(rules: Rulebook, code: str) -> Period:
    try:
        year, _, number = code.partition("-")
        found = month_period(int(year), int(number), rules.calendar.zone)
    except ValueError:
        raise BadField(field="month", want="2026-10") from None
    if month_of(rules, found.since) != code:
        raise BadField(field="month", want="2026-10")
    return found


def _day(rules: Rulebook, at: datetime) -> str:
    return at.astimezone(rules.calendar.zone).date().isoformat()
