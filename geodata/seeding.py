"""Lay a generated demonstration district into the database: grid, people, facilities, history.

Who answers for each case is decided by the same judgement that decides for real reports, and
every move is replayed through the same table of moves, so a demonstration holds nothing that
the service could not have made itself.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import numpy as np
import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from geodata import copying, districts, editions, planseeding, signposting
from geodata.demo import demo
from geodata.demo.demo import Demo
from geodata.districts import DistrictIn
from geodata.editions import Progress, Provenance
from geodata.replay import History, Told
from gridsvc import accounts, events, gridindex, rulereader
from gridsvc.accounts import Holder
from gridsvc.editions import Change, publish
from gridsvc.geo import LonLat
from gridsvc.gridindex import GridIndex
from gridsvc.intake import Submission, describe
from gridsvc.judge import judge
from gridsvc.locate import Location, Place
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District
from gridsvc.tables.parties import Account

EMERGENCY = "emergency_whistle"
MACHINE = "intake_machine"
# Known to everybody who reads this: for the demonstration district on loopback only.
DEMO_PASSWORD = "gridsvc-demo"


class Wish(NamedTuple):
    """What to generate."""

    folder: Path
    until: datetime
    buildings: int = 60_000
    cases: int = 12_000
    seed: int = 1


def is_seeded(session: Session, folder: Path) -> bool:
    """Whether the folder's district has been laid down whole (seeding is one transaction)."""
    code = demo.read(folder).district["code"]
    district = session.get(District, code)
    return district is not None and district.edition_no is not None


def seed(session: Session, wish: Wish, say: Progress) -> District:
    """The district of the folder, generated and published. The caller commits."""
    made = demo.generate(
        wish.folder,
        until=wish.until,
        buildings=wish.buildings,
        seed=wish.seed,
        cases=wish.cases,
        progress=lambda zh, en: say(f"{zh} {en}"),
    )
    facts = demo.read(wish.folder).district
    district = districts.lay_down(session, _district(facts))
    districts.read_folder(session, district, wish.folder)
    provenance = Provenance(facts["source"], facts["attribution"], facts["code_scheme"])
    staged = editions.stage(session, district, made.units, provenance, wish.until, say)
    signposting.store(session, district.code, staged.no, made.points, made.names)
    publish(session, district.code, staged.no, Change("demo", wish.until))
    say("存入人员与设施 storing people and facilities")
    index = gridindex.load(session, district.code, staged.no)
    _store_officers(session, district, made.officers)
    _store_facilities(session, district, index, made)
    session.flush()
    rules = rulereader.load(session, district)
    known = Snapshot(district.code, index, rules)
    say("铺设步行路网 laying streets to walk on")
    planseeding.store(session, known, (made.streets, made.sites), wish.until)
    if made.cases.empty:
        return district
    say("裁定并存入案件 judging and storing cases")
    _store_cases(session, known, made)
    return district


def _holders(folder: Path) -> list[Holder]:
    with (folder / "accounts.csv").open(encoding="utf-8", newline="") as file:
        return [
            Holder(
                row["login"],
                row["name"],
                row["post"],
                row["department_code"] or None,
                row["unit_code"] or None,
            )
            for row in csv.DictReader(file)
        ]


def open_accounts(session: Session, folder: Path) -> None:
    """The folder's demo accounts, one for each kind of user, all with the demo password."""
    code = demo.read(folder).district["code"]
    for holder in _holders(folder):
        password = None if holder.post == MACHINE else DEMO_PASSWORD
        accounts.add(session, code, holder, password)


def list_accounts(session: Session, folder: Path, now: datetime) -> tuple[list[Holder], str]:
    """The demo accounts that log in, and a new token of the machine, good for 30 days."""
    holders = _holders(folder)
    machine = next(holder for holder in holders if holder.post == MACHINE)
    account = session.scalars(select(Account).where(Account.login == machine.login)).one()
    token = accounts.issue(session, account, "demo", now, now + timedelta(days=30))
    return [holder for holder in holders if holder.post != MACHINE], token


def _district(facts: dict[str, Any]) -> DistrictIn:
    return DistrictIn(
        code=facts["code"],
        name_zh=facts["name"],
        name_en=facts["name_en"],
        metric_srid=int(facts["metric_crs"].removeprefix("EPSG:")),
        time_zone=facts["time_zone"],
        notice_zh=facts["notice"],
        notice_en=facts["notice_en"],
    )


def _store_officers(session: Session, district: District, officers: pd.DataFrame) -> None:
    places = officers["unit_code"].fillna(officers["department_code"])
    keys = places + "/" + officers["post"] + "/" + officers["name"]
    copying.copy(
        session,
        "officer",
        pd.DataFrame(
            {
                "district_code": district.code,
                "id": [uuid5(NAMESPACE_URL, f"{district.code}/{key}") for key in keys],
                "name": officers["name"],
                "post": officers["post"],
                "unit_code": officers["unit_code"],
                "department_code": officers["department_code"],
                "generated": officers["generated"],
            }
        ),
    )


def _store_facilities(session: Session, district: District, index: GridIndex, made: Demo) -> None:
    provided = made.facilities
    points = provided.geometry
    rows = index.rows(points.x.to_numpy(), points.y.to_numpy())
    copying.copy(
        session,
        "facility",
        pd.DataFrame(
            {
                "district_code": district.code,
                "code": provided["code"],
                "no": 1,
                "type_code": provided["type"],
                "name": provided["name"],
                "floor_area_m2": provided["floor_area_m2"],
                "provision_mode": provided["provision_mode"],
                "state": provided["state"],
                "serves": [copying.text_array(codes) for codes in provided["serves"]],
                "opening_hours": provided["opening_hours"],
                "open_to_public": provided["open_to_public"],
                "valid_from": provided["valid_from"],
                "unit_code": [index.codes[row] if row >= 0 else None for row in rows],
                "chain": [
                    copying.text_array(index.chain_codes(row) if row >= 0 else []) for row in rows
                ],
                "generated": provided["generated"],
                "place": copying.ewkb(points.to_numpy()),
            }
        ),
    )


# Columns of whole numbers, which a missing value would turn into fractions.
WHOLE = {"rework_count", "score", "version", "seq", "no", "step", "limit_no", "extended", "marks"}


def _store_cases(session: Session, facts: Snapshot, made: Demo) -> None:
    """Cases, reports, departments and events, each table in one COPY."""
    told = list(_judged(session, facts, made))
    moves: dict[int, list[Any]] = defaultdict(list)
    for move in _rows(made.moves):
        moves[move.case].append(move)
    histories = [History(facts, one, moves[place]) for place, one in enumerate(told)]
    district, account = facts.district, uuid5(NAMESPACE_URL, f"{facts.district}/generated")
    tables: dict[str, Callable[[History], Iterable[dict[str, Any]]]] = {
        "case_": History.case_rows,
        "report": lambda history: [history.report_row(account)],
        "case_department": lambda history: history.part_rows("case_department"),
        "case_clock": lambda history: history.part_rows("case_clock"),
        "case_ask": lambda history: history.part_rows("case_ask"),
        "case_event": lambda history: history.events,
    }
    for table, rows_of in tables.items():
        frame = pd.DataFrame([row for history in histories for row in rows_of(history)])
        frame.insert(0, "district_code", district)
        for column in set(frame.columns) & WHOLE:
            frame[column] = frame[column].astype("Int64")
        copying.copy(session, table, frame)
    events.number(session, district, None)


def _judged(session: Session, facts: Snapshot, made: Demo) -> Iterator[Told]:
    """Every case placed in bulk and judged one by one, numbered in the order of opening."""
    cases = made.cases
    lons, lats = cases["lon"].to_numpy(float), cases["lat"].to_numpy(float)
    placed = ~np.isnan(lons)
    rows = np.full(len(cases), -1)
    rows[placed] = facts.grid.rows(lons[placed], lats[placed])
    first = _numbers(session, "case_number", len(cases))
    first_report = _numbers(session, "report_number", len(cases))
    zone = facts.rules.calendar.zone
    for place, row in enumerate(_rows(cases)):
        opened = row.opened_at.to_pydatetime()
        day = opened.astimezone(zone).strftime("%Y%m%d")
        found = _place(facts.grid, int(rows[place]), float(row.lon), float(row.lat))
        ruling = judge(facts, found, row.category, row.kind, opened)
        where = Location() if found.point is None else Location(*found.point)
        said = Submission(where, row.category, row.text, row.channel)
        yield Told(
            f"{day}-{first + place:06d}",
            f"R{day}-{first_report + place:06d}",
            row,
            found,
            ruling,
            describe(facts, said, found, ruling),
        )


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The frame's rows as named tuples, whose types pandas does not tell."""
    return frame.itertuples(index=False)


def _numbers(session: Session, sequence: str, count: int) -> int:
    """Reserve `count` numbers of a sequence; returns the first."""
    first = int(session.scalar(select(func.nextval(sequence))) or 1)
    session.execute(select(func.setval(sequence, first + count - 1)))
    return first


def _place(grid: GridIndex, row: int, lon: float, lat: float) -> Place:
    if np.isnan(lon):
        return Place(None, manual="no_position")
    point = LonLat(lon, lat)
    if row < 0:
        return Place(point, manual="in_hole" if grid.in_hole(point) else "outside_grid")
    return Place(point, grid.chain(row), "contains", round(grid.border_m(row, point), 1))
