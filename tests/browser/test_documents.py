"""The maps that are handed on: they open and draw without a network."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from geodata import seeding
from geodata.demo import demo
from gridsvc import snapshot
from gridsvc.heat import response
from gridsvc.rules.rates import Period
from gridsvc.snapshot import Snapshot
from maps import documents
from tests.browser.conftest import ARTIFACTS, DISTRICT, NO_CHROMIUM
from tests.browser.driver import CHROMIUM, Chromium, Sheet
from tests.conftest import undone

UNTIL = datetime(2026, 11, 20, 2, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=180)
COMMUNITIES = 133


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """A small district; the tests of this file only read it."""
    if not CHROMIUM.is_file():
        pytest.skip(NO_CHROMIUM)
    wish = seeding.Wish(DISTRICT, UNTIL, buildings=3_000, cases=2_400)
    with undone() as session:
        seeding.seed(session, wish, lambda _: None)
        session.flush()
        yield session


@pytest.fixture
def facts(session: Session) -> Snapshot:
    return snapshot.current(session, demo.read(DISTRICT).district["code"])


def opened(chromium: Chromium, folder: Path, page: str) -> Sheet:
    """The page as somebody opens it who was sent the file."""
    file = folder / "map.html"
    file.write_text(page, "utf-8")
    sheet = chromium.sheet()
    sheet.open(file)
    return sheet


def is_alone(sheet: Sheet) -> bool:
    """Whether it asked for nothing but itself and complained of nothing."""
    return len(sheet.asked) == 1 and not sheet.complaints


@pytest.mark.browser
def test_coverage_draws_every_community(
    session: Session, facts: Snapshot, chromium: Chromium, tmp_path: Path
) -> None:
    sheet = opened(chromium, tmp_path, documents.coverage(session, facts, UNTIL))
    assert sheet.shapes() == COMMUNITIES
    assert sheet.hatched() > 0
    assert is_alone(sheet)
    sheet.picture(ARTIFACTS / "coverage.png")


@pytest.mark.browser
def test_response_draws_hexagons_and_changes_to_communities(
    session: Session, facts: Snapshot, chromium: Chromium, tmp_path: Path
) -> None:
    page = documents.response(session, facts, SINCE, UNTIL)
    cells = response.themes(session, facts, Period(SINCE, UNTIL))[0].rows
    sheet = opened(chromium, tmp_path, page)
    assert sheet.shapes() == len(cells) > 0
    assert sheet.legends() == ["办结用时（六边形）"]
    sheet.picture(ARTIFACTS / "response.png")
    sheet.choose("办结用时（社区）")
    assert sheet.shapes() == COMMUNITIES
    assert sheet.legends() == ["办结用时（社区）"]
    assert is_alone(sheet)
