"""The register of facilities: what there is, period by period, and changes to it.

What is handed in for a facility is all of its periods; facilities that are not handed in stay as
they are. It is compared first, and kept only if nothing is wrong with any row. A facility is never
deleted: it closes on a day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, text
from sqlalchemy.orm import Session

from gridsvc import changelog
from gridsvc.errors import FacilityRefused, UnknownFacility, UnknownPhoto
from gridsvc.geo import LonLat
from gridsvc.permit import Account, check
from gridsvc.rules import facilities as rules
from gridsvc.rules.facilities import Known, Period
from gridsvc.snapshot import Snapshot
from gridsvc.tables.facilities import Facility, FacilityPhoto, FacilityType
from gridsvc.tables.grid import District
from gridsvc.tables.photos import Photo
from gridsvc.words import Words

COLUMNS = {
    "code": Words("编码", "Code"),
    "type": Words("类型", "Type"),
    "name": Words("名称", "Name"),
    "lon": Words("经度", "Longitude"),
    "lat": Words("纬度", "Latitude"),
    "floor_area_m2": Words("建筑面积（平方米）", "Floor area (m²)"),
    "provision_mode": Words("提供方式", "Provision mode"),
    "state": Words("状态", "State"),
    "valid_from": Words("起始日期", "From"),
    "valid_to": Words("截止日期", "To"),
    "opening_hours": Words("开放时间", "Opening hours"),
    "open_to_public": Words("对公众开放", "Open to the public"),
    "serves": Words("服务的单元", "Serves units"),
    "address": Words("地址", "Address"),
    "note": Words("说明", "Note"),
}
MODES = "provision_mode"
SUBJECT, TYPE_SUBJECT = "facility", "facility_type"
MOST_FAULTS, MOST_ROWS = 50, 100_000

PERIODS = text("""
    SELECT code, type_code AS type, name, ST_X(place) AS lon, ST_Y(place) AS lat, floor_area_m2,
           provision_mode, state, valid_from, valid_to, opening_hours, open_to_public, serves,
           address, note
    FROM facility
    WHERE district_code = :district AND (:every OR code = ANY(cast(:codes AS text[])))
    ORDER BY code, valid_from NULLS FIRST
""")
# Of a facility's periods the one that holds the day, else the last one.
LISTED = """
    SELECT *, count(*) OVER () AS total FROM (
        SELECT DISTINCT ON (code) code, type_code AS type, name, ST_X(place) AS lon,
               ST_Y(place) AS lat, floor_area_m2, provision_mode, state, valid_from, valid_to,
               opening_hours, open_to_public, serves, address, note, unit_code, chain, generated,
               daterange(valid_from, valid_to, '[]') @> cast(:day AS date) AS current
        FROM facility WHERE district_code = :district
        ORDER BY code, daterange(valid_from, valid_to, '[]') @> cast(:day AS date) DESC,
                 valid_from DESC NULLS LAST
    ) latest WHERE {where} ORDER BY code OFFSET :offset LIMIT :limit
"""
WHERE = {
    "type": "type = :type",
    "state": "state = :state",
    "mode": "provision_mode = :mode",
    "unit": "(chain @> ARRAY[:unit] OR serves @> ARRAY[:unit])",
    "q": "(name ILIKE :q OR code ILIKE :q OR address ILIKE :q)",
}


class Change(NamedTuple):
    """A facility that differs: its periods before and after. One that is new had none."""

    code: str
    name: str
    before: list[Period]
    after: list[Period]


class Comparison(NamedTuple):
    """What keeping the rows would change, and how many facilities stay as they are."""

    changes: list[Change]
    same: int


def types(session: Session, district: str) -> Sequence[FacilityType]:
    """The types of facility in their order."""
    owned = select(FacilityType).where(FacilityType.district_code == district)
    return session.scalars(owned.order_by(FacilityType.position)).all()


def listed(
    session: Session,
    district: str,
    day: date,
    filters: Mapping[str, Any],
    offset: int = 0,
    limit: int = 50,
) -> Sequence[Row[Any]]:
    """Facilities as they are on a day (else as they are at last), with `total` in each row."""
    given = {name: value for name, value in filters.items() if value is not None}
    if "q" in given:
        escaped = str(given["q"]).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        given["q"] = f"%{escaped}%"
    where = " AND ".join([WHERE[name] for name in given] or ["true"])
    paging = {"district": district, "day": day, "offset": offset, "limit": limit}
    return session.execute(text(LISTED.format(where=where)), paging | given).all()


def periods(
    session: Session, district: str, codes: Sequence[str] | None = None
) -> dict[str, list[Period]]:
    """The periods of some facilities, or of all, each in the order of time."""
    where = {"district": district, "every": codes is None, "codes": list(codes or [])}
    found: dict[str, list[Period]] = {}
    for row in session.execute(PERIODS, where):
        period = Period(**{**row._mapping, "serves": tuple(row.serves)})
        found.setdefault(row.code, []).append(period)
    return found


def one(session: Session, district: str, code: str) -> list[Period]:
    """A facility's periods. Raises UnknownFacility."""
    found = periods(session, district, [code])
    if code not in found:
        raise UnknownFacility(code=code)
    return found[code]


def compare(
    session: Session, facts: Snapshot, rows: Sequence[Period], lines: Sequence[int] = ()
) -> Comparison:
    """What the rows would change. Raises FacilityRefused with all that is wrong; `lines` are where
    each row stands in a file."""
    _check(session, facts, rows, lines)
    after: dict[str, list[Period]] = {}
    for row in sorted(rows, key=lambda row: row.valid_from or date.min):
        after.setdefault(row.code, []).append(row)
    before = periods(session, facts.district, list(after))
    changes = [
        Change(code, held[-1].name, before.get(code, []), held)
        for code, held in after.items()
        if before.get(code, []) != held
    ]
    return Comparison(changes, len(after) - len(changes))


def keep(
    session: Session,
    facts: Snapshot,
    account: Account,
    rows: Sequence[Period],
    reason: str,
    now: datetime,
    lines: Sequence[int] = (),
) -> Comparison:
    """Let these be all periods of their facilities; returns what differed. Raises NotPermitted and
    FacilityRefused; then nothing was written."""
    check(account, "facility.write")
    session.get(District, account.district, with_for_update={"key_share": True})
    found = compare(session, facts, rows, lines)
    if not found.changes:
        return found
    codes = [change.code for change in found.changes]
    owned = Facility.district_code == facts.district
    session.execute(delete(Facility).where(owned, Facility.code.in_(codes)))
    session.execute(
        insert(Facility),
        [
            _stored(facts, no, period)
            for change in found.changes
            for no, period in enumerate(change.after, 1)
        ],
    )
    logged = [
        (change.code, _told(change.before) if change.before else None, _told(change.after))
        for change in found.changes
    ]
    changelog.log(session, account, SUBJECT, logged, reason.strip(), now)
    session.flush()
    return found


def count(
    session: Session, account: Account, code: str, counts: bool, reason: str, now: datetime
) -> None:
    """Let a type count toward the square metres per 100 households, or not.

    Raises NotPermitted, UnknownFacility.
    """
    check(account, "plan.write")
    session.get(District, account.district, with_for_update={"key_share": True})
    kind = session.get(FacilityType, (account.district, code))
    if kind is None:
        raise UnknownFacility(code=code)
    if kind.counts_toward_standard == counts:
        return
    before, after = ({"counts_toward_standard": value} for value in (not counts, counts))
    kind.counts_toward_standard = counts
    changelog.log(session, account, TYPE_SUBJECT, [(code, before, after)], reason.strip(), now)
    session.flush()


def photos(session: Session, district: str, code: str) -> list[UUID]:
    """The photos of a facility."""
    owned = FacilityPhoto.district_code == district, FacilityPhoto.facility_code == code
    return list(session.scalars(select(FacilityPhoto.photo_id).where(*owned)))


def show(session: Session, account: Account, code: str, ids: Sequence[UUID]) -> None:
    """Let these be a facility's photos. Raises NotPermitted, UnknownFacility, UnknownPhoto."""
    check(account, "facility.write")
    one(session, account.district, code)
    for photo in ids:
        if session.get(Photo, (account.district, photo)) is None:
            raise UnknownPhoto(photo=photo)
    owned = FacilityPhoto.district_code == account.district, FacilityPhoto.facility_code == code
    session.execute(delete(FacilityPhoto).where(*owned))
    session.add_all(
        FacilityPhoto(district_code=account.district, facility_code=code, photo_id=photo)
        for photo in dict.fromkeys(ids)
    )
    session.flush()


def _check(session: Session, facts: Snapshot, rows: Sequence[Period], lines: Sequence[int]) -> None:
    modes = facts.rules.terms.get(MODES, {})
    units = {code for row in rows for code in row.serves if facts.grid.unit(code) is not None}
    known = Known([kind.code for kind in types(session, facts.district)], modes, units)
    wrong = list(rules.faults(rows, known))
    spots = {place for place, column, _ in wrong if column in ("lon", "lat")}
    outside = Words("不在辖区范围内", "not inside the district")
    wrong += [
        rules.Fault(place, "lon", outside)
        for place, row in enumerate(rows)
        if place not in spots and facts.grid.row(row.lon, row.lat) < 0
    ]
    if wrong:
        raise refuse(
            [(lines[at] if lines else at + 1, column, words) for at, column, words in wrong]
        )


def refuse(wrong: Sequence[tuple[int, str, Words]]) -> FacilityRefused:
    """The refusal of rows or cells, each with line, column and reason."""
    faults = []
    for line, column, words in wrong:
        title = COLUMNS.get(column, Words(column, column))
        zh = f"第{line}行“{title.zh}”：{words.zh}"
        en = f"line {line}, {title.en}: {words.en}"
        faults.append({"line": line, "column": column, "zh": zh, "en": en})
    return FacilityRefused(count=len(faults), faults=faults[:MOST_FAULTS])


def _stored(facts: Snapshot, no: int, period: Period) -> dict[str, Any]:
    row = facts.grid.row(period.lon, period.lat)
    facts_of = period._asdict()
    place = LonLat(facts_of.pop("lon"), facts_of.pop("lat"))
    return facts_of | {
        "district_code": facts.district,
        "no": no,
        "type_code": facts_of.pop("type"),
        "serves": list(period.serves),
        "unit_code": facts.grid.codes[row],
        "chain": facts.grid.chain_codes(row),
        "generated": False,
        "place": place.ewkt,
    }


def _told(periods: Sequence[Period]) -> dict[str, Any]:
    """The periods as the log keeps them."""
    return {
        "periods": [
            {
                name: changelog.plain(value) if isinstance(value, date) else value
                for name, value in period._asdict().items()
                if value not in (None, ())
            }
            for period in periods
        ]
    }
