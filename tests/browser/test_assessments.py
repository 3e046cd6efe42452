"""A figure is appealed against and decided by somebody else; whistles are rated; months stand."""

import pytest

from geodata.seeding import DEMO_PASSWORD
from tests.browser.assessed import AssessmentsPage
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium


@pytest.mark.browser
def test_a_department_appeals_and_an_assessor_decides(service: str, chromium: Chromium) -> None:
    works, assessor = chromium.open(AssessmentsPage), chromium.open(AssessmentsPage)
    works.enter(f"{service}/assessments", "works", DEMO_PASSWORD)
    assert works.results("department") > 3
    assert "截止" in works.standing
    works.look_into("区城市管理局")
    works.appeal_first("report_in", "通知未送达，已当日到场")
    works.go("申诉")
    works.go("评吹哨")
    works.rate_first((100, 80, 60))
    assessor.enter(f"{service}/assessments?section=appeals", "assessor", DEMO_PASSWORD)
    assessor.uphold_first(90, "核实属实")
    assessor.picture(ARTIFACTS / "appeals.png")
    assessor.go("月度")
    assessor.look_into("区城市管理局")
    assert any(shown.startswith("90") for shown in assessor.changed())
    assert assessor.results("street") >= 1
    assessor.picture(ARTIFACTS / "assessments.png")
    assessor.go("年度")
    assert assessor.results("department") > 3
    assessor.picture(ARTIFACTS / "assessments_year.png")
    assert not works.complaints and not assessor.complaints
