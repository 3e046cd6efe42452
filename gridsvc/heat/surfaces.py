"""Density and response of a period, by unit, by hexagon or smooth; with a second period beside it
the difference of the two, place by place.

Every theme's `cases` add up to the cases that were counted; what has no place on the map is told
in `Totals`.
"""

from collections.abc import Sequence

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.heat import keeping, measures, places, raster, smooth
from gridsvc.heat.columns import Columns
from gridsvc.heat.divided import divided
from gridsvc.heat.measures import Counted, Measure
from gridsvc.heat.questions import HEXAGON, SMOOTH, Question, checked, local, resolved
from gridsvc.heat.raster import Raster
from gridsvc.heat.saying import note, title
from gridsvc.heat.sums import Surface, Totals, stretch, totals
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Shapes, Theme

__all__ = ["Surface", "Totals", "surface", "totals"]


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
    return divided(columns, asked, measure, ground, now, then)


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

    def theme(
        made: smooth.Drawn, told: Question, sums: Totals, before: Totals | None = None
    ) -> Theme:
        rows, shapes, shades = made
        return Theme(
            code=f"heat-{measure.code}",
            title=title(measure, told),
            note=note(measure, told, sums, before),
            columns=smooth.heads(before is not None),
            rows=rows,
            shapes=_array(shapes),
            shades=shades,
        )

    if then is None:
        only = smooth.alone(over, measure, fresh, here, smooth.common([here]))
        return Surface(theme(only, asked, counts), counts, None, columns.feed_no)
    former = _spread(over, columns, then)
    there = smooth.told(over, measure, former)
    before = totals(len(then.case), former.on_map)
    if measure.form == "count":
        there = there._replace(surface=there.surface * stretch(measure, asked))
    cuts = smooth.common([here, there])
    now_only = asked._replace(against=None)
    then_only = now_only._replace(period=asked.against or asked.period)
    sides = (
        theme(smooth.alone(over, measure, fresh, here, cuts), now_only, counts),
        theme(smooth.alone(over, measure, former, there, cuts), then_only, before),
    )
    changed = smooth.difference(over, measure, (fresh, former), (here, there))
    return Surface(theme(changed, asked, counts, before), counts, before, columns.feed_no, sides)


def _spread(over: Raster, columns: Columns, counted: Counted) -> smooth.Spread:
    lons, lats = columns.cases.lon[counted.case], columns.cases.lat[counted.case]
    return smooth.Spread.of(over, lons, lats, counted.value)


def _array(shapes: Sequence[object]) -> Shapes:
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made
