"""One whistle, one assessment 一哨一考核: what the records say of each department, and the street.

Domain rules 19 to 23. The source prints no weights; those that ship say that they are ours. What a
whistle did not ask of a department is left out and the other weights count for more, so nobody
gains or loses by it.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from statistics import fmean
from typing import NamedTuple

from gridsvc.errors import BadInput
from gridsvc.words import Words


class Criterion(StrEnum):
    """What is looked at; the street's rating comes with the evaluation of the case."""

    REPORT_IN = "report_in"
    HANDLE = "handle"
    REWORK = "rework"
    HAND_BACK = "hand_back"
    STREET = "street"


NAMES = {
    Criterion.REPORT_IN: Words("按时报到", "Reported in in time"),
    Criterion.HANDLE: Words("按时处理", "Handled in time"),
    Criterion.REWORK: Words("没有返工", "Without rework"),
    Criterion.HAND_BACK: Words("没有回退", "Not handed back"),
    Criterion.STREET: Words("街道评价", "The street's rating"),
}


LEAST_SHARE = 20.0


def check_share(percent: float) -> float:
    """The share of the performance total; not less than 20 % (domain rule 21), or BadInput."""
    if not LEAST_SHARE <= percent <= 100:
        raise BadInput(
            zh=f"考核结果占绩效总分的比重不得低于20%，也不能超过100%：{percent:g}%。",
            en=f"The share of the performance total is 20 to 100 %, not {percent:g} %.",
        )
    return percent


class Facts(NamedTuple):
    """What the records say of one department's part in one whistle; None: it was not asked."""

    reported_in_in_time: bool | None
    handled_in_time: bool | None
    reworks: int | None
    handed_back: bool
    street_score: int | None


class Part(NamedTuple):
    """Points from 0 to 100 for a criterion, and the share of the whole that they have."""

    criterion: Criterion
    points: float
    share: float


class Assessment(NamedTuple):
    """The whole, from 0 to 100, and what it is made of; None where nothing can be said."""

    points: float | None
    parts: list[Part]


class Result(NamedTuple):
    """A department over a period: its mean, from how many whistles, and what it adds to the
    performance total of 100."""

    points: float | None
    counted: int
    adds: float | None


def assess(facts: Facts, weights: Mapping[Criterion, float]) -> Assessment:
    """Points for each criterion that can be judged, together 100 at most."""
    judged = {
        Criterion.REPORT_IN: _yes(facts.reported_in_in_time),
        Criterion.HANDLE: _yes(facts.handled_in_time),
        Criterion.REWORK: None if facts.reworks is None else max(0.0, 100.0 - 50 * facts.reworks),
        Criterion.HAND_BACK: 0.0 if facts.handed_back else 100.0,
        Criterion.STREET: None if facts.street_score is None else float(facts.street_score),
    }
    counting = {
        criterion: points
        for criterion, points in judged.items()
        if points is not None and weights.get(criterion, 0) > 0
    }
    whole = sum(weights[criterion] for criterion in counting)
    parts = [
        Part(criterion, points, weights[criterion] / whole)
        for criterion, points in counting.items()
    ]
    points = sum(points * weights[criterion] for criterion, points in counting.items())
    return Assessment(points / whole if parts else None, parts)


def _yes(kept: bool | None) -> float | None:
    return None if kept is None else 100.0 * kept


def result(assessments: Sequence[Assessment], share_percent: float) -> Result:
    """The mean of a period; it enters the performance total by a share (domain rule 21)."""
    points = [one.points for one in assessments if one.points is not None]
    if not points:
        return Result(None, 0, None)
    mean = fmean(points)
    return Result(mean, len(points), mean * share_percent / 100)
