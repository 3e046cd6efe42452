"""One report on the screen, from a click on the map to the reply."""

from typing import NamedTuple

import pytest
from sqlalchemy import select, text

from geodata.seeding import DEMO_PASSWORD
from gridsvc import accounts, db
from gridsvc.accounts import Holder
from gridsvc.rules.lifecycle import STAGE_NAMES, Stage
from gridsvc.tables.grid import District
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.photo.made import exif, gps, photo

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
WORDS = "工地临时用电线路裸露，围挡外有人通行"
LEAD = Holder("emergency", "演示·应急经办", "department_handler", "emergency_bureau")


class Spot(NamedTuple):
    """A position, and the names of the units around it, largest first."""

    lon: float
    lat: float
    chain: list[str]


@pytest.fixture
def spot(service: str) -> Spot:
    """Where to report; the department that leads there has an account."""
    with db.transaction() as session:
        district = session.scalars(select(District.code)).one()
        accounts.add(session, district, LEAD, DEMO_PASSWORD)
        return Spot(*session.execute(BUSIEST).one())


def zh(stage: Stage) -> str:
    return STAGE_NAMES[stage].zh


@pytest.mark.browser
def test_a_report_is_followed_from_the_map_to_the_reply(
    service: str, spot: Spot, chromium: Chromium
) -> None:
    desk, lead = chromium.desk(), chromium.desk()
    near = f"{service}/?e2e=1&view={spot.lon:.5f},{spot.lat:.5f},15.00"
    desk.enter(near, "operator", DEMO_PASSWORD)
    desk.wait_for_map()
    assert desk.drawn("community", "code"), "the grid is drawn"
    told = desk.report_at(spot.lon, spot.lat, WORDS, "安全生产", "热线电话")
    assert told.chain == spot.chain
    assert told.departments == ["区应急管理局", "区消防救援大队"]
    desk.open_answer()
    desk.expect_stage(zh(Stage.COLLECT))
    desk.expect_history(1)
    desk.expect_drawn("case", "case_no", told.case_no)

    desk.make("whistle", kind="问题哨")
    desk.expect_stage(zh(Stage.WHISTLE))
    desk.make("accept", note="请按时报到")
    desk.expect_stage(zh(Stage.REPORT_IN))
    desk.expect_history(3)

    lead.enter(service, LEAD.login, DEMO_PASSWORD)
    lead.open_from_list(told.case_no)
    lead.make("report_in")
    desk.expect_reported_in(1)
    desk.expect_stage(zh(Stage.REPORT_IN))
    assert told.departments[0] in desk.latest
    desk.look_at(spot.lon, spot.lat, 13.2)
    desk.picture(ARTIFACTS / "console.png")
    desk.make("report_in")
    for window in (desk, lead):
        window.expect_stage(zh(Stage.HANDLE))
        window.expect_reported_in(2)
        window.expect_history(5)

    lead.make("resolve", result="已整改并复查")
    desk.expect_stage(zh(Stage.VERIFY_CLOSE))
    desk.make("verify")
    desk.expect_stage(zh(Stage.EVALUATE))
    desk.make("evaluate", score="95")
    desk.expect_stage(zh(Stage.REPLY))
    desk.make("reply", reply="已整改，感谢您的反映")
    for window in (desk, lead):
        window.expect_end(stages=len(Stage) - 1)
        window.expect_history(9)
        assert window.is_unbroken
        assert window.hosts() == {service.removeprefix("http://")}
        assert not window.complaints


@pytest.mark.browser
def test_a_report_is_placed_by_its_photo_and_another_contradicts_it(
    service: str, spot: Spot, chromium: Chromium
) -> None:
    desk = chromium.desk()
    desk.enter(service, "operator", DEMO_PASSWORD)
    taken = {
        "IMG_1.HEIC": photo("HEIF", exif(gps(spot.lon, spot.lat)), size=(1200, 900)),
        "IMG_2.JPG": photo("JPEG", exif(gps(spot.lon, spot.lat - 0.18)), size=(1200, 900)),
    }
    told = desk.report_with_photos(taken, WORDS, "安全生产", "热线电话")
    assert told.chain == spot.chain
    [contradiction] = desk.contradictions()
    assert "20.0公里" in contradiction and "另一张照片" in contradiction
    desk.open_answer()
    desk.expect_photos(2)
    assert desk.contradictions() == [contradiction]
    assert desk.enlarge_photo(0) == 1200
    desk.picture(ARTIFACTS / "photos.png")
    assert desk.hosts() == {service.removeprefix("http://")}
    assert not desk.complaints
