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


def rate(port: int, requests: Callable[[int], bytes], count: int, clients: int) -> float:
    """Answers a second for `count` requests over `clients` kept connections; all must be 2xx.

    Plain sockets in threads: on two cores the client must not take the time of what it measures.
    """
    numbers = iter(range(count))

    def client(_: int) -> None:
        with socket.create_connection((HOST, port)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for number in numbers:
                line.sendall(requests(number))
                _check(line)

    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(client, range(clients)))
    return count / (time.perf_counter() - start)


def _check(line: socket.socket) -> None:
    """Read one whole answer; RuntimeError unless it is 2xx."""
    answer = line.recv(262_144)
    if not answer.startswith(b"HTTP/1.1 2"):
        raise RuntimeError(answer.decode())
    while b"\r\n\r\n" not in answer:
        answer += line.recv(262_144)
    head, _, body = answer.partition(b"\r\n\r\n")
    left = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]) - len(body)
    while left > 0:
        left -= len(line.recv(262_144))


def post(port: int, path: str, token: str, body: bytes, key: str) -> bytes:
    """One HTTP request as bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nIdempotency-Key: {key}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(port: int, path: str) -> bytes:
    head = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip\r\n\r\n"
    return head.encode()
