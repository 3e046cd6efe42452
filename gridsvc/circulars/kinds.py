"""The documents there are, how long a time each tells of, and of which part of the district."""

from enum import StrEnum
from typing import NamedTuple

from gridsvc.errors import BadField
from gridsvc.rules.spans import Length, Span
from gridsvc.words import Words

STREET, COMMUNITY = 2, 3


class CircularKind(StrEnum):
    """Domain rule 27: 月通报、季调度、年总结 (doc 000 L18341-18343), and the half-yearly report of
    each street (doc 000 L324-327)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"


class About(NamedTuple):
    """What a kind is. `per_street`: one for each street, divided by communities."""

    name: Words
    length: Length
    per_street: bool = False
    # What its line of time counts by.
    step: str = "month"

    @property
    def level(self) -> int:
        """The level of the units that are set side by side."""
        return COMMUNITY if self.per_street else STREET


ABOUT = {
    CircularKind.MONTHLY: About(Words("月通报", "Monthly circular"), Length.MONTH, step="day"),
    CircularKind.QUARTERLY: About(Words("季调度", "Quarterly review"), Length.QUARTER),
    CircularKind.YEARLY: About(Words("年总结", "Yearly summary"), Length.YEAR),
    CircularKind.HALF_YEARLY: About(
        Words("街道半年报告", "Half-yearly report of a street"), Length.HALF, per_street=True
    ),
}


class Wish(NamedTuple):
    """One document: its kind, its span, and for a street's report the street."""

    kind: CircularKind
    span: Span
    unit: str | None = None


def check(wish: Wish) -> None:
    """Whether kind, span and street go together, or BadField."""
    about = ABOUT[wish.kind]
    if wish.span.length is not about.length:
        fit = {"month": "2026-10", "quarter": "2026-Q4", "half": "2026-H2", "year": "2026"}
        raise BadField(field="period", want=fit[about.length])
    if about.per_street != (wish.unit is not None):
        raise BadField(field="unit", want="street" if about.per_street else "-")
