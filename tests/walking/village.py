"""A village along one street, three kilometres from west to east, with a lake and an island.

A A B    the street runs through the middle of the upper row
A . B    the lake is in the left square: no street is near
A B B    on the lower row runs a street of its own
"""

from datetime import date
from typing import Any

import geopandas as gpd
import shapely
from sqlalchemy import insert
from sqlalchemy.orm import Session

from geodata import editions
from geodata.editions import Provenance
from geodata.streets import laying, lines
from geodata.streets.laying import About, Laid
from gridsvc import snapshot
from gridsvc.editions import Change, publish
from gridsvc.geo import LonLat
from gridsvc.tables.facilities import Facility, FacilityType
from gridsvc.tables.grid import District
from gridsvc.walking import homes, walk
from tests.conftest import DRAWING, NOON
from tests.sketch import grid

STREET, ISLAND = 24.995, 24.975
# By name: lon, lat, households.
HOMES: dict[str, tuple[float, float, int | None]] = {
    "1": (102.001, STREET, 10),
    "2": (102.005, STREET, 20),
    "3": (102.010, STREET, 30),
    "4": (102.015, STREET, 40),
    "5": (102.017, STREET, None),
    "6": (102.025, STREET, 60),
    "lake": (102.005, 24.985, 70),
    "island": (102.025, ISLAND, 80),
}
TODAY = date(2026, 3, 2)


def settle(session: Session, district: District) -> None:
    """Put the village in the place of the town: its buildings, their households, two types."""
    units = grid(DRAWING, {name: (lon, lat) for name, (lon, lat, _) in HOMES.items()})
    counted = {f"T.B.{name}": households for name, (_, _, households) in HOMES.items()}
    known = [counted.get(code) for code in units["code"]]
    communities = {"T.S.A": 170, "T.S.B": 140, "T.S": 310, "T": 310}
    units["households"] = [
        communities.get(code, have) for code, have in zip(units["code"], known, strict=True)
    ]
    units["households"] = units["households"].astype("Int64")
    staged = editions.stage(session, district, units, Provenance("drawn", "ours", "own"), NOON)
    publish(session, district.code, staged.no, Change("drawn", NOON))
    session.execute(
        insert(FacilityType),
        [
            {
                "district_code": district.code,
                "code": code,
                "position": no,
                "name_zh": zh,
                "name_en": code,
                "counts_toward_standard": counts,
                "source": "test",
            }
            for no, (code, zh, counts) in enumerate(
                [("clinic", "卫生站", True), ("toilet", "公厕", False), ("park", "公园", False)]
            )
        ],
    )
    session.flush()


def open_facility(session: Session, code: str, place: tuple[float, float], **more: Any) -> None:
    """A clinic of 90 m² in community A, unless `more` says otherwise."""
    values = {
        "district_code": "t",
        "code": code,
        "no": 1,
        "type_code": "clinic",
        "name": code,
        "floor_area_m2": 90.0,
        "state": "open",
        "serves": [],
        "chain": ["T", "T.S", "T.S.A"],
        "unit_code": "T.S.A",
        "generated": False,
        "place": LonLat(*place).ewkt,
    }
    session.execute(insert(Facility).values(**(values | more)))
    session.flush()


def streets(shift: float = 0.0) -> gpd.GeoDataFrame:
    """The street and the island's, moved east by so many degrees."""
    west, east = 102.0 + shift, 102.03 + shift
    courses = [[(west, STREET), (east, STREET)], [(east - 0.01, ISLAND), (east, ISLAND)]]
    return gpd.GeoDataFrame(geometry=[shapely.LineString(one) for one in courses], crs=4326)


def lay(session: Session, district: District, shift: float = 0.0) -> Laid:
    """The streets as the district's network."""
    facts = snapshot.current(session, district.code)
    lived_in = homes.load(session, facts.district, facts.grid)
    raw = lines.read(streets(shift), laying.around(lived_in), district.metric_srid)
    done = laying.lay(session, facts, raw, About("drawn", "ours"), NOON)
    walk.forget()
    return done
