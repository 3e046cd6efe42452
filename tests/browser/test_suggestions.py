"""A category is offered by the text and taken with the keyboard; nothing is chosen by itself."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from api.terminal import only_district
from geodata.seeding import DEMO_PASSWORD
from gridsvc import db, learning, snapshot, suggestions
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.suggested import SuggestingDesk


@pytest.mark.browser
def test_a_suggested_category_is_taken_by_a_person(service: str, chromium: Chromium) -> None:
    suggestions.forget()
    with db.transaction() as session:
        facts = snapshot.current(session, only_district(session))
        learning.train(session, facts, "tester", datetime.now(UTC))
    desk = chromium.open(SuggestingDesk)
    desk.enter(f"{service}/?e2e=1", "operator", DEMO_PASSWORD)
    desk.write("路边市场外有电动车充电，夜里很吵")
    first, *others = desk.suggested()
    assert all("%" in one for one in (first, *others))
    assert desk.category == ""
    desk.take_first_by_keyboard()
    expect(desk.page.get_by_test_id("suggested").locator("[aria-pressed=true]")).to_have_count(1)
    assert desk.category == first.rsplit(" ", 1)[0]
    desk.picture(ARTIFACTS / "suggested.png")
    assert not desk.complaints
