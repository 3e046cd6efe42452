"""Square metres of service facilities per 100 households: by unit, for drawn ground, over time."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import unitshapes
from gridsvc.errors import BadField, UnknownUnit
from gridsvc.planning import ground
from gridsvc.planning.ground import BUILDING, COMMUNITY, COMPOUND, Standing, Units
from gridsvc.rules.coverage import Coverage, Supply, measure, supply
from gridsvc.snapshot import Snapshot
from gridsvc.themes import Column, Shade, Theme
from gridsvc.words import Words

# The setting that holds the standard (domain rule 35): m² per 100 households.
STANDARD = "facility_m2_per_100_households"

INSIDE = text("""
    WITH drawn AS (
        SELECT ST_Transform(ST_GeomFromWKB(:wkb, 4326), 3857) AS shape
    )
    SELECT unit.code, unit.chain, unit.households FROM grid_unit unit, drawn
    WHERE unit.district_code = :district AND unit.edition_no = :edition AND unit.level = :level
      AND unit.shape && drawn.shape AND ST_Covers(drawn.shape, unit.label)
""")
EDITIONS = text("""
    SELECT edition_no AS no, at FROM edition_change WHERE district_code = :district ORDER BY no
""")
TURNS = text("""
    SELECT DISTINCT day FROM (
        SELECT valid_from AS day FROM facility WHERE district_code = :district
        UNION ALL
        SELECT valid_to + 1 FROM facility WHERE district_code = :district
    ) turn WHERE day > :since AND day <= :until ORDER BY day
""")

REGISTERED = text("""
    SELECT EXISTS (
        SELECT FROM facility JOIN facility_type type
          ON (type.district_code, type.code) = (facility.district_code, facility.type_code)
        WHERE facility.district_code = :district AND type.counts_toward_standard
    )
""")

NOTE = Words(
    "每百户居民拥有的社区综合服务设施建筑面积（平方米）。设施面积按户数分给其服务的单元，未注明服务"
    "范围的归所在社区；共享设施只计一次，下级之和等于上级。哪些设施计入由设施类型表决定，默认值与"
    "分配办法为本系统所设。没有户数或面积不明的显示为“无数据”，不按零计算。",
    "Floor area of community service facilities per 100 households, in square metres. A facility's "
    "area is divided by households among the units that it serves, else it belongs to the "
    "community it stands in; a shared one counts once, and children add up to their parent. Which "
    "types count is a setting; its default and the rule of division are ours. A unit without "
    "households, or with unknown area, is shown as no data, never as zero.",
)
NO_DATA = Words("无数据", "No data")
REASONS = {
    "households_unknown": Words("户数不明", "households unknown"),
    "no_households": Words("没有住户", "no households"),
    "area_unknown": Words("面积不明", "area unknown"),
    "nothing_registered": Words("没有登记计入的设施", "no facility that counts was registered"),
}
LIMITS = (10, 20, 30, 50, 80)
SHADE = Shade(
    "per_100_households",
    Words("每百户设施面积", "Facility area"),
    LIMITS,
    Words("平方米/百户", "m² per 100 households"),
    NO_DATA,
)
COLUMNS = (
    Column("code", Words("编码", "Code")),
    Column("name", Words("名称", "Name")),
    Column("per_100_households", Words("每百户", "Per 100"), 1),
    Column("met", Words("达标", "Met")),
    Column("shortfall_m2", Words("缺口m²", "Shortfall m²"), 1),
    Column("households", Words("户数", "Households"), 0),
    Column("area_m2", Words("服务面积m²", "Serving m²"), 1),
    Column("standing_m2", Words("境内面积m²", "Standing m²"), 1),
    Column("reason", Words("无数据的原因", "Why no data")),
)


class Given(NamedTuple):
    """What the facilities of a day give to the units of an edition."""

    units: Units
    standing: Standing
    supply: Supply
    # m² of what stands inside each unit, whomever it serves.
    inside: np.ndarray[Any, np.dtype[np.float64]]
    standard: float
    # Whether any facility that counts was ever registered; else nothing is known, which is not 0.
    registered: bool


def given(
    session: Session,
    facts: Snapshot,
    day: date,
    *,
    deepest: int = COMMUNITY,
    within: str | None = None,
) -> Given:
    """What the counted facilities of a day give to the units down to a level, and to all that
    stand within a unit."""
    counted = _counted(ground.standing(session, facts.district, day))
    # A facility may serve a single compound, which must then be known for those above it.
    named = {code for codes in counted.serves for code in codes}
    levels = [unit.level for code in named if (unit := facts.grid.unit(code)) is not None]
    down_to = min(max([deepest, COMMUNITY, *levels]), COMPOUND)
    units = ground.units(session, facts.district, facts.grid.edition, down_to, within)
    registered = bool(session.scalar(REGISTERED, {"district": facts.district}))
    return give(units, counted, facts.rules.setting(STANDARD), registered)


def _counted(standing: Standing) -> Standing:
    return standing.only([row for row, counts in enumerate(standing.counts) if counts])


def give(units: Units, counted: Standing, standard: float, registered: bool = True) -> Given:
    """The same from units and facilities that all count."""
    found = supply(units.ladder, ground.served(units, counted), counted.areas)
    inside = np.zeros(len(units.codes))
    for chain, area in zip(counted.chains, np.nan_to_num(counted.areas), strict=True):
        for code in chain:
            if code in units.at:
                inside[units.at[code]] += area
    return Given(units, counted, found, inside, standard, registered)


def line(given: Given, row: int) -> dict[str, Any]:
    """What can be said of one unit."""
    units = given.units
    households = units.households(row)
    area = float(given.supply.area[row]) if given.registered else None
    found = _measured(given, area, households, bool(given.supply.open[row]))
    return {
        "code": units.codes[row],
        "name": units.names[row],
        "kind": units.kinds[row],
        "households": households,
        "area_m2": area,
        "standing_m2": float(given.inside[row]) if given.registered else None,
        **found._asdict(),
        "reason": REASONS.get(found.no_data or ""),
    }


def _measured(given: Given, area: float | None, households: int | None, more: bool) -> Coverage:
    found = measure(area, households, given.standard, more)
    if found.no_data == "area_unknown" and not given.registered:
        return found._replace(no_data="nothing_registered")
    return found


def by_unit(
    session: Session, facts: Snapshot, level: int, day: date, within: str | None = None
) -> list[dict[str, Any]]:
    """Every unit of a level, or those within a unit; buildings only within one.

    Raises UnknownUnit, BadField.
    """
    if within is not None and facts.grid.unit(within) is None:
        raise UnknownUnit(code=within)
    if level == BUILDING and within is None:
        raise BadField(field="unit", want="a street, a community or a compound for level 5")
    found = given(session, facts, day, deepest=level, within=within)
    return [line(found, row) for row in rows_of(found.units, level, within)]


def rows_of(units: Units, level: int, within: str | None) -> list[int]:
    """The rows of a level, or those of them that stand within a unit."""
    rows = units.of_level(level)
    if within is None:
        return rows
    top = units.at[within]
    return [row for row in rows if top in units.ladder.parents[row]]


def theme(
    session: Session, facts: Snapshot, day: date, level: int = COMMUNITY, within: str | None = None
) -> Theme:
    """The map and table of a level on a day. Raises as `by_unit`."""
    rows = by_unit(session, facts, level, day, within)
    drawn = unitshapes.of_level(session, facts, level)
    shape = dict(zip(drawn.codes, drawn.shapes, strict=True))
    standard = facts.rules.setting(STANDARD)
    title = Words(
        f"{day.isoformat()}社区综合服务设施覆盖（标准：每百户{standard:g}平方米）",
        f"Coverage by community service facilities on {day.isoformat()} "
        f"(standard: {standard:g} m² per 100 households)",
    )
    shapes = np.array([shape[row["code"]] for row in rows], dtype=object)
    return Theme("coverage", title, NOTE, COLUMNS, rows, shapes, (SHADE,))


def of_ground(session: Session, facts: Snapshot, shape: Any, day: date) -> dict[str, Any]:
    """Drawn ground (a polygon in EPSG:4326): its households are those of the buildings whose label
    point it covers, its area what they are given, besides what stands inside it.

    Raises BadField for a shape that is no valid polygon.
    """
    if shapely.get_dimensions(shape) != 2 or not shapely.is_valid(shape):
        raise BadField(field="shape", want="Polygon, MultiPolygon")
    where = {"district": facts.district, "edition": facts.grid.edition, "level": BUILDING}
    held = session.execute(INSIDE, where | {"wkb": shapely.to_wkb(shape)}).all()
    found = given(session, facts, day, deepest=COMPOUND)
    area, households, more = 0.0, 0, False
    for building in held:
        rows = [found.units.at[code] for code in building.chain if code in found.units.at]
        households += building.households or 0
        area += (building.households or 0) * float(np.nansum(found.supply.each[rows]))
        more |= bool(found.supply.open[rows[-1:]].any())
    silent = sum(building.households is None for building in held)
    known = None if silent or not held else households
    places = shapely.points(found.standing.places)
    inside = shapely.covers(shape, places)
    measured = _measured(found, area if found.registered else None, known, more)
    return {
        "buildings": len(held),
        "buildings_without_households": silent,
        "households": known,
        "area_m2": area if found.registered else None,
        "standing_m2": float(np.nansum(found.standing.areas[inside])),
        "facilities": [found.standing.codes[row] for row in np.flatnonzero(inside)],
        **measured._asdict(),
        "reason": REASONS.get(measured.no_data or ""),
        "standard": found.standard,
    }


def history(
    session: Session, facts: Snapshot, code: str, since: date, until: date
) -> list[dict[str, Any]]:
    """A unit's coverage at the beginning, on each day that changed something, and at the end.

    Each day is measured by the edition that answered on it; before the first one by the first.
    Raises UnknownUnit, BadField.
    """
    if facts.grid.unit(code) is None:
        raise UnknownUnit(code=code)
    if since > until:
        raise BadField(field="since", want=f"<= {until.isoformat()}")
    where = {"district": facts.district}
    period = where | {"since": since, "until": until}
    zone = facts.rules.calendar.zone
    published = [
        (row.at.astimezone(zone).date(), row.no) for row in session.execute(EDITIONS, where)
    ]
    turns = {row.day for row in session.execute(TURNS, period)}
    turns |= {day for day, _ in published if since < day <= until}
    told: list[dict[str, Any]] = []
    held: dict[int, Units] = {}
    registered = bool(session.scalar(REGISTERED, where))
    for day in sorted({since, until, *turns}):
        no = _answering(published, day)
        if no not in held:
            held[no] = ground.units(session, facts.district, no, COMPOUND)
        another = None if no == facts.grid.edition else no
        counted = _counted(ground.standing(session, facts.district, day, another))
        found = give(held[no], counted, facts.rules.setting(STANDARD), registered)
        if code in found.units.at:
            told.append({"day": day, "edition": no, **line(found, found.units.at[code])})
    return told


def _answering(published: Sequence[tuple[date, int]], day: date) -> int:
    """The edition that answered at the end of a day."""
    before = [no for at, no in published if at <= day]
    return before[-1] if before else published[0][1]
