"""Working hours, days, limits, supervision, precedence, figures: seen, tried, changed, logged."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gridsvc import snapshot
from tests.conftest import NOON, Town
from tests.journeys.test_loop import Play

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def boss(town: Town) -> dict[str, str]:
    return town.hire("boss", "administrator")


PATHS = {
    "hours": "/api/settings/hours",
    "days": "/api/settings/days",
    "limits": "/api/settings/limits",
    "supervision": "/api/settings/supervision",
    "precedence": "/api/settings/precedence",
    "figures": "/api/settings/figures",
}


def whole(town: Town, who: dict[str, str]) -> dict[str, Any]:
    answer = town.client.get("/api/settings", headers=who)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def put(
    town: Town, who: dict[str, str], path: str, rows: list[dict[str, Any]], **change: Any
) -> tuple[int, Any]:
    body = {"rows": rows, "rulebook": whole(town, who)["rulebook"], "reason": "试"} | change
    answer = town.client.put(PATHS[path], json=body, headers=who)
    return answer.status_code, answer.json()


def faults(told: Any) -> list[tuple[int, str]]:
    return [(one["line"], one["column"]) for one in told["faults"]]


def test_what_ships_holds_until_the_district_says_otherwise(
    town: Town, boss: dict[str, str]
) -> None:
    found = whole(town, boss)
    assert found["may_change"] and len(found["hours"]) == 10
    assert [one["level"] for one in found["supervision"]][:2] == ["remind", "urge"]
    assert {one["matter"]: one["first_owner"] for one in found["precedence"]} == {
        "asset": "line",
        "event": "territory",
    }
    assert all(one["words"]["zh"] and one["value"] == one["usual"] for one in found["settings"])
    centre = town.hire("centre", "grid_center_operator")
    assert whole(town, centre)["may_change"] is False
    assert put(town, centre, "days", [])[0] == 403
    works = town.hire("works", "department_handler", department="works")
    assert town.client.get("/api/settings", headers=works).status_code == 403


def test_a_change_holds_for_what_begins_and_not_for_what_runs(town: Town) -> None:
    play = Play(town)
    boss = {"Authorization": f"Bearer {town.token('boss')}"}
    play.dispatched("works")
    running = {(one.clock, one.no): one.due_at for one in play.rows.clocks}
    found = whole(town, boss)
    rows = [
        row | {"amount": 2} if row["clock"] == "report_in" and not row["whistle_kind"] else row
        for row in found["limits"]
    ]
    status, told = put(town, boss, "limits", rows)
    assert status == 200 and told["rulebook"] == found["rulebook"] + 1
    assert {(one.clock, one.no): one.due_at for one in play.rows.clocks} == running
    assert "report_in" in {clock for clock, _ in running}
    play.no = play.tell("litter")
    play.dispatched("works")
    (fresh,) = [one for one in play.rows.clocks if one.clock == "report_in"]
    assert (fresh.amount, fresh.unit) == (2, "working_hour")


def test_every_change_is_logged_for_good(town: Town, boss: dict[str, str]) -> None:
    days = [{"day": "2026-05-01", "working": False, "note": "劳动节"}]
    days.append({"day": "2026-05-09", "working": True, "note": "调休"})
    assert put(town, boss, "days", days, reason="国办通知")[0] == 200
    assert put(town, boss, "days", days)[0] == 200, "the same again is no change"
    assert put(town, boss, "days", [days[0] | {"note": "节"}])[0] == 200
    listed = town.client.get("/api/settings/changes", headers=boss).json()["items"]
    assert [(one["key"], one["before"] is None, one["after"] is None) for one in listed] == [
        ("2026-05-09", False, True),
        ("2026-05-01", False, False),
        ("2026-05-09", True, False),
        ("2026-05-01", True, False),
    ]
    assert listed[0]["by_name"] == "boss" and listed[-1]["reason"] == "国办通知"
    assert (listed[1]["before"]["note"], listed[1]["after"]["note"]) == ("劳动节", "节")
    with pytest.raises(DBAPIError, match="append-only"), town.session.begin_nested():
        town.session.execute(text("DELETE FROM change_log"))


def test_whoever_is_late_is_told_and_overwrites_nothing(town: Town, boss: dict[str, str]) -> None:
    before = whole(town, boss)["rulebook"]
    assert put(town, boss, "precedence", [PRECEDENCE])[0] == 200
    status, told = put(town, boss, "days", [], rulebook=before)
    assert status == 409 and "没有保存" in told["detail"]
    assert snapshot.rules(town.session, "t").precedence["asset"] == "territory"


PRECEDENCE = {"matter": "asset", "first_owner": "territory", "basis": "本区决定"}
LIMIT = {"no": 1, "clock": "case", "amount": 2, "unit": "working_day", "basis": "x"}
STEP = LIMIT | {"no": 2, "clock": "step", "step": 1, "name_zh": "围挡"}
URGE = {"no": 1, "amount": 1, "unit": "working_hour", "level": "urge", "basis": "x"}
URGE |= {"tells_post": "department_handler"}
HOURS = {"weekday": 1, "opens": "09:00", "closes": "12:00"}


@pytest.mark.parametrize(
    ("path", "rows", "wrong"),
    [
        ("hours", [HOURS | {"weekday": 8}], [(1, "weekday")]),
        ("hours", [HOURS, HOURS | {"opens": "11:00", "closes": "13:00"}], [(2, "opens")]),
        ("hours", [HOURS | {"closes": "08:00"}], [(1, "closes")]),
        ("hours", [HOURS, HOURS], [(2, "opens"), (2, "opens")]),
        ("hours", [], [(1, "opens")]),
        ("days", [{"day": "1999-01-01", "working": True}], [(1, "day")]),
        (
            "limits",
            [LIMIT, LIMIT | {"category_code": "dragons"}],
            [(2, "no"), (2, "category_code")],
        ),
        ("limits", [LIMIT | {"amount": 0}], [(1, "amount")]),
        ("limits", [LIMIT | {"amount": 1.5}], [(1, "amount")]),
        ("limits", [LIMIT | {"unit": "moon"}], [(1, "unit")]),
        ("limits", [LIMIT, LIMIT | {"no": 2}], [(2, "clock")]),
        ("limits", [STEP | {"step": None}], [(1, "step")]),
        ("limits", [STEP | {"name_zh": None}], [(1, "name_zh")]),
        ("limits", [LIMIT | {"basis": " "}], [(1, "basis")]),
        ("supervision", [URGE | {"level": "shout"}], [(1, "level")]),
        ("supervision", [URGE | {"tells_post": "king"}], [(1, "tells_post")]),
        ("precedence", [PRECEDENCE | {"matter": "dream"}], [(1, "matter")]),
        ("figures", [{"name": "luck", "value": 1, "basis": "x"}], [(1, "name")]),
        (
            "figures",
            [{"name": "performance_share_percent", "value": 19, "basis": "x"}],
            [(1, "value")],
        ),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_written(
    town: Town,
    boss: dict[str, str],
    path: str,
    rows: list[dict[str, Any]],
    wrong: list[tuple[int, str]],
) -> None:
    before = whole(town, boss)
    status, told = put(town, boss, path, rows)
    assert status == 422 and faults(told) == wrong
    assert whole(town, boss) == before


def test_days_and_limits_travel_as_workbooks(town: Town, boss: dict[str, str]) -> None:
    days = [{"day": "2026-05-01", "working": False, "note": "=1+1"}]
    put(town, boss, "days", days)
    put(town, boss, "limits", [LIMIT, STEP])
    for sheet, rows in (("days", days), ("limits", [LIMIT, STEP])):
        path = f"/api/settings/{sheet}/file"
        file = town.client.get(path, headers=boss)
        assert file.status_code == 200
        empty = put(town, boss, sheet, [])
        assert empty[0] == 200
        asked: dict[str, Any] = {"rulebook": empty[1]["rulebook"], "reason": "导入"}
        headers = boss | {"Content-Type": XLSX}
        answer = town.client.post(path, params=asked, content=file.content, headers=headers)
        assert (answer.status_code, len(answer.json().get("faults", []))) == (
            (200, 0) if sheet == "limits" else (422, 1)
        ), answer.text
        if sheet == "limits":
            again = answer.json()["limits"]
            assert [one["clock"] for one in again] == ["case", "step"]
            assert [one["amount"] for one in again] == [row["amount"] for row in rows]


def test_bad_cells_of_a_workbook_are_named(town: Town, boss: dict[str, str]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["日期", "上班", "说明"])
    book.active.append(["2026-05-01", "否", "劳动节"])
    book.active.append(["五一", "也许", None])
    book.active.append([None, "是", None])
    book.active.append(["2026-05-01", "是", None])
    target = io.BytesIO()
    book.save(target)
    asked = {"rulebook": whole(town, boss)["rulebook"]}
    headers = boss | {"Content-Type": XLSX}

    def send(content: bytes) -> Any:
        return town.client.post(
            "/api/settings/days/file", params=asked, content=content, headers=headers
        )

    answer = send(target.getvalue())
    assert answer.status_code == 422
    assert faults(answer.json()) == [(3, "day"), (3, "working"), (4, "day")]
    book.active.delete_rows(3, 2)
    target = io.BytesIO()
    book.save(target)
    assert faults(send(target.getvalue()).json()) == [(3, "day")], "twice"
    assert send(b"no workbook").status_code == 422
    assert whole(town, boss)["days"] == []


def test_a_due_date_is_tried_with_the_calendar_that_holds(town: Town, boss: dict[str, str]) -> None:
    put(town, boss, "days", [{"day": "2026-03-03", "working": False, "note": "停电"}])
    asked: dict[str, Any] = {"start": NOON.isoformat(), "amount": 1, "unit": "working_day"}
    told = town.client.get("/api/settings/due", params=asked, headers=boss).json()
    assert told["due_at"].startswith("2026-03-04T17:30")
    assert [(one["kind"], one["note"]) for one in told["steps"]] == [
        ("start", None),
        ("holiday", "停电"),
        ("working", None),
    ]
    wrong = asked | {"amount": 0}
    assert town.client.get("/api/settings/due", params=wrong, headers=boss).status_code == 422
    later = asked | {"start": (NOON + timedelta(days=1)).isoformat(), "unit": "emergency_day"}
    steps = town.client.get("/api/settings/due", params=later, headers=boss).json()["steps"]
    assert sum(one["used"] for one in steps) == pytest.approx(1)
