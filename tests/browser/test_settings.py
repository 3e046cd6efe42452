"""A year's calendar, limits and figures are changed by who may, and every change is logged."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from geodata.seeding import DEMO_PASSWORD
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.tuned import SettingsPage


@pytest.mark.browser
def test_an_administrator_sets_days_limits_and_figures(
    service: str, chromium: Chromium, tmp_path: Path
) -> None:
    page, reader = chromium.open(SettingsPage), chromium.open(SettingsPage, "en")
    page.enter(f"{service}/settings", "admin", DEMO_PASSWORD)
    year = datetime.now(UTC).year
    # A Wednesday in no holiday of the generated calendar.
    wednesday = next(
        f"{year}-11-{n:02d}"
        for n in range(11, 20)
        if datetime(year, 11, n, tzinfo=UTC).weekday() == 2
    )
    before = f"{wednesday[:-2]}{int(wednesday[-2:]) - 1:02d}"
    usual, _ = page.try_out(before, "1")
    assert wednesday in usual
    page.turn(wednesday, "区运动会")
    assert "放假" in page.what_is(wednesday)
    page.picture(ARTIFACTS / "settings_calendar.png")
    page.save("区政府通知")
    later, steps = page.try_out(before, "1")
    assert wednesday not in later
    assert any("放假 · 区运动会" in one for one in steps)

    page.go("时限")
    page.edit("1", amount="0")
    assert any("数量" in one for one in page.save_in_vain())
    page.edit("1", amount="3")
    page.picture(ARTIFACTS / "settings_limits.png")
    page.save()
    book = openpyxl.Workbook()
    book.active.append(["时限对象", "数量", "时间单位", "依据"])
    book.active.append(["处理", "许多", "个工作日", "试"])
    book.save(tmp_path / "limits.xlsx")
    assert page.hand_in("limits", tmp_path / "limits.xlsx") == ["第2行“数量”：应为数字"]

    page.go("提醒与督办")
    page.picture(ARTIFACTS / "settings_supervision.png")
    page.go("先后与参数")
    page.edit("performance_share_percent", value="15")
    assert "20–100" in page.save_in_vain()[0]
    page.edit("performance_share_percent", value="25")
    page.picture(ARTIFACTS / "settings_figures.png")
    page.save("区委决定")
    page.go("修改记录")
    assert len(page.log) == 3 and "performance_share_percent" in page.log[0]
    page.picture(ARTIFACTS / "settings_log.png")

    reader.enter(f"{service}/settings?section=figures", "planner", DEMO_PASSWORD)
    assert reader.page.locator("[data-testid^=edit-]").count() == 0
    reader.picture(ARTIFACTS / "settings_reader.png")
    # Refused with 422, which Chromium reports as an error.
    assert all("422" in one for one in page.complaints)
    assert not reader.complaints
