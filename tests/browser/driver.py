"""The desk as the person at the screen uses it; with its neighbours alone in knowing Playwright."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    expect,
    sync_playwright,
)

CHROMIUM = Path(os.environ.get("CHROMIUM_PATH") or "/usr/bin/chromium")
SCREEN = {"width": 1366, "height": 768}
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A name that somebody smuggled in finds nobody.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# The map tells that it has drawn everything; asked anew, in case it told before we listened.
DRAWN = """() => new Promise((drawn) => {
    window.__map.once("idle", () => drawn(true));
    window.__map.triggerRepaint();
})"""
# Where the position is on the screen, and whether the map and nothing else is there.
PIXEL = """([lon, lat]) => {
    const box = window.__map.getCanvas().getBoundingClientRect();
    const at = window.__map.project([lon, lat]);
    const [x, y] = [box.left + at.x, box.top + at.y];
    return [x, y, document.elementFromPoint(x, y) === window.__map.getCanvas()];
}"""
VALUES = """([layer, property]) => window.__map.queryRenderedFeatures({ layers: [layer] })
    .map((feature) => feature.properties[property])"""


class Answer(NamedTuple):
    """What the desk said when a report was sent."""

    case_no: str
    chain: list[str]
    departments: list[str]


class Window:
    """One page of a browser of its own, and everything it asked for."""

    def __init__(self, browser: Browser, locale: str) -> None:
        context = browser.new_context(
            viewport={"width": SCREEN["width"], "height": SCREEN["height"]},
            locale=locale,
            timezone_id="Asia/Shanghai",
            # What still moves when it is clicked is missed now and then on a busy machine.
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page.on("console", self._listen)

    def hosts(self) -> set[str]:
        """Every host that was asked for something; what a page makes for itself has none."""
        return {urlsplit(url).netloc for url in self.asked} - {""}

    def picture(self, file: Path) -> None:
        """Keep what the screen shows."""
        file.parent.mkdir(exist_ok=True)
        self.page.screenshot(path=file)

    def _listen(self, message: ConsoleMessage) -> None:
        # Who is not logged in yet is told so with 401, which Chromium reports as an error.
        greeting = "401" in message.text and message.location["url"].endswith("/api/me")
        if message.type == "error" and not greeting:
            self.complaints.append(f"{message.text} {message.location['url']}")


class Console(Window):
    """Any page of the console, of somebody who has logged in."""

    def enter(self, address: str, login: str, password: str) -> None:
        """Log in at this address and wait until news arrive."""
        self.page.goto(address)
        self._part("login-user").fill(login)
        self._part("login-password").fill(password)
        self._part("login-submit").click()
        expect(self._part("connection")).to_have_class(re.compile(r"\blive\b"))
        # Gone after a reload.
        self.page.evaluate("() => { window.__unbroken = true }")

    @property
    def is_unbroken(self) -> bool:
        """Whether the page is still the one that was entered."""
        return bool(self.page.evaluate("() => window.__unbroken === true"))

    def _part(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)


class Desk(Console):
    """The duty desk."""

    def wait_for_map(self) -> None:
        """Wait until the map has drawn all that it knows (its address says `e2e`)."""
        self.page.wait_for_function("() => window.__map !== undefined")
        self.page.evaluate(DRAWN)

    def look_at(self, lon: float, lat: float, zoom: float) -> None:
        """Go to a place at once."""
        self.page.evaluate(
            "(view) => window.__map.jumpTo(view)", {"center": [lon, lat], "zoom": zoom}
        )
        self.wait_for_map()

    def drawn(self, layer: str, property: str) -> list[str]:
        """What the map really drew of a layer: one property of every feature in sight."""
        return list(self.page.evaluate(VALUES, [layer, property]))

    def expect_drawn(self, layer: str, property: str, value: str) -> None:
        """Wait until the map shows a feature of this value."""
        shows = f"(asked) => ({VALUES})(asked).includes({value!r})"
        self.page.wait_for_function(shows, arg=[layer, property])

    def report_at(self, lon: float, lat: float, words: str, category: str, channel: str) -> Answer:
        """Take a report whose place the reporter shows on the map."""
        self._part("new-report").click()
        self._part("pick-point").click()
        self.wait_for_map()
        x, y, free = self.page.evaluate(PIXEL, [lon, lat])
        assert free, "something lies over the map where it was to be clicked"
        self.page.mouse.click(x, y)
        expect(self._part("located")).to_contain_text("›")
        return self._say(words, category, channel)

    def report_with_photos(
        self, photos: dict[str, bytes], words: str, category: str, channel: str
    ) -> Answer:
        """Take a report whose place nobody shows, with photos."""
        self._part("new-report").click()
        files = [
            FilePayload(name=name, mimeType="image/jpeg", buffer=data)
            for name, data in photos.items()
        ]
        self._part("report-photos").set_input_files(files)
        expect(self._part("placed-by-photo")).to_contain_text("›")
        return self._say(words, category, channel)

    def _say(self, words: str, category: str, channel: str) -> Answer:
        """Fill in the rest of the report and send it."""
        self._part("report-text").fill(words)
        self._choose("report-category", category)
        self._choose("report-channel", channel)
        self._part("report-submit").click()
        answer = self._part("report-answer")
        return Answer(
            self._part("answer-case-no").inner_text(),
            (answer.locator(".chain").get_attribute("title") or "").split(" › "),
            answer.locator(".party-name").all_inner_texts(),
        )

    def contradictions(self) -> list[str]:
        """What is said of photos that were taken elsewhere."""
        expect(self._part("contradiction").first).to_be_visible()
        return self._part("contradiction").all_inner_texts()

    def expect_photos(self, count: int) -> None:
        """Wait until so many photos of the open case are really seen."""
        seen = """(count) => {
            const photos = [...document.querySelectorAll('[data-testid="case-panel"] .photos img')];
            return photos.length === count && photos.every((photo) => photo.naturalWidth > 0);
        }"""
        self.page.wait_for_function(seen, arg=count)

    def enlarge_photo(self, number: int) -> int:
        """Tap a photo and wait for the large picture; its width in pixels."""
        self._panel.locator(".photos img").nth(number).click()
        large = self.page.locator(".ant-image-preview img").first
        expect(large).to_be_visible()
        self.page.wait_for_function(
            "() => document.querySelector('.ant-image-preview img').naturalWidth > 0"
        )
        width = int(large.evaluate("(image) => image.naturalWidth"))
        self.page.keyboard.press("Escape")
        expect(large).to_be_hidden()
        expect(self._panel).to_be_visible()
        return width

    def open_answer(self) -> None:
        """Go on from the answer to its case."""
        self._part("answer-open").click()
        expect(self._part("case-no")).to_be_visible()

    def open_from_list(self, case_no: str) -> None:
        """Open a case from the work list, bringing in what is new there."""
        row = self.page.locator(f'[data-case="{case_no}"]')
        expect(row.or_(self._part("new-rows")).first).to_be_visible()
        if not row.is_visible():
            self._part("new-rows").click()
        row.click()
        expect(self._part("case-no")).to_have_text(case_no)

    def make(self, move: str, **fields: str) -> None:
        """Make a move on the open case; fields by their names, choices by their words."""
        self._part(f"move-{move}").click()
        form = self.page.locator("form.move-form")
        for name, value in fields.items():
            self._fill(form, name, value)
        self._part("move-submit").click()
        expect(form).to_have_count(0)

    def expect_stage(self, name: str) -> None:
        """Wait until the open case waits in this stage."""
        current = self._panel.locator('.stage-steps [aria-current="step"]')
        expect(current).to_have_attribute("title", name)

    def expect_end(self, stages: int) -> None:
        """Wait until the open case has passed every stage and offers no step of the loop."""
        expect(self._panel.locator(".stage-steps .done")).to_have_count(stages)

    def expect_reported_in(self, count: int) -> None:
        """Wait until so many departments of the open case have reported in."""
        expect(self._panel.locator(".reported")).to_have_count(count)

    def expect_history(self, count: int) -> None:
        """Wait until the open case's history has so many entries."""
        expect(self._panel.locator(".timeline > li")).to_have_count(count)

    @property
    def latest(self) -> str:
        """The last thing that happened to the open case."""
        return self._panel.locator(".timeline > li > div").first.inner_text()

    @property
    def _panel(self) -> Locator:
        return self._part("case-panel")

    def _fill(self, form: Locator, name: str, value: str) -> None:
        control = form.locator(f"#field-{name}")
        if control.count() == 0:
            form.locator(".kind-choice", has_text=value).click()
        elif control.get_attribute("role") == "combobox":
            self._choose(f"field-{name}", value)
        else:
            control.fill(value)

    def _choose(self, control: str, words: str) -> None:
        """Open a list of choices, narrow it by typing where that is possible, and take one."""
        field = self.page.locator(f"#{control}")
        field.click()
        if field.is_editable():
            field.fill(words)
        choice = self.page.locator(".ant-select-dropdown:visible .ant-select-item-option")
        choice.filter(has_text=re.compile(f"^{re.escape(words)}$")).click()


class Sheet(Window):
    """A map document opened from the disk of a machine without a network."""

    def open(self, file: Path) -> None:
        self.page.context.set_offline(True)
        self.page.goto(file.as_uri())
        expect(self._shapes.first).to_be_attached()

    def shapes(self) -> int:
        """How many shapes of the chosen layer were really drawn."""
        drawn = "(paths) => paths.filter((path) => path.getAttribute('d').length > 4).length"
        return int(self._shapes.evaluate_all(drawn))

    def hatched(self) -> int:
        """How many of them have no figure."""
        return self.page.locator("path.leaflet-interactive[fill='url(#no-data)']").count()

    def legends(self) -> list[str]:
        """The layers whose legends can be read."""
        legends = self.page.locator("#panel .legend:visible")
        return [legend.get_attribute("data-layer") or "" for legend in legends.all()]

    def choose(self, layer: str) -> None:
        """Show another layer."""
        self.page.locator(".leaflet-control-layers-base label", has_text=layer).click()

    @property
    def _shapes(self) -> Locator:
        return self.page.locator("path.leaflet-interactive")


AnyWindow = TypeVar("AnyWindow", bound=Window)


class Chromium:
    """Opens windows, each with cookies of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def open(self, kind: type[AnyWindow], locale: str = "zh-CN") -> AnyWindow:
        """A window of this kind."""
        return kind(self._browser, locale)

    def desk(self, locale: str = "zh-CN") -> Desk:
        return self.open(Desk, locale)

    def sheet(self) -> Sheet:
        return Sheet(self._browser, "zh-CN")


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield Chromium(browser)
        finally:
            browser.close()
