"""The pages of coverage and facilities, as a planner uses them."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.driver import Console

# Where a new map is looked for by its name (see ThemeView).
READY = "() => window.__map_coverage && window.__map_coverage.loaded()"


class CoveragePage(Console):
    """The page at /coverage."""

    def rows(self) -> int:
        """How many units the table shows, once it shows any."""
        lines = self.page.locator(".theme-split tr.ant-table-row")
        expect(lines.first).to_be_visible()
        return lines.count()

    def choose(self, name: str) -> str:
        """Click a unit in the table; what is told of its past year."""
        self.page.locator("tr.ant-table-row", has_text=name).first.click()
        history = self._part("coverage-history")
        expect(history.locator("dd").first).to_be_visible()
        return history.inner_text()

    def draw(self, *corners: tuple[int, int]) -> str:
        """Draw ground at pixels of the map; what is said of it."""
        self.page.wait_for_function(READY)
        self._part("coverage-draw").click()
        self.page.wait_for_function(READY)
        box = self.page.locator(".theme-map canvas").bounding_box()
        assert box is not None
        for x, y in corners:
            self.page.mouse.click(box["x"] + x, box["y"] + y)
        ground = self._part("ground")
        expect(ground.locator("dd").first).to_be_visible()
        return ground.inner_text()

    def download(self, form: str, to: Path) -> None:
        self._part("theme-files").click()
        with self.page.expect_download() as waiting:
            self.page.get_by_text(form, exact=False).first.click()
        waiting.value.save_as(to)

    def standards(self) -> list[str]:
        """The verdicts of all standards."""
        self._part("coverage-show").get_by_text("各项标准").click()
        verdicts = self._part("standards").locator(".ant-tag")
        expect(verdicts.first).to_be_visible()
        return verdicts.all_inner_texts()


class FacilitiesPage(Console):
    """The page at /facilities."""

    def total(self) -> str:
        return self._part("facility-total").inner_text()

    def find(self, words: str) -> None:
        self.page.get_by_label("名称、编码、地址").fill(words)
        self.page.keyboard.press("Enter")

    def open(self, name: str) -> None:
        self.page.locator("tr.ant-table-row", has_text=name).first.click()
        expect(self._part("facility-dialog").locator("#facility-name")).to_have_value(name)

    def change_area(self, area: str, reason: str) -> None:
        """From today on the open facility has another area."""
        dialog = self._part("facility-dialog")
        dialog.locator("#facility-floor_area_m2").fill(area)
        dialog.locator("#facility-reason").fill(reason)
        self._part("facility-send").click()
        expect(dialog).to_have_count(0)

    def history(self) -> str:
        return self._part("facility-history").inner_text()

    def count(self, code: str, reason: str) -> None:
        """Let a type count toward the standard."""
        self._part("facility-types").click()
        self._part("types-reason").fill(reason)
        switch = self._part(f"counts-{code}")
        switch.click()
        expect(switch).to_have_attribute("aria-checked", "true")
