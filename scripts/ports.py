"""Which port of the loopback interface is free."""

import socket
from collections.abc import Iterable

from scripts.words import Failure


def free(port: int) -> bool:
    """Whether somebody could listen on this loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def first_free(wanted: Iterable[int]) -> int:
    """The first free port of those wanted, in their order."""
    for port in wanted:
        if free(port):
            return port
    raise Failure(
        "找不到空闲端口，请结束占用端口的程序或用 PORT=端口号 指定。",
        "No free port was found: end what uses them, or name one with PORT=number.",
    )
