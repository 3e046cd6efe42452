"""Heat maps on the screen: two periods linked, their difference, hot spots, alerts dismissed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from geodata.seeding import DEMO_PASSWORD
from gridsvc.tables.alerts import Alert
from gridsvc.tables.grid import District
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.heat import HeatPage


def unusual_yesterday() -> int:
    """An alert as the worker would make it; its number."""
    from gridsvc import db

    with db.transaction() as session:
        day = (datetime.now(UTC) + timedelta(hours=8)).date() - timedelta(days=1)
        alert = Alert(
            district_code=session.scalars(select(District.code)).one(),
            day=day,
            days=1,
            scope="category",
            code="power_supply",
            name="供电",
            name_en="Power supply",
            cases=19,
            usual=2.4,
            most=6,
            p=1e-9,
            q=1e-7,
            made_at=datetime.now(UTC),
        )
        session.add(alert)
        session.flush()
        return alert.no


@pytest.mark.browser
def test_an_operator_compares_two_periods_and_dismisses_an_alert(
    service: str, chromium: Chromium
) -> None:
    no = unusual_yesterday()
    page = chromium.open(HeatPage)
    page.enter(f"{service}/heat", "operator", DEMO_PASSWORD)
    page.wait_for_map()
    counted, on_map, elsewhere = page.totals()
    assert counted == on_map + elsewhere > 100
    assert page.rows() > 10
    page.picture(ARTIFACTS / "heat.png")
    page.choose("heat-measure", "结案用时中位数")
    page.choose("heat-against", "与上一同长时段")
    page.wait_for_map("heat_1")
    assert page.maps() == 2
    page.drag("heat_0", 102.75, 25.0)
    page.wait_for_map("heat_1")
    assert page.centre("heat_1") == pytest.approx(page.centre("heat_0"))
    page.picture(ARTIFACTS / "heat_beside.png")
    page.show("差值")
    page.wait_for_map()
    page.expect_legend("差值")
    assert page.maps() == 1
    page.picture(ARTIFACTS / "heat_difference.png")
    told = page.dismiss(no, "计划停电，已公告")
    assert "已排除" in told
    page.look_into(no, "供电")
    page.wait_for_map()
    page.picture(ARTIFACTS / "heat_alert.png")
    page.page.goto(f"{service}/heat")
    page.view("热点")
    page.expect_legend("热点99%")
    page.wait_for_map()
    page.picture(ARTIFACTS / "heat_spots.png")
    page.view("变化")
    page.expect_legend("持续")
    page.wait_for_map()
    page.picture(ARTIFACTS / "heat_course.png")
    assert not page.complaints


@pytest.mark.browser
def test_a_smooth_map_in_english_and_a_period_without_cases(
    service: str, chromium: Chromium
) -> None:
    page = chromium.open(HeatPage)
    page.enter(f"{service}/heat?by=smooth", "operator", DEMO_PASSWORD)
    page.in_english()
    page.expect_legend("km²")
    page.wait_for_map()
    page.picture(ARTIFACTS / "heat_smooth_en.png")
    page.choose("heat-against", "With the same span before")
    page.wait_for_map("heat_1")
    assert page.maps() == 2
    page.picture(ARTIFACTS / "heat_smooth_beside_en.png")
    page.page.goto(f"{service}/heat?since=2001-01-01&until=2001-01-31&by=hexagon")
    page.page.get_by_text("No cases in this period").wait_for()
    page.picture(ARTIFACTS / "heat_empty.png")
    assert not page.complaints
