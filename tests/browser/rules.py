"""The page of tables of responsibility as somebody of the grid centre uses it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.driver import Console
from tests.browser.editions import DRAWN, MARKED


class RulesPage(Console):
    """The page at /rules."""

    def download(self, no: int, to: Path) -> None:
        """Choose a table and keep its workbook."""
        self._part(f"table-{no}").click()
        expect(self._part("table-no")).to_contain_text(str(no))
        with self.page.expect_download() as waiting:
            self._part("table-file").click()
        waiting.value.save_as(to)

    def hand_in(self, file: Path, title: str) -> None:
        """Fill in the dialog and send it."""
        self._part("hand-in").click()
        dialog = self._part("hand-in-dialog")
        dialog.locator("input[type=file]").set_input_files(file)
        dialog.locator("#rules-title").fill(title)
        self._part("hand-in-send").click()

    def refused(self) -> str:
        """What the dialog says of a table that was not taken; closes it."""
        said = self._part("faults").inner_text()
        self.page.keyboard.press("Escape")
        expect(self._part("hand-in-dialog")).to_have_count(0)
        return said

    def expect_chosen(self, no: int, state: str) -> None:
        """Wait until this table is looked at, in this state."""
        expect(self._part("table-no")).to_contain_text(str(no))
        expect(self._part(f"table-{no}")).to_contain_text(state)

    def show(self, tab: str) -> None:
        """Go to a tab by its name."""
        self.page.get_by_role("tab", name=tab).click()

    def why_not(self) -> str:
        """Why the chosen table cannot be published."""
        expect(self._part("publish")).to_be_disabled()
        return self._part("publish-why").inner_text()

    def gaps(self) -> str:
        """What the page says of matters that nobody answers for."""
        expect(self._part("gaps")).to_be_visible()
        return self._part("gaps").inner_text()

    def marked(self) -> set[int]:
        """The places without an owner that the map really drew."""
        self.page.wait_for_function("() => window.__map_orphans !== undefined")
        self.page.evaluate(DRAWN, "orphans")
        return {int(no) for no in self.page.evaluate(MARKED, "orphans")}

    def try_it(self) -> str:
        """Try the table over the usual cases; what came of it."""
        self._part("try").click()
        expect(self._part("trial-counts")).to_be_visible()
        return self._part("trial-counts").inner_text()

    @property
    def flows(self) -> list[str]:
        """From whom to whom, and how many cases."""
        return self._part("flows").locator("li").all_inner_texts()

    def publish(self, reason: str) -> str:
        """Publish the chosen table from today on; what the dialog said would happen."""
        expect(self._part("publish")).to_be_enabled()
        self._part("publish").click()
        dialog = self._part("publish-dialog")
        said = dialog.locator(".ant-alert").inner_text()
        dialog.locator("textarea").fill(reason)
        self._part("publish-send").click()
        expect(self._part("publish-dialog")).to_have_count(0)
        return said

    def go(self, section: str) -> None:
        """Go to the other section of the page."""
        self.page.locator(".ant-segmented-item", has_text=section).click()

    def apply(self, title: str, category: str, **stated: str) -> None:
        """Apply for the admission of a piece of work, for the coming month."""
        self._part("apply").click()
        dialog = self._part("apply-dialog")
        dialog.locator("#wish-title").fill(title)
        dialog.locator("#wish-category").fill(category)
        self.page.keyboard.press("Enter")
        dialog.locator("#wish-ends").fill("2099-12-31")
        self.page.keyboard.press("Enter")
        for name, said in stated.items():
            dialog.locator(f"#wish-{name}").fill(said)
        self._part("apply-send").click()
        expect(self._part("admission-item")).to_be_visible()

    @property
    def is_whole(self) -> bool:
        """Whether the page fits the screen: nothing is pushed out at the side."""
        return bool(
            self.page.evaluate(
                "() => document.querySelector('.rules').scrollWidth <= window.innerWidth"
            )
        )

    def step(self, step: str, words: str, state: str) -> None:
        """Review or decide the open item, and wait for its state."""
        item = self._part("admission-item")
        item.locator("textarea").fill(words)
        self._part(f"step-{step}").click()
        expect(item.locator(".ant-descriptions")).to_contain_text(re.compile(state))
