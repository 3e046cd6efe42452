"""A planner looks at coverage, draws ground, reads the standards and changes a facility."""

from pathlib import Path

import geopandas as gpd
import pytest

from geodata.seeding import DEMO_PASSWORD
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.planned import CoveragePage, FacilitiesPage


@pytest.mark.browser
def test_coverage_is_seen_drawn_and_judged(
    service: str, chromium: Chromium, tmp_path: Path
) -> None:
    page = chromium.open(CoveragePage)
    page.enter(f"{service}/coverage", "planner", DEMO_PASSWORD)
    assert page.rows() == 50
    assert "平方米/百户" in page.choose("关上社区")
    page.picture(ARTIFACTS / "coverage-page.png")
    told = page.draw((250, 250), (420, 250), (420, 420), (250, 420))
    assert "户数" in told and "每百户面积" in told
    page.picture(ARTIFACTS / "coverage-drawn.png")
    page.download("GeoPackage", tmp_path / "coverage.gpkg")
    assert len(gpd.read_file(tmp_path / "coverage.gpkg")) == 133
    verdicts = page.standards()
    assert len(verdicts) == 67 and {"达到", "未达到", "无法判断"} == set(verdicts)
    page.picture(ARTIFACTS / "standards.png")
    assert page.is_unbroken
    assert page.hosts() == {service.removeprefix("http://")}


@pytest.mark.browser
def test_a_facility_grows_from_today_on(service: str, chromium: Chromium) -> None:
    page = chromium.open(FacilitiesPage)
    page.enter(f"{service}/facilities", "planner", DEMO_PASSWORD)
    page.find("关上社区综合服务设施")
    name = "关上社区综合服务设施"
    page.open(name)
    page.change_area("5432.1", "扩建后重新测量")
    page.open(name)
    told = page.history()
    assert "5,432.1" in told and "扩建后重新测量" in told
    page.picture(ARTIFACTS / "facility.png")
    page.page.keyboard.press("Escape")
    page.count("public_toilet", "区里的口径")
    assert page.is_unbroken
