"""Departments with successors, and posts held for a time: handed in, refused, taken over."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc import casestate, casework, snapshot, succession
from gridsvc.rules.parties import Body, Known, body_faults
from gridsvc.tables.cases import CaseEvent
from gridsvc.tables.catalogue import TimeLimit
from tests.conftest import HOUSE, NOON, Town

HERE = {"lon": HOUSE[0], "lat": HOUSE[1]}
MERGED = {"code": "merged", "name_zh": "综合执法局", "name_en": "Merged",
          "kind": "district_department"}  # fmt: skip


@pytest.fixture
def admin(town: Town) -> dict[str, str]:
    return town.hire("chief", "administrator")


def hand_in(town: Town, admin: dict[str, str], write: bool = True, **rows: Any) -> Any:
    return town.client.post(f"/api/parties?write={write}", json=rows, headers=admin)


def act(town: Town, admin: dict[str, str], path: str, **body: Any) -> Any:
    answer = town.client.post(f"/api/{path}", json=body, headers=admin)
    assert answer.status_code < 300, answer.text
    return answer.json()


def set_limits(town: Town) -> None:
    """Every department has its time to come and to handle."""
    for no, clock in enumerate(("report_in", "handle"), 10):
        limit = TimeLimit(district_code="t", no=no, clock=clock, amount=4, unit="working_day")
        limit.basis = "test"
        town.session.add(limit)
    town.district.rulebook_no += 1
    town.session.flush()


def whistled(town: Town, admin: dict[str, str], *departments: str) -> str:
    told = {"location": HERE, "category": "litter", "text": "垃圾", "channel": "hotline"}
    case_no = str(act(town, admin, "reports", **told)["case_no"])
    act(town, admin, f"cases/{case_no}/whistle", kind="problem_whistle", departments=departments)
    act(town, admin, f"cases/{case_no}/accept")
    return case_no


def test_open_cases_go_to_the_successor_and_the_old_name_stays(
    town: Town, admin: dict[str, str]
) -> None:
    set_limits(town)
    assert hand_in(town, admin, departments=[MERGED]).json()["added"] == 1
    case_no = whistled(town, admin, "works", "water")
    act(town, admin, f"cases/{case_no}/report_in", department="works")
    act(town, admin, f"cases/{case_no}/assign", department="works", task="清运")
    # The last day is today: until midnight nothing moves.
    end = {"successor": "merged", "last_day": str(NOON.date())}
    told = town.client.post(
        "/api/parties/departments/works/successor?write=true", json=end, headers=admin
    ).json()
    assert (told["written"], told["changed"]) == (True, 1)
    assert succession.sweep(town.session, "t", NOON) == 0
    tomorrow = NOON + timedelta(days=1)
    assert succession.sweep(town.session, "t", tomorrow) == 1
    assert succession.sweep(town.session, "t", tomorrow) == 0
    case = town.client.get(f"/api/cases/{case_no}", headers=admin).json()
    held = {one["code"]: one for one in case["departments"]}
    assert set(held) == {"merged", "water"}
    assert (held["merged"]["role"], held["merged"]["task"]) == ("lead", "清运")
    assert held["merged"]["reported_in_at"] is not None
    newest = max(case["timeline"], key=lambda event: event["seq"])
    assert newest["kind"] == "succeed" and "城管局" in newest["text"]["zh"]
    clocks = {(one["clock"], one["department"]) for one in case["clocks"]}
    # What it kept or missed before stays its own; what runs is the successor's.
    assert {("report_in", "works"), ("handle", "merged")} <= clocks
    rows = casework.locked(town.session, "t", case_no)
    events = town.session.query(CaseEvent).filter_by(case_no=case_no).order_by(CaseEvent.seq)
    assert casestate.rebuilt([event.detail for event in events]) == casestate.state(*rows)


def test_a_successor_that_is_on_the_case_already_does_both_parts(
    town: Town, admin: dict[str, str]
) -> None:
    set_limits(town)
    case_no = whistled(town, admin, "works", "water")
    act(town, admin, f"cases/{case_no}/report_in", department="water")
    yesterday = str((NOON - timedelta(days=1)).date())
    end = {"successor": "water", "last_day": yesterday}
    act(town, admin, "parties/departments/works/successor?write=true", **end)
    assert succession.sweep(town.session, "t", NOON) == 1
    case = town.client.get(f"/api/cases/{case_no}", headers=admin).json()
    assert [(one["code"], one["role"]) for one in case["departments"]] == [("water", "lead")]
    running = [
        one["clock"] for one in case["clocks"] if one["department"] and not one["stopped_at"]
    ]
    # It has come already, so nobody is awaited any longer.
    assert (case["stage"], running) == ("handle", ["handle"])


def test_who_took_over_is_called_from_then_on_and_the_reason_is_told(
    town: Town, admin: dict[str, str]
) -> None:
    hand_in(town, admin, departments=[MERGED])
    end = {"successor": "merged", "last_day": str((NOON - timedelta(days=1)).date())}
    preview = act(town, admin, "parties/departments/works/successor", **end)
    assert preview["written"] is False
    act(town, admin, "parties/departments/works/successor?write=true", **end)
    told = {"location": HERE, "category": "litter", "text": "垃圾", "channel": "hotline"}
    answer = act(town, admin, "reports", **told)
    assert answer["departments"][0]["code"] == "merged"
    why = next(one for one in answer["why"] if one["rule"] == "succession")
    assert "规则33" in why["text"]["zh"] and "城管局" in why["text"]["zh"]
    # Whoever still names the old one means the new one.
    case_no = whistled(town, admin, "works")
    case = town.client.get(f"/api/cases/{case_no}", headers=admin).json()
    assert [one["code"] for one in case["departments"]] == ["merged"]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from(["", *"abcde"])),
        max_size=5,
        unique_by=lambda one: one[0],
    )
)
def test_no_succession_that_is_accepted_goes_in_circles(pairs: list[tuple[str, str]]) -> None:
    rows = [
        Body(c, c, c, None, "k", (), None, NOON.date() if s else None, s or None) for c, s in pairs
    ]
    known = Known((), ("k",), (), (), ())
    there = {c: Body(c, c, c, None, "k", (), None, None, None) for c in "abcde"}
    if list(body_faults(rows, there, known)):
        return
    after = {**there, **{row.code: row for row in rows}}
    for row in rows:
        code, steps = row.code, 0
        while after[code].successor:
            code, steps = str(after[code].successor), steps + 1
            assert steps <= len(after)


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ({"departments": [MERGED | {"kind": "none"}]}, "kind"),
        ({"departments": [MERGED | {"code": "大写"}]}, "code"),
        ({"departments": [MERGED, MERGED]}, "code"),
        ({"departments": [MERGED | {"successor": "works"}]}, "valid_to"),
        ({"posts": [{"name": "x", "post": "king", "unit": "T.S"}]}, "post"),
        ({"posts": [{"name": "x", "post": "grid_worker"}]}, "unit"),
        ({"posts": [{"name": "x", "post": "grid_worker", "unit": "none"}]}, "unit"),
        ({"posts": [{"name": "x", "post": "grid_worker", "department": "none"}]}, "department"),
        ({"posts": [{"name": "x", "post": "grid_worker", "unit": "T.S", "email": "x"}]}, "email"),
        ({"posts": [{"name": "x", "post": "grid_worker", "unit": "T.S"}] * 2}, "valid_from"),
    ],
)
def test_what_cannot_be_is_told_with_its_place_and_nothing_is_kept(
    town: Town, admin: dict[str, str], rows: dict[str, Any], column: str
) -> None:
    good = {"name": "好", "post": "grid_worker", "unit": "T.S.A"}
    rows = {**rows, "posts": [*rows.get("posts", ()), good]}
    refused = hand_in(town, admin, **rows)
    assert refused.status_code == 422
    faults = refused.json()["faults"]
    assert faults[0]["column"] == column and faults[0]["zh"] and faults[0]["en"]
    shown = town.client.get("/api/parties/people", headers=admin).json()
    assert shown["total"] == 0


def test_a_workbook_goes_out_comes_back_and_changes_what_was_changed(
    town: Town, admin: dict[str, str]
) -> None:
    leader = {
        "name": "=李",
        "post": "linked_district_leader",
        "unit": "T.S",
        "phone": "13800000000",
    }
    hand_in(town, admin, posts=[leader])
    file = town.client.get("/api/parties/file", headers=admin).content
    book = openpyxl.load_workbook(BytesIO(file))
    assert book["任职"]["B2"].value == "=李" and book["任职"]["B2"].data_type == "s"

    def send(write: bool = True) -> Any:
        made = BytesIO()
        book.save(made)
        where = f"/api/parties/file?write={write}"
        return town.client.post(where, content=made.getvalue(), headers=admin)

    # A text that begins like a formula comes back as one; who means it, writes it otherwise.
    book["任职"]["B2"].value = "李"
    book["任职"].append([None, "王", "网格员", "T.S.A", None, "兼职"])
    told = send(write=False).json()
    assert (told["added"], told["changed"], told["written"]) == (1, 1, False)
    assert send().json()["written"] is True
    shown = town.client.get("/api/parties/people?on=2026-03-02", headers=admin).json()
    assert {(one["name"], one["post"], one["employment"]) for one in shown["items"]} == {
        ("李", "linked_district_leader", None),
        ("王", "grid_worker", "part_time"),
    }
    book["部门"]["E2"].value = "=1+1"
    refused = send()
    assert refused.status_code == 422 and refused.json()["faults"][0]["sheet"] == "departments"
    assert "第2行" in refused.json()["faults"][0]["zh"]


def test_a_workbook_that_is_none_is_refused(town: Town, admin: dict[str, str]) -> None:
    for data in (b"", b"PK\x03\x04", b"x" * 1000):
        refused = town.client.post("/api/parties/file", content=data, headers=admin)
        assert refused.status_code == 422, data
    book = openpyxl.Workbook()
    made = BytesIO()
    book.save(made)
    refused = town.client.post("/api/parties/file", content=made.getvalue(), headers=admin)
    assert refused.status_code == 422 and "任职" in refused.json()["detail"]


def test_who_holds_a_post_for_a_time_answers_for_that_time(
    town: Town, admin: dict[str, str]
) -> None:
    posts = [
        {"name": "旧", "post": "grid_worker", "unit": "T.S.A", "valid_to": "2026-03-01"},
        {"name": "新", "post": "grid_worker", "unit": "T.S.A", "valid_from": "2026-03-02"},
        {"name": "区领导", "post": "linked_district_leader", "unit": "T.S.A"},
    ]
    assert hand_in(town, admin, posts=posts).status_code == 200
    rules = snapshot.current(town.session, "t").rules
    names = [
        getattr(rules.officer("T.S.A", NOON.date() + timedelta(days=days)), "name", None)
        for days in (-1, 0)
    ]
    assert names == ["旧", "新"]


def test_linked_leaders_are_called_by_the_whistle_and_report_in(
    town: Town, admin: dict[str, str]
) -> None:
    told = {"location": HERE, "category": "litter", "text": "垃圾", "channel": "hotline"}
    case_no = act(town, admin, "reports", **told)["case_no"]
    whistle = {"kind": "tackling_whistle", "departments": ["works"], "call_leaders": True}
    refused = town.client.post(f"/api/cases/{case_no}/whistle", json=whistle, headers=admin)
    assert refused.status_code == 409 and "联系领导" in refused.json()["detail"]
    leader = {"name": "赵", "post": "linked_district_leader", "unit": "T.S"}
    hand_in(town, admin, posts=[leader])
    case = act(town, admin, f"cases/{case_no}/whistle", **whistle)
    assert case["leaders"] == [{"name": "赵", "came": False}] and "leader_in" in case["moves"]
    case = act(town, admin, f"cases/{case_no}/leader_in", note="已到现场")
    assert case["leaders"] == [{"name": "赵", "came": True}] and "leader_in" not in case["moves"]
    again = town.client.post(f"/api/cases/{case_no}/leader_in", json={}, headers=admin)
    assert again.status_code == 422


def test_only_who_may_sees_and_changes(town: Town) -> None:
    worker, centre = town.hire("w", "grid_worker"), town.hire("c", "grid_center_operator")
    assert town.client.get("/api/parties/departments", headers=worker).status_code == 403
    assert town.client.get("/api/parties/file", headers=worker).status_code == 403
    shown = town.client.get("/api/parties/departments", headers=centre).json()
    assert shown["may_write"] is False and len(shown["items"]) == 2
    assert hand_in(town, centre, departments=[MERGED]).status_code == 403
    end = {"successor": "water", "last_day": "2026-03-01"}
    where = "/api/parties/departments/works/successor"
    assert town.client.post(where, json=end, headers=centre).status_code == 403
