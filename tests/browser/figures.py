"""The page of performance as an assessor uses it, and the reporter's page."""

import csv
import io
import re

from playwright.sync_api import expect

from tests.browser.driver import Console, Window


class PerformancePage(Console):
    """The page at /performance."""

    def figure(self, code: str) -> str:
        """What a figure says."""
        return self._part(f"figure-{code}").inner_text()

    def parts(self, code: str) -> tuple[int, int]:
        """The two numbers that a share was counted from."""
        row = self._part("figures").locator("tr", has=self._part(f"figure-{code}"))
        part, whole = row.locator("td").nth(1).inner_text().replace(",", "").split("/")
        return int(part), int(whole)

    def look_into(self, name: str) -> None:
        """Choose a figure and wait for its cases."""
        self._part("figures").get_by_role("button", name=name, exact=True).click()
        expect(self._part("counted").locator("tbody a").first).to_be_visible()

    def table(self) -> list[dict[str, str]]:
        """The whole list of cases as the page lets one keep it."""
        with self.page.expect_download() as download:
            self._part("counted").get_by_role("link", name=re.compile("下载")).click()
        text = download.value.path().read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def narrow_to_unit(self, name: str) -> None:
        """Only what lies in a unit of the grid."""
        field = self.page.get_by_label("全部网格单元")
        field.click()
        field.fill(name)
        self.page.locator(".ant-select-tree-title", has_text=name).first.click()
        expect(self.page).to_have_url(re.compile("unit="))

    def departments(self) -> int:
        """How many departments stand side by side."""
        rows = self._part("by-department").locator("tbody tr[data-row-key]")
        expect(rows.first).to_be_visible()
        return rows.count()


class AnswerPage(Window):
    """What a reporter sees by the link of a report."""

    def open(self, address: str) -> None:
        self.page.goto(address)
        expect(self.page.get_by_test_id("answer-state")).to_be_visible()

    def open_in_vain(self, address: str) -> str:
        """Open a link that leads to no report; what is said of it."""
        self.page.goto(address)
        said = self.page.get_by_test_id("answer-unknown")
        expect(said).to_be_visible()
        return said.inner_text()

    @property
    def state(self) -> str:
        return self.page.get_by_test_id("answer-state").inner_text()

    @property
    def text(self) -> str:
        return self.page.get_by_test_id("answer").inner_text()

    def judge(self, words: str, reason: str = "") -> None:
        """Say what one thinks of the answer, and wait until it has been taken."""
        self.page.get_by_text(words, exact=True).click()
        if reason:
            self.page.locator("#answer-reason").fill(reason)
        self.page.get_by_test_id("answer-send").click()
        expect(self.page.get_by_role("status")).to_be_visible()
