"""The page of settings as an administrator uses it."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.driver import Console


class SettingsPage(Console):
    """The page at /settings."""

    def go(self, section: str) -> None:
        self.page.locator(".ant-segmented-item", has_text=section).click()

    def turn(self, day: str, note: str = "") -> None:
        """Make a day what it is not by its weekday, with a note."""
        self.page.locator(f"[data-day='{day}']").click()
        if note:
            self._part("day-note").fill(note)

    def what_is(self, day: str) -> str:
        """What a day is said to be."""
        return self.page.locator(f"[data-day='{day}']").get_attribute("aria-label") or ""

    def save(self, reason: str = "") -> None:
        self._part("settings-reason").fill(reason)
        self._part("settings-save").click()
        expect(self._part("settings-save")).to_have_count(0)

    def save_in_vain(self) -> list[str]:
        """Save what does not fit; what is told about it."""
        self._part("settings-save").click()
        faults = self._part("faults").locator("li")
        expect(faults.first).to_be_visible()
        return faults.all_inner_texts()

    def edit(self, row: str, **fields: str) -> None:
        """Change fields of a row in its dialog."""
        self._part(f"edit-{row}").click()
        for name, value in fields.items():
            self.page.locator(f"#row-{name}").fill(value)
            self.page.locator(f"#row-{name}").press("Tab")
        self._part("row-take").click()
        expect(self._part("row-take")).to_have_count(0)

    def hand_in(self, sheet: str, file: Path) -> list[str]:
        """Hand in a workbook; what is wrong with it, or nothing."""
        self._part(f"upload-{sheet}").set_input_files(file)
        told = self._part("faults").or_(self.page.get_by_role("status").filter(has_text="已写入"))
        expect(told.first).to_be_visible()
        return self._part("faults").locator("li").all_inner_texts()

    def try_out(self, day: str, amount: str) -> tuple[str, list[str]]:
        """When so many working days from a day on end, and the days on the way."""
        field = self._part("try-out").get_by_label("起算日期")
        field.click()
        field.fill(day)
        field.press("Enter")
        self._part("try-amount").fill(amount)
        self._part("try-amount").press("Tab")
        steps = self._part("try-out").locator(".steps-of li")
        expect(steps.first).to_contain_text(day)
        return self._part("due-at").inner_text(), steps.all_inner_texts()

    @property
    def log(self) -> list[str]:
        # Not those of the section before, which stands a moment longer.
        rows = self._part("settings-log").locator("tbody tr[data-row-key]")
        expect(rows.first).to_be_visible()
        return rows.all_inner_texts()
