"""Coverage over a district of 60,000 buildings: by unit, for drawn ground and as a document, beside
plain geopandas over the same rows and folium with outlines as they are, in the same run."""

import gc
import io
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import shapely
from sqlalchemy import text

from tests.bench.ground import Ground

TURNS = 5
UNITS = """
    SELECT code, level, households, geom FROM grid_unit
    WHERE district_code = '{district}' AND edition_no = {edition} AND level IN (3, 5)
"""
FACILITIES = """
    SELECT facility.code, floor_area_m2, place AS geom FROM facility
    JOIN facility_type type ON (type.district_code, type.code)
                             = (facility.district_code, facility.type_code)
    WHERE facility.district_code = '{district}' AND state = 'open' AND counts_toward_standard
"""
ALL = "SELECT count(*) FROM facility WHERE district_code = :district"


def run(ground: Ground) -> None:
    from api.shapes.themes import theme_out
    from gridsvc import db, snapshot
    from gridsvc.planning import coverage, standards
    from maps import themes
    from maps.themes import Desk

    now = datetime.now(UTC)
    with db.new_session() as session:
        facts = snapshot.current(session, ground.district)
        day = now.date()
        count = session.scalar(text(ALL), {"district": ground.district})
        print(f"{len(facts.grid.codes):,} units, {count:,} facilities")
        where = {"district": ground.district, "edition": facts.grid.edition}
        plain = Plain(where)
        middle = shapely.point_on_surface(plain.communities.geometry.union_all())
        drawn = middle.buffer(0.02)

        def by_unit(level: int) -> Any:
            return lambda: coverage.by_unit(session, facts, level, day)

        pair("by community", by_unit(3), plain.by_community)
        pair("drawn ground", lambda: coverage.of_ground(session, facts, drawn, day),
             lambda: plain.of_ground(drawn))  # fmt: skip
        for name, made in (
            ("by compound", by_unit(4)),
            ("every standard", lambda: standards.judge(session, facts, day)),
        ):
            print(f"{name}: {timed(made)[0] * 1e3:.0f} ms")
        theme = coverage.theme(session, facts, day)
        ours = len(themes.html([theme], theme.title, theme.note, Desk(session, facts, now, "zh")))
        raw = len(plain.document())
        print(
            f"document: {ours:,} bytes; folium with plain outlines {raw:,}; {raw / ours:.1f} times"
        )
        answer = len(orjson.dumps(theme_out(theme)))
        print(f"answer for the console: {answer:,} bytes before compression")


class Plain:
    """The obvious way: everything read by geopandas, joined by place, grouped."""

    def __init__(self, where: dict[str, Any]) -> None:
        self.where = where
        self.read()

    def read(self) -> None:
        from gridsvc import db

        with db.engine.connect() as connection:
            units = gpd.read_postgis(UNITS.format(**self.where), connection)
            self.facilities = gpd.read_postgis(FACILITIES.format(**self.where), connection)
        self.communities, self.buildings = units[units["level"] == 3], units[units["level"] == 5]

    def by_community(self) -> pd.DataFrame:
        """Read, join and group, as a script would."""
        self.read()
        parts = self.communities[["code", "geom"]]
        stands = gpd.sjoin(self.facilities[["floor_area_m2", "geom"]], parts, predicate="within")
        homes = self.buildings.assign(geom=self.buildings.representative_point())
        lives = gpd.sjoin(homes[["households", "geom"]], parts, predicate="within")
        area = stands.groupby("code")["floor_area_m2"].sum()
        households = lives.groupby("code")["households"].sum()
        return pd.DataFrame({"per_100": area / households * 100})

    def of_ground(self, shape: Any) -> float:
        self.read()
        homes = self.buildings[self.buildings.representative_point().within(shape)]
        stands = self.facilities[self.facilities.within(shape)]
        return float(stands["floor_area_m2"].sum() / homes["households"].sum() * 100)

    def document(self) -> bytes:
        """folium's own choropleth of the outlines as they are stored."""
        drawn = folium.Map()
        folium.GeoJson(self.communities.to_json()).add_to(drawn)
        points = gpd.GeoDataFrame(self.buildings, geometry=self.buildings.representative_point())
        folium.GeoJson(points[["code", "households", "geometry"]].to_json()).add_to(drawn)
        page = io.BytesIO()
        drawn.save(page, close_file=False)
        return page.getvalue()


def pair(name: str, ours: Callable[[], Any], theirs: Callable[[], Any]) -> None:
    """Time and memory of both ways."""
    mine, held = timed(ours)
    other, kept = timed(theirs)
    print(
        f"{name}: {mine * 1e3:.0f} ms, {held / 2**20:.1f} MB; "
        f"plain geopandas {other * 1e3:.0f} ms, {kept / 2**20:.1f} MB; "
        f"{other / mine:.0f} and {kept / max(held, 1):.0f} times (wanted 10)"
    )


def timed(made: Callable[[], Any]) -> tuple[float, int]:
    """Median seconds, and the most bytes that Python held meanwhile."""
    made()
    times = []
    for _ in range(TURNS):
        begin = time.perf_counter()
        made()
        times.append(time.perf_counter() - begin)
    gc.collect()
    tracemalloc.start()
    made()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return float(np.median(times)), peak
