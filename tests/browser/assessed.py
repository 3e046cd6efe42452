"""The page of assessments as a department, an assessor and a street use it."""

from playwright.sync_api import expect

from tests.browser.driver import Console


class AssessmentsPage(Console):
    """The page at /assessments."""

    def go(self, section: str) -> None:
        self.page.locator(".ant-segmented-item", has_text=section).click()

    def results(self, side: str) -> int:
        """How many bodies of a side have a result."""
        rows = self._part(f"results-{side}").locator("tbody tr[data-row-key]")
        expect(rows.first).to_be_visible()
        return rows.count()

    def look_into(self, name: str) -> None:
        """List the whistles behind a result."""
        self._part("results-department").get_by_role("button", name=name, exact=True).click()
        expect(self._part("assessed-cases").locator("tbody tr[data-row-key]").first).to_be_visible()

    def appeal_first(self, figure: str, reason: str) -> str:
        """Object to a figure of the first whistle that has it; the case's number."""
        button = self.page.locator(f"[data-testid^=appeal-][data-testid$=-{figure}]").first
        case_no = (button.get_attribute("data-testid") or "").split("-", 1)[1]
        button.click()
        self.page.locator("#appeal-reason").fill(reason)
        self._part("appeal-send").click()
        expect(self.page.locator("#appeal-reason")).to_have_count(0)
        return case_no.removesuffix(f"-{figure}")

    def uphold_first(self, points: int, answer: str) -> None:
        """Decide the appeal that waits first."""
        self.page.locator("[data-testid^=decide-]").first.click()
        self.page.locator("#appeal-points").fill(str(points))
        self.page.locator("#appeal-answer").fill(answer)
        self._part("appeal-uphold").click()
        expect(self.page.locator("#appeal-answer")).to_have_count(0)

    def changed(self) -> list[str]:
        """Figures that the records say otherwise, as they are shown."""
        figures = self._part("assessed-cases").locator(".figure", has=self.page.locator("del"))
        expect(figures.first).to_be_visible()
        return figures.all_inner_texts()

    def rate_first(self, points: tuple[int, int, int]) -> None:
        """Rate the first whistle that waits."""
        line = self.page.locator(".rate-line").first
        number = line.get_attribute("data-testid") or ""
        for field, given in zip(line.locator("input[role=spinbutton]").all(), points, strict=True):
            field.fill(str(given))
        line.get_by_role("button", name="提交评分").click()
        expect(self._part(number)).to_have_count(0)

    @property
    def standing(self) -> str:
        return self._part("standing").inner_text()
