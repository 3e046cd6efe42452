"""Assessment runs both ways (domain rule 25), and whoever is assessed may object.

A department rates the whistle that called it, once. A department or a street appeals one figure of
one assessment, or a fault mark, once; somebody else in the right post decides. Both are kept. All
of it ends with the month's cut-off.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from gridsvc import assessments
from gridsvc.assessments import DEPARTMENT, STREET, Assessed, month_of
from gridsvc.errors import (
    AppealedAlready,
    BadField,
    MissingReason,
    NotAssessed,
    NotPermitted,
    OwnRequest,
    RatedAlready,
    UnknownAppeal,
    UnknownCase,
)
from gridsvc.freezing import check_open, is_open
from gridsvc.permit import Account, check
from gridsvc.rulebook import Rulebook
from gridsvc.rules.assessment import FAULT
from gridsvc.rules.rates import Period
from gridsvc.tables.assessments import AssessmentAppeal, WhistleRating
from gridsvc.tables.cases import Case, CaseDepartment
from gridsvc.tables.grid import District

# Whistles closed longer ago are not offered, whatever the cut-off.
RATED_BACK = timedelta(days=62)
# What the database tells apart.
MOMENT = timedelta(microseconds=1)

# Whistles that called a department and on which it has not said anything yet.
TO_RATE = text("""
    SELECT held.case_no, held.text, held.closed_at, held.chain[2] AS street,
           called.department_code
    FROM case_department called JOIN case_ held USING (district_code, case_no)
    WHERE called.district_code = :district AND called.called_at IS NOT NULL
      AND (CAST(:department AS text) IS NULL OR called.department_code = :department)
      AND held.closed_at >= :since AND held.kind IS NOT NULL AND cardinality(held.chain) >= 2
      AND (held.outcome = 'solved' OR held.fault IS NOT NULL)
      AND NOT EXISTS (SELECT FROM whistle_rating rated
                      WHERE (rated.district_code, rated.case_no, rated.department_code)
                          = (called.district_code, called.case_no, called.department_code))
    ORDER BY held.closed_at, held.case_no LIMIT :limit
""")


class Said(NamedTuple):
    """What a department says of a whistle; each from 0 to 100."""

    proper: int
    described: int
    help: int
    note: str = ""


class Objection(NamedTuple):
    """Against which figure of which assessment somebody appeals, and why."""

    case_no: str
    side: str
    body: str
    figure: str
    reason: str


def to_rate(
    session: Session, rules: Rulebook, account: Account, now: datetime, limit: int = 200
) -> list[Row[Any]]:
    """Whistles that the account's department may still rate, the oldest first; for whoever has no
    department, everybody's."""
    values = {
        "district": account.district,
        "department": account.actor.department_code,
        "since": now - RATED_BACK,
        "limit": limit,
    }
    rows = session.execute(TO_RATE, values).all()
    months = {month_of(rules, row.closed_at) for row in rows}
    still = {code for code in months if is_open(session, rules, code, now)}
    return [row for row in rows if month_of(rules, row.closed_at) in still]


def rate(
    session: Session,
    rules: Rulebook,
    account: Account,
    case_no: str,
    department: str | None,
    said: Said,
    now: datetime,
) -> WhistleRating:
    """What a department says of the whistle that called it. Raises UnknownCase, NotAssessed where
    the case is not closed or did not call it, NotPermitted, RatedAlready, Frozen."""
    case = _closed(session, rules, case_no)
    code = department or account.actor.department_code or ""
    check(account, "assessment.rate", case.chain, [code])
    called = session.get(CaseDepartment, (rules.district, case_no, code))
    if called is None or called.called_at is None:
        raise NotAssessed(case_no=case_no, body=code or "—")
    check_open(session, rules, _moment(case), now)
    if session.get(WhistleRating, (rules.district, case_no, code)):
        raise RatedAlready(case_no=case_no)
    made = WhistleRating(
        district_code=rules.district,
        case_no=case_no,
        department_code=code,
        rated_at=now,
        rated_by=account.id,
        by_name=account.name,
        **said._asdict(),
    )
    session.add(made)
    session.flush()
    return made


def appeal(
    session: Session, rules: Rulebook, account: Account, wish: Objection, now: datetime
) -> AssessmentAppeal:
    """Object to one figure. Raises UnknownCase, NotAssessed, NotPermitted for another's figure,
    MissingReason, AppealedAlready, Frozen with the day named."""
    case = _closed(session, rules, wish.case_no)
    _check_own(account, case, wish)
    if not wish.reason.strip():
        raise MissingReason()
    check_open(session, rules, _moment(case), now)
    _lock(session, rules.district)
    was = _figure(assessed(session, rules, case, wish.side, wish.body), wish.figure)
    owned = AssessmentAppeal.district_code == rules.district
    same = select(AssessmentAppeal).where(
        owned,
        AssessmentAppeal.case_no == wish.case_no,
        AssessmentAppeal.body == wish.body,
        AssessmentAppeal.figure == wish.figure,
    )
    if session.scalars(same).first():
        raise AppealedAlready()
    made = AssessmentAppeal(
        district_code=rules.district,
        no=(session.scalar(select(func.max(AssessmentAppeal.no)).where(owned)) or 0) + 1,
        was=was,
        asked_by=account.id,
        asked_name=account.name,
        asked_at=now,
        **wish._replace(reason=wish.reason.strip())._asdict(),
    )
    session.add(made)
    session.flush()
    return made


class Decision(NamedTuple):
    """Upheld with the points that the figure then is, or refused; with words in both cases."""

    upheld: bool
    points: float | None
    answer: str


def decide(
    session: Session, account: Account, no: int, decision: Decision, now: datetime
) -> AssessmentAppeal:
    """Decide an appeal. Raises NotPermitted, UnknownAppeal, AppealedAlready for one that is
    decided, OwnRequest for one's own, BadField, MissingReason."""
    check(account, "assessment.decide")
    found = session.get(
        AssessmentAppeal, (account.district, no), with_for_update=True, populate_existing=True
    )
    if found is None:
        raise UnknownAppeal(appeal=no)
    if found.decided_at is not None:
        raise AppealedAlready()
    if account.id == found.asked_by or found.body in (
        account.actor.department_code,
        account.actor.unit_code,
    ):
        raise OwnRequest()
    if not decision.answer.strip():
        raise MissingReason()
    if decision.upheld and not (decision.points is not None and 0 <= decision.points <= 100):
        raise BadField(field="points", want="0-100")
    found.upheld, found.answer = decision.upheld, decision.answer.strip()
    found.points = decision.points if decision.upheld else None
    found.decided_by, found.decided_name, found.decided_at = account.id, account.name, now
    session.flush()
    return found


def listed(session: Session, account: Account) -> list[AssessmentAppeal]:
    """Appeals, those that wait first, then the newest; a department or street sees its own."""
    own = account.actor.department_code or account.actor.unit_code
    owned = select(AssessmentAppeal).where(AssessmentAppeal.district_code == account.district)
    if own is not None:
        owned = owned.where(AssessmentAppeal.body == own)
    order = AssessmentAppeal.decided_at.is_not(None), AssessmentAppeal.no.desc()
    return list(session.scalars(owned.order_by(*order)))


def assessed(session: Session, rules: Rulebook, case: Case, side: str, body: str) -> Assessed:
    """One assessment as it stands. Raises NotAssessed."""
    at = _moment(case)
    around = Period(at, at + MOMENT)
    for one in assessments.live(session, rules, around):
        if (one.side, one.case_no, one.body) == (side, case.case_no, body):
            return one
    raise NotAssessed(case_no=case.case_no, body=body)


def _figure(one: Assessed, figure: str) -> float:
    points: Mapping[str, float] = {part.criterion: part.points for part in one.assessment.parts}
    if one.assessment.deduction:
        points = {**points, FAULT: one.assessment.deduction.points}
    if figure not in points:
        raise BadField(field="figure", want="、".join(points))
    return points[figure]


def _check_own(account: Account, case: Case, wish: Objection) -> None:
    """A department speaks for itself, a street for its own whistles."""
    if wish.side == DEPARTMENT:
        check(account, "assessment.appeal", (), [wish.body])
    elif wish.side == STREET:
        check(account, "assessment.appeal", case.chain[:2])
        if account.actor.department_code is not None:
            raise NotPermitted(post=account.actor.post, act="assessment.appeal")
    else:
        raise BadField(field="side", want=f"{DEPARTMENT}、{STREET}")


def _closed(session: Session, rules: Rulebook, case_no: str) -> Case:
    case = session.get(Case, (rules.district, case_no))
    if case is None:
        raise UnknownCase(case_no=case_no)
    if case.closed_at is None:
        raise NotAssessed(case_no=case_no, body="—")
    return case


def _moment(case: Case) -> datetime:
    assert case.closed_at is not None
    return case.closed_at


def _lock(session: Session, code: str) -> None:
    session.get(District, code, with_for_update={"key_share": True})
