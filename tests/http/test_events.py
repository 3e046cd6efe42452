"""The live feed over a real server: resumes without a gap, and is not for strangers."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx2
import pytest
import uvicorn

from api.app import create_app
from gridsvc import worker
from tests.conftest import HOUSE, NOON, committed_town

BODY = {"location": {"lon": HOUSE[0], "lat": HOUSE[1]}, "text": "x", "channel": "hotline"}


@pytest.fixture
def service() -> Iterator[tuple[str, dict[str, str]]]:
    """A server on a free port of loopback with committed rows; its address and a machine."""
    with committed_town() as who, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(create_app(), log_level="warning", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", who
        server.should_exit = True
        thread.join(10)


def read(url: str, who: dict[str, str], count: int, last: int) -> list[tuple[int, str]]:
    """The first `count` case events of a new stream: their ids and case numbers."""
    resume = {"Last-Event-ID": str(last)}
    found: list[tuple[int, str]] = []
    with httpx2.stream("GET", f"{url}/api/events", headers=who | resume, timeout=20) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        number, kind = 0, ""
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if name == "id":
                number = int(value)
            elif name == "event":
                kind = value
            elif name == "data" and kind == "case":
                found.append((number, value.split('"case_no":"')[1].split('"')[0]))
            if len(found) == count:
                return found
    return found


def test_a_listener_resumes_where_it_was(service: tuple[str, dict[str, str]]) -> None:
    url, who = service

    def tell() -> str:
        answer = httpx2.post(f"{url}/api/reports", json=BODY, headers=who)
        worker.once(NOON)
        return str(answer.json()["case_no"])

    told = [tell() for _ in range(3)]
    assert read(url, who, 3, last=0) == list(zip((1, 2, 3), told, strict=True))
    assert read(url, who, 1, last=2) == [(3, told[2])]

    heard: list[tuple[int, str]] = []
    listener = threading.Thread(target=lambda: heard.extend(read(url, who, 2, last=3)))
    listener.start()
    told += [tell(), tell()]
    listener.join(20)
    assert heard == [(4, told[3]), (5, told[4])]


def test_strangers_hear_nothing(service: tuple[str, dict[str, str]]) -> None:
    url, _ = service
    assert httpx2.get(f"{url}/api/events").status_code == 401
    bad = httpx2.get(f"{url}/api/events", headers=service[1] | {"Last-Event-ID": "x"})
    assert bad.status_code == 422
