"""One whistle, one assessment 一哨一考核: what is on record of each department and the street.

Domain rules 19 to 25. The source prints neither weights nor deductions; those that ship say that
they are ours. What a whistle did not ask of a department is left out and the other weights count
for more, so nobody gains or loses by it. Departments rate the street's whistle in turn (rule 25),
and a whistle marked as improper or empty is deducted (rules 22, 23). A figure that an upheld appeal
changed stands beside what the records say.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from statistics import fmean
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from gridsvc.errors import BadInput
from gridsvc.words import Words


class Criterion(StrEnum):
    """What is looked at; the street's rating comes with the evaluation of the case."""

    REPORT_IN = "report_in"
    HANDLE = "handle"
    REWORK = "rework"
    HAND_BACK = "hand_back"
    STREET = "street"


class WhistleCriterion(StrEnum):
    """What departments say of a street's whistle (domain rule 25)."""

    PROPER = "proper"
    DESCRIBED = "described"
    HELP = "help"


# A fault mark is appealed like a figure; upheld, so many points are still deducted.
FAULT = "fault"

NAMES: dict[str, Words] = {
    Criterion.REPORT_IN: Words("按时报到", "Reported in in time"),
    Criterion.HANDLE: Words("按时处理", "Handled in time"),
    Criterion.REWORK: Words("没有返工", "Without rework"),
    Criterion.HAND_BACK: Words("没有回退", "Not handed back"),
    Criterion.STREET: Words("街道评价", "The street's rating"),
    WhistleCriterion.PROPER: Words("吹哨规范", "Whistled properly"),
    WhistleCriterion.DESCRIBED: Words("情况清楚", "Well described"),
    WhistleCriterion.HELP: Words("现场配合", "Help on the spot"),
    FAULT: Words("不规范吹哨扣分", "Deducted for the whistle"),
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


class WhistleFacts(NamedTuple):
    """What departments said of a whistle, each criterion from 0 to 100, and its fault mark."""

    ratings: Sequence[Mapping[WhistleCriterion, int]]
    fault: str | None


class Part(NamedTuple):
    """Points from 0 to 100 for a criterion, and the share of the whole that they have. `was`: what
    the records say, where an upheld appeal says otherwise."""

    criterion: str
    points: float
    share: float
    was: float | None = None


class Deduction(NamedTuple):
    """Points taken off for a fault; `was`: by its row, where an upheld appeal says otherwise."""

    fault: str
    points: float
    was: float | None = None


class Assessment(NamedTuple):
    """The whole, from 0 to 100, and what it is made of; None where nothing can be said."""

    points: float | None
    parts: Sequence[Part]
    deduction: Deduction | None = None


class Result(NamedTuple):
    """A department or street over a period: its mean, from how many whistles, and what it adds to
    the performance total of 100."""

    points: float | None
    counted: int
    adds: float | None


Upheld = Mapping[str, float]
NOTHING: Upheld = MappingProxyType({})


def assess(
    facts: Facts, weights: Mapping[Criterion, float], upheld: Upheld = NOTHING
) -> Assessment:
    """Points for each criterion that can be judged, together 100 at most. `upheld` holds the points
    that appeals gave."""
    judged = {
        Criterion.REPORT_IN: _yes(facts.reported_in_in_time),
        Criterion.HANDLE: _yes(facts.handled_in_time),
        Criterion.REWORK: None if facts.reworks is None else max(0.0, 100.0 - 50 * facts.reworks),
        Criterion.HAND_BACK: 0.0 if facts.handed_back else 100.0,
        Criterion.STREET: None if facts.street_score is None else float(facts.street_score),
    }
    parts = _weighed(judged, weights, upheld)
    return Assessment(_whole(parts, weights), parts)


def assess_whistle(
    facts: WhistleFacts,
    weights: Mapping[WhistleCriterion, float],
    deductions: Mapping[str, float],
    upheld: Upheld = NOTHING,
) -> Assessment:
    """What departments said of a whistle, less what its fault costs; not below 0.

    A faulty whistle that nobody rated starts from 100, one that is neither faulty nor rated says
    nothing. A fault without a row deducts nothing.
    """
    said = {
        one: fmean(rating[one] for rating in facts.ratings) if facts.ratings else None
        for one in WhistleCriterion
    }
    parts = _weighed(said, weights, upheld)
    points, deduction = _whole(parts, weights), None
    if facts.fault is not None:
        usual = deductions.get(facts.fault, 0.0)
        taken = upheld.get(FAULT, usual)
        deduction = Deduction(facts.fault, taken, usual if FAULT in upheld else None)
        points = max(0.0, (100.0 if points is None else points) - taken)
    return Assessment(points, parts, deduction)


Judged = TypeVar("Judged", bound=str)


def _weighed(
    judged: Mapping[Judged, float | None], weights: Mapping[Judged, float], upheld: Upheld
) -> list[Part]:
    counting = {
        criterion: points
        for criterion, points in judged.items()
        if points is not None and weights.get(criterion, 0) > 0
    }
    whole = sum(weights[criterion] for criterion in counting)
    return [
        Part(
            criterion,
            upheld.get(criterion, points),
            weights[criterion] / whole,
            points if criterion in upheld else None,
        )
        for criterion, points in counting.items()
    ]


def _whole(parts: Sequence[Part], weights: Mapping[Judged, float]) -> float | None:
    # Not by the shares, which are rounded: the best of all is 100 and no hair less.
    by = {str(criterion): weight for criterion, weight in weights.items()}
    points = sum(part.points * by[part.criterion] for part in parts)
    return points / sum(by[part.criterion] for part in parts) if parts else None


def _yes(kept: bool | None) -> float | None:
    return None if kept is None else 100.0 * kept


def result(assessments: Sequence[Assessment], share_percent: float) -> Result:
    """The mean of a period; it enters the performance total by a share (domain rule 21)."""
    points = [one.points for one in assessments if one.points is not None]
    if not points:
        return Result(None, 0, None)
    mean = fmean(points)
    return Result(mean, len(points), mean * share_percent / 100)
