"""Heat over HTTP: every point that goes in comes out, files hold the same rows, bad questions are
refused in words."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from sqlalchemy import insert, text
from typer.testing import CliRunner, Result

from api.cli import app
from gridsvc import db, events, snapshot
from gridsvc.heat import alerts, living
from gridsvc.tables.cases import Case
from tests.conftest import HOUSE, NOON, Town, committed_town
from tests.heat import district
from tests.heat.test_alerts import usual_days
from tests.sketch import middle

SINCE, UNTIL = NOON - timedelta(days=60), NOON + timedelta(days=60)
PERIOD = {"since": SINCE.isoformat(), "until": UNTIL.isoformat()}
BEFORE = {
    "against_since": (NOON - timedelta(days=20)).isoformat(),
    "against_until": (NOON - timedelta(days=10)).isoformat(),
}
POINTS = 37_128
HEAT, SPOTS, COURSE = "/api/heat", "/api/heat/hotspots", "/api/heat/emerging"


@pytest.fixture
def planner(town: Town) -> dict[str, str]:
    return town.hire("planner", "planner")


def asked(town: Town, who: dict[str, str], path: str = HEAT, **more: Any) -> dict[str, Any]:
    answer = town.client.get(path, params=PERIOD | more, headers=who)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def properties(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [one["properties"] for one in told["theme"]["features"]["features"]]


def test_every_point_that_goes_in_comes_out(town: Town, planner: dict[str, str]) -> None:
    rng = np.random.default_rng(1)
    lons = rng.uniform(district.WEST, district.EAST, POINTS).tolist()
    lats = rng.uniform(district.SOUTH, district.NORTH, POINTS).tolist()
    facts = snapshot.current(town.session, "t")
    rows = facts.grid.rows(np.array(lons), np.array(lats)).tolist()
    town.session.execute(
        insert(Case),
        [
            {"district_code": "t", "case_no": f"P{n}", "stage": "collect", "text": "x"}
            | {"opened_at": NOON, "edition_no": 1, "place": f"SRID=4326;POINT({lon!r} {lat!r})"}
            | {"chain": facts.grid.chain_codes(row) if row >= 0 else []}
            for n, (lon, lat, row) in enumerate(zip(lons, lats, rows, strict=True))
        ],
    )
    for resolution in (7, 8, 9, 10):
        told = asked(town, planner, by="hexagon", resolution=resolution)
        assert sum(one["cases"] for one in properties(told)) == POINTS
        assert told["totals"] == {"counted": POINTS, "on_map": POINTS, "elsewhere": 0}
    within = sum(row >= 0 for row in rows)
    for level in (1, 2, 3):
        told = asked(town, planner, by="unit", level=level)
        assert sum(one["cases"] for one in properties(told)) == told["totals"]["on_map"] == within
        assert told["totals"]["elsewhere"] == POINTS - within
    told = asked(town, planner, by="smooth")
    assert sum(one["cases"] for one in properties(told)) == POINTS


def test_a_case_is_on_the_map_as_soon_as_its_event_has_its_line(
    town: Town, planner: dict[str, str]
) -> None:
    chief, (lon, lat) = town.hire("chief", "administrator"), HOUSE

    def tell(**place: Any) -> str:
        wish = {"category": "litter", "text": "x", "channel": "hotline"} | place
        answer = town.client.post("/api/reports", json=wish, headers=chief)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["case_no"])

    def move(case: str, code: str, **fields: Any) -> None:
        path = f"/api/cases/{case}/{code}"
        answer = town.client.post(path, json=fields, headers=chief)
        assert answer.status_code == 200, answer.text

    def seen() -> dict[str, int]:
        events.number(town.session, "t", None)
        told = asked(town, planner)
        counts = {one["code"]: one["cases"] for one in properties(told)}
        return counts | {"elsewhere": told["totals"]["elsewhere"]}

    assert seen() == {"T.S.A": 0, "T.S.B": 0, "elsewhere": 0}
    tell(location={"lon": lon, "lat": lat})
    lost = tell()
    assert seen() == {"T.S.A": 1, "T.S.B": 0, "elsewhere": 1}
    east, south = middle(2, 2)
    move(lost, "place", place={"lon": east, "lat": south})
    assert seen() == {"T.S.A": 1, "T.S.B": 1, "elsewhere": 0}
    late = asked(town, planner, measure="close_median")
    assert late["totals"]["counted"] == 0


def test_two_periods_stand_side_by_side_and_as_a_difference(
    town: Town, planner: dict[str, str]
) -> None:
    district.lay(town.session, snapshot.current(town.session, "t"), 3, 300)
    told = asked(town, planner, **BEFORE)
    assert [one["column"] for one in told["theme"]["shades"]] == ["difference", "value", "before"]
    difference, value, before = told["theme"]["shades"]
    assert value["limits"] == before["limits"] and difference["around"]
    assert difference["limits"] == [-one for one in reversed(difference["limits"])]
    for one in properties(told):
        # 120 days against ten.
        assert one["before"] == pytest.approx(12 * one["cases_before"])
        assert one["difference"] == pytest.approx(one["value"] - one["before"])
    assert told["before"]["counted"] == told["before"]["on_map"] + told["before"]["elsewhere"]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("geojson", "application/geo+json"),
        ("gpkg", "application/geopackage+sqlite3"),
        ("html", "text/html; charset=utf-8"),
        ("png", "image/png"),
    ],
)
def test_files_hold_the_same_rows(
    town: Town, planner: dict[str, str], form: str, kind: str
) -> None:
    district.lay(town.session, snapshot.current(town.session, "t"), 3, 300)
    for path in (HEAT, SPOTS):
        more = {"format": form, "by": "hexagon"} if path == HEAT else {"format": form}
        answer = town.client.get(path, params=PERIOD | more, headers=planner)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind), answer.text
        shown = asked(town, planner, path, **({"by": "hexagon"} if path == HEAT else {}))
        rows = properties(shown)
        if form == "geojson":
            found = [one["properties"]["cases"] for one in json.loads(answer.content)["features"]]
            assert found == [one["cases"] for one in rows]
        if form == "xlsx":
            sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
            cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
            assert {one["code"] for one in rows} <= cells


def test_hot_spots_and_their_course_add_up(town: Town, planner: dict[str, str]) -> None:
    district.lay(town.session, snapshot.current(town.session, "t"), 3, 400)
    for measure in ("count", "close_median", "late"):
        told = asked(town, planner, SPOTS, measure=measure, resolution=7)
        assert sum(one["cases"] for one in properties(told)) == told["totals"]["on_map"]
        assert [one["column"] for one in told["theme"]["shades"]] == ["spot", "cluster"]
        assert all(len(one["classes"]) == len(one["colours"]) for one in told["theme"]["shades"])
    answer = town.client.get(COURSE, params={"steps": 6, "resolution": 8}, headers=planner)
    told = answer.json()
    assert sum(one["cases"] for one in properties(told)) == told["totals"]["on_map"] > 0


def test_nothing_and_one_case_can_be_drawn(town: Town, planner: dict[str, str]) -> None:
    for round_ in range(2):
        for by in ("unit", "hexagon", "smooth"):
            for measure in ("count", "close_p90", "dissatisfied"):
                told = asked(town, planner, by=by, measure=measure, **BEFORE)
                assert told["totals"]["counted"] <= 1
        asked(town, planner, SPOTS)
        assert town.client.get(COURSE, params={"steps": 4}, headers=planner).status_code == 200
        if round_ == 0:
            district.lay(town.session, snapshot.current(town.session, "t"), 5, 1)


@pytest.mark.parametrize(
    ("path", "wrong", "status"),
    [
        (HEAT, {"measure": "luck"}, 422),
        (HEAT, {"by": "magic"}, 422),
        (HEAT, {"level": 5}, 422),
        (HEAT, {"by": "hexagon", "resolution": 12}, 422),
        (HEAT, {"by": "smooth", "bandwidth_m": 1}, 422),
        (HEAT, {"by": "hexagon", "measure": "per_100_households"}, 422),
        (HEAT, {"until": SINCE.isoformat()}, 422),
        (HEAT, {"since": "1900-01-01T00:00:00Z"}, 422),
        (HEAT, {"against_since": SINCE.isoformat()}, 422),
        (HEAT, {"against_since": UNTIL.isoformat(), "against_until": SINCE.isoformat()}, 422),
        (HEAT, {"unit": "nowhere"}, 404),
        (HEAT, {"category": "dragons"}, 422),
        (HEAT, {"department": "dragons"}, 422),
        (HEAT, {"kind": "dragons"}, 422),
        (HEAT, {"colour": "red"}, 422),
        (SPOTS, {"resolution": 3}, 422),
        (COURSE, {"step": "decade"}, 422),
        (COURSE, {"steps": 2}, 422),
    ],
)
def test_a_wrong_question_is_refused_in_words(
    town: Town, planner: dict[str, str], path: str, wrong: dict[str, str], status: int
) -> None:
    usual = {} if path == COURSE else PERIOD
    answer = town.client.get(path, params=usual | wrong, headers=planner)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]


def test_a_period_in_the_future_has_nothing(town: Town, planner: dict[str, str]) -> None:
    far = {"since": "2030-02-28T00:00:00+08:00", "until": "2030-03-01T00:00:00+08:00"}
    assert asked(town, planner, **far)["totals"]["counted"] == 0


def test_who_may_look_and_who_may_dismiss(town: Town, planner: dict[str, str]) -> None:
    machine = town.hire("machine", "intake_machine")
    for path in (HEAT, SPOTS):
        answer = town.client.get(path, params=PERIOD, headers=machine)
        assert answer.status_code == 403
    for path in (COURSE, "/api/heat/measures", "/api/heat/alerts"):
        assert town.client.get(path, headers=machine).status_code == 403
    listed = town.client.get("/api/heat/measures", headers=planner).json()["items"]
    assert {"count", "close_p90", "late", "rework", "dissatisfied"} <= {o["code"] for o in listed}
    usual_days(town.session, "T.S.A", 1, 110, extra=30)
    alerts.sweep(town.session, snapshot.rules(town.session, "t"), NOON)
    found = town.client.get("/api/heat/alerts", headers=planner).json()["items"]
    assert found and all(one["open"] for one in found)
    no, why = found[0]["no"], {"reason": "集中排查"}
    path = f"/api/heat/alerts/{no}/dismiss"
    assert town.client.post(path, json=why, headers=planner).status_code == 403
    centre = town.hire("centre", "grid_center_operator")
    told = town.client.post(path, json=why, headers=centre).json()
    assert (told["open"], told["reason"], told["dismissed_name"]) == (False, "集中排查", "centre")
    assert town.client.post(path, json=why, headers=centre).status_code == 409
    left = town.client.get("/api/heat/alerts", params={"open": True}, headers=planner).json()
    assert len(left["items"]) == len(found) - 1


def test_commands_write_the_same_maps_and_list_alerts(tmp_path: Path) -> None:
    with committed_town():
        with db.transaction() as session:
            usual_days(session, "T.S.A", 1, 110)

        def say(*words: str) -> Result:
            return CliRunner().invoke(app, ["heat", *words])

        for name, words in (
            ("counts.html", ["--until", "2026-03-01", "--compare"]),
            ("spots.geojson", ["--until", "2026-03-01", "--spots", "--lang", "en"]),
            ("close.xlsx", ["--measure", "close_median", "--by", "hexagon"]),
        ):
            told = say("map", "-o", str(tmp_path / name), *words)
            assert told.exit_code == 0, told.output
            assert (tmp_path / name).stat().st_size > 40
        assert "90" in say("map", "-o", str(tmp_path / "c.xlsx"), "--until", "2026-03-01").output
        assert say("map", "-o", str(tmp_path / "c.doc")).exit_code != 0
        assert say("map", "-o", str(tmp_path / "c.png"), "--measure", "luck").exit_code != 0
        assert say("alerts", "--look").exit_code == 0


def test_hot_for_how_many_live_there(town: Town, planner: dict[str, str]) -> None:
    """Of two hexagons with as many cases that of the smaller house is the hotter."""
    refused = town.client.get(
        SPOTS, params=PERIOD | {"per": "households", "measure": "close_median"}, headers=planner
    )
    assert refused.status_code == 422 and "per" in refused.text
    town.session.execute(text("UPDATE grid_unit SET households = 40 WHERE level = 5"))
    rows = [
        {"district_code": "t", "case_no": f"L{n}", "stage": "collect", "text": "x"}
        | {"opened_at": NOON, "edition_no": 1, "chain": ["T"]}
        | {"place": f"SRID=4326;POINT({HOUSE[0]} {HOUSE[1]})"}
        for n in range(30)
    ]
    town.session.execute(insert(Case), rows)
    told = asked(town, planner, SPOTS, resolution=9, per="households")
    [home] = [one for one in properties(told) if one["cases"]]
    # All cases are where all households are: just what is expected.
    assert home["expected"] == pytest.approx(30) and home["spot"] == 0
    names = [column["name"] for column in told["theme"]["columns"]]
    assert "expected" in names and "户数" in told["theme"]["note"]["zh"]
    town.session.execute(text("UPDATE grid_unit SET households = NULL WHERE level = 5"))
    living.forget()
    told = asked(town, planner, SPOTS, resolution=9, per="households")
    assert all(one["spot"] is None for one in properties(told))
