"""Rates over HTTP, and that every figure can be counted again from the cases it names."""

import csv
import io
from datetime import timedelta

import pytest

from tests.conftest import NOON, Town
from tests.journeys.test_loop import Play

PERIOD = {"since": (NOON - timedelta(days=1)).isoformat()}
PERIOD["until"] = (NOON + timedelta(days=30)).isoformat()


@pytest.fixture
def played(town: Town) -> Play:
    """Three cases: one solved in time, one late after a rework and a hand-back, one dismissed."""
    play = Play(town)
    first = play.no
    play.dispatched("works")
    play.move("works", "report_in")
    play.move("works", "resolve", result="done")
    play.move("worker", "verify")
    play.no = play.tell("drain")
    play.dispatched("water", "works")
    play.move("works", "ask", ask_kind="hand_back", reason="r")
    play.move("centre", "grant")
    play.move("water", "report_in", hours=48)
    play.move("water", "resolve", hours=24 * 8, result="done")
    play.move("worker", "rework", reason="r")
    play.move("water", "resolve", result="done")
    play.move("worker", "verify")
    play.no = play.tell("other")
    play.move("centre", "dismiss", reason="重复")
    play.no = first
    return play


def test_every_figure_names_its_cases(town: Town, played: Play) -> None:
    chief = town.hire("chief", "coordination_assessor")
    found = town.client.get("/api/rates", params=PERIOD, headers=chief).json()
    rates = {one["code"]: one for one in found["rates"]}
    shares = {code: (one["numerator"], one["denominator"]) for code, one in rates.items()}
    assert shares == {
        "response": (1, 2),
        "on_time": (1, 2),
        "closing": (2, 2),
        "solved": (2, 2),
        "satisfied": (0, 0),
        "rework": (1, 2),
        "hand_back": (1, 3),
    }
    assert all(one["small"] for one in rates.values())
    for code, one in rates.items():
        listed = town.client.get(f"/api/rates/{code}/cases", params=PERIOD, headers=chief).json()
        parts = [item["part"] for item in listed["items"]]
        assert parts.count("numerator") == one["numerator"]
        assert len(parts) - parts.count("excluded") == one["denominator"]
        assert parts.count("excluded") == one["excluded"]
        assert all(item["reason_name"] for item in listed["items"] if item["part"] == "excluded")
    on_time = town.client.get("/api/rates/on_time/cases", params=PERIOD, headers=chief).json()
    assert {i["case_no"] for i in on_time["items"] if i["part"] == "numerator"} == {played.no}
    hours = {one["code"]: one for one in found["hours"]}
    assert hours["report_in_hours"]["counted"] == 2


def test_a_scope_narrows_and_departments_are_counted_apart(town: Town, played: Play) -> None:
    chief = town.hire("chief", "coordination_assessor")

    def shares(**scope: str) -> dict[str, tuple[int, int]]:
        found = town.client.get("/api/rates", params=PERIOD | scope, headers=chief).json()
        return {one["code"]: (one["numerator"], one["denominator"]) for one in found["rates"]}

    assert shares(category="litter")["closing"] == (1, 1)
    assert shares(unit="T.S.B")["closing"] == (0, 0)
    assert shares(department="works")["hand_back"] == (1, 2)
    found = town.client.get("/api/rates/departments", params=PERIOD, headers=chief).json()
    by = {row["code"]: {r["code"]: r for r in row["rates"]} for row in found["items"]}
    assert set(by) == {"works", "water"}
    assert by["water"]["response"]["value"] == 0
    assert by["works"]["response"]["value"] == 1
    assert by["water"]["rework"]["value"] == 1


def test_units_are_counted_as_each_would_be_alone(town: Town, played: Play) -> None:
    chief = town.hire("chief", "coordination_assessor")
    asked = PERIOD | {"level": "3"}
    found = town.client.get("/api/rates/units", params=asked, headers=chief).json()
    assert found["items"]
    for one in found["items"]:
        alone = town.client.get(
            "/api/rates", params=PERIOD | {"unit": one["code"]}, headers=chief
        ).json()
        assert (one["rates"], one["hours"]) == (alone["rates"], alone["hours"])


def test_the_list_is_a_table_as_well(town: Town, played: Play) -> None:
    chief = town.hire("chief", "coordination_assessor")
    answer = town.client.get("/api/rates/closing/cases.csv", params=PERIOD, headers=chief)
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert sorted(row["part"] for row in rows) == ["excluded", "numerator", "numerator"]
    assert [row["reason"] for row in rows if row["part"] == "excluded"] == ["dismissed"]


def test_a_wrong_question_is_refused(town: Town) -> None:
    chief, worker = town.hire("chief", "administrator"), town.hire("machine", "intake_machine")
    back = {"since": PERIOD["until"], "until": PERIOD["since"]}
    assert town.client.get("/api/rates", params=back, headers=chief).status_code == 422
    assert town.client.get("/api/rates/luck/cases", params=PERIOD, headers=chief).status_code == 422
    assert town.client.get("/api/rates", params=PERIOD, headers=worker).status_code == 403
    assert town.client.get("/api/rates", params=PERIOD).status_code == 401
    lost = PERIOD | {"category": "dragons"}
    assert town.client.get("/api/rates", params=lost, headers=chief).status_code == 422


def test_every_whistle_has_its_assessment(town: Town, played: Play) -> None:
    chief = town.hire("chief", "coordination_assessor")
    found = town.client.get("/api/assessments", params=PERIOD, headers=chief).json()
    parts = {
        (one["department"], one["case_no"] == played.no): {
            part["criterion"]: part["points"] for part in one["parts"]
        }
        for one in found["items"]
    }
    # Solved in time; late after a rework; handed back before it came.
    assert parts == {
        ("works", True): {"report_in": 100, "handle": 100, "rework": 100, "hand_back": 100},
        ("water", False): {"report_in": 0, "handle": 0, "rework": 50, "hand_back": 100},
        ("works", False): {"hand_back": 0},
    }
    results = {one["department"]: one for one in found["results"]}
    assert results["works"]["counted"] == 2 and results["works"]["points"] == 50
    assert results["works"]["adds"] == 10 and found["share_percent"] == 20
    only = town.client.get(
        "/api/assessments", params=PERIOD | {"department": "water"}, headers=chief
    ).json()
    assert {one["department"] for one in only["items"]} == {"water"}
