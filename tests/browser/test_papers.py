"""Circulars and the ledger on the screen: made, kept, scheduled, read and taken along."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import openpyxl
import pytest

from geodata.seeding import DEMO_PASSWORD
from gridsvc.rules import spans
from gridsvc.rules.spans import Length
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.papers import IndicatorsPage, LedgerPage, ReportsPage

INSURED = "ind_09_social_insurance_coverage"


def last_month() -> spans.Span:
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    return spans.holding(Length.MONTH, today).before


@pytest.mark.browser
def test_a_circular_is_made_kept_once_and_scheduled(service: str, chromium: Chromium) -> None:
    page = chromium.open(ReportsPage)
    page.enter(f"{service}/reports", "admin", DEMO_PASSWORD)
    month = last_month()
    page.choose("月通报", month.code)
    assert page.make("pdf").startswith(b"%PDF")
    book = openpyxl.load_workbook(BytesIO(page.make("xlsx")))
    assert any(name.endswith("总体情况") for name in book.sheetnames)
    assert page.kept == []
    page.picture(ARTIFACTS / "reports-empty.png")
    page.keep()
    assert month.name.zh in page.kept[0] and "月通报" in page.kept[0]
    word = docx.Document(BytesIO(page.kept_file("docx")))
    assert "月通报" in word.paragraphs[0].text
    page.try_to_keep()
    assert "已经留存" in page.refusal
    page.reschedule("monthly", 7)
    assert "第7日" in page.when("monthly") and "系统默认" not in page.when("monthly")
    page.picture(ARTIFACTS / "reports.png")
    assert all("409" in one for one in page.complaints)


@pytest.mark.browser
def test_the_ledger_is_read_narrowed_and_taken_along(service: str, chromium: Chromium) -> None:
    page = chromium.open(LedgerPage)
    page.enter(f"{service}/ledger?period={last_month().code}", "operator", DEMO_PASSWORD)
    total = page.total
    assert total > 60
    assert len(page.cases) == 50
    page.picture(ARTIFACTS / "ledger.png")
    page.more()
    assert len(set(page.cases)) == len(page.cases) > 50
    book = openpyxl.load_workbook(BytesIO(page.file()), read_only=True)
    assert len(list(book.worksheets[0].rows)) == total + 1
    page.choose_state("超期")
    page.page.wait_for_function(
        "(n) => !document.querySelector('[data-testid=ledger-total]').innerText.includes(n)",
        arg=str(total),
    )
    assert 0 < page.total < total
    assert not page.complaints


@pytest.mark.browser
def test_indicators_are_entered_counted_and_handed_in(
    service: str, chromium: Chromium, tmp_path: Path
) -> None:
    page = chromium.open(IndicatorsPage)
    page.enter(f"{service}/indicators", "admin", DEMO_PASSWORD)
    assert page.value(INSURED, "district", "current").strip() == "—"
    assert "存疑" in page.line("ind_18_engel_coefficient")
    assert "现值或目标不明" in page.line("ind_30_production_accidents")
    page.picture(ARTIFACTS / "indicators-empty.png")
    page.enter_value(INSURED, "98.1", "人社局来函")
    page.picture(ARTIFACTS / "indicators-entry.png")
    page.close()
    assert "98.1" in page.value(INSURED, "district", "current")
    assert "新录入" in page.compute()
    served = page.value("ind_11_grid_service_rate", "district", "current")
    assert served.split()[0] == "100" and "系统计算" in served
    assert "不能由本系统计算" in page.line("ind_40_park_green_per_capita")
    page.picture(ARTIFACTS / "indicators.png")

    book = openpyxl.load_workbook(BytesIO(page.download()))
    sheet = book.worksheets[0]
    heads = {str(cell.value).split()[0]: cell.column for cell in sheet[1]}
    sheet.cell(3, heads["全区目标"]).value = "=2+2"
    book.save(tmp_path / "bad.xlsx")
    page.hand_in(tmp_path / "bad.xlsx")
    assert "不能是公式" in page.faults()
    sheet.cell(3, heads["全区目标"]).value = 9.5
    book.save(tmp_path / "good.xlsx")
    page.hand_in(tmp_path / "good.xlsx")
    code = str(sheet.cell(3, 1).value)
    page.page.get_by_test_id("faults").wait_for(state="detached")
    page.page.get_by_test_id(f"value-{code}-district-target").get_by_text("9.5").wait_for()
    assert all("422" in one for one in page.complaints)
