"""The ledger: written by the record, page and workbook alike, and nothing in it is ever run."""

from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from tests.conftest import Town
from tests.journeys.test_loop import Play


@pytest.fixture
def played(town: Town) -> Play:
    """One case to its end with a late report-in, and one that is open."""
    play = Play(town)
    play.dispatched("works", "water")
    play.move("works", "report_in")
    play.move("water", "report_in", hours=48)
    play.move("works", "resolve", result='=HYPERLINK("http://x")')
    play.move("worker", "verify")
    play.move("secretary", "evaluate", score=90)
    play.move("centre", "reply", reply="+已清理")
    play.tell("drain")
    return play


def test_a_line_tells_the_whole_case(town: Town, played: Play) -> None:
    chief = town.hire("chief", "coordination_assessor")
    answer = town.client.get("/api/ledger", headers=chief).json()
    assert answer["total"] == 2
    line = next(one for one in answer["items"] if one["case_no"] == played.no)
    assert line["kind"]["zh"] == "问题哨" and line["category"]["zh"] == "暴露垃圾"
    assert line["whistled"]["name"] == "secretary"
    assert line["whistled"]["post"]["en"] == "Secretary of the street Party working committee"
    assert line["verified"]["name"] == "worker" and line["outcome"]["zh"] == "已解决"
    assert (line["score"], line["reply"], line["reworks"]) == (90, "+已清理", 0)
    came = {one["code"]: one for one in line["departments"]}
    assert came["works"]["called_at"] and came["works"]["reported_in_at"]
    assert "报到（水务局）" in [one["zh"] for one in line["clocks"]["broken"]]
    assert "报到（城管局）" not in [one["zh"] for one in line["clocks"]["broken"]]
    assert line["clocks"]["kept"] >= 2
    assert line["channel"]["zh"] == "热线电话" and line["satisfied"] is None


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"open": "true"},
        {"department": "water"},
        {"category": "city"},
        {"unit": "T.S.B"},
        {"kind": "problem_whistle"},
        {"since": "2026-03-05T00:00:00Z"},
        {"q": "x"},
    ],
)
def test_the_ledger_holds_what_the_list_of_cases_holds(
    town: Town, played: Play, asked: dict[str, str]
) -> None:
    chief = town.hire("chief", "administrator")
    listed = town.client.get("/api/cases", params=asked, headers=chief).json()
    told = town.client.get("/api/ledger", params=asked, headers=chief).json()
    numbers = [one["case_no"] for one in listed["items"]]
    assert [one["case_no"] for one in told["items"]] == numbers
    book = _book(town.client.get("/api/ledger/file", params=asked, headers=chief).content)
    assert [row[0].value for row in list(book.worksheets[0].rows)[1:]] == numbers


def test_pages_follow_each_other(town: Town, played: Play) -> None:
    chief = town.hire("chief", "administrator")
    first = town.client.get("/api/ledger", params={"limit": 1}, headers=chief).json()
    asked = {"limit": 1, "cursor": first["next"]}
    second = town.client.get("/api/ledger", params=asked, headers=chief).json()
    assert first["items"][0]["case_no"] != second["items"][0]["case_no"]
    assert second["next"] is None


def test_the_workbook_has_every_figure_and_runs_nothing(town: Town, played: Play) -> None:
    chief = town.hire("chief", "administrator")
    line = next(
        one
        for one in town.client.get("/api/ledger", headers=chief).json()["items"]
        if one["case_no"] == played.no
    )
    book = _book(town.client.get("/api/ledger/file", headers=chief).content)
    cases, departments = book.worksheets
    assert all(cell.data_type != "f" for row in cases.rows for cell in row)
    heads = [str(cell.value).split()[0] for cell in next(cases.rows)]
    row = next(row for row in cases.rows if row[0].value == played.no)
    told = dict(zip(heads, (cell.value for cell in row), strict=True))
    assert told["办理情况"] == line["result"] == '=HYPERLINK("http://x")'
    assert told["答复"] == "+已清理" and told["评价（分）"] == 90
    assert told["吹哨人"] == "secretary（街道党工委书记）"
    local = datetime.fromisoformat(line["closed_at"]).astimezone(ZoneInfo("Asia/Shanghai"))
    assert told["结案时间"] == local.replace(tzinfo=None)
    assert told["超时环节"] == "、".join(one["zh"] for one in line["clocks"]["broken"])
    rows = departments.iter_rows(min_row=2, values_only=True)
    called = [one for one in rows if one[0] == played.no]
    assert {(one[0], one[1]) for one in called} == {(played.no, "城管局"), (played.no, "水务局")}
    assert all(one[3] and one[4] for one in called)


def test_the_ledger_names_no_reporter_and_is_not_for_everybody(town: Town, played: Play) -> None:
    worker = town.hire("w", "grid_worker")
    for path in ("/api/ledger", "/api/ledger/file"):
        assert town.client.get(path, headers=worker).status_code == 403
        assert town.client.get(path).status_code == 401
    told = {"location": {"lon": 102.7, "lat": 25.0}, "text": "y", "channel": "hotline"}
    told["reporter"] = {"name": "张三", "phone": "13800000000"}
    chief = town.hire("chief", "administrator")
    sent = town.client.post("/api/reports", json=told, headers=chief | {"Idempotency-Key": "k"})
    assert sent.status_code == 201
    text = town.client.get("/api/ledger", headers=chief).text
    assert "张三" not in text and "13800000000" not in text


def _book(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))
