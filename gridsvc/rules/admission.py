"""The admission register: what work may be handed to a community (domain rule 30, 社区工作准入).

Work outside the community's own lists is not given to a community before it is approved: apply (in
principle in March and September), first review in 10 working days, decision, a refusal in writing
with its reason. Temporary items are applied for 5 working days ahead; urgent work is approved and
filed at once. An approval states authority, object, power, term and funds. What has a term lapses
with it; re-entry is a new application. Exempt are duties set by law, work required by central,
provincial, city or district authorities, and sudden, urgent events touching life, property or
public safety.

The lists themselves are not printed in the source: that the catalogue lets a committee lead a
matter (`committee_may_lead`) is read as "on the community's list" (ours).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gridsvc.words import Words

REVIEW_WORKING_DAYS = 10
AHEAD_WORKING_DAYS = 5
SEASON = (3, 9)
# A sudden, urgent event is whistled for as one.
EMERGENCY = "emergency_whistle"


class Kind(StrEnum):
    REGULAR = "regular"
    TEMPORARY = "temporary"
    URGENT = "urgent"
    EXEMPT = "exempt"


class State(StrEnum):
    APPLIED = "applied"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    REFUSED = "refused"
    # Never stored: an approval whose term is over.
    LAPSED = "lapsed"


class Step(StrEnum):
    REVIEW = "review"
    APPROVE = "approve"
    REFUSE = "refuse"


class Exemption(StrEnum):
    LAW = "law"
    AUTHORITY = "authority"
    EMERGENCY = "emergency"


KIND_NAMES = {
    Kind.REGULAR: Words("常规", "Regular"),
    Kind.TEMPORARY: Words("临时", "Temporary"),
    Kind.URGENT: Words("紧急", "Urgent"),
    Kind.EXEMPT: Words("免于准入", "Exempt"),
}
STATE_NAMES = {
    State.APPLIED: Words("已申请", "Applied"),
    State.REVIEWED: Words("已初审", "Reviewed"),
    State.APPROVED: Words("已批准", "Approved"),
    State.REFUSED: Words("未批准", "Refused"),
    State.LAPSED: Words("已到期", "Lapsed"),
}
EXEMPTION_NAMES = {
    Exemption.LAW: Words("法律法规规定的职责", "A duty set by law"),
    Exemption.AUTHORITY: Words("中央、省、市、区要求的工作", "Required by a higher authority"),
    Exemption.EMERGENCY: Words(
        "涉及生命财产和公共安全的突发紧急事件", "A sudden event touching life or safety"
    ),
}
STEP_NAMES = {
    "apply": Words("申请", "Applied"),
    Step.REVIEW: Words("初审", "Reviewed"),
    Step.APPROVE: Words("批准", "Approved"),
    Step.REFUSE: Words("不予准入", "Refused"),
}
# Which step leads from where to where; urgent and exempt items begin where others end.
STEPS = {
    (State.APPLIED, Step.REVIEW): State.REVIEWED,
    (State.REVIEWED, Step.APPROVE): State.APPROVED,
    (State.REVIEWED, Step.REFUSE): State.REFUSED,
}
BEGINS = {
    Kind.REGULAR: State.APPLIED,
    Kind.TEMPORARY: State.APPLIED,
    Kind.URGENT: State.APPROVED,
    Kind.EXEMPT: State.APPROVED,
}
# What an approval must state; an exemption states its basis instead.
STATED = ("authority", "object", "power", "funds", "ends")


class Item(NamedTuple):
    """One entry of the register. None for unit: every community. `ends` is its last day."""

    no: int
    category: str
    unit: str | None
    state: State
    starts: date
    ends: date | None


class Verdict(NamedTuple):
    """Whether a matter may be handed to a community, why, and by which entry."""

    allowed: bool
    basis: str
    item: int | None


def next_state(state: State, step: Step) -> State | None:
    """Where a step leads; None: it is not possible from here."""
    return STEPS.get((state, step))


def state_on(item: Item, day: date) -> State:
    """The state as of a day: an approval is over after its last day."""
    over = item.state is State.APPROVED and item.ends is not None and item.ends < day
    return State.LAPSED if over else item.state


def holds(item: Item, day: date) -> bool:
    """Whether the entry lets work through on the day."""
    return item.starts <= day and state_on(item, day) is State.APPROVED


def in_season(day: date) -> bool:
    """Whether applications are in principle made in this month."""
    return day.month in SEASON


def may_hand(
    on_list: bool | None,
    whistle: str | None,
    items: Iterable[Item],
    categories: Sequence[str],
    chain: Sequence[str],
    day: date,
) -> Verdict:
    """Whether a matter may be handed to a body of the community in this chain on this day.

    `on_list`: what the catalogue says of it; `whistle`: its kind; `categories` goes from the
    category to its groups. The basis is list, emergency, admitted, or none.
    """
    if on_list:
        return Verdict(True, "list", None)
    if whistle == EMERGENCY:
        return Verdict(True, "emergency", None)
    fitting = (
        item.no
        for item in items
        if item.category in categories and item.unit in (None, *chain) and holds(item, day)
    )
    found = min(fitting, default=None)
    return Verdict(found is not None, "none" if found is None else "admitted", found)
