"""Coverage over HTTP: by unit, drawn ground, history, and the files of a theme."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pytest
import shapely
from PIL import Image
from sqlalchemy import text

from geodata import editions
from geodata.editions import Provenance
from gridsvc import snapshot
from gridsvc.editions import Change, publish
from gridsvc.tables.facilities import Facility, FacilityType
from tests.conftest import HOUSE, NOON, Town
from tests.sketch import grid

CENTRE, TOILET = "centre", "toilet"


def provide(town: Town, code: str, lon: float, lat: float, **more: Any) -> None:
    """A facility of the town, open and without dates unless said otherwise."""
    chain = more.pop("chain", ["T", "T.S", "T.S.A"])
    facts = {"type_code": CENTRE, "floor_area_m2": 90.0, "state": "open", "serves": []} | more
    town.session.add(
        Facility(
            district_code="t",
            code=code,
            name=code,
            unit_code=chain[-1],
            chain=chain,
            generated=False,
            place=f"SRID=4326;POINT({lon} {lat})",
            **facts,
        )
    )


@pytest.fixture
def provided(town: Town) -> Town:
    """Known households, one type that counts and one that does not."""
    for place, (code, counts) in enumerate(((CENTRE, True), (TOILET, False))):
        town.session.add(
            FacilityType(
                district_code="t",
                code=code,
                position=place,
                name_zh=code,
                name_en=code,
                counts_toward_standard=counts,
                source="test",
            )
        )
    for code, households in (("T", 1000), ("T.S", 1000), ("T.S.A", 600), ("T.S.B", 400)):
        town.session.execute(
            text("UPDATE grid_unit SET households = :n WHERE code = :code"),
            {"n": households, "code": code},
        )
    town.session.execute(text("UPDATE grid_unit SET households = 20 WHERE level = 5"))
    provide(town, "one", *HOUSE)
    provide(town, "toilet", *HOUSE, type_code=TOILET)
    provide(town, "planned", *HOUSE, state="planned")
    provide(
        town, "shared", *HOUSE, floor_area_m2=100.0, serves=["T.S.A", "T.S.B"],
        valid_from=date(2026, 2, 1),
    )  # fmt: skip
    town.session.flush()
    return town


def of(town: Town, **query: Any) -> dict[str, Any]:
    answer = town.client.get("/api/coverage", params=query)
    assert answer.status_code == 200, answer.text
    return {one["code"]: one for one in answer.json()["items"]}


def test_a_shared_facility_is_divided_and_counts_once(provided: Town) -> None:
    communities, district = of(provided), of(provided, level=1)["T"]
    assert communities["T.S.A"]["area_m2"] == pytest.approx(90 + 60)
    assert communities["T.S.B"]["area_m2"] == pytest.approx(40)
    assert district["area_m2"] == pytest.approx(190)
    assert communities["T.S.A"]["per_100_households"] == pytest.approx(25)
    assert communities["T.S.A"]["shortfall_m2"] == pytest.approx(30)
    assert communities["T.S.A"]["met"] is False
    # What stands inside is another question: both stand in A.
    assert communities["T.S.A"]["standing_m2"] == 190 and communities["T.S.B"]["standing_m2"] == 0


def test_a_register_that_nobody_keeps_is_no_data_and_not_zero(provided: Town) -> None:
    provided.session.execute(text("DELETE FROM facility WHERE type_code = 'centre'"))
    found = of(provided)["T.S.A"]
    assert (found["no_data"], found["per_100_households"]) == ("nothing_registered", None)
    assert found["area_m2"] is None and found["met"] is None
    provide(provided, "one", *HOUSE, state="closed")
    provided.session.flush()
    # Now that one was, nothing open is nothing.
    found = of(provided)["T.S.A"]
    assert (found["no_data"], found["per_100_households"], found["met"]) == (None, 0, False)


def test_a_day_is_measured_by_what_stood_then(provided: Town) -> None:
    assert of(provided, day="2026-01-31")["T.S.B"]["area_m2"] == 0
    assert of(provided, day="2026-02-01")["T.S.B"]["area_m2"] == pytest.approx(40)


def test_buildings_are_asked_for_within_a_unit(provided: Town) -> None:
    refused = provided.client.get("/api/coverage", params={"level": 5})
    assert refused.status_code == 422 and "level 5" in refused.text
    [house] = of(provided, level=5, unit="T.S.A").values()
    assert house["per_100_households"] == pytest.approx(25)
    strange = provided.client.get("/api/coverage", params={"level": 5, "unit": "nowhere"})
    assert strange.status_code == 404


def test_drawn_ground_has_what_its_households_have(provided: Town) -> None:
    planner = provided.hire("planner", "planner")
    lon, lat = HOUSE
    shape = shapely.box(lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001)
    body = {"shape": shapely.geometry.mapping(shape)}
    told = provided.client.post("/api/coverage/ground", json=body, headers=planner).json()
    assert told["households"] == 20 and told["buildings"] == 1
    assert told["per_100_households"] == pytest.approx(25)
    assert told["standing_m2"] == 190 and told["facilities"] == ["one", "shared"]
    away = {"shape": shapely.geometry.mapping(shapely.box(0, 0, 1, 1))}
    nothing = provided.client.post("/api/coverage/ground", json=away, headers=planner).json()
    assert nothing["per_100_households"] is None and nothing["no_data"] == "households_unknown"


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"type": "Point", "coordinates": [102, 25]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": "none"},
    ],
)
def test_ground_that_is_none_is_refused(provided: Town, shape: dict[str, Any]) -> None:
    planner = provided.hire("planner", "planner")
    answer = provided.client.post("/api/coverage/ground", json={"shape": shape}, headers=planner)
    assert answer.status_code == 422, answer.text


def test_history_tells_each_day_that_changed_something(provided: Town) -> None:
    planner = provided.hire("planner", "planner")
    query = {"unit": "T.S.B", "since": "2026-01-01", "until": "2026-03-02"}
    told = provided.client.get("/api/coverage/history", params=query, headers=planner).json()
    days = [(one["day"], one["area_m2"]) for one in told["items"]]
    assert days == [
        ("2026-01-01", 0),
        ("2026-02-01", pytest.approx(40)),
        ("2026-03-02", pytest.approx(40)),
    ]
    backwards = query | {"since": "2027-01-01"}
    refused = provided.client.get("/api/coverage/history", params=backwards, headers=planner)
    assert refused.status_code == 422


def test_every_form_of_a_theme_has_the_same_rows(provided: Town, tmp_path: Path) -> None:
    planner = provided.hire("planner", "planner")

    def file(form: str) -> bytes:
        answer = provided.client.get(
            "/api/coverage/theme", params={"format": form}, headers=planner
        )
        assert answer.status_code == 200, answer.text
        return answer.content

    json = provided.client.get("/api/coverage/theme", headers=planner).json()
    rows = [one["properties"] for one in json["features"]["features"]]
    expected = {row["code"]: row["area_m2"] for row in rows}
    assert set(expected) == {"T.S.A", "T.S.B"}
    [shade] = json["shades"]
    assert len(shade["colours"]) == len(shade["limits"]) + 1
    for form in ("gpkg", "geojson"):
        path = tmp_path / f"coverage.{form}"
        path.write_bytes(file(form))
        frame = gpd.read_file(path)
        assert dict(zip(frame["code"], frame["area_m2"], strict=True)) == pytest.approx(expected)
        assert frame.geometry.is_valid.all()
    sheet = openpyxl.load_workbook(BytesIO(file("xlsx"))).active
    assert sheet is not None
    cells = {row[0]: row[6] for row in sheet.iter_rows(values_only=True) if row[0] in expected}
    assert cells == pytest.approx(expected)
    page = file("html").decode()
    assert all(code in page for code in expected)
    assert Image.open(BytesIO(file("png"))).size[0] > 500


def test_only_who_may_read_plans_sees_the_map(provided: Town) -> None:
    worker = provided.hire("worker", "grid_worker")
    for path in ("/api/coverage/theme", "/api/coverage/history?unit=T"):
        assert provided.client.get(path, headers=worker).status_code == 403
        assert provided.client.get(path).status_code == 401


def test_facilities_lie_in_the_edition_that_answers(provided: Town) -> None:
    """A community becomes two; each past day is measured by the grid of that day."""
    planner = provided.hire("planner", "planner")
    frame = grid("A A B\nC . B\nC B B", {"1": HOUSE})
    frame["households"] = frame["code"].map({"T.S.A": 300, "T.S.C": 300, "T.S.B": 400, "T.B.1": 20})
    later = NOON + timedelta(days=10)
    staged = editions.stage(
        provided.session, provided.district, frame, Provenance("drawn", "ours", "own"), NOON
    )
    publish(provided.session, "t", staged.no, Change("drawn", later))
    snapshot.forget()
    day = (later + timedelta(days=1)).date()
    found = of(provided, day=day.isoformat())
    whose = provided.session.scalar(text("SELECT chain[3] FROM facility WHERE code = 'one'"))
    assert found[whose]["standing_m2"] == 190
    assert found[whose]["area_m2"] == pytest.approx(90 + 100 * 300 / 700)
    query = {"unit": "T.S.A", "since": "2026-03-01", "until": day.isoformat()}
    told = provided.client.get("/api/coverage/history", params=query, headers=planner).json()
    assert [(one["edition"], one["households"]) for one in told["items"]] == [
        (staged.no - 1, 600), (staged.no - 1, 600), (staged.no, 300), (staged.no, 300),
    ]  # fmt: skip
