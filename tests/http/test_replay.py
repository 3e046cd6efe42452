"""A case is judged again as it was judged first, whatever the tables say by now."""

from typing import Any

import pytest
from sqlalchemy import text

from geodata import districts
from gridsvc.tables.rules import Responsibility
from tests.conftest import HOUSE, Town


def report(town: Town, category: str | None = "litter", **where: Any) -> dict[str, Any]:
    body = {"location": where or {"lon": HOUSE[0], "lat": HOUSE[1], "accuracy_m": 5}}
    said = body | {"category": category, "text": "x", "channel": "hotline"}
    answer = town.client.post("/api/reports", json=said, headers=town.hire("api", "intake_machine"))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def replay(town: Town, case_no: str) -> dict[str, Any]:
    who = town.hire("reader", "grid_center_operator")
    answer = town.client.get(f"/api/cases/{case_no}/replay", headers=who)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def lay(town: Town, lead: str) -> None:
    """A new table of one row."""
    row = {"no": 1, "lead_department": lead, "supporting": [], "basis": "test"}
    districts.replace(town.session, town.district, Responsibility, [row])
    town.session.flush()


@pytest.mark.parametrize(
    ("category", "where"),
    [
        ("litter", {}),
        ("drain", {"lon": 0, "lat": 0}),
        (None, {"address": "哪里都不是"}),
    ],
)
def test_an_untouched_case_is_judged_as_it_was(
    town: Town, category: str | None, where: dict[str, Any]
) -> None:
    told = report(town, category, **where)
    found = replay(town, told["case_no"])
    assert (found["table"], found["edition"], found["day"]) == (1, 1, "2026-03-02")
    assert found["now"] == found["then"] == told["why"]
    assert (found["equal"], found["differing"]) == (True, [])


def test_a_new_table_answers_new_reports_and_leaves_old_decisions_as_they_were(town: Town) -> None:
    old = report(town)
    assert (old["table"], old["departments"][0]["code"]) == (1, "works")
    lay(town, "water")
    new = report(town)
    assert (new["table"], new["departments"][0]["code"]) == (2, "water")
    for told in (old, new):
        found = replay(town, told["case_no"])
        assert (found["table"], found["equal"]) == (told["table"], True)
        assert found["now"] == told["why"]


def test_what_was_changed_behind_the_tables_back_shows(town: Town) -> None:
    told = report(town)
    town.session.execute(text("UPDATE responsibility SET lead_department = 'water' WHERE no = 1"))
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    found = replay(town, told["case_no"])
    assert (found["equal"], found["differing"]) == (False, ["responsibility"])


def test_a_classified_case_goes_to_whom_the_table_of_today_names(town: Town) -> None:
    told = report(town, None)
    lay(town, "water")
    who = town.hire("boss", "administrator")
    url = f"/api/cases/{told['case_no']}"
    moved = town.client.post(f"{url}/classify", json={"category": "litter"}, headers=who)
    assert moved.status_code == 200, moved.text
    case = town.client.get(url, headers=who).json()
    assert case["departments"][0]["code"] == "water"
    assert [why["table"] for why in case["why"] if why["rule"] == "table"] == [2]


def test_an_unknown_case_cannot_be_replayed(town: Town) -> None:
    who = town.hire("reader", "grid_center_operator")
    assert town.client.get("/api/cases/none/replay", headers=who).status_code == 404


def test_kinds_of_community_narrow_rows(town: Town) -> None:
    town.session.execute(text("UPDATE grid_unit SET kind = 'rural' WHERE code = 'T.S.A'"))
    rows: list[dict[str, Any]] = [
        {"no": no, "lead_department": lead, "supporting": [], "basis": "t", "community_kind": kind}
        for no, lead, kind in ((1, "works", None), (2, "water", "rural"))
    ]
    districts.replace(town.session, town.district, Responsibility, rows)
    told = report(town)
    assert [d["code"] for d in told["departments"]] == ["water"]
    assert "农村社区" in told["why"][2]["text"]["zh"]
