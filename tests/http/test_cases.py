"""The list, one case, and what moves refuse."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.conftest import HOUSE, NOON, Town
from tests.sketch import middle

BODY = {
    "location": {"lon": HOUSE[0], "lat": HOUSE[1]},
    "category": "litter",
    "text": "垃圾",
    "channel": "hotline",
    "reporter": {"name": "王女士", "phone": "13800000000"},
}


def tell(town: Town, who: dict[str, str], **change: object) -> str:
    answer = town.client.post("/api/reports", json=BODY | change, headers=who)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_no"])


def numbers(town: Town, who: dict[str, str], **asked: object) -> list[str]:
    answer = town.client.get("/api/cases", params=asked, headers=who)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return [case["case_no"] for case in answer.json()["items"]]


def test_an_illegal_move_is_a_conflict_that_names_the_legal_ones(town: Town) -> None:
    operator = town.hire("op", "administrator")
    no = tell(town, operator)
    answer = town.client.post(f"/api/cases/{no}/verify", json={}, headers=operator)
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["type"] == "/problems/illegal-move"
    assert problem["legal"] == [
        *("place", "classify", "whistle", "handle_directly", "report_up", "dismiss", "merge"),
        "note",
    ]
    assert "问题收集" in problem["detail"] and "吹哨" in problem["detail"]


def test_what_a_move_needs_is_named(town: Town) -> None:
    operator = town.hire("op", "administrator")
    no = tell(town, operator)
    answer = town.client.post(f"/api/cases/{no}/whistle", json={}, headers=operator)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/missing-field")
    assert "哨种" in answer.json()["detail"]
    bad = {"kind": "gossip_whistle"}
    assert (
        town.client.post(f"/api/cases/{no}/whistle", json=bad, headers=operator).status_code == 422
    )
    odd = {"kind": "problem_whistle", "score": 3}
    assert (
        town.client.post(f"/api/cases/{no}/whistle", json=odd, headers=operator).status_code == 422
    )
    lost = {"kind": "problem_whistle", "departments": ["works", "nobody"]}
    answer = town.client.post(f"/api/cases/{no}/whistle", json=lost, headers=operator)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-department")
    case = town.client.get(f"/api/cases/{no}", headers=operator).json()
    assert (case["stage"], case["version"]) == ("collect", 1)


def test_a_stale_version_is_refused_and_nothing_is_lost(town: Town) -> None:
    operator = town.hire("op", "administrator")
    no = tell(town, operator)
    town.client.post(f"/api/cases/{no}/note", json={"note": "甲"}, headers=operator)
    stale = {"note": "乙", "version": 1}
    answer = town.client.post(f"/api/cases/{no}/note", json=stale, headers=operator)
    assert (answer.status_code, answer.json()["version"]) == (409, 2)


def test_whoever_did_it_does_not_verify_it(town: Town) -> None:
    operator = town.hire("op", "administrator")
    no = tell(town, operator)
    town.client.post(f"/api/cases/{no}/handle_directly", json={}, headers=operator)
    town.client.post(f"/api/cases/{no}/resolve", json={"result": "好了"}, headers=operator)
    answer = town.client.post(f"/api/cases/{no}/verify", json={}, headers=operator)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/same-person")
    other = town.hire("other", "grid_center_operator")
    assert town.client.post(f"/api/cases/{no}/verify", json={}, headers=other).status_code == 200


def test_an_emergency_is_not_reviewed_first(town: Town) -> None:
    secretary = town.hire("s", "community_secretary", unit="T.S.A")
    no = tell(town, secretary)
    body = {"kind": "emergency_whistle"}
    case = town.client.post(f"/api/cases/{no}/whistle", json=body, headers=secretary).json()
    assert case["stage"] == "report_in"
    assert case["departments"][0]["called_at"] is not None


def test_all_departments_report_in_before_handling(town: Town) -> None:
    operator = town.hire("op", "administrator")
    works = town.hire("works", "department_handler", department="works")
    water = town.hire("water", "department_handler", department="water")
    lon, lat = middle(0, 2)
    no = tell(town, operator, location={"lon": lon, "lat": lat})
    town.client.post(f"/api/cases/{no}/whistle", json={"kind": "problem_whistle"}, headers=operator)
    town.client.post(f"/api/cases/{no}/accept", json={}, headers=operator)
    first = town.client.post(f"/api/cases/{no}/report_in", json={}, headers=water)
    assert first.json()["stage"] == "report_in"
    twice = town.client.post(f"/api/cases/{no}/report_in", json={}, headers=water)
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/not-called")
    for_others = town.client.post(
        f"/api/cases/{no}/report_in", json={"department": "works"}, headers=water
    )
    assert for_others.status_code == 403
    last = town.client.post(f"/api/cases/{no}/report_in", json={}, headers=works)
    assert last.json()["stage"] == "handle"


def test_posts_move_only_what_is_theirs(town: Town) -> None:
    operator = town.hire("op", "administrator")
    elsewhere = town.hire("b", "community_secretary", unit="T.S.B")
    water = town.hire("water", "department_handler", department="water")
    no = tell(town, operator)
    kind = {"kind": "problem_whistle"}
    assert (
        town.client.post(f"/api/cases/{no}/whistle", json=kind, headers=elsewhere).status_code
        == 403
    )
    assert (
        town.client.post(f"/api/cases/{no}/note", json={"note": "x"}, headers=water).status_code
        == 403
    )
    seen = town.client.get(f"/api/cases/{no}", headers=elsewhere).json()
    assert seen["moves"] == []
    assert seen["reports"][0]["reporter"] is None
    assert town.client.get(f"/api/cases/{no}", headers=operator).json()["reports"][0]["reporter"]


def test_moves_offered_are_exactly_those_that_work(town: Town) -> None:
    """For every post, what `moves` names is not refused, and everything else is."""
    operator = town.hire("op", "administrator")
    who = {
        "admin": operator,
        "secretary": town.hire("s", "community_secretary", unit="T.S.A"),
        "works": town.hire("works", "department_handler", department="works"),
        "worker": town.hire("w", "grid_worker", unit="T.S.A"),
    }
    codes = [
        one["code"] for one in town.client.get("/api/catalogue", headers=operator).json()["moves"]
    ]
    for headers in who.values():
        no = tell(town, operator)
        offered = town.client.get(f"/api/cases/{no}", headers=headers).json()["moves"]
        for code in codes:
            answer = town.client.post(
                f"/api/cases/{no}/{code}", json={"version": 99}, headers=headers
            )
            refused = answer.json()["type"]
            # Version 99 stops every permitted move before it changes anything.
            legal_here = refused == "/problems/case-moved-on"
            assert (code in offered) <= legal_here
            assert legal_here or refused == "/problems/not-permitted"


def test_pages_are_stable_while_cases_arrive(town: Town) -> None:
    operator = town.hire("op", "administrator")
    told = [tell(town, operator) for _ in range(7)]
    for order in ("newest", "due"):
        seen: list[str] = []
        cursor: str | None = None
        while True:
            asked = {"limit": 3, "order": order} | ({"cursor": cursor} if cursor else {})
            page = town.client.get("/api/cases", params=asked, headers=operator).json()
            seen += [case["case_no"] for case in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == len(told)
        assert set(seen) == set(told)
    bad = town.client.get("/api/cases", params={"cursor": "???"}, headers=operator)
    assert (bad.status_code, bad.json()["type"]) == (400, "/problems/bad-cursor")


def test_each_filter_keeps_what_it_names(town: Town) -> None:
    operator = town.hire("op", "administrator")
    lon, lat = middle(0, 2)
    in_a = tell(town, operator)
    in_b = tell(town, operator, location={"lon": lon, "lat": lat}, category="drain", text="积水")
    nowhere = tell(town, operator, location=None, category=None)
    late = tell(town, operator)
    town.session.execute(
        text("UPDATE case_ SET due_at = :then WHERE case_no = :no"),
        {"then": NOON - timedelta(hours=1), "no": late},
    )
    town.client.post(f"/api/cases/{in_b}/handle_directly", json={}, headers=operator)
    asked = {
        "unit=T.S.B": {in_b},
        "unit=T.S": {in_a, in_b, late},
        "department=water": {in_b},
        "category=city": {in_a, late},
        "stage=handle": {in_b},
        "overdue=true": {late},
        "manual=true": {nowhere},
        "manual=false": {in_a, in_b, late},
        "open=false": set(),
        "q=积水": {in_b},
        f"q={in_a}": {in_a},
        f"box={lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}": {in_b},
        "until=2026-03-02T00:00:00Z": set(),
        "since=2026-03-02T00:00:00Z": {in_a, in_b, nowhere, late},
    }
    for query, expected in asked.items():
        name, value = query.split("=", 1)
        assert set(numbers(town, operator, **{name: value})) == expected, query
    for query in ("box=1,2,3", "box=2,0,1,1", "limit=0", "since=yesterday", "colour=red"):
        name, value = query.split("=", 1)
        refused = town.client.get("/api/cases", params={name: value}, headers=operator)
        assert refused.status_code == 422, query


@pytest.mark.parametrize("path", ["/api/cases/20200101-000001", "/api/nothing", "/api/units/X"])
def test_what_is_not_there_is_a_problem_document(town: Town, path: str) -> None:
    operator = town.hire("op", "administrator")
    answer = town.client.get(path, headers=operator)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
