"""A planner looks who walks how far, asks for the best plan, draws one of her own, and tries."""

import pytest
from sqlalchemy import text

from geodata.seeding import DEMO_PASSWORD
from gridsvc import db
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.walked import Walkers

pytestmark = pytest.mark.browser


def _busiest() -> tuple[float, float]:
    """The home of most households, as lon and lat."""
    with db.transaction() as session:
        row = session.execute(
            text("""
                SELECT ST_X(place) AS lon, ST_Y(place) AS lat
                FROM (SELECT ST_Transform(label, 4326) AS place FROM grid_unit
                      WHERE level = 5 AND households IS NOT NULL
                      ORDER BY households DESC, code LIMIT 1) one
            """)
        ).one()
    return row.lon, row.lat


def test_a_planner_walks_and_builds(service: str, chromium: Chromium) -> None:
    desk = chromium.open(Walkers)
    desk.enter(f"{service}/walking", "admin", DEMO_PASSWORD)
    assert "路网步行距离" in desk.basis() and "演示数据" in desk.basis()
    first, *_ = desk.types()
    assert "社区" in first
    desk.picture(ARTIFACTS / "walking_types.png")
    desk.pick_type(0)
    desk.expect_drawn("walking", 50)
    for what, least in (("服务范围", 20), ("需求压力", 50)):
        desk.show(what)
        desk.expect_drawn("walking", least)
    desk.show("不可达楼栋")
    assert "户不在步行范围内" in desk.unserved()
    desk.picture(ARTIFACTS / "walking_unserved.png")

    desk.page.goto(f"{service}/siting")
    desk.expect_drawn("siting", 50)
    assert "已证明最优" in desk.solve("300")
    best, greedy = desk.plans()
    assert best.startswith("最优方案") and greedy.startswith("贪心方案")
    desk.tick(0)
    assert len(desk.plans()) == 3
    lon, lat = _busiest()
    desk.draw_site(lon, lat, "试画一处", "640", "12")
    desk.find_site("试画一处")
    desk.picture(ARTIFACTS / "siting.png")
    desk.show("假如挪到这里")
    desk.expect_drawn("whatif", 50)
    told = desk.put_new(lon, lat)
    assert "可达户数" in told
    assert desk.drag_new((60, -40)) != told
    desk.picture(ARTIFACTS / "what_if.png")
    assert desk.complaints == []
    assert desk.hosts() == {service.removeprefix("http://")}
