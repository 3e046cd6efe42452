"""The page of heat maps as an operator uses it."""

import re

from playwright.sync_api import expect

from tests.browser.driver import Console

# The map has drawn what it was given; asked again and again, for another may take its place.
DRAWN = """(name) => new Promise((drawn) => {
    const map = window[`__map_${name}`];
    const late = setTimeout(() => drawn(false), 1000);
    map?.once("idle", () => { clearTimeout(late); drawn(true); });
    map?.triggerRepaint();
})"""
CENTRE = "(name) => window[`__map_${name}`].getCenter().toArray()"


class HeatPage(Console):
    """The page at /heat."""

    def wait_for_map(self, name: str = "heat_0") -> None:
        self.page.wait_for_function(DRAWN, arg=name)

    def centre(self, name: str) -> list[float]:
        return list(self.page.evaluate(CENTRE, name))

    def drag(self, name: str, lon: float, lat: float) -> None:
        """Look at another place on one of the maps."""
        self.page.evaluate(
            "([name, at]) => window[`__map_${name}`].jumpTo({ center: at })", [name, [lon, lat]]
        )

    def choose(self, part: str, option: str) -> None:
        """An option of a select."""
        self._part(part).click()
        self.page.locator(".ant-select-item-option", has_text=option).first.click()

    def view(self, name: str) -> None:
        self._part("heat-view").get_by_text(name, exact=True).click()

    def show(self, name: str) -> None:
        self._part("heat-show").get_by_text(name, exact=True).click()

    def totals(self) -> tuple[int, int, int]:
        """Counted, on the map, elsewhere."""
        told = self._part("heat-totals").locator("span").first
        expect(told).to_be_visible()
        counted, on, elsewhere = re.findall(r"[\d,]+", told.inner_text())[:3]
        return tuple(int(one.replace(",", "")) for one in (counted, on, elsewhere))  # type: ignore[return-value]

    def rows(self) -> int:
        expect(self.page.locator("tbody tr[data-row-key]").first).to_be_visible()
        return self.page.locator("tbody tr[data-row-key]").count()

    def expect_legend(self, words: str) -> None:
        """Wait until the first map's legend says so."""
        expect(self.page.locator(".theme-legend").first).to_contain_text(words)

    def in_english(self) -> None:
        self.page.get_by_text("English", exact=True).click()

    def maps(self) -> int:
        return self.page.locator(".theme-map").count()

    def look_into(self, no: int, name: str) -> None:
        """Show what an alert is about."""
        self._part(f"alert-{no}").get_by_role("button", name=name).click()
        expect(self.page).to_have_url(re.compile("category="))
        self.expect_legend("受理件数")

    def dismiss(self, no: int, reason: str) -> str:
        """Say why an alert needs nobody; what stands there afterwards."""
        item = self._part(f"alert-{no}")
        item.get_by_role("button", name="排除").click()
        item.get_by_label("说明原因").fill(reason)
        item.get_by_role("button", name="排除").click()
        expect(item).to_contain_text(reason)
        return item.inner_text()
