"""A map of places: units or hexagons, each with its figure, of one period or two side by side."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gridsvc.heat import measures
from gridsvc.heat.classes import limits
from gridsvc.heat.columns import Columns, Flags, Floats, Ints
from gridsvc.heat.measures import SMALL, Counted, Measure
from gridsvc.heat.places import Places
from gridsvc.heat.questions import HEXAGON, Question
from gridsvc.heat.saying import BEFORE, DIFFERENCE, NOTHING, PLACE, STEADIED, note, title
from gridsvc.heat.shrink import steadied
from gridsvc.heat.sums import Surface, Totals, stretch, totals
from gridsvc.themes import Column, Shade, Theme
from gridsvc.words import Words


class Figures(NamedTuple):
    """Of k places: how many were counted, and the figure, NaN where nothing can be said."""

    n: Ints
    value: Floats


def divided(
    columns: Columns,
    asked: Question,
    measure: Measure,
    ground: Places,
    now: Counted,
    then: Counted | None,
) -> Surface:
    """The measure of each place, of one period or two."""
    fresh, counts = _figures(measure, ground, now)
    former = _figures(measure, ground, then) if then else None
    shown = np.ones(len(ground.codes), dtype=bool)
    if asked.by == HEXAGON:
        shown = (fresh.n > 0) | (former[0].n > 0 if former else False)
    rows = np.flatnonzero(shown)
    told = _columns(measure, fresh, former and former[0], stretch(measure, asked))
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
    # All of a million are looked at, not copied.
    some = slice(None) if on.all() else on
    n, value = measures.reduced(measure, place[some], counted.value[some], len(ground.codes))
    if measure.per == "households":
        value = n / ground.households * 100
    elif measure.per == "km2":
        value = n / ground.km2
    elif measure.form == "share":
        value = value * 100
    return Figures(n, value), totals(len(place), int(on.sum()))


def _columns(
    measure: Measure, fresh: Figures, former: Figures | None, times: float
) -> dict[str, Floats]:
    told: dict[str, Floats] = {"cases": fresh.n.astype(np.float64), "value": fresh.value}
    if measure.form == "share":
        told["steadied"] = 100 * steadied(fresh.n, fresh.value / 100)
    if former:
        told["cases_before"] = former.n.astype(np.float64)
        told["before"] = former.value * times
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
