"""Months, quarters, half-years and years of a district: pure arithmetic of the calendar.

Domain rule 27 names the documents that follow them. A span is local: it begins at midnight where
the district is, whatever the clocks there do in between.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

from gridsvc.errors import BadField
from gridsvc.words import Words


class Length(StrEnum):
    """How long a span is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        return MONTHS[self]


MONTHS = {Length.MONTH: 1, Length.QUARTER: 3, Length.HALF: 6, Length.YEAR: 12}
WRITTEN = re.compile(r"(\d{4})(?:-(?:(Q)([1-4])|(H)([12])|(0[1-9]|1[0-2])))?")
MONTH_NAMES = (
    "January February March April May June July August September October November December"
)
# Python's calendar ends in 9999, and a span needs the day after it.
FIRST_YEAR, LAST_YEAR = 1900, 2999


class Span(NamedTuple):
    """The `no`-th span of its length in a year, counted from 1."""

    length: Length
    year: int
    no: int

    @property
    def first(self) -> date:
        return date(self.year, (self.no - 1) * self.length.months + 1, 1)

    @property
    def following(self) -> "Span":
        return self.moved(1)

    @property
    def before(self) -> "Span":
        """The span of the same length that ended when this one began."""
        return self.moved(-1)

    def moved(self, steps: int) -> "Span":
        a_year = 12 // self.length.months
        place = self.year * a_year + self.no - 1 + steps
        return Span(self.length, place // a_year, place % a_year + 1)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From local midnight up to, and without, local midnight."""
        return _midnight(self.first, zone), _midnight(self.following.first, zone)

    @property
    def code(self) -> str:
        """2026-10, 2026-Q4, 2026-H2 or 2026; `read` takes it back."""
        match self.length:
            case Length.MONTH:
                return f"{self.year}-{self.no:02}"
            case Length.QUARTER:
                return f"{self.year}-Q{self.no}"
            case Length.HALF:
                return f"{self.year}-H{self.no}"
            case Length.YEAR:
                return f"{self.year}"

    @property
    def name(self) -> Words:
        match self.length:
            case Length.MONTH:
                month = MONTH_NAMES.split()[self.no - 1]
                return Words(f"{self.year}年{self.no}月", f"{month} {self.year}")
            case Length.QUARTER:
                told = "一二三四"[self.no - 1]
                return Words(f"{self.year}年第{told}季度", f"Quarter {self.no} of {self.year}")
            case Length.HALF:
                told = "上下"[self.no - 1]
                return Words(f"{self.year}年{told}半年", f"Half {self.no} of {self.year}")
            case Length.YEAR:
                return Words(f"{self.year}年", f"{self.year}")


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def holding(length: Length, day: date) -> Span:
    """The span of that length which holds the day."""
    return Span(length, day.year, (day.month - 1) // length.months + 1)


def read(written: str) -> Span:
    """A span from its code. Raises BadField."""
    found = WRITTEN.fullmatch(written.strip().upper())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise BadField(field="period", want="2026-10, 2026-Q4, 2026-H2, 2026")
    year = int(found[1])
    if found[2]:
        return Span(Length.QUARTER, year, int(found[3]))
    if found[4]:
        return Span(Length.HALF, year, int(found[5]))
    return Span(Length.MONTH, year, int(found[6])) if found[6] else Span(Length.YEAR, year, 1)


class Rhythm(NamedTuple):
    """When a span's document is made: on the `day`-th day after it ended, at a local time; for
    spans that end on `since` or later."""

    length: Length
    day: int
    at: time
    since: date

    def due_at(self, span: Span, zone: tzinfo) -> datetime:
        day = span.following.first + timedelta(days=self.day - 1)
        return datetime.combine(day, self.at, zone)


def due(rhythm: Rhythm, now: datetime, zone: tzinfo) -> Iterator[Span]:
    """Every span whose document should be there by now, the oldest first."""
    # The first day after a span is the span's end.
    span = holding(rhythm.length, rhythm.since - timedelta(days=1))
    while span.following.first < rhythm.since:
        span = span.following
    while rhythm.due_at(span, zone) <= now:
        yield span
        span = span.following
