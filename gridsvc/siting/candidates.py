"""Sites where something could be built, rented or opened: entered, checked, listed, taken away."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.errors import SitesRefused, UnknownSite
from gridsvc.geo import LonLat
from gridsvc.gridindex import COMMUNITY, GridIndex
from gridsvc.snapshot import Snapshot
from gridsvc.tables.siting import SitingCandidate
from gridsvc.words import Words

MOST_FAULTS = 50
MOST_AREA, MOST_COST = 1_000_000, 1e9
KINDS = {
    "building": Words("现有房屋", "Existing building"),
    "plot": Words("空闲地块", "Vacant plot"),
    "drawn": Words("手绘地点", "Drawn point"),
}
COLUMNS = {
    "code": Words("编码", "Code"),
    "name": Words("名称", "Name"),
    "kind": Words("种类", "Kind"),
    "lon": Words("经度", "Longitude"),
    "lat": Words("纬度", "Latitude"),
    "floor_area_m2": Words("建筑面积（平方米）", "Floor area (m²)"),
    "cost": Words("费用", "Cost"),
    "serves": Words("服务社区", "Serves"),
    "note": Words("备注", "Note"),
}
LISTED = text("""
    SELECT code, name, kind, ST_X(place) AS lon, ST_Y(place) AS lat, floor_area_m2, cost, serves,
           note, entered_by, entered_at, generated
    FROM siting_candidate WHERE district_code = :district ORDER BY code
""")


class Site(NamedTuple):
    """A candidate as it is handed in. `serves`: a community; None: where it stands."""

    code: str
    name: str
    kind: str
    lon: float
    lat: float
    floor_area_m2: float
    cost: float
    serves: str | None = None
    note: str | None = None


# Sites by the line that each stands in.
Numbered = Mapping[int, Site]


class Kept(NamedTuple):
    """A candidate as it is kept, with the community that it would serve today (None: the grid has
    moved away from under it)."""

    site: Site
    entered_by: str
    entered_at: datetime
    generated: bool
    community: str | None
    community_name: str | None


def listed(session: Session, facts: Snapshot) -> list[Kept]:
    """Every candidate by code."""
    return [
        _kept(facts.grid, row)
        for row in session.execute(LISTED, {"district": facts.district}).mappings()
    ]


def _kept(grid: GridIndex, row: Any) -> Kept:
    site = Site(*(row[name] for name in Site._fields))
    code = community_of(grid, site)
    unit = grid.unit(code) if code else None
    told = (row["entered_by"], row["entered_at"], row["generated"])
    return Kept(site, *told, code, unit.name if unit else None)


def community_of(grid: GridIndex, site: Site) -> str | None:
    """The community whose households it would serve."""
    if site.serves:
        named = grid.unit(site.serves)
        return site.serves if named and named.level == COMMUNITY else None
    row = grid.row(site.lon, site.lat)
    if row < 0:
        return None
    return next((one.code for one in grid.chain(row) if one.level == COMMUNITY), None)


def keep(session: Session, facts: Snapshot, sites: Numbered, by: str, now: datetime) -> None:
    """Enter candidates, each in the place of the one that had its code. Raises SitesRefused with
    every fault and its line; then nothing is changed."""
    _refuse(facts, sites)
    table = insert(SitingCandidate)
    changing = {
        name: table.excluded[name]
        for name in (
            "name",
            "kind",
            "floor_area_m2",
            "cost",
            "serves",
            "note",
            "entered_by",
            "entered_at",
            "generated",
            "place",
        )
    }
    if sites:
        session.execute(
            table.on_conflict_do_update(index_elements=["district_code", "code"], set_=changing),
            [
                {
                    "district_code": facts.district,
                    "code": site.code,
                    "name": site.name,
                    "kind": site.kind,
                    "floor_area_m2": site.floor_area_m2,
                    "cost": site.cost,
                    "serves": _plain(site).serves,
                    "note": _plain(site).note,
                    "entered_by": by,
                    "entered_at": now,
                    "generated": False,
                    "place": LonLat(site.lon, site.lat).ewkt,
                }
                for site in sites.values()
            ],
        )


class Compared(NamedTuple):
    """What keeping some candidates would do: codes with names that are new or differ."""

    added: int
    changed: int
    same: int
    changes: list[dict[str, str]]


def compare(session: Session, facts: Snapshot, sites: Numbered) -> Compared:
    """What `keep` would change; nothing is changed. Raises as it does."""
    _refuse(facts, sites)
    known = {one.site.code: one.site for one in listed(session, facts)}
    given = sites.values()
    fresh = [site for site in given if site.code not in known]
    other = [one for one in given if one.code in known and _plain(one) != known[one.code]]
    told = [{"code": site.code, "name": site.name} for site in (*fresh, *other)]
    return Compared(len(fresh), len(other), len(sites) - len(told), told)


def _plain(site: Site) -> Site:
    """As it is kept: nothing written is nothing said."""
    return site._replace(serves=site.serves or None, note=site.note or None)


def _refuse(facts: Snapshot, sites: Numbered) -> None:
    wrong = list(faults(facts.grid, sites))
    if wrong:
        raise SitesRefused(count=len(wrong), faults=wrong[:MOST_FAULTS])


def remove(session: Session, district: str, code: str) -> None:
    """Take a candidate away. UnknownSite."""
    table = SitingCandidate
    gone = session.execute(
        delete(table)
        .where(table.district_code == district, table.code == code)
        .returning(table.code)
    )
    if gone.one_or_none() is None:
        raise UnknownSite(code=code)


def faults(grid: GridIndex, sites: Numbered) -> Iterator[dict[str, Any]]:
    """All that is wrong, with the line and column of each."""
    seen: set[str] = set()
    for line, site in sites.items():
        wrong = list(_wrong(grid, site))
        if site.code in seen:
            wrong.append(("code", Words("重复", "stands twice")))
        seen.add(site.code)
        yield from (told(line, column, why) for column, why in wrong)


def told(line: int, column: str, why: Words) -> dict[str, Any]:
    """A fault as people read it."""
    head = COLUMNS.get(column, Words(column, column))
    return {
        "line": line,
        "column": column,
        "zh": f"第{line}行“{head.zh}”：{why.zh}",
        "en": f"line {line}, {head.en}: {why.en}",
    }


def _wrong(grid: GridIndex, site: Site) -> Iterator[tuple[str, Words]]:
    for column in ("code", "name"):
        if not getattr(site, column).strip():
            yield column, Words("不能为空", "must not be empty")
    if site.kind not in KINDS:
        some = "、".join(KINDS)
        yield "kind", Words(f"只能是：{some}", f"must be one of {', '.join(KINDS)}")
    if not 0 < site.floor_area_m2 <= MOST_AREA:
        yield (
            "floor_area_m2",
            Words(f"应大于0，不超过{MOST_AREA:,}", f"must be above 0, up to {MOST_AREA:,}"),
        )
    if not 0 <= site.cost <= MOST_COST:
        yield "cost", Words("不能小于0", "must not be below 0")
    if grid.row(site.lon, site.lat) < 0:
        yield "lon", Words("不在辖区内", "is outside the district")
    elif community_of(grid, site) is None:
        named = site.serves or ""
        yield (
            "serves",
            Words(
                f"没有社区“{named}”" if named else "该处没有社区，请写明服务哪个社区",
                f"there is no community {named}" if named else "no community here: name one",
            ),
        )
