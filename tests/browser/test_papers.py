"""Circulars and the ledger on the screen: made, kept, scheduled, read and taken along."""

from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import docx
import openpyxl
import pytest

from geodata.seeding import DEMO_PASSWORD
from gridsvc.rules import spans
from gridsvc.rules.spans import Length
from tests.browser.conftest import ARTIFACTS
from tests.browser.driver import Chromium
from tests.browser.papers import LedgerPage, ReportsPage


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
    assert page.complaints == [one for one in page.complaints if "409" in one]


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
