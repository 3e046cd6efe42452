"""The standards over HTTP: the catalogue is the source's, and each is answered from the data."""

import csv
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from geodata import districts
from tests.conftest import HOUSE, Town, real_data
from tests.http.test_coverage import provide, provided

__all__ = ["provided"]

SHIPPED = next((Path(districts.__file__).parent / "demo").glob("*/coverage_standards.csv"))
AREA, STATION, STREET = (
    "facility_area_per_100_households",
    "community_party_mass_station_full",
    "street_party_mass_center_min_1",
)


@pytest.fixture
def held(provided: Town) -> Town:
    districts.read_file(provided.session, provided.district, SHIPPED.parent, SHIPPED.name)
    provided.session.flush()
    return provided


def judged(town: Town, **query: Any) -> dict[str, Any]:
    planner = town.hire("planner", "planner")
    answer = town.client.get("/api/standards", params=query, headers=planner)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = {one["code"]: one for one in answer.json()["items"]}
    for one in found.values():
        one["lacking"] = [unit["code"] for unit in one["lacking"]]
    return found


def test_the_catalogue_is_the_sources() -> None:
    source_file = real_data("../domain") / "coverage_standards.csv"
    if not source_file.is_file():
        pytest.skip("the domain catalogues are not here (they are not part of the project)")
    source = {row["id"]: row for row in csv.DictReader(source_file.open(encoding="utf-8"))}
    shipped = {row["code"]: row for row in csv.DictReader(SHIPPED.open(encoding="utf-8"))}
    assert set(shipped) == set(source)
    for code, row in shipped.items():
        assert row["source"] == source[code]["source"] and row["name_zh"] == source[code]["name_zh"]
        # What is not measured says what it needs.
        assert row["measure"] or (row["reading_zh"] and row["reading_en"])


def test_each_is_met_missed_or_cannot_be_told(held: Town) -> None:
    found = judged(held)
    area = found[AREA]
    assert (area["met"], area["lacking"], area["total"]) == (False, ["T.S.A", "T.S.B"], 2)
    assert found[STATION]["met"] is None and "登记" in found[STATION]["why"]["zh"]
    assert found["grid_no_gap"]["unit"] == "square_metre"
    # The town has a hole in its middle, which no district outline claims.
    assert (found["grid_no_gap"]["value"], found["grid_no_gap"]["met"]) == (0, True)
    assert found["grid_responsible_person"]["met"] is False
    unanswered = [one for one in found.values() if not one["answerable"]]
    assert unanswered and all(one["met"] is None and one["why"] for one in unanswered)


def test_the_workbook_says_the_same(held: Town) -> None:
    found = judged(held)
    answer = held.client.get("/api/standards/file", headers=held.hire("second", "planner"))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    words = {"达到": True, "未达到": False, "无法判断": None}
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[1] in words}
    assert {name: words[str(row[1])] for name, row in rows.items()} == {
        one["name"]["zh"]: one["met"] for one in found.values()
    }
    assert rows[found[AREA]["name"]["zh"]][6] == "A社区、B社区"


def test_presence_counts_what_stands_and_what_serves(held: Town) -> None:
    station: dict[str, Any] = {"type_code": "party_mass_station_community", "floor_area_m2": None}
    provide(held, "station", *HOUSE, **station)
    held.session.flush()
    one = judged(held)[STATION]
    assert (one["met"], one["lacking"], one["having"], one["value"]) == (False, ["T.S.B"], 1, 50)
    provide(held, "served", *HOUSE, serves=["T.S.B"], **station)
    held.session.flush()
    assert judged(held)[STATION]["met"] is True
    # Before it stood it was missed, not unknown: its kind is registered.
    held.session.execute(text("UPDATE facility SET valid_from = '2026-02-01'"))
    assert judged(held, day="2026-01-01")[STATION]["having"] == 0


def test_a_street_needs_one_of_its_own(held: Town) -> None:
    provide(
        held, "centre", *HOUSE, type_code="party_mass_center_street", floor_area_m2=500.0,
        chain=["T", "T.S", "T.S.A"],
    )  # fmt: skip
    held.session.flush()
    assert judged(held)[STREET]["met"] is True


def test_the_service_circle_is_walked(held: Town) -> None:
    one = judged(held)["service_circle_15_minutes"]
    assert one["met"] is None and "登记" in one["why"]["zh"]
    lon, lat = HOUSE
    kind: dict[str, Any] = {"type_code": "integrated_service_facility", "floor_area_m2": None}
    provide(held, "far", lon + 0.05, lat, **kind)
    held.session.flush()
    assert judged(held)["service_circle_15_minutes"]["lacking"] == ["T.S.A"]
    provide(held, "near", lon + 0.001, lat, **kind)
    held.session.flush()
    # The other community has no building, so that nothing can be said of it.
    found = judged(held)["service_circle_15_minutes"]
    assert (found["lacking"], found["having"], found["met"]) == ([], 1, None)
