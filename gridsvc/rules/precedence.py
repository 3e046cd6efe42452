"""Which of the two owners of a matter comes first.

Assets 部件 go to their owner before the territory, events 事件 to the territory before the owner
(facts of the trade, after GB/T 30428; a district may lay down its own).
"""

from collections.abc import Mapping
from enum import StrEnum

from gridsvc.words import Words


class Owner(StrEnum):
    """属主 or 属地."""

    LINE = "line"
    TERRITORY = "territory"


USUAL: Mapping[str, Owner] = {"asset": Owner.LINE, "event": Owner.TERRITORY}
MATTERS = {"asset": Words("部件", "Assets"), "event": Words("事件", "Events")}
ORDERS = {
    Owner.LINE: Words("先属主后属地", "first to the line owner, then to the territory"),
    Owner.TERRITORY: Words("先属地后属主", "first to the territory, then to the line owner"),
}


def first(
    order: Mapping[str, Owner], matter: str | None, line: bool, territory: bool
) -> Owner | None:
    """The owner that acts first: the one of the order if it is known, else the other, else none.

    `line` and `territory` tell whether there is such an owner. A matter that nobody classified
    is asked like an event.
    """
    wanted = order.get(matter or "event", Owner.TERRITORY)
    other = Owner.TERRITORY if wanted is Owner.LINE else Owner.LINE
    there = {Owner.LINE: line, Owner.TERRITORY: territory}
    return next((owner for owner in (wanted, other) if there[owner]), None)


def sentence(order: Mapping[str, Owner], matter: str | None) -> Words:
    """The order for a matter in words."""
    kind = matter or "event"
    said, name = ORDERS[order.get(kind, Owner.TERRITORY)], MATTERS.get(kind, Words(kind, kind))
    return Words(f"{name.zh}{said.zh}。", f"{name.en} go {said.en}.")
