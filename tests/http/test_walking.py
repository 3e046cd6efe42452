"""Walking over HTTP: what is within reach, of what nothing can be said, and which streets count."""

import io
from datetime import date
from typing import Any

import geopandas as gpd
import pytest
from sqlalchemy import insert

from geodata import editions
from geodata.editions import Provenance
from gridsvc.editions import Change, publish
from gridsvc.geo import LonLat
from gridsvc.tables.grid import AddressPoint
from tests.conftest import DRAWING, NOON, Town
from tests.sketch import grid
from tests.walking import village

CLINIC = (102.0005, village.STREET)


@pytest.fixture
def settled(town: Town) -> Town:
    village.settle(town.session, town.district)
    return town


def ask(town: Town, path: str, **wanted: Any) -> Any:
    town.hire("planner", "planner")
    headers = {"Authorization": f"Bearer {town.token('planner')}"}
    answer = town.client.get(path, params=wanted, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json() if "format" not in wanted else answer.content


def rows(theme: dict[str, Any]) -> dict[str, dict[str, Any]]:
    told = [feature["properties"] for feature in theme["features"]["features"]]
    return {one["code"]: one for one in told}


def test_on_streets_reach_is_walked_and_what_cannot_be_told_is_said(settled: Town) -> None:
    village.open_facility(settled.session, "C1", CLINIC)
    done = village.lay(settled.session, settled.district)
    assert (done.in_use, done.islands) == (True, 2)
    assert {one.kind for one in done.findings} == {"far_from_streets", "street_island"}
    told = ask(settled, "/api/walking")
    assert (told["basis"], told["detour"], told["network"]["no"]) == ("streets", None, 1)
    clinics, toilets, _ = told["types"]
    assert clinics["open"] == 1
    assert clinics["figures"] == {
        "homes": 8,
        "households": 310,
        "reached": 60,
        "unserved": 180,
        "untold": 70,
        "unknown_homes": 1,
        "share": 0.25,
        "minutes": pytest.approx(18.3, abs=0.1),
    }
    # Without a single one nobody is served; that is no matter of missing data.
    assert (toilets["open"], toilets["figures"]["reached"], toilets["figures"]["share"]) == (
        0,
        0,
        0,
    )


def test_by_unit_and_as_files(settled: Town) -> None:
    village.open_facility(settled.session, "C1", CLINIC)
    village.lay(settled.session, settled.district)
    found = rows(ask(settled, "/api/walking/reach", type="clinic"))
    assert (found["T.S.A"]["reached"], found["T.S.A"]["untold"]) == (60, 70)
    assert found["T.S.A"]["share"] == pytest.approx(60)
    assert (found["T.S.B"]["reached"], found["T.S.B"]["share"]) == (0, 0)
    for path in (
        "/api/walking/reach",
        "/api/walking/catchments",
        "/api/walking/pressure",
        "/api/walking/unserved/theme",
    ):
        file = ask(settled, path, type="clinic", format="gpkg")
        assert len(gpd.read_file(io.BytesIO(file))) > 0
    assert "卫生站" in ask(settled, "/api/walking/reach", type="clinic", format="html").decode()


def test_unserved_homes_say_why(settled: Town) -> None:
    village.open_facility(settled.session, "C1", CLINIC)
    village.open_facility(settled.session, "lake", (102.005, 24.985))
    village.lay(settled.session, settled.district)
    found = ask(settled, "/api/walking/unserved", type="clinic", limit=3)
    assert (found["total"], found["households"], found["apart"]) == (5, 250, ["lake"])
    assert [(one["code"], one["why"]) for one in found["items"]] == [
        ("T.B.island", "no_way"),
        ("T.B.lake", "no_street"),
        ("T.B.6", "too_far"),
    ]
    rest = ask(settled, "/api/walking/unserved", type="clinic", limit=3, offset=3)["items"]
    # Nobody knows how many live there: it comes last, and is not taken for nobody.
    assert [(one["code"], one["households"]) for one in rest] == [("T.B.4", 40), ("T.B.5", None)]


def test_more_minutes_reach_more_and_days_choose_facilities(settled: Town) -> None:
    village.open_facility(settled.session, "C1", CLINIC, valid_from=date(2026, 2, 1))
    village.lay(settled.session, settled.district)

    def reached(**how: Any) -> int:
        return int(ask(settled, "/api/walking", **how)["types"][0]["figures"]["reached"])

    assert [reached(minutes=m) for m in (1, 7, 15, 25, 40)] == [10, 30, 60, 100, 160]
    assert reached(day="2026-01-31") == 0


def test_pressure_divides_floor_area_among_those_who_reach_it(settled: Town) -> None:
    village.open_facility(settled.session, "C1", CLINIC)
    village.open_facility(settled.session, "T1", CLINIC, type_code="toilet", floor_area_m2=1e6)
    village.lay(settled.session, settled.district)
    found = rows(ask(settled, "/api/walking/pressure"))
    # 90 m² for 60 households are 150 for every 100; they are 60 of A's 170.
    assert found["T.S.A"]["per_100"] == pytest.approx(150 * 60 / 170)
    assert (found["T.S.B"]["per_100"], found["T.S.B"]["without"]) == (0, 140)


def test_catchments_cover_the_homes_they_count(settled: Town) -> None:
    village.open_facility(settled.session, "C1", CLINIC)
    village.open_facility(settled.session, "C2", (102.024, village.STREET), floor_area_m2=None)
    for laid, one, other in ((False, 30, 60), (True, 60, 100)):
        if laid:
            village.lay(settled.session, settled.district)
        found = ask(settled, "/api/walking/catchments", type="clinic")
        told = rows(found)
        assert told["C1"]["households"] == one
        assert (told["C2"]["households"], told["C2"]["unknown_homes"]) == (other, 1)
        assert told["C2"]["per_100"] is None
        shapes = gpd.GeoDataFrame.from_features(found["features"], crs=4326).set_index("code")
        for name, clinic in {"1": "C1", "2": "C1", "6": "C2"}.items():
            lon, lat, _ = village.HOMES[name]
            here = gpd.points_from_xy([lon], [lat])[0]
            assert shapes.geometry[clinic].intersects(here), (laid, name)


def test_without_streets_it_is_an_estimate_and_says_so(settled: Town) -> None:
    village.open_facility(settled.session, "C1", CLINIC)
    told = ask(settled, "/api/walking")
    assert (told["basis"], told["detour"], told["network"]) == ("straight_line", 1.4, None)
    assert "估算" in told["basis_name"]["zh"]
    assert told["types"][0]["figures"]["untold"] == 0
    # 1,200 m of walking are 857 m of straight line.
    assert told["types"][0]["figures"]["reached"] == 30
    assert "1.4" in ask(settled, "/api/walking/reach", type="clinic")["note"]["en"]


def test_a_network_of_another_city_is_not_put_in_use(settled: Town) -> None:
    done = village.lay(settled.session, settled.district, shift=1.0)
    assert not done.in_use
    assert [(one.severity, one.kind) for one in done.findings] == [("error", "no_streets_here")]
    assert ask(settled, "/api/walking")["basis"] == "straight_line"


def test_networks_are_switched_whole(settled: Town) -> None:
    village.open_facility(settled.session, "C1", CLINIC)
    village.lay(settled.session, settled.district)
    village.lay(settled.session, settled.district, shift=0.001)
    listed = ask(settled, "/api/walking/networks")["items"]
    assert [(one["no"], one["in_use"]) for one in listed] == [(2, True), (1, False)]
    settled.hire("planner", "planner")
    reader = settled.hire("reader", "department_handler", department="works")
    for headers, no, status in (
        (reader, 1, 403),
        ({"Authorization": f"Bearer {settled.token('planner')}"}, 7, 422),
        ({"Authorization": f"Bearer {settled.token('planner')}"}, 1, 200),
        ({"Authorization": f"Bearer {settled.token('planner')}"}, None, 200),
    ):
        answer = settled.client.put("/api/walking/network", json={"no": no}, headers=headers)
        assert answer.status_code == status, answer.text
    assert ask(settled, "/api/walking")["basis"] == "straight_line"


def test_a_type_that_does_not_exist_is_refused(settled: Town) -> None:
    headers = settled.hire("planner", "planner")
    for path in (
        "/api/walking/reach",
        "/api/walking/catchments",
        "/api/walking/pressure",
        "/api/walking/unserved",
        "/api/walking/unserved/theme",
    ):
        answer = settled.client.get(path, params={"type": "castle"}, headers=headers)
        assert answer.status_code == 422
        assert "clinic" in answer.json()["detail"]
    visitor = settled.client.get("/api/walking")
    assert visitor.status_code == 401


def test_without_buildings_people_live_at_address_points(settled: Town) -> None:
    session, district = settled.session, settled.district
    bare = editions.stage(session, district, grid(DRAWING), Provenance("bare", "ours", "own"), NOON)
    publish(session, district.code, bare.no, Change("bare", NOON))
    village.open_facility(session, "C1", CLINIC)
    headers = settled.hire("planner", "planner")
    answer = settled.client.get("/api/walking", headers=headers)
    assert (answer.status_code, "楼栋" in answer.json()["detail"]) == (422, True)
    places = [(102.001, village.STREET, 7, "T.S.A"), (102.025, village.STREET, None, "T.S.B")]
    session.execute(
        insert(AddressPoint),
        [
            {
                "district_code": district.code,
                "edition_no": bare.no,
                "no": no,
                "code": f"a{no}",
                "households": households,
                "unit_code": unit,
                "generated": False,
                "place": LonLat(lon, lat).ewkt,
            }
            for no, (lon, lat, households, unit) in enumerate(places, 1)
        ],
    )
    session.flush()
    figures = ask(settled, "/api/walking")["types"][0]["figures"]
    assert (figures["homes"], figures["reached"], figures["unknown_homes"]) == (2, 7, 1)
    found = rows(ask(settled, "/api/walking/reach", type="clinic"))
    assert (found["T.S.A"]["share"], found["T.S.B"]["share"]) == (100, None)
