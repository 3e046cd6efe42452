"""Figures with their cases, and the reporter's link, on the screen."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from geodata.seeding import DEMO_PASSWORD
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.figures import AnswerPage, PerformancePage
from tests.browser.test_console import BUSIEST, Spot


@pytest.mark.browser
def test_an_assessor_counts_a_figure_again(service: str, chromium: Chromium) -> None:
    page = chromium.open(PerformancePage)
    this_month = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).replace(day=1)
    year, month = divmod(this_month.year * 12 + this_month.month - 2, 12)
    page.enter(f"{service}/performance?month={year}-{month + 1:02d}", "assessor", DEMO_PASSWORD)
    page.look_into("按期结案率")
    part, whole = page.parts("on_time")
    assert 0 < part <= whole
    assert page.figure("on_time").startswith(f"{part / whole * 100:.2f}".rstrip("0").rstrip("."))
    listed = [row["part"] for row in page.table()]
    assert listed.count("numerator") == part
    assert listed.count("numerator") + listed.count("denominator") == whole
    assert page.departments() > 3
    page.picture(ARTIFACTS / "performance.png")
    page.narrow_to_unit("关上街道")
    page.look_into("按期结案率")
    _, of_unit = page.parts("on_time")
    assert 0 < of_unit < whole
    assert not page.complaints


@pytest.mark.browser
def test_a_broken_link_says_what_to_do(service: str, chromium: Chromium) -> None:
    page = chromium.open(AnswerPage)
    said = page.open_in_vain(f"{service}/r/abc")
    assert "没有这个查询链接" in said and "网格中心" in said
    assert page.page.get_by_role("button", name="重试").count() == 0
    page.picture(ARTIFACTS / "answer_unknown.png")


@pytest.mark.browser
def test_a_reporter_follows_the_link_and_asks_to_open_it_again(
    service: str, chromium: Chromium
) -> None:
    from gridsvc import db

    with db.new_session() as session:
        spot = Spot(*session.execute(BUSIEST).one())
    desk, officer = chromium.desk(), chromium.desk()
    near = f"{service}/?e2e=1&view={spot.lon:.5f},{spot.lat:.5f},15.00"
    desk.enter(near, "operator", DEMO_PASSWORD)
    desk.wait_for_map()
    told = desk.report_at(spot.lon, spot.lat, "路灯不亮", "安全生产", "热线电话")
    link = desk.page.get_by_test_id("answer-link").inner_text()

    reporter = chromium.open(AnswerPage)
    reporter.open(link)
    assert reporter.state == "正在办理：问题收集"
    assert "路灯不亮" in reporter.text

    desk.open_answer()
    desk.make("handle_directly", forces="社区电工")
    officer.enter(f"{service}/?case={told.case_no}", "admin", DEMO_PASSWORD)
    officer.make("resolve", result="已更换灯具")
    desk.make("verify")
    reporter.open(link)
    assert reporter.state == "已由他人核实解决"
    assert "已更换灯具" in reporter.text
    reporter.judge("不满意", "晚上还是不亮")
    reporter.picture(ARTIFACTS / "answer.png")
    desk.make("grant")
    desk.expect_stage("问题收集")
    assert reporter.hosts() == {service.removeprefix("http://")}
    assert not reporter.complaints
