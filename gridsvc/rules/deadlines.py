"""Which time limit holds for a case. The most specific row wins."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gridsvc.clock import TimeUnit


class Limit(NamedTuple):
    """One row of limits. None for category or kind means any."""

    no: int
    category: str | None
    kind: str | None
    amount: float
    unit: TimeUnit
    basis: str


def choose(rows: Iterable[Limit], categories: Sequence[str], kind: str | None) -> Limit | None:
    """The limit for the category (then its groups, then any) and the whistle kind (then any)."""
    by_category = {code: place for place, code in enumerate(categories)}

    def order(row: Limit) -> tuple[int, int, int]:
        what = len(categories) if row.category is None else by_category[row.category]
        return what, 0 if row.kind is not None else 1, row.no

    fitting = [
        row
        for row in rows
        if (row.category is None or row.category in by_category)
        and (row.kind is None or row.kind == kind)
    ]
    return min(fitting, key=order, default=None)
