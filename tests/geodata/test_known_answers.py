"""Coverage of a real country against figures that were counted without this service: every place
of Liechtenstein counts as one square metre, and every building with an address as one household."""

import csv
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from geodata import importing, recipe
from gridsvc import accounts, snapshot
from gridsvc.accounts import Holder
from gridsvc.planning import register
from gridsvc.rules.facilities import Period
from gridsvc.tables.facilities import FacilityType
from tests.conftest import NOON, real_data
from tests.geodata.test_real_data import silent

AMENITY = "amenity"


def with_households(source: Path, target: Path) -> Path:
    """The country's files with a household for each building that has a house number."""
    shutil.copytree(source, target)
    buildings = gpd.read_parquet(source / "li_buildings.parquet")
    addressed = buildings["hn"].notna()
    (target / "li_buildings.parquet").chmod(0o644)
    buildings.assign(households=addressed.astype(int)).to_parquet(target / "li_buildings.parquet")
    return target


def test_amenities_per_100_addressed_buildings(
    session: Session, client: TestClient, tmp_path: Path
) -> None:
    folder = real_data("liechtenstein")
    counted = with_households(folder, tmp_path / "li")
    importing.run(session, recipe.read("liechtenstein"), counted, NOON, silent)
    session.add(
        FacilityType(
            district_code="li",
            code=AMENITY,
            position=1,
            name_zh="便民场所",
            name_en="Amenity",
            counts_toward_standard=True,
            source="OpenStreetMap",
        )
    )
    planner = accounts.add(session, "li", Holder("planner", "p", "planner"))
    token = accounts.issue(session, planner, "test", NOON)
    session.flush()
    facts = snapshot.current(session, "li")
    places = gpd.read_parquet(folder / "li_amenities.parquet")
    points = places.geometry
    inside = facts.grid.rows(points.x.to_numpy(), points.y.to_numpy()) >= 0
    periods = [
        Period(f"osm-{one.osm_id}", AMENITY, one.amenity, one.geometry.x, one.geometry.y, 1.0)
        for one in places[inside].itertuples()
    ]
    account = accounts.by_token(session, token, NOON)
    assert account is not None
    register.keep(session, facts, account, periods, "OpenStreetMap", NOON)

    found = client.get("/api/coverage", headers={"Authorization": f"Bearer {token}"}).json()
    told = {one["name"]: one for one in found["items"]}
    key = list(csv.DictReader((folder / "answer_key_by_municipality.csv").open(encoding="utf-8")))
    assert {row["muni"] for row in key} == set(told)
    for row in key:
        one = told[row["muni"]]
        assert one["households"] == int(row["addressed"]), row
        assert one["area_m2"] == pytest.approx(int(row["amenities"])), row
        expected = float(row["amenities_per_100_addressed"])
        assert round(one["per_100_households"], 3) == expected, row
    assert round(told["Vaduz"]["per_100_households"], 3) == 27.261
    whole = client.get("/api/coverage", params={"level": 1}).json()["items"][0]
    assert whole["area_m2"] == pytest.approx(sum(int(row["amenities"]) for row in key))
