"""The real service on a free port of loopback, and a client that costs little of its own."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

HOST = "127.0.0.1"


@contextmanager
def running(workers: int = 2) -> Iterator[int]:
    """`gridsvc serve` with so many processes; yields its port and ends it afterwards."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    server = subprocess.Popen([*command, "--workers", str(workers)], stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/api/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the service did not start")


@contextmanager
def line(port: int) -> Iterator[socket.socket]:
    """A kept connection. A plain socket: a client must not take the time of what it measures."""
    with socket.create_connection((HOST, port)) as opened:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield opened


def ask(opened: socket.socket, request: bytes) -> bytes:
    """Send one request and read its whole answer; returns the head, from the status on."""
    opened.sendall(request)
    answer = opened.recv(262_144)
    while b"\r\n\r\n" not in answer:
        answer += opened.recv(262_144)
    head, _, body = answer.partition(b"\r\n\r\n")
    head = head.removeprefix(b"HTTP/1.1 ").lower()
    left = int(head.partition(b"content-length: ")[2].partition(b"\r")[0] or 0) - len(body)
    while left > 0:
        left -= len(opened.recv(262_144))
    return head


def rate(port: int, requests: Callable[[int], bytes], count: int, clients: int) -> float:
    """Answers a second for `count` requests over `clients` kept connections; all must be 2xx."""
    numbers = iter(range(count))

    def client(_: int) -> None:
        with line(port) as opened:
            for number in numbers:
                head = ask(opened, requests(number))
                if not head.startswith(b"2"):
                    raise RuntimeError(head.decode())

    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(client, range(clients)))
    return count / (time.perf_counter() - start)


def post(port: int, path: str, token: str, body: bytes, key: str) -> bytes:
    """One HTTP request as bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nIdempotency-Key: {key}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(port: int, path: str, etag: str = "") -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip\r\n"
        f"If-None-Match: {etag}\r\n\r\n"
    ).encode()
