"""Departments end and are succeeded, people take posts, and messages arrive, in a browser."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2 as httpx
import openpyxl
import pytest

from geodata.seeding import DEMO_PASSWORD
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.parties import MessagesPage, PartiesPage
from tests.channels.services import hook

BUREAU, SUCCESSOR = "urban_management_bureau", "water_bureau"


@pytest.mark.browser
def test_a_department_is_succeeded_and_people_take_posts(
    service: str, chromium: Chromium, tmp_path: Path
) -> None:
    page = chromium.open(PartiesPage)
    page.enter(f"{service}/parties", "admin", DEMO_PASSWORD)
    page.find("urban_management")
    before = page.open_cases(BUREAU)
    assert before > 0
    said = page.succeed(BUREAU, "水务局", datetime.now(UTC).date() - timedelta(days=2))
    assert f"{before}件" in said
    page.expect_state(BUREAU, "已撤并")
    page.expect_state(BUREAU, "水务局")
    page.picture(ARTIFACTS / "parties.png")

    page.download(tmp_path / "parties.xlsx")
    book = openpyxl.load_workbook(tmp_path / "parties.xlsx")
    posts = book["任职"]
    posts.append([None, "演示·新人", "网格员", "没有的单元"])
    book.save(tmp_path / "bad.xlsx")
    page.hand_in(tmp_path / "bad.xlsx")
    assert "没有这个单元" in page.refused()
    posts.cell(posts.max_row, 4).value = "530111"
    book.save(tmp_path / "good.xlsx")
    page.hand_in(tmp_path / "good.xlsx")
    assert "新增1行" in page.compared()
    page.people("演示·新人")
    page.appoint("演示·手填", "关上街道")
    page.people("演示·手填")
    page.picture(ARTIFACTS / "people.png")
    assert page.is_unbroken
    assert page.hosts() == {service.removeprefix("http://")}


@pytest.mark.browser
def test_messages_arrive_and_what_is_not_taken_is_seen(service: str, chromium: Chromium) -> None:
    page = chromium.open(MessagesPage)
    page.enter(f"{service}/messages", "admin", DEMO_PASSWORD)
    with hook() as (address, heard):
        heard.answers = [(200, b'{"errcode":93000,"errmsg":"invalid webhook url"}')]
        page.show("通道")
        page.add_endpoint("城管群", f"{address}/send?key=k")
        page.try_first()
        page.show("发件箱")
        page.expect_dead("invalid webhook url")
    page.picture(ARTIFACTS / "messages.png")
    page.settle()

    with httpx.Client(base_url=service) as client:
        login = {"login": "operator", "password": DEMO_PASSWORD}
        client.post("/api/session", json=login).raise_for_status()
        place = client.get("/api/units?level=3").json()["items"][0]["label"]
        told = {"location": place, "text": "垃圾没人收", "channel": "hotline"}
        case_no = client.post("/api/reports", json=told).json()["case_no"]
        whistle = {"kind": "problem_whistle"}
        client.post(f"/api/cases/{case_no}/whistle", json=whistle).raise_for_status()
    operator = chromium.open(MessagesPage)
    operator.enter(f"{service}/", "operator", DEMO_PASSWORD)
    operator.expect_told(case_no)
    assert page.is_unbroken and operator.is_unbroken
