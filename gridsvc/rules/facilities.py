"""What a facility must be like, period by period."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import isfinite
from typing import NamedTuple

from opening_hours import validate

from gridsvc.words import Words

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
STATES = {
    "planned": Words("规划", "Planned"),
    "building": Words("在建", "Being built"),
    "open": Words("已开放", "Open"),
    "closed": Words("已停用", "Closed"),
}
# The largest building of the world has about 2 km² of floor.
MOST_M2 = 2_000_000
LONGEST = 200


class Period(NamedTuple):
    """A facility as it is from `valid_from` to `valid_to`, both included; None is unbounded."""

    code: str
    type: str
    name: str
    lon: float
    lat: float
    floor_area_m2: float | None = None
    provision_mode: str | None = None
    state: str = "open"
    valid_from: date | None = None
    valid_to: date | None = None
    opening_hours: str | None = None
    open_to_public: bool | None = None
    serves: tuple[str, ...] = ()
    address: str | None = None
    note: str | None = None


class Fault(NamedTuple):
    """What is wrong with a row: its place among the rows, the column, why."""

    place: int
    column: str
    text: Words


class Known(NamedTuple):
    """What rows may refer to."""

    types: Collection[str]
    modes: Collection[str]
    units: Collection[str]


def faults(rows: Sequence[Period], known: Known) -> Iterator[Fault]:
    """Everything wrong with periods, among them two of one facility that overlap."""
    for place, row in enumerate(rows):
        for column, words in (*_named(row, known), *_measured(row), *_dated(row)):
            yield Fault(place, column, words)
    by_code: dict[str, list[tuple[int, Period]]] = {}
    for place, row in enumerate(rows):
        by_code.setdefault(row.code, []).append((place, row))
    for periods in by_code.values():
        for (_, one), (place, other) in combinations(periods, 2):
            if meet(one, other):
                words = Words("与该设施的另一时段重叠", "overlaps another period of this facility")
                yield Fault(place, "valid_from", words)


def _named(row: Period, known: Known) -> Iterator[tuple[str, Words]]:
    if not CODE.fullmatch(row.code):
        yield "code", Words("编码只用字母、数字和 _ . -", "a code is of letters, digits and _ . -")
    if row.type not in known.types:
        yield "type", Words("没有这个设施类型", "there is no such type of facility")
    if not row.name.strip() or len(row.name) > LONGEST:
        yield "name", Words(f"名称为1至{LONGEST}字", f"a name has 1 to {LONGEST} letters")
    if row.provision_mode is not None and row.provision_mode not in known.modes:
        modes = "、".join(sorted(known.modes))
        yield "provision_mode", Words(f"应为其中之一：{modes}", f"must be one of {modes}")
    if row.state not in STATES:
        states = "、".join(STATES)
        yield "state", Words(f"应为其中之一：{states}", f"must be one of {states}")
    for code in row.serves:
        if code not in known.units:
            words = Words(f"现行网格中没有单元{code}", f"the current grid has no unit {code}")
            yield "serves", words


def _measured(row: Period) -> Iterator[tuple[str, Words]]:
    area = row.floor_area_m2
    if area is not None and not (isfinite(area) and 0 <= area <= MOST_M2):
        yield "floor_area_m2", Words(f"应为0至{MOST_M2}", f"must be 0 to {MOST_M2}")
    for column, value, most in (("lon", row.lon, 180), ("lat", row.lat, 90)):
        if not (isfinite(value) and abs(value) <= most):
            yield column, Words(f"应为-{most}至{most}度", f"must be -{most} to {most} degrees")
    if row.opening_hours is not None and not validate(row.opening_hours):
        yield (
            "opening_hours",
            Words(
                "开放时间写法如 Mo-Fr 08:30-17:30; Sa 09:00-12:00",
                "opening hours are written like Mo-Fr 08:30-17:30; Sa 09:00-12:00",
            ),
        )


def _dated(row: Period) -> Iterator[tuple[str, Words]]:
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield "valid_to", Words("早于起始日期", "before the first day")


def meet(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    first, last = date.min, date.max
    return (one.valid_from or first) <= (other.valid_to or last) and (
        other.valid_from or first
    ) <= (one.valid_to or last)


def holding(periods: Sequence[Period], day: date) -> Period | None:
    """The period that holds a day."""
    today = Period("", "", "", 0, 0, valid_from=day, valid_to=day)
    return next((one for one in periods if meet(one, today)), None)


def changed(periods: Sequence[Period], after: Period, since: date) -> list[Period]:
    """The periods with `after` holding from a day on: what held before ends the day before, and
    what would have begun later is replaced."""
    kept = [one for one in periods if (one.valid_from or date.min) < since]
    before = [
        one._replace(valid_to=min(one.valid_to or date.max, since - timedelta(days=1)))
        for one in kept
    ]
    return [*before, after._replace(valid_from=since)]
