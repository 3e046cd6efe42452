"""The page of grid editions as a planner uses it."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.driver import Console

DRAWN = """(name) => new Promise((drawn) => {
    const map = window[`__map_${name}`];
    map.once("idle", () => drawn(true));
    map.triggerRepaint();
})"""
MARKED = """(name) => {
    const map = window[`__map_${name}`];
    const layers = ["marked-point", "marked-spot", "marked-line", "marked-area"];
    return [...new Set(map.queryRenderedFeatures({ layers }).map((one) => one.properties.no))];
}"""
NAMES = """(name) => window[`__map_${name}`].queryRenderedFeatures({ layers: ["community-label"] })
    .map((one) => one.properties.name)"""
VIEW = """(name) => {
    const map = window[`__map_${name}`];
    const { lng, lat } = map.getCenter();
    return [lng, lat, map.getZoom()];
}"""
# Where a piece of marked ground can be clicked.
SPOT = """(name) => {
    const map = window[`__map_${name}`];
    const [first] = map.queryRenderedFeatures({ layers: ["marked-point", "marked-spot"] });
    const box = map.getCanvas().getBoundingClientRect();
    const at = map.project(first.geometry.coordinates);
    return [box.left + at.x, box.top + at.y, first.properties.no];
}"""


class EditionsPage(Console):
    """The page at /editions."""

    def choose(self, no: int) -> None:
        """Take an edition from the list."""
        self._part(f"edition-{no}").click()
        expect(self._part("edition-no")).to_contain_text(str(no))

    def show(self, tab: str) -> None:
        """Go to a tab by its name."""
        self.page.get_by_role("tab", name=tab).click()

    def expect_rows(self, part: str, count: int) -> None:
        """Wait until a table has so many rows."""
        expect(self._rows(part)).to_have_count(count)

    def click_row(self, part: str, words: str) -> None:
        """Choose the row with these words."""
        row = self._rows(part).filter(has_text=words).first
        row.click()
        expect(row).to_have_class(re.compile(r"\bchosen\b"))

    def click_on_map(self, name: str, part: str) -> None:
        """Click on a piece of marked ground and wait for its row to be chosen."""
        self.wait_for(name)
        x, y, no = self.page.evaluate(SPOT, name)
        self.page.mouse.click(x, y)
        row = self._part(part).locator(f'tr[data-row-key="{int(no)}"]')
        expect(row).to_have_class(re.compile(r"\bchosen\b"))
        self.wait_for(name)

    def wait_for(self, name: str) -> None:
        """Wait until a map has drawn all that it knows (the page's address says `e2e`)."""
        self.page.wait_for_function("(name) => window[`__map_${name}`] !== undefined", arg=name)
        self.page.evaluate(DRAWN, name)

    def expect_alike(self, one: str, other: str) -> None:
        """Wait until both maps have come to rest; they must look at the same place."""
        for name in (one, other):
            self.wait_for(name)
        assert self.view(one) == self.view(other)

    def marked(self, name: str) -> set[int]:
        """The numbers of the pieces of ground that a map really drew."""
        self.wait_for(name)
        return {int(no) for no in self.page.evaluate(MARKED, name)}

    def names(self, name: str) -> set[str]:
        """The communities whose names a map really drew."""
        self.wait_for(name)
        return set(self.page.evaluate(NAMES, name))

    def view(self, name: str) -> list[float]:
        """Where a map looks: longitude, latitude, zoom."""
        return [round(float(value), 6) for value in self.page.evaluate(VIEW, name)]

    def narrow(self, words: str) -> None:
        """Press a filter chip."""
        self.page.locator(".chips button", has_text=words).first.click()

    def publish(self, reason: str) -> str:
        """Publish the chosen edition; what the dialog said would happen."""
        self._part("publish").click()
        dialog = self._part("publish-dialog")
        expect(dialog.locator(".ant-alert")).to_be_visible()
        said = dialog.locator(".ant-alert").inner_text()
        dialog.locator("textarea").fill(reason)
        self._part("publish-send").click()
        expect(self._part("published")).to_be_visible()
        return said

    def rejudge(self) -> str:
        """Judge the open cases again from the dialog, and close it; what came of it."""
        self._part("rejudge").click()
        expect(self._part("rejudged")).to_be_visible()
        said = self._part("rejudged").inner_text()
        self._part("publish-done").click()
        expect(self._part("published")).to_have_count(0)
        return said

    def expect_answering(self, no: int) -> None:
        """Wait until the list says that this edition answers."""
        expect(self._part(f"edition-{no}").locator(".answering")).to_be_visible()

    def expect_nothing_to_rejudge(self) -> None:
        """Wait until the tab says that no open case is left."""
        expect(self._part("rejudging")).to_contain_text("没有需要")

    def why_not(self) -> str:
        """Why the chosen edition cannot be published."""
        expect(self._part("publish")).to_be_disabled()
        return self._part("publish-why").inner_text()

    @property
    def history(self) -> list[str]:
        """The changes of the answering edition, the newest first."""
        return self._part("edition-history").locator("li").all_inner_texts()

    def _rows(self, part: str) -> Locator:
        return self._part(part).locator("tr.ant-table-row")
