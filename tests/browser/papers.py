"""The pages of circulars, of the ledger and of indicators as their readers use them."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.driver import Console

# A first document loads its libraries; on a busy machine that takes its time.
MAKING_MS = 90_000


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
        with self.page.expect_download(timeout=MAKING_MS) as download:
            self._part(f"make-{form}").click()
        return Path(download.value.path()).read_bytes()

    def keep(self) -> None:
        """Make and keep it, and wait until the list has it."""
        before = self.kept
        self._part("keep").click()
        rows = self._part("kept").locator("tbody tr[data-row-key]")
        expect(rows).to_have_count(len(before) + 1, timeout=MAKING_MS)

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


class IndicatorsPage(Console):
    """The page at /indicators."""

    def value(self, code: str, scope: str, part: str) -> str:
        """What stands in a cell."""
        cell = self._part(f"value-{code}-{scope}-{part}")
        expect(cell).to_be_visible()
        return cell.inner_text()

    def line(self, code: str) -> str:
        return self._part("indicators").locator(f"tr[data-row-key='{code}']").inner_text()

    def enter_value(self, code: str, value: str, note: str) -> None:
        """Enter the district's current value, and see it in the history."""
        self._part(f"open-{code}").click()
        self.page.locator("#entry-value").fill(value)
        self.page.locator("#entry-note").fill(note)
        self._part("entry-send").click()
        expect(self._part("indicator-history").get_by_text(note)).to_be_visible()

    def close(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self._part("indicator-dialog")).to_have_count(0)

    def compute(self) -> str:
        self._part("indicator-compute").click()
        told = self._part("indicator-added")
        expect(told).to_be_visible()
        return told.inner_text()

    def download(self) -> bytes:
        with self.page.expect_download() as download:
            self._part("indicator-file").click()
        return Path(download.value.path()).read_bytes()

    def hand_in(self, file: Path) -> None:
        self._part("indicator-take").set_input_files(file)

    def faults(self) -> str:
        listed = self._part("faults")
        expect(listed).to_be_visible()
        return listed.inner_text()
