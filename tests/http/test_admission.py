"""The admission register over the API, and the dispatcher that keeps to it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from api import deps
from gridsvc import snapshot
from gridsvc.judge import judge
from gridsvc.locate import Location, locate
from gridsvc.tables.parties import Department
from tests.conftest import HOUSE, NOON, Town
from tests.http.test_rules import asked, report

STATED = {"authority": "街道", "object": "居民", "power": "上门登记", "funds": "每年2000元"}
WISH: dict[str, Any] = {
    "title": "协助清运登记",
    "kind": "regular",
    "category": "litter",
    "starts": "2026-03-02",
    "ends": "2026-03-31",
    "basis": "区社区建设工作领导小组",
    **STATED,
}


@pytest.fixture
def admin(town: Town) -> dict[str, str]:
    """The town with a residents' committee, of whose list nothing is known."""
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
    town.session.execute(text("UPDATE district SET rulebook_no = rulebook_no + 1"))
    return town.hire("admin", "administrator")


def apply(town: Town, who: dict[str, str], **change: Any) -> Any:
    return town.client.post("/api/admissions", json=WISH | change, headers=who)


def whistle(town: Town, who: dict[str, str], case: str, **change: Any) -> Any:
    wish = {"kind": "problem_whistle", "departments": ["works", "committee"], "conditions": "500元"}
    return town.client.post(f"/api/cases/{case}/whistle", json=wish | change, headers=who)


def test_from_application_to_dispatch(town: Town, admin: dict[str, str]) -> None:
    case = report(town, HOUSE, "litter")["case_no"]
    refused = whistle(town, admin, case)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-admitted")
    assert refused.json()["detail"].startswith("规则30：“暴露垃圾”")

    made = apply(town, admin).json()
    assert (made["no"], made["state"]) == (1, "applied")
    # Ten working days after a Monday: the Monday two weeks later, at the close of work.
    assert made["review_due"] == "2026-03-16T09:30:00Z"
    early = town.client.post("/api/admissions/1/approve", json={}, headers=admin)
    assert early.json()["type"] == "/problems/admission-illegal"
    assert asked(town, "/api/admissions/1/review", admin, {"words": "同意"})["state"] == "reviewed"
    assert whistle(town, admin, case).json()["type"] == "/problems/not-admitted"
    approved = asked(town, "/api/admissions/1/approve", admin, {"words": "准入"})
    assert approved["state"] == "approved"
    assert [event["kind"] for event in approved["history"]] == ["apply", "review", "approve"]
    assert approved["history"][1]["detail"] == {"words": "同意"}
    done = whistle(town, admin, case)
    assert done.status_code == 200, done.text


def test_a_refusal_is_given_in_writing_and_is_final(town: Town, admin: dict[str, str]) -> None:
    apply(town, admin)
    asked(town, "/api/admissions/1/review", admin, {})
    silent = town.client.post("/api/admissions/1/refuse", json={"words": " "}, headers=admin)
    assert silent.status_code == 422 and "书面" in silent.json()["detail"]
    found = asked(town, "/api/admissions/1/refuse", admin, {"words": "与社区职责无关"})
    assert (found["state"], found["history"][-1]["detail"]["words"]) == (
        "refused",
        "与社区职责无关",
    )
    again = town.client.post("/api/admissions/1/approve", json={}, headers=admin)
    assert again.status_code == 409
    case = report(town, HOUSE, "litter")["case_no"]
    assert whistle(town, admin, case).status_code == 409


@pytest.mark.parametrize("kind", ["urgent", "exempt"])
def test_urgent_and_exempt_work_is_filed_at_once(
    town: Town, admin: dict[str, str], kind: str
) -> None:
    change = {"kind": kind, "exemption": "law" if kind == "exempt" else None}
    assert apply(town, admin, **change).json()["state"] == "approved"
    case = report(town, HOUSE, "litter")["case_no"]
    assert whistle(town, admin, case).status_code == 200
    operator = town.hire("operator", "grid_center_operator")
    assert apply(town, operator, **change).status_code == 403


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"funds": None}, "admission-incomplete"),
        ({"ends": None}, "admission-incomplete"),
        ({"kind": "exempt"}, "admission-incomplete"),
        ({"ends": "2026-03-01"}, "bad-input"),
        ({"category": "nothing"}, "unknown-category"),
        ({"unit": "T.X"}, "unknown-unit"),
        # From Monday five working days ahead: the first day is the Monday after.
        ({"kind": "temporary", "starts": "2026-03-06"}, "admission-too-late"),
        ({"kind": "temporary", "starts": "2026-03-09"}, None),
    ],
)
def test_an_application_states_what_it_must(
    town: Town, admin: dict[str, str], change: dict[str, Any], kind: str | None
) -> None:
    answer = apply(town, admin, **change)
    if kind is None:
        assert answer.status_code == 201
    else:
        assert answer.json()["type"] == f"/problems/{kind}"
        assert asked(town, "/api/admissions", admin)["items"] == []


def test_an_approval_is_for_its_days_and_its_communities(town: Town, admin: dict[str, str]) -> None:
    apply(town, admin, kind="urgent", unit="T.S.B", ends="2026-03-10")
    case = report(town, HOUSE, "litter")["case_no"]
    assert whistle(town, admin, case).status_code == 409
    facts = snapshot.current(town.session, "t")
    town.client.app.dependency_overrides[deps.now] = lambda: NOON + timedelta(days=20)  # type: ignore[attr-defined]
    listed = asked(town, "/api/admissions", admin)
    assert (listed["items"][0]["state"], listed["in_season"]) == ("lapsed", True)
    assert len(facts.rules.admitted) == 1


def test_a_late_review_shows(town: Town, admin: dict[str, str]) -> None:
    apply(town, admin)
    town.session.execute(text("UPDATE admission_item SET review_due = applied_at - interval '1 h'"))
    town.session.expire_all()
    assert asked(town, "/api/admissions", admin)["items"][0]["review_overdue"] is True


def test_a_row_hands_nothing_to_a_community_that_was_not_admitted(
    town: Town, admin: dict[str, str]
) -> None:
    town.session.execute(
        text("UPDATE responsibility SET supporting = '{committee,water}' WHERE no = 1")
    )
    told = report(town, HOUSE, "litter")
    assert [one["code"] for one in told["departments"]] == ["works", "water"]
    left_out = next(why for why in told["why"] if why["rule"] == "admission")
    assert (left_out["department"], "规则30" in left_out["text"]["zh"]) == ("committee", True)
    assert asked(town, f"/api/cases/{told['case_no']}/replay", admin)["equal"] is True
    # A sudden event that touches life and safety is exempt.
    facts = snapshot.current(town.session, "t")
    place = locate(facts.grid, Location(*HOUSE))
    sudden = judge(facts, place, "litter", "emergency_whistle", NOON)
    assert sudden.departments == ("works", "committee", "water")
    apply(town, admin, kind="urgent")
    told = report(town, HOUSE, "litter")
    assert [one["code"] for one in told["departments"]] == ["works", "committee", "water"]


def test_the_level_is_proposed_with_the_case(town: Town, admin: dict[str, str]) -> None:
    told = report(town, HOUSE, "litter")
    found = next(why for why in told["why"] if why["rule"] == "level")
    assert (found["level"], found["unit"], found["raised_by"]) == (3, "T.S.A", "T.B.1")


def test_only_who_may_reviews_and_decides(town: Town, admin: dict[str, str]) -> None:
    apply(town, admin)
    handler = town.hire("h", "department_handler", department="works")
    operator = town.hire("o", "grid_center_operator")
    assert apply(town, handler).status_code == 201
    for who, step, status in (
        (handler, "review", 403),
        (operator, "review", 200),
        (operator, "approve", 403),
        (admin, "approve", 200),
    ):
        url = f"/api/admissions/1/{step}"
        assert town.client.post(url, json={}, headers=who).status_code == status, (step, status)
    assert town.client.get("/api/admissions/9", headers=admin).status_code == 404
    assert (
        town.client.get("/api/admissions", headers=town.hire("m", "intake_machine")).status_code
        == 403
    )
