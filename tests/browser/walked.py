"""The planner's pages of walking and siting as the person at the screen uses them."""

from playwright.sync_api import expect

from tests.browser.driver import Console

# A map that has left the page answers nothing.
DRAWN = """([name, least]) => {
    try {
        const map = window[`__map_${name}`];
        const layers = ["theme-fill", "theme-point"].filter((id) => map.getLayer(id));
        return map.queryRenderedFeatures({ layers }).length >= least;
    } catch {
        return false;
    }
}"""
SPOT = """([name, lon, lat]) => {
    const map = window[`__map_${name}`];
    const box = map.getCanvas().getBoundingClientRect();
    const at = map.project([lon, lat]);
    return [box.left + at.x, box.top + at.y];
}"""


class Walkers(Console):
    """Who reaches what on foot, and what to build where."""

    def expect_drawn(self, name: str, least: int) -> None:
        """Wait until a map has really drawn so many places of its theme."""
        self.page.wait_for_function(DRAWN, arg=[name, least])

    def show(self, what: str) -> None:
        """Choose a part of the page by its word."""
        self.page.locator(".ant-segmented-item", has_text=what).first.click()

    def basis(self) -> str:
        return self._part("walking-basis").inner_text()

    def types(self) -> list[str]:
        """The types of facilities in the table, with their figures."""
        rows = self._part("walking-types").locator(".ant-table-row")
        expect(rows.first).to_be_visible()
        return rows.all_inner_texts()

    def pick_type(self, number: int) -> None:
        self._part("walking-types").locator(".ant-table-row").nth(number).click()

    def unserved(self) -> str:
        """What is said of the homes beyond reach; the first of them is marked on the map."""
        rows = self._part("unserved").locator(".ant-table-row")
        rows.first.click()
        expect(self._part("handle-home")).to_be_visible()
        return self._part("unserved").locator("p").inner_text()

    def solve(self, budget: str) -> str:
        """Ask for the best plan and wait for what is said of its proof."""
        self._part("siting-budget").locator("input").or_(self._part("siting-budget")).last.fill(
            budget
        )
        self._part("siting-solve").click()
        return self._part("proof").inner_text()

    def plans(self) -> list[str]:
        return self._part("plans").locator(".ant-table-row").all_inner_texts()

    def tick(self, number: int) -> None:
        """Take a candidate into one's own plan."""
        self.page.locator(".ant-table-selection-column .ant-checkbox-input").nth(number).check()
        expect(self._part("plan-own")).to_be_visible()

    def draw_site(self, lon: float, lat: float, name: str, area: str, cost: str) -> None:
        """Enter a candidate by a click on the map."""
        self._part("site-place").click()
        self.page.mouse.click(*self.page.evaluate(SPOT, ["siting", lon, lat]))
        dialog = self._part("site-dialog")
        dialog.get_by_test_id("site-name").fill(name)
        for part, value in (("site-area", area), ("site-cost", cost)):
            field = self._part(part)
            field.locator("input").or_(field).last.fill(value)
        self._part("site-keep").click()
        expect(dialog).to_be_hidden()

    def find_site(self, name: str) -> None:
        expect(self.page.locator(".ant-table-row", has_text=name).first).to_be_visible()

    def put_new(self, lon: float, lat: float) -> str:
        """Put a facility that does not exist on the map; what would change."""
        self._part("what-if-new").click()
        self.page.mouse.click(*self.page.evaluate(SPOT, ["whatif", lon, lat]))
        return self._part("effect").inner_text()

    def drag_new(self, by: tuple[int, int]) -> str:
        """Drag it on by so many pixels, and wait until something else would change."""
        effect = self._part("effect")
        before = effect.inner_text()
        box = self._part("handle-new").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by[0], y + by[1], steps=6)
        self.page.mouse.up()
        changed = "(told) => document.querySelector('[data-testid=effect]')?.innerText !== told"
        self.page.wait_for_function(changed, arg=before)
        return effect.inner_text()
