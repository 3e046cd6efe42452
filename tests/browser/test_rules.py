"""A changed table on the screen: handed in, refused, tried, published; and work is admitted."""

from pathlib import Path

import openpyxl
import pytest

from geodata.seeding import DEMO_PASSWORD
from gridsvc import db, snapshot
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.rules import RulesPage

DISTRICT, STREET = "530111", "530111001"
REASON = "水务职责划转，已经会议纪要明确"


def changed(file: Path, to: Path, lead: str) -> None:
    """The workbook with another lead for what the urban management bureau led, and with party
    building in one street only."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, heads["类别 Category"]).value == "party_building":
            sheet.cell(row, heads["网格单元 Unit"]).value = STREET
        if sheet.cell(row, heads["牵头部门 Lead"]).value == "urban_management_bureau":
            sheet.cell(row, heads["牵头部门 Lead"]).value = lead
            sheet.cell(row, heads["配合部门 Supporting"]).value = None
    book.save(to)


@pytest.mark.browser
def test_a_table_is_handed_in_tried_and_published(
    service: str, chromium: Chromium, tmp_path: Path
) -> None:
    page = chromium.open(RulesPage)
    page.enter(f"{service}/rules?e2e=1", "admin", DEMO_PASSWORD)
    page.expect_chosen(1, "现行")
    page.download(1, tmp_path / "1.xlsx")

    changed(tmp_path / "1.xlsx", tmp_path / "bad.xlsx", "没有这个局")
    page.hand_in(tmp_path / "bad.xlsx", "错表")
    assert "没有部门“没有这个局”" in page.refused()

    changed(tmp_path / "1.xlsx", tmp_path / "2.xlsx", "water_bureau")
    page.hand_in(tmp_path / "2.xlsx", "水务划转")
    page.expect_chosen(2, "待发布")
    assert "尚未试算" in page.why_not()
    assert "无人负责" in page.gaps()
    assert page.marked()
    page.picture(ARTIFACTS / "rules-findings.png")

    page.show("试算")
    assert "将改派" in page.try_it()
    assert any("水务局" in flow for flow in page.flows)
    page.picture(ARTIFACTS / "rules.png")
    page.show("表内容")
    page.picture(ARTIFACTS / "rules-rows.png")

    said = page.publish(REASON)
    assert "代替第1号" in said and "无人负责" in said
    page.expect_chosen(2, "现行")
    with db.transaction() as session:
        facts = snapshot.current(session, DISTRICT)
    assert [table.no for table in facts.rules.tables] == [1, 2]
    assert page.is_unbroken
    assert page.hosts() == {service.removeprefix("http://")}


@pytest.mark.browser
def test_work_is_admitted_step_by_step(service: str, chromium: Chromium) -> None:
    page = chromium.open(RulesPage)
    page.enter(f"{service}/rules", "admin", DEMO_PASSWORD)
    page.go("社区准入")
    page.apply(
        "协助垃圾乱扔登记",
        "垃圾乱扔",
        basis="领导小组会议",
        authority="街道",
        object="居民",
        power="上门登记",
        funds="每年2000元",
    )
    page.step("review", "材料齐全", "已初审")
    page.step("approve", "同意准入", "已批准")
    page.picture(ARTIFACTS / "admission.png")
    assert page.is_whole
    with db.transaction() as session:
        facts = snapshot.current(session, DISTRICT)
    assert [item.no for item in facts.rules.admitted] == [1]
    assert not page.complaints
