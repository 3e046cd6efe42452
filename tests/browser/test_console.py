"""One report on the screen, from a click on the map to the reply."""

from typing import NamedTuple

import pytest
from sqlalchemy import text

from geodata.seeding import DEMO_PASSWORD
from gridsvc import db
from gridsvc.rules.lifecycle import STAGE_NAMES, Stage
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium, Desk

# A building of the community where most cases are open, so that the map has something to show.
BUSIEST = text("""
    WITH busiest AS (
        SELECT chain[3] AS code FROM case_
        WHERE archived_at IS NULL AND cardinality(chain) >= 5 GROUP BY 1
        ORDER BY count(*) DESC, 1 LIMIT 1
    ), building AS (
        SELECT grid_unit.code, ST_Transform(ST_PointOnSurface(shape), 4326) AS place
        FROM grid_unit, busiest
        WHERE level = 5 AND starts_with(grid_unit.code, busiest.code)
        ORDER BY grid_unit.code LIMIT 1
    )
    SELECT ST_X(place) AS lon, ST_Y(place) AS lat,
           ARRAY(SELECT unit.name FROM grid_unit unit
                 WHERE starts_with(building.code, unit.code) ORDER BY level) AS chain
    FROM building
""")
WORDS = "垃圾分类点满溢，占用消防通道"


class Spot(NamedTuple):
    """A position, and the names of the units around it, largest first."""

    lon: float
    lat: float
    chain: list[str]


@pytest.fixture
def spot(service: str) -> Spot:
    with db.transaction() as session:
        return Spot(*session.execute(BUSIEST).one())


def zh(stage: Stage) -> str:
    return STAGE_NAMES[stage].zh


@pytest.mark.browser
def test_a_report_is_followed_from_the_map_to_the_reply(
    service: str, spot: Spot, chromium: Chromium
) -> None:
    desk, works = chromium.desk(), chromium.desk()
    desk.enter(service, "operator", DEMO_PASSWORD, spot.lon, spot.lat)
    assert desk.drawn("community", "code"), "the grid is drawn"
    told = desk.report_at(spot.lon, spot.lat, WORDS, "垃圾分类", "热线电话")
    assert told.chain == spot.chain
    assert told.departments[0].endswith("城市管理局"), told.departments
    desk.open_answer()
    desk.expect_stage(zh(Stage.COLLECT))
    desk.expect_history(1)
    desk.expect_drawn("case", "case_no", told.case_no)

    desk.make("whistle", kind="问题哨")
    desk.expect_stage(zh(Stage.WHISTLE))
    desk.make("accept", note="请按时报到")
    desk.expect_stage(zh(Stage.REPORT_IN))
    desk.expect_history(3)

    history = _report_in(service, spot, desk, works, told.case_no, told.departments)
    desk.wait_for_map()
    desk.picture(ARTIFACTS / "console.png")

    works.make("resolve", result="已清运并加派车辆")
    desk.expect_stage(zh(Stage.VERIFY_CLOSE))
    desk.make("verify")
    desk.expect_stage(zh(Stage.EVALUATE))
    desk.make("evaluate", score="95")
    desk.expect_stage(zh(Stage.REPLY))
    desk.make("reply", reply="已清运，感谢您的反映")
    desk.expect_end(stages=len(Stage) - 1)
    desk.expect_history(history + 4)
    works.expect_end(stages=len(Stage) - 1)

    for window in (desk, works):
        assert window.is_unbroken
        assert window.hosts() == {service.removeprefix("http://")}
        assert not window.complaints


def _report_in(
    service: str, spot: Spot, desk: Desk, works: Desk, case_no: str, departments: list[str]
) -> int:
    """The lead reports in at its own desk, the centre for the others; entries in the history."""
    works.enter(service, "works", DEMO_PASSWORD, spot.lon, spot.lat)
    works.open_from_list(case_no)
    works.make("report_in")
    desk.expect_reported_in(1)
    desk.expect_stage(zh(Stage.REPORT_IN))
    assert departments[0] in desk.latest
    for place, department in enumerate(departments[1:], start=2):
        desk.make("report_in", department=department)
        desk.expect_reported_in(place)
    desk.expect_stage(zh(Stage.HANDLE))
    works.expect_stage(zh(Stage.HANDLE))
    history = 3 + len(departments)
    desk.expect_history(history)
    works.expect_history(history)
    return history
