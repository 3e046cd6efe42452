"""One at a time: locks that the kernel lets go of when their holder ends in whatever way."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from scripts.places import LOCAL
from scripts.words import say

SETUP = LOCAL / "setup.lock"


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """A lock's file, made when missing and never shortened by opening it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8") as file:
        yield file


def taken(file: IO[str]) -> bool:
    """Try to take the lock alone, without waiting."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_shared(file: IO[str]) -> None:
    """Join those who hold the lock together, waiting for one who holds it alone."""
    fcntl.flock(file, fcntl.LOCK_SH)


@contextmanager
def set_up() -> Iterator[None]:
    """Hold the lock under which this checkout is changed; a second command waits its turn."""
    with opened(SETUP) as file:
        if not taken(file):
            say(
                f"另一条 make 命令（进程 {_holder(file)}）正在准备环境，等待中",
                f"another make command (process {_holder(file)}) is setting up; waiting",
            )
            fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


def _holder(file: IO[str]) -> str:
    file.seek(0)
    return file.read().strip() or "?"
