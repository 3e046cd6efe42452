"""What a map was counted from: how many in all, on it, and elsewhere."""

from typing import NamedTuple

from gridsvc.heat.measures import Measure
from gridsvc.heat.questions import Question
from gridsvc.rules.rates import Period
from gridsvc.themes import Theme


class Totals(NamedTuple):
    """How many were counted; of these on the map, and in none of its places: `counted` is their
    sum."""

    counted: int
    on_map: int
    elsewhere: int


class Surface(NamedTuple):
    """A map, what it was counted from, and the record's line up to which it counts."""

    theme: Theme
    totals: Totals
    before: Totals | None
    feed_no: int
    # Of a smooth comparison the two periods by the same classes; others have both in each row.
    sides: tuple[Theme, ...] = ()


def totals(counted: int, on_map: int) -> Totals:
    return Totals(counted, on_map, counted - on_map)


def stretch(measure: Measure, asked: Question) -> float:
    """What the counts of the second period are multiplied by: the longer period has more."""
    if asked.against is None or measure.form != "count":
        return 1.0
    return _length(asked.period) / _length(asked.against)


def _length(period: Period) -> float:
    return (period.until - period.since).total_seconds()
