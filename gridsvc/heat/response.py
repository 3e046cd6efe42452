"""How long cases take: the figures of the console's layer and of the map that is handed on."""

from typing import Any, NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.heat import keeping, measures, places, surfaces
from gridsvc.heat.measures import CASES, MEASURES, SMALL, Asked
from gridsvc.heat.questions import HEXAGON, UNIT, Question
from gridsvc.heat.saying import NOTHING
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Shade, Theme
from gridsvc.words import Words

MEDIAN, P90 = MEASURES["close_median"], MEASURES["close_p90"]
COMMUNITY, RESOLUTION = 3, 8
# Hours and cases of a class, ours: as the console's layer draws them.
HOURS, COUNTS = (12, 24, 36, 48, 72), (5, 10, 20, 40, 80)
WHERE = {HEXAGON: Words("六边形", "hexagon"), UNIT: Words("社区", "community")}
NOTE = Words(
    "从收到上报到核实结项的小时数（自然时间）：中位数与第九十百分位。不足十件的单元已标明，仅供参考。",
    "Hours of the clock from report to verified closing: median and 90th percentile. Units with "
    "fewer than ten closed cases are marked: read them with care.",
)


class Overall(NamedTuple):
    """Of all cases with a place that were closed in a period: how many, and the median hours."""

    closed: int
    median: float | None


def by_unit(session: Session, facts: Snapshot, level: int, period: Period) -> list[dict[str, Any]]:
    """Hours from report to closing for cases closed in the period, by unit of a level."""
    columns = keeping.current(session, facts)
    ground = places.of_units(session, facts, columns, level)
    counted = measures.counted(columns, MEDIAN, period, Asked())
    place = ground.at[counted.case]
    on = place >= 0
    spread = (place[on], counted.value[on], len(ground.codes))
    closed, median = measures.reduced(MEDIAN, *spread)
    p90 = measures.reduced(P90, *spread)[1]
    return [
        {
            "code": code,
            "name": name,
            "closed": count,
            "median_hours": middle if count else None,
            "p90_hours": high if count else None,
            "small": count < SMALL,
        }
        for code, name, count, middle, high in zip(
            ground.codes, ground.names, closed.tolist(), median.tolist(), p90.tolist(), strict=True
        )
    ]


def overall(session: Session, facts: Snapshot, period: Period) -> Overall:
    columns = keeping.current(session, facts)
    counted = measures.counted(columns, MEDIAN, period, Asked())
    hours = counted.value[np.isfinite(columns.cases.lon[counted.case])]
    return Overall(len(hours), float(np.median(hours)) if len(hours) else None)


def themes(session: Session, facts: Snapshot, period: Period) -> list[Theme]:
    """The median by hexagon and by community, each with how many cases there were."""
    drawn = []
    for by, where in WHERE.items():
        asked = Question(MEDIAN.code, period, by, COMMUNITY, RESOLUTION)
        theme = surfaces.surface(session, facts, asked).theme
        took = Words(f"办结用时（{where.zh}）", f"Time to close by {where.en}")
        closed = Words(f"办结件数（{where.zh}）", f"Closed cases by {where.en}")
        shades = [
            Shade("value", took, HOURS, MEDIAN.unit, NOTHING),
            Shade("cases", closed, COUNTS, CASES, NOTHING),
        ]
        drawn.append(theme._replace(code="response", title=where, shades=shades))
    return drawn
