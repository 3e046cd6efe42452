"""The real service on a free port of loopback, and a client that costs little of its own."""

import asyncio
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
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
    """Answers a second for `count` requests over `clients` kept connections; all must be 2xx."""
    return asyncio.run(_rate(port, requests, count, clients))


async def _rate(port: int, requests: Callable[[int], bytes], count: int, clients: int) -> float:
    numbers = iter(range(count))

    async def client() -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        for number in numbers:
            writer.write(requests(number))
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 2"):
                raise RuntimeError(head.decode())
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return count / (time.perf_counter() - start)


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
