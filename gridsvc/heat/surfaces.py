"""Density and response of a period, by unit, by hexagon or smooth; with a second period beside it
the difference of the two, place by place.

Every theme's `cases` add up to the cases that were counted; what has no place on the map is told
in `Totals`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.heat import keeping, measures, places, raster, smooth
from gridsvc.heat.classes import limits
from gridsvc.heat.columns import Columns, Flags, Floats, Ints
from gridsvc.heat.measures import SMALL, Counted, Measure
from gridsvc.heat.places import Places
from gridsvc.heat.questions import HEXAGON, SMOOTH, Question, checked, local, resolved
from gridsvc.heat.raster import Raster
from gridsvc.heat.saying import (
    BEFORE,
    DIFFERENCE,
    NOTHING,
    PLACE,
    STEADIED,
    note,
    title,
)
from gridsvc.heat.shrink import steadied
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Column, Shade, Shapes, Theme
from gridsvc.words import Words


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


class Figures(NamedTuple):
    """Of k places: how many were counted, and the figure, NaN where nothing can be said."""

    n: Ints
    value: Floats


def surface(session: Session, facts: Snapshot, asked: Question) -> Surface:
    """The map that is asked for. Raises BadField, UnknownUnit, UnknownCategory,
    UnknownDepartment."""
    measure, zone = checked(asked), facts.rules.calendar.zone
    asked = asked._replace(
        period=local(asked.period, zone), against=asked.against and local(asked.against, zone)
    )
    part = resolved(session, facts, asked.scope)
    columns = keeping.current(session, facts)
    now = measures.counted(columns, measure, asked.period, part)
    then = asked.against and measures.counted(columns, measure, asked.against, part)
    if asked.by == SMOOTH:
        return _smooth(facts, columns, asked, measure, now, then)
    ground = (
        places.of_hexagons(facts, columns, asked.resolution)
        if asked.by == HEXAGON
        else places.of_units(session, facts, columns, asked.level)
    )
    return _divided(columns, asked, measure, ground, now, then)


def totals(counted: int, on_map: int) -> Totals:
    return Totals(counted, on_map, counted - on_map)


def _divided(
    columns: Columns,
    asked: Question,
    measure: Measure,
    ground: Places,
    now: Counted,
    then: Counted | None,
) -> Surface:
    fresh, counts = _figures(measure, ground, now)
    former = _figures(measure, ground, then) if then else None
    shown = np.ones(len(ground.codes), dtype=bool)
    if asked.by == HEXAGON:
        shown = (fresh.n > 0) | (former[0].n > 0 if former else False)
    rows = np.flatnonzero(shown)
    told = _columns(measure, fresh, former and former[0], _stretch(measure, asked))
    few = _few(measure, fresh.n, former[0].n if former else None)
    theme = Theme(
        code=f"heat-{measure.code}",
        title=title(measure, asked),
        note=note(measure, asked, counts, former and former[1]),
        columns=_heads(measure, asked, "steadied" in told),
        rows=_rows(ground, told, few, rows),
        shapes=ground.outlines(rows),
        shades=_shades(measure, {name: values[rows] for name, values in told.items()}),
    )
    return Surface(theme, counts, former and former[1], columns.feed_no)


def _figures(measure: Measure, ground: Places, counted: Counted) -> tuple[Figures, Totals]:
    place = ground.at[counted.case]
    on = place >= 0
    n, value = measures.reduced(measure, place[on], counted.value[on], len(ground.codes))
    if measure.per == "households":
        value = n / ground.households * 100
    elif measure.per == "km2":
        value = n / ground.km2
    elif measure.form == "share":
        value = value * 100
    return Figures(n, value), totals(len(place), int(on.sum()))


def _stretch(measure: Measure, asked: Question) -> float:
    """What the counts of the second period are multiplied by: the longer period has more."""
    if asked.against is None or measure.form != "count":
        return 1.0
    return _length(asked.period) / _length(asked.against)


def _length(period: Period) -> float:
    return (period.until - period.since).total_seconds()


def _columns(
    measure: Measure, fresh: Figures, former: Figures | None, stretch: float
) -> dict[str, Floats]:
    told: dict[str, Floats] = {"cases": fresh.n.astype(np.float64), "value": fresh.value}
    if measure.form == "share":
        told["steadied"] = 100 * steadied(fresh.n, fresh.value / 100)
    if former:
        told["cases_before"] = former.n.astype(np.float64)
        told["before"] = former.value * stretch
        told["difference"] = fresh.value - told["before"]
    return told


def _few(measure: Measure, n: Ints, before: Ints | None) -> Flags:
    """Where the figure says more of a few cases than of the place. A bare count is what it is."""
    if measure.form == "count":
        if before is not None:
            return np.asarray(n + before < SMALL)
        return np.asarray(n < SMALL) if measure.per else np.zeros(len(n), dtype=bool)
    small = n < SMALL
    return np.asarray(small if before is None else small | (before < SMALL))


def _rows(
    ground: Places, told: dict[str, Floats], few: Flags, rows: Ints
) -> list[dict[str, object]]:
    lists: dict[str, list[float | int | None]] = {
        name: [None if value != value else value for value in values[rows].tolist()]
        for name, values in told.items()
    }
    for name in ("cases", "cases_before"):
        if name in told:
            lists[name] = told[name][rows].astype(int).tolist()
    names = list(lists)
    return [
        {"code": ground.codes[row], "name": ground.names[row]}
        | dict(zip(names, values, strict=True))
        | ({"small": True} if small else {})
        for row, small, *values in zip(
            rows.tolist(), few[rows].tolist(), *lists.values(), strict=True
        )
    ]


def _heads(measure: Measure, asked: Question, with_steadied: bool) -> Sequence[Column]:
    heads = [
        Column("code", Words("编码", "Code")),
        Column("name", PLACE),
        Column("cases", Words("件数", "Counted"), 0),
    ]
    if measure.code != "count":
        heads.append(Column("value", measure.title, 1))
    if with_steadied:
        heads.append(Column("steadied", STEADIED, 1))
    if asked.against:
        heads += [
            Column("cases_before", Words("对比期件数", "Counted before"), 0),
            Column("before", BEFORE, 1),
            Column("difference", DIFFERENCE, 1),
        ]
    return heads


def _shades(measure: Measure, told: dict[str, Floats]) -> list[Shade]:
    """The figure and the one before by the same classes, so that two maps can be compared."""
    both = np.concatenate([told["value"], told.get("before", np.empty(0))])
    common = limits(both)
    shades = [Shade("value", measure.title, common, measure.unit, NOTHING)]
    if "steadied" in told:
        shades.insert(0, Shade("steadied", STEADIED, common, measure.unit, NOTHING))
    if "before" in told:
        cuts = limits(told["difference"], around=True)
        shades.append(Shade("before", BEFORE, common, measure.unit, NOTHING))
        # First, for a picture shows but one.
        shades.insert(0, Shade("difference", DIFFERENCE, cuts, measure.unit, NOTHING, around=True))
    return shades


def _smooth(
    facts: Snapshot,
    columns: Columns,
    asked: Question,
    measure: Measure,
    now: Counted,
    then: Counted | None,
) -> Surface:
    over = raster.over(places.bounds(facts), asked.bandwidth_m)
    fresh = _spread(over, columns, now)
    here = smooth.told(over, measure, fresh)
    counts = totals(len(now.case), fresh.on_map)

    def theme(made: smooth.Drawn, before: Totals | None) -> Theme:
        rows, shapes, shades = made
        return Theme(
            code=f"heat-{measure.code}",
            title=title(measure, asked),
            note=note(measure, asked, counts, before),
            columns=smooth.heads(before is not None),
            rows=rows,
            shapes=_array(shapes),
            shades=shades,
        )

    if then is None:
        only = smooth.alone(over, measure, fresh, here, smooth.common([here]))
        return Surface(theme(only, None), counts, None, columns.feed_no)
    former = _spread(over, columns, then)
    there = smooth.told(over, measure, former)
    before = totals(len(then.case), former.on_map)
    stretch = _stretch(measure, asked)
    if measure.form == "count":
        there = there._replace(surface=there.surface * stretch)
    cuts = smooth.common([here, there])
    sides = (
        theme(smooth.alone(over, measure, fresh, here, cuts), None),
        theme(smooth.alone(over, measure, former, there, cuts), None),
    )
    changed = smooth.difference(over, measure, (fresh, former), (here, there))
    return Surface(theme(changed, before), counts, before, columns.feed_no, sides)


def _spread(over: Raster, columns: Columns, counted: Counted) -> smooth.Spread:
    lons, lats = columns.cases.lon[counted.case], columns.cases.lat[counted.case]
    return smooth.Spread.of(over, lons, lats, counted.value)


def _array(shapes: Sequence[object]) -> Shapes:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made
