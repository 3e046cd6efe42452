"""Rule 28 is kept where a table is handed in, where a case is judged, and where a person names."""

from typing import Any

import pytest
from sqlalchemy import text

from gridsvc.tables.admissions import AdmissionItem
from gridsvc.tables.parties import Department
from gridsvc.tables.rules import Precedence
from tests.conftest import HOUSE, NOON, Town
from tests.http.test_rules import OLD, asked, hand_in, report, workbook


@pytest.fixture
def admin(town: Town) -> dict[str, str]:
    """The town with a residents' committee, which may not lead what is of the city."""
    town.session.add(
        Department(
            district_code="t",
            code="committee",
            name_zh="居民委员会",
            name_en="Residents' committee",
            kind="community_body",
            aliases=[],
        )
    )
    town.session.execute(
        text("UPDATE category SET committee_may_lead = (code <> 'city') WHERE code <> 'litter'")
    )
    # What it may assist in has been admitted (rule 30 has tests of its own).
    town.session.add(
        AdmissionItem(
            district_code="t",
            no=1,
            title="x",
            kind="urgent",
            state="approved",
            category_code="litter",
            basis="test",
            starts=NOON.date(),
            applied_by="x",
            applied_at=NOON,
        )
    )
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    return town.hire("admin", "administrator")


def line(no: int, what: str | None, lead: str, supporting: str, terms: str | None) -> list[Any]:
    return [no, what, None, None, lead, supporting, None, None, "test", terms]


@pytest.mark.parametrize("what", ["litter", "city", None])
def test_a_table_that_makes_a_committee_responsible_is_refused(
    town: Town, admin: dict[str, str], what: str | None
) -> None:
    answer = hand_in(town, admin, workbook([*OLD, line(4, what, "committee", "", None)]))
    assert answer.status_code == 422
    fault = answer.json()["faults"][0]
    assert (fault["line"], fault["column"]) == (5, "lead")
    named = "暴露垃圾" if what == "litter" else "城市管理"
    assert "规则28" in fault["zh"] and named in fault["zh"] and "rule 28" in fault["en"]


def test_what_is_not_kept_from_it_a_committee_may_lead(town: Town, admin: dict[str, str]) -> None:
    rows = [*OLD, line(4, "other", "committee", "", None)]
    assert hand_in(town, admin, workbook(rows)).status_code == 201


def test_a_committee_assists_with_funds_and_conditions_on_the_record(
    town: Town, admin: dict[str, str]
) -> None:
    rows = [OLD[0], line(4, "litter", "works", "committee", None)]
    fault = hand_in(town, admin, workbook(rows)).json()["faults"][0]
    assert (fault["column"], "规则29" in fault["zh"]) == ("conditions", True)
    rows = [OLD[0], line(4, "litter", "works", "committee", "每月500元，配工具")]
    assert hand_in(town, admin, workbook(rows)).status_code == 201
    asked(town, "/api/rules/2/trial", admin, {})
    asked(town, "/api/rules/2/publish", admin, {"holds_from": "2026-03-02", "reason": "x"})
    told = report(town, HOUSE, "litter")
    assert [one["code"] for one in told["departments"]] == ["works", "committee"]
    assert told["conditions"] == "每月500元，配工具"
    case = asked(town, f"/api/cases/{told['case_no']}", admin)
    assert (case["conditions"], case["table"]) == ("每月500元，配工具", 2)


def test_a_row_that_came_in_another_way_is_passed_over(town: Town, admin: dict[str, str]) -> None:
    town.session.execute(
        text("UPDATE responsibility SET lead_department = 'committee' WHERE no = 2")
    )
    town.session.execute(text("UPDATE responsibility SET unit_code = NULL WHERE no = 2"))
    told = report(town, HOUSE, "litter")
    rows = [why for why in told["why"] if why["rule"] == "responsibility"]
    assert [(row["row"], row["won"], row.get("barred")) for row in rows] == [
        (2, False, 28),
        (1, True, None),
    ]
    assert "规则28" in rows[0]["text"]["zh"]
    assert [one["code"] for one in told["departments"]] == ["works"]
    found = asked(town, f"/api/cases/{told['case_no']}/replay", admin)
    assert found["equal"] is True
    # Where only such a row is left, nobody answers, and a person must look.
    town.session.execute(text("DELETE FROM responsibility WHERE no = 1"))
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    told = report(town, HOUSE, "litter")
    assert (told["departments"], told["manual"]["code"]) == ([], "nobody_responsible")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"departments": ["committee"]}, "committee-may-not-lead"),
        ({"departments": ["works", "committee"], "lead": "committee"}, "committee-may-not-lead"),
        ({"departments": ["works", "committee"]}, "conditions-missing"),
        ({"departments": ["works", "committee"], "conditions": " "}, "conditions-missing"),
        ({"departments": ["works", "committee"], "conditions": "500元"}, None),
    ],
)
def test_whoever_names_departments_by_hand_is_held_to_it(
    town: Town, admin: dict[str, str], fields: dict[str, Any], problem: str | None
) -> None:
    case = report(town, HOUSE, "litter")["case_no"]
    body = {"kind": "problem_whistle", **fields}
    answer = town.client.post(f"/api/cases/{case}/whistle", json=body, headers=admin)
    if problem is None:
        assert answer.status_code == 200, answer.text
        assert answer.json()["conditions"] == "500元"
        # Whoever accepts what stands on the case need not say it again.
        answer = town.client.post(
            f"/api/cases/{case}/accept", json={"departments": fields["departments"]}, headers=admin
        )
        assert answer.status_code == 200 and answer.json()["conditions"] == "500元"
    else:
        assert answer.json()["type"] == f"/problems/{problem}"
        assert "规则2" in answer.json()["detail"]
        assert asked(town, f"/api/cases/{case}", admin)["stage"] == "collect"


def test_precedence_is_said_with_the_case_and_is_a_row(town: Town, admin: dict[str, str]) -> None:
    told = report(town, HOUSE, "litter")
    assert told["first_owner"] == "territory"
    town.session.execute(text("UPDATE category SET matter = 'asset' WHERE code = 'drain'"))
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    told = report(town, HOUSE, "drain")
    assert told["first_owner"] == "line"
    assert "部件先属主后属地。" in [why["text"]["zh"] for why in told["why"]]
    assert asked(town, f"/api/cases/{told['case_no']}", admin)["first_owner"] == "line"
    own = Precedence(district_code="t", matter="asset", first_owner="territory", basis="own")
    town.session.add(own)
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    assert report(town, HOUSE, "drain")["first_owner"] == "territory"
    # Where nobody is of the line, the territory is first.
    assert report(town, HOUSE, "other")["first_owner"] == "territory"
