"""A changed edition on the screen: looked at, compared, published, and cases judged by it."""

import pytest

from geodata.seeding import DEMO_PASSWORD
from gridsvc import db
from tests.browser import redrawn
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.editions import EditionsPage

REASON = "两社区边界调整，已经街道确认"


@pytest.mark.browser
def test_an_edition_is_looked_at_compared_published_and_cases_follow(
    service: str, chromium: Chromium
) -> None:
    with db.transaction() as session:
        no = redrawn.stage(session)
        broken = redrawn.stage(session, broken=True)
    page = chromium.open(EditionsPage)
    page.enter(f"{service}/editions?e2e=1&edition={no}", "admin", DEMO_PASSWORD)
    page.expect_rows("findings", 2)
    assert len(page.marked("findings")) == 2
    page.click_on_map("findings", "findings")
    page.picture(ARTIFACTS / "findings.png")

    page.show("版本对比")
    page.expect_rows("changes", 4)
    assert page.marked("old") == page.marked("new") != set()
    page.click_row("changes", "更名")
    page.expect_alike("old", "new")
    assert redrawn.NEW_NAME in page.names("new")
    assert redrawn.NEW_NAME not in page.names("old")
    page.picture(ARTIFACTS / "editions.png")

    said = page.publish(REASON)
    assert f"第{no}版将立即生效，代替第1版" in said and "更名 1" in said
    assert "已重新研判" in page.rejudge()
    page.expect_answering(no)
    assert REASON in page.history[0] and f"第1版 → 第{no}版" in page.history[0]
    page.show("重新研判")
    page.expect_nothing_to_rejudge()

    page.choose(broken)
    assert "错误" in page.why_not()
    assert page.is_unbroken
    assert page.hosts() == {service.removeprefix("http://")}
    assert not page.complaints
