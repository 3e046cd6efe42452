"""What a map may show: the rates' own figures, by place.

Every measure picks rows of cases with a value each (`picking`): 1 for what is counted, hours, or
whether a share's case belongs to its numerator. How rows become a place's figure is `reduced`.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gridsvc.heat import picking
from gridsvc.heat.columns import Columns, Floats, Ints
from gridsvc.heat.picking import Asked, Counted
from gridsvc.rules.rates import SMALL, Period
from gridsvc.words import Words

__all__ = ["MEASURES", "SMALL", "Asked", "Counted", "Measure", "counted", "reduced"]


Picked = Callable[[Columns, Period, Asked], Counted]


class Measure(NamedTuple):
    """One figure: `form` is count, hours or share; `part` is the quantile of hours, and `per` what
    a count is divided by (households, km2)."""

    code: str
    title: Words
    unit: Words
    form: str
    words: Words
    pick: Picked
    part: float = 0.5
    per: str | None = None


def counted(columns: Columns, measure: Measure, period: Period, asked: Asked) -> Counted:
    """The rows that the measure counts in the period."""
    return measure.pick(columns, period, asked)


def reduced(
    measure: Measure, place: npt.NDArray[np.int32], value: Floats, count: int
) -> tuple[Ints, Floats]:
    """How many rows each of `count` places has, and its figure; NaN where nothing can be said.

    `place` (m,) is each row's place. A count of nothing is 0; nothing else is.
    """
    n = np.bincount(place, minlength=count)
    if measure.form == "count":
        return n, n.astype(np.float64)
    if measure.form == "share":
        with np.errstate(invalid="ignore"):
            return n, np.bincount(place, value, minlength=count) / n
    return n, _quantile(place, value, n, measure.part)


def _quantile(place: npt.NDArray[np.int32], value: Floats, n: Ints, part: float) -> Floats:
    """Between the two nearest in rank, as `statistics.quantiles(method="inclusive")` does it."""
    if not len(value):
        return np.full(len(n), np.nan)
    # One key sorts by place, then by value, in half the time of sorting by two; made in place, for
    # there may be a million.
    low_end, high_end = value.min(), value.max()
    key = value - low_end
    key /= (high_end - low_end) * (1 + 1e-9) + 1e-9
    key += place
    order = np.argsort(key)
    del key
    ranked = value[order]
    del order
    starts = np.cumsum(n) - n
    has = n > 0
    at = part * (n[has] - 1)
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, n[has] - 1)
    first, second = ranked[starts[has] + low], ranked[starts[has] + high]
    found = np.full(len(n), np.nan)
    found[has] = first + (second - first) * (at - low)
    return found


CASES, HOURS, PERCENT = Words("件", "cases"), Words("小时", "hours"), Words("%", "%")
OPENED = Words(
    "期内受理的全部案件，含并案和不予受理的。",
    "All cases that came in in the period, also merged and dismissed ones.",
)
CAME = Words(
    "期内报到的派遣，自派遣到报到的小时数（自然时间）。",
    "Of the calls answered in the period: hours from the call, by the clock on the wall.",
)
CLOSED = Words(
    "期内核实结案的案件，自受理到结案的小时数（自然时间）。",
    "Of the cases verified and closed in the period: hours from acceptance, by the clock on the "
    "wall.",
)

MEASURES = {
    one.code: one
    for one in (
        Measure("count", Words("受理件数", "Cases"), CASES, "count", OPENED, picking.opened),
        Measure(
            "per_100_households",
            Words("每百户受理件数", "Cases per 100 households"),
            Words("件/百户", "per 100 households"),
            "count",
            OPENED,
            picking.opened,
            per="households",
        ),
        Measure(
            "per_km2",
            Words("每平方公里受理件数", "Cases per km²"),
            Words("件/平方公里", "per km²"),
            "count",
            OPENED,
            picking.opened,
            per="km2",
        ),
        Measure(
            "report_in_median",
            Words("报到用时中位数", "Median hours to report in"),
            HOURS,
            "hours",
            CAME,
            picking.to_come,
        ),
        Measure(
            "report_in_p90",
            Words("报到用时第九十百分位", "90th percentile of hours to report in"),
            HOURS,
            "hours",
            CAME,
            picking.to_come,
            0.9,
        ),
        Measure(
            "close_median",
            Words("结案用时中位数", "Median hours to close"),
            HOURS,
            "hours",
            CLOSED,
            picking.to_close,
        ),
        Measure(
            "close_p90",
            Words("结案用时第九十百分位", "90th percentile of hours to close"),
            HOURS,
            "hours",
            CLOSED,
            picking.to_close,
            0.9,
        ),
        Measure(
            "late_in",
            Words("报到超时占比", "Reported in late"),
            PERCENT,
            "share",
            Words(
                "报到时限在期内届满的派遣中，未按时报到的占比。",
                "Of the calls whose time to report in ran out in the period, those not answered "
                "in time.",
            ),
            picking.late_in,
        ),
        Measure(
            "late",
            Words("结案超时占比", "Closed late"),
            PERCENT,
            "share",
            Words(
                "时限（含批准的延期）在期内届满的案件中，未按时结案的占比。",
                "Of the cases whose time, with granted extensions, ran out in the period, those "
                "not closed in time.",
            ),
            picking.late,
        ),
        Measure(
            "rework",
            Words("返工占比", "Reworked"),
            PERCENT,
            "share",
            Words(
                "期内核实结案的案件中，曾经返工的占比。",
                "Of the cases verified and closed in the period, those sent back at least once.",
            ),
            picking.rework,
        ),
        Measure(
            "dissatisfied",
            Words("不满意占比", "Dissatisfied"),
            PERCENT,
            "share",
            Words(
                "期内上报人的评价中，不满意的占比；基本满意不算不满意。",
                "Of the reporters who judged the answer in the period, those dissatisfied; partly "
                "satisfied is not counted as dissatisfied.",
            ),
            picking.dissatisfied,
        ),
    )
}
