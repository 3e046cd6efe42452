"""A browser, and a running service over a small generated district in committed rows."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import uvicorn

from api import deps
from api.app import create_app
from geodata import seeding
from gridsvc import db, worker
from gridsvc.config import CONSOLE_DIR
from tests.browser import driver
from tests.browser.driver import Chromium
from tests.conftest import emptied

DISTRICT = next((Path(seeding.__file__).parent / "demo").glob("*/district.json")).parent
ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"
NO_CHROMIUM = f"no Chromium at {driver.CHROMIUM} (CHROMIUM_PATH names another place)"


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    if not driver.CHROMIUM.is_file():
        pytest.skip(NO_CHROMIUM)
    with driver.chromium() as found:
        yield found


@contextmanager
def seeded() -> Iterator[None]:
    """The demonstration district, small, up to this hour; emptied at the end."""
    until = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    wish = seeding.Wish(DISTRICT, until, buildings=3_000, cases=1_200)
    with emptied():
        with db.transaction() as session:
            seeding.seed(session, wish, lambda _: None)
            seeding.open_accounts(session, DISTRICT)
        db.analyze()
        yield


@contextmanager
def working() -> Iterator[None]:
    """The worker, looking for news twenty times a second."""
    stop = threading.Event()
    thread = threading.Thread(
        target=worker.run_all, args=(stop, lambda: datetime.now(UTC), 0.05), daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)


@contextmanager
def serving() -> Iterator[str]:
    """The API and the built console on a free port of loopback; its address."""
    with socket.socket() as listener, TemporaryDirectory() as media:
        listener.bind(("127.0.0.1", 0))
        app = create_app()
        app.dependency_overrides[deps.media] = lambda: Path(media)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture
def service() -> Iterator[str]:
    """The whole service at work over the small district; its address."""
    if not driver.CHROMIUM.is_file():
        pytest.skip(NO_CHROMIUM)
    if not (CONSOLE_DIR / "index.html").is_file():
        pytest.skip("the console has not been built (make does it)")
    with seeded(), working(), serving() as url:
        yield url
