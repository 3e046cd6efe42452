"""The admission register: apply, review, decide (domain rule 30)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridsvc.clock import TimeUnit, due
from gridsvc.errors import (
    AdmissionIllegal,
    AdmissionIncomplete,
    AdmissionTooLate,
    BadInput,
    UnknownAdmission,
    UnknownCategory,
    UnknownDistrict,
    UnknownUnit,
)
from gridsvc.permit import Account, check
from gridsvc.rulereader import admitted_of
from gridsvc.rules import admission
from gridsvc.rules.admission import (
    AHEAD_WORKING_DAYS,
    BEGINS,
    REVIEW_WORKING_DAYS,
    STATE_NAMES,
    STATED,
    Kind,
    State,
    Step,
)
from gridsvc.snapshot import Snapshot
from gridsvc.tables.admissions import AdmissionEvent, AdmissionItem
from gridsvc.tables.grid import District

ACTS = {Step.REVIEW: "admission.review", Step.APPROVE: "admission.decide"}
ACTS[Step.REFUSE] = ACTS[Step.APPROVE]


class Application(NamedTuple):
    """What somebody asks communities to do. `starts` and `ends` are its first and last day."""

    title: str
    kind: Kind
    category: str
    unit: str | None
    starts: date
    ends: date | None
    basis: str
    authority: str | None = None
    object: str | None = None
    power: str | None = None
    funds: str | None = None
    exemption: str | None = None


class Entry(NamedTuple):
    """An item of the register as of a moment."""

    item: AdmissionItem
    state: State
    # A first review that is late.
    overdue: bool


def apply(
    session: Session, facts: Snapshot, account: Account, wish: Application, now: datetime
) -> int:
    """Enter an application; returns its number. Urgent and exempt ones are approved and filed at
    once, and ask for the right to decide.

    Raises NotPermitted, AdmissionIncomplete, AdmissionTooLate, UnknownCategory, UnknownUnit.
    """
    check(account, "admission.apply")
    begins = BEGINS[wish.kind]
    if begins is State.APPROVED:
        check(account, "admission.decide")
    _check(facts, wish, now)
    district = _lock(session, account.district)
    owned = select(func.max(AdmissionItem.no)).where(
        AdmissionItem.district_code == account.district
    )
    no = (session.scalar(owned) or 0) + 1
    calendar = facts.rules.calendar
    reviewed_by = due(now, REVIEW_WORKING_DAYS, TimeUnit.WORKING_DAY, calendar)
    item = AdmissionItem(
        district_code=account.district,
        no=no,
        state=begins,
        category_code=wish.category,
        unit_code=wish.unit,
        applied_by=account.name,
        applied_at=now,
        review_due=reviewed_by if begins is State.APPLIED else None,
        **{name: value for name, value in wish._asdict().items() if name not in CODED},
    )
    session.add(item)
    session.flush()
    said = {"in_season": admission.in_season(_today(facts, now))}
    _note(session, account, item, "apply", now, said)
    if begins is State.APPROVED:
        _note(session, account, item, Step.APPROVE, now, {"at_once": True})
        district.rulebook_no += 1
    session.flush()
    return no


CODED = ("category", "unit")


def step(
    session: Session, account: Account, no: int, wanted: Step, words: str, now: datetime
) -> None:
    """Review an application, approve it, or refuse it in writing.

    Raises NotPermitted, UnknownAdmission, AdmissionIllegal, BadInput for a refusal without words.
    """
    check(account, ACTS[wanted])
    district = _lock(session, account.district)
    item = session.get(AdmissionItem, (account.district, no), populate_existing=True)
    if item is None:
        raise UnknownAdmission(item=no)
    to = admission.next_state(State(item.state), wanted)
    if to is None:
        raise AdmissionIllegal(item=no, state=STATE_NAMES[State(item.state)].both)
    if wanted is Step.REFUSE and not words.strip():
        raise BadInput(
            zh="规则30：不予准入须书面说明理由。",
            en="Rule 30: a refusal is given in writing, with its reason.",
        )
    item.state = to
    _note(session, account, item, wanted, now, {"words": words.strip()})
    if to is State.APPROVED:
        district.rulebook_no += 1
    session.flush()


def listed(session: Session, facts: Snapshot, now: datetime) -> list[Entry]:
    """The whole register, the newest first."""
    items = select(AdmissionItem).where(AdmissionItem.district_code == facts.district)
    return [
        _entry(facts, item, now)
        for item in session.scalars(items.order_by(AdmissionItem.no.desc()))
    ]


def one(
    session: Session, facts: Snapshot, no: int, now: datetime
) -> tuple[Entry, Sequence[AdmissionEvent]]:
    """One item with its history. Raises UnknownAdmission."""
    item = session.get(AdmissionItem, (facts.district, no))
    if item is None:
        raise UnknownAdmission(item=no)
    events = select(AdmissionEvent).where(
        AdmissionEvent.district_code == facts.district, AdmissionEvent.item_no == no
    )
    history = session.scalars(events.order_by(AdmissionEvent.seq)).all()
    return _entry(facts, item, now), history


def _entry(facts: Snapshot, item: AdmissionItem, now: datetime) -> Entry:
    state = admission.state_on(admitted_of(item), _today(facts, now))
    late = item.review_due is not None and item.review_due < now
    return Entry(item, state, late and state is State.APPLIED)


def _check(facts: Snapshot, wish: Application, now: datetime) -> None:
    if wish.category not in facts.rules.categories:
        raise UnknownCategory(category=wish.category)
    if wish.unit is not None and facts.grid.unit(wish.unit) is None:
        raise UnknownUnit(code=wish.unit)
    wanted = ("exemption",) if wish.kind is Kind.EXEMPT else STATED
    missing = [LABELS[name] for name in wanted if not getattr(wish, name)]
    if missing:
        raise AdmissionIncomplete(missing=missing)
    if wish.ends is not None and wish.ends < wish.starts:
        raise BadInput(zh="截止日期早于开始日期。", en="It ends before it begins.")
    if wish.kind is Kind.TEMPORARY:
        soonest = due(now, AHEAD_WORKING_DAYS, TimeUnit.WORKING_DAY, facts.rules.calendar).date()
        if wish.starts < soonest:
            raise AdmissionTooLate(days=AHEAD_WORKING_DAYS, soonest=soonest.isoformat())


LABELS: Mapping[str, dict[str, str]] = {
    "authority": {"zh": "准入权限", "en": "authority"},
    "object": {"zh": "工作对象", "en": "object"},
    "power": {"zh": "所授权力", "en": "power"},
    "funds": {"zh": "经费", "en": "funds"},
    "ends": {"zh": "期限", "en": "term"},
    "exemption": {"zh": "免于准入的依据", "en": "ground of exemption"},
}


def _note(
    session: Session,
    account: Account,
    item: AdmissionItem,
    kind: str,
    now: datetime,
    detail: Mapping[str, Any],
) -> None:
    owned = select(func.count()).where(
        AdmissionEvent.district_code == item.district_code, AdmissionEvent.item_no == item.no
    )
    session.add(
        AdmissionEvent(
            district_code=item.district_code,
            item_no=item.no,
            seq=(session.scalar(owned) or 0) + 1,
            kind=kind,
            at=now,
            account_id=account.id,
            by_name=account.name,
            by_post=account.actor.post,
            detail=dict(detail),
        )
    )


def _lock(session: Session, code: str) -> District:
    held = session.get(District, code, with_for_update={"key_share": True}, populate_existing=True)
    if held is None:
        raise UnknownDistrict(code=code)
    return held


def _today(facts: Snapshot, now: datetime) -> date:
    return now.astimezone(facts.rules.calendar.zone).date()
