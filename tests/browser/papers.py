"""The pages of circulars, of the ledger and of indicators as their readers use them."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.driver import PATIENCE_MS, Console


class ReportsPage(Console):
    """The page at /reports."""

    def choose(self, kind: str, period: str, street: str | None = None) -> None:
        """What is to be made."""
        pick(self, "make-kind", kind)
        pick(self, "make-period", period)
        if street:
            pick(self, "make-street", street)

    def make(self, form: str) -> bytes:
        """Download the document as it is now."""
        with self.page.expect_download() as download:
            self._part(f"make-{form}").click()
        return Path(download.value.path()).read_bytes()

    def keep(self) -> None:
        """Make and keep it, and wait until the list has it."""
        before = self.kept
        self._part("keep").click()
        rows = self._part("kept").locator("tbody tr[data-row-key]")
        expect(rows).to_have_count(len(before) + 1, timeout=PATIENCE_MS)

    @property
    def kept(self) -> list[str]:
        """The lines of the list of kept documents."""
        rows = self._part("kept").locator("tbody tr[data-row-key]")
        return [row.inner_text() for row in rows.all()]

    @property
    def refusal(self) -> str:
        alert = self._part("make").get_by_role("alert").filter(has_text="没有留存")
        expect(alert).to_be_visible()
        return alert.inner_text()

    def try_to_keep(self) -> None:
        self._part("keep").click()

    def kept_file(self, form: str) -> bytes:
        """Download what was kept."""
        with self.page.expect_download() as download:
            self._part("kept").get_by_role("link", name=form.upper(), exact=True).first.click()
        return Path(download.value.path()).read_bytes()

    def reschedule(self, kind: str, day: int) -> None:
        self._part(f"change-{kind}").click()
        self.page.locator("#schedule-day").fill(str(day))
        self._part("change-send").click()
        expect(self._part("change-dialog")).to_have_count(0)

    def when(self, kind: str) -> str:
        row = self._part("schedule").locator(f"tr[data-row-key='{kind}']")
        expect(row).to_be_visible()
        return row.inner_text()


def pick(page: Console, name: str, words: str) -> None:
    """Choose an entry of a list by its words."""
    page.page.get_by_test_id(name).click()
    listed = page.page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)")
    entry = listed.locator(".ant-select-item-option-content")
    entry.filter(has_text=re.compile(f"^{re.escape(words)}$")).click()


class LedgerPage(Console):
    """The page at /ledger."""

    @property
    def total(self) -> int:
        told = self._part("ledger-total")
        expect(told).to_have_text(re.compile(r"\d"))
        return int(re.sub(r"\D", "", told.inner_text()))

    @property
    def cases(self) -> list[str]:
        """The numbers of the cases that are shown."""
        links = self._part("ledger").locator("tbody tr[data-row-key] td:first-child a")
        expect(links.first).to_be_visible()
        return [link.inner_text() for link in links.all()]

    def more(self) -> None:
        before = len(self.cases)
        self._part("ledger-more").click()
        self.page.wait_for_function(
            "(n) => document.querySelectorAll('[data-testid=ledger] tr[data-row-key]').length > n",
            arg=before,
        )

    def choose_state(self, words: str) -> None:
        pick(self, "ledger-state", words)

    def file(self) -> bytes:
        with self.page.expect_download() as download:
            self._part("ledger-file").click()
        return Path(download.value.path()).read_bytes()
