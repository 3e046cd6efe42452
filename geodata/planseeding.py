"""Lay a generated district's streets and sites into the database, for the planner."""

from datetime import datetime

import geopandas as gpd
import pandas as pd
from sqlalchemy.orm import Session

from geodata import copying
from geodata.streets import laying, lines
from geodata.streets.laying import About
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District
from gridsvc.walking import homes


def store(
    session: Session,
    facts: Snapshot,
    made: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    now: datetime,
) -> None:
    """Streets become the network that answers; sites become candidates."""
    streets, sites = made
    district = session.get_one(District, facts.district)
    lived_in = homes.load(session, facts.district, facts.grid)
    raw = lines.read(streets, laying.around(lived_in), district.metric_srid)
    source = f"{district.name_zh}：生成的道路 generated roads"
    laying.lay(session, facts, raw, About(source, "generated", True), now, lived_in)
    copying.copy(
        session,
        "siting_candidate",
        pd.DataFrame(
            {
                "district_code": facts.district,
                "code": sites["code"],
                "name": sites["name"],
                "kind": sites["kind"],
                "floor_area_m2": sites["floor_area_m2"],
                "cost": sites["cost"],
                "entered_by": "demo",
                "entered_at": now.isoformat(),
                "generated": True,
                "place": copying.ewkb(sites.geometry.to_numpy()),
            }
        ),
    )
