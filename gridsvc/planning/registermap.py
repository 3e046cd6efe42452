"""The facilities of a day as a theme: where they stand, and what they offer."""

from datetime import date
from typing import Any

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc.planning import register
from gridsvc.rulebook import Rulebook
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Column, Shade, Theme
from gridsvc.words import Words

LIMITS = (100, 300, 600, 1_000, 3_000)
NOTE = Words(
    "登记的设施，按所选日期的状态；颜色越深，建筑面积越大。未登记面积的为“面积不明”。",
    "Registered facilities as they are on the day; the darker, the larger. Those whose area nobody "
    "entered are said to be of unknown area.",
)
SHADE = Shade(
    "floor_area_m2",
    Words("建筑面积", "Floor area"),
    LIMITS,
    Words("平方米", "m²"),
    Words("面积不明", "Area unknown"),
)
DIGITS = {"floor_area_m2": 1, "lon": 6, "lat": 6}
SPOKEN = {"provision_mode": "provision_mode", "state": "facility_state"}


def theme(
    session: Session, facts: Snapshot, day: date, filters: dict[str, Any] | None = None
) -> Theme:
    """All facilities that fit, as they are on a day."""
    found = register.listed(session, facts.district, day, filters or {}, 0, register.MOST_ROWS)
    names = {
        kind.code: Words(kind.name_zh, kind.name_en)
        for kind in register.types(session, facts.district)
    }
    rows = [_row(facts.rules, row._mapping, names) for row in found]
    columns = [Column(name, title, DIGITS.get(name)) for name, title in register.COLUMNS.items()]
    places = np.array([(row.lon, row.lat) for row in found], dtype=float).reshape(-1, 2)
    title = Words(f"{day.isoformat()}服务设施", f"Facilities on {day.isoformat()}")
    points = np.asarray(shapely.points(places), dtype=object)
    return Theme("facilities", title, NOTE, columns, rows, points, (SHADE,))


def _row(rules: Rulebook, row: Any, names: dict[str, Words]) -> dict[str, Any]:
    told: dict[str, Any] = {name: row[name] for name in register.COLUMNS}
    for name, catalogue in SPOKEN.items():
        told[name] = told[name] and rules.say(catalogue, told[name])
    for name in ("valid_from", "valid_to"):
        told[name] = told[name] and told[name].isoformat()
    told["type"] = names.get(row["type"]) or row["type"]
    told["serves"] = "、".join(row["serves"]) or None
    return told
