"""The pages of departments, people in posts and messages, as somebody of the grid centre uses
them."""

from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.driver import Console


class PartiesPage(Console):
    """The page at /parties."""

    def open_cases(self, code: str) -> int:
        """How many open cases the department is shown to be on."""
        row = self._part("departments").locator(f"tr[data-row-key={code}]")
        return int(row.locator("td").nth(4).inner_text().replace(",", ""))

    def find(self, words: str) -> None:
        """Show only the departments that are called so."""
        self._part("departments").locator("input").first.fill(words)

    def succeed(self, code: str, successor: str, last: date) -> str:
        """Let another department take over; what the dialog warned of."""
        self._part(f"succeed-{code}").click()
        dialog = self._part("succeed-dialog")
        self.page.locator("#successor").fill(successor)
        self.page.keyboard.press("Enter")
        self.page.locator("#last-day").fill(last.isoformat())
        self.page.keyboard.press("Enter")
        said = dialog.locator(".ant-alert").inner_text()
        self._part("succeed-send").click()
        expect(dialog).to_have_count(0)
        return said

    def expect_state(self, code: str, words: str) -> None:
        """Wait until the department's row says so."""
        row = self._part("departments").locator(f"tr[data-row-key={code}]")
        expect(row).to_contain_text(words)

    def download(self, to: Path) -> None:
        with self.page.expect_download() as waiting:
            self._part("parties-file").click()
        waiting.value.save_as(to)

    def hand_in(self, file: Path) -> None:
        """Choose a workbook in the dialog."""
        self._part("parties-hand-in").click()
        self._part("parties-dialog").locator("input[type=file]").set_input_files(file)

    def compared(self) -> str:
        """What the dialog says would change; then it is kept."""
        said = self._part("parties-compared").inner_text()
        self._part("parties-send").click()
        expect(self._part("parties-dialog")).to_have_count(0)
        return said

    def refused(self) -> str:
        """What the dialog says of a workbook that was not taken; closes it."""
        said = self._part("faults").inner_text()
        self.page.keyboard.press("Escape")
        expect(self._part("parties-dialog")).to_have_count(0)
        return said

    def people(self, name: str) -> None:
        """Look for somebody in a post, and wait for the row."""
        self.page.get_by_text("任职人员").click()
        self._part("people").get_by_role("searchbox").fill(name)
        self.page.keyboard.press("Enter")
        expect(self._part("people").locator("tbody")).to_contain_text(name)

    def appoint(self, name: str, unit: str) -> None:
        """Somebody new in a post of a unit that is found by its name."""
        self._part("add-person").click()
        dialog = self._part("person-dialog")
        dialog.locator("#person-name").fill(name)
        dialog.locator("#person-unit").fill(unit)
        self.page.locator(".ant-select-item-option").filter(has_text=unit).first.click()
        self._part("person-send").click()
        expect(dialog).to_have_count(0)


class MessagesPage(Console):
    """The page at /messages, and the bell that every page has."""

    def expect_told(self, words: str) -> None:
        """Wait for the bell, open it and find the words; then everything has been seen."""
        bell = self._part("bell")
        expect(bell.locator(".ant-badge-count")).to_be_visible(timeout=40_000)
        bell.click()
        expect(self._part("inbox")).to_contain_text(words)
        bell.click()
        expect(bell.locator(".ant-badge-count")).to_have_count(0)

    def expect_dead(self, words: str) -> None:
        """Wait until a message is among those given up."""
        expect(self._part("outbox").locator("tbody")).to_contain_text(words, timeout=40_000)

    def settle(self) -> None:
        self._part("settle").first.click()
        expect(self._part("settle")).to_have_count(0)

    def show(self, tab: str) -> None:
        self.page.get_by_role("tab", name=tab).click()

    def add_endpoint(self, name: str, url: str) -> None:
        """A WeCom robot for the grid centre's operators."""
        self._part("add-endpoint").click()
        dialog = self._part("endpoint-dialog")
        dialog.locator("#endpoint-name").fill(name)
        dialog.locator("#endpoint-url").fill(url)
        self._part("endpoint-save").click()
        expect(dialog).to_have_count(0)

    def try_first(self) -> None:
        self.page.get_by_role("button", name="发测试消息").first.click()
        expect(self.page.get_by_role("button", name="已放入发件箱")).to_be_visible()
