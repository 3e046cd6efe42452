"""The desk where a text suggests its category."""

from playwright.sync_api import expect

from tests.browser.driver import Desk


class SuggestingDesk(Desk):
    """The duty desk, writing a report."""

    def write(self, words: str) -> None:
        self._part("new-report").click()
        self._part("report-text").fill(words)

    def suggested(self) -> list[str]:
        """What is offered, as it is said."""
        chips = self._part("suggested").get_by_role("button")
        expect(chips.first).to_be_visible()
        return chips.all_inner_texts()

    def take_first_by_keyboard(self) -> None:
        """From the field of the category on with Tab and Enter alone."""
        self.page.locator("#report-category").focus()
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")

    @property
    def category(self) -> str:
        """The category that the form holds."""
        chosen = self.page.locator(".ant-select", has=self.page.locator("#report-category"))
        return chosen.inner_text().strip()
