"""Which process is which, and how one is ended: a number alone may have passed to a stranger."""

import os
import signal
import time
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Process(NamedTuple):
    """A process by its number and the moment it started, so that a reused number is noticed."""

    pid: int
    started: str


def identify(pid: int) -> Process | None:
    """The living process of this number; None when there is none or only its remains."""
    try:
        stat = (PROC / str(pid) / "stat").read_text()
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else Process(pid, f"{boot}:{fields[19]}")


def alive(process: Process) -> bool:
    """Whether exactly this process still runs."""
    return identify(process.pid) == process


def end(process: Process, patience: float = 10.0) -> None:
    """Ask a process and its group to end, then insist; a process that is gone is fine."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if not alive(process):
            return
        _send(process.pid, sign)
        if gone(process, patience):
            return


def gone(process: Process, patience: float) -> bool:
    """Wait until the process has ended; False when it has not within so many seconds."""
    until = time.monotonic() + patience
    while alive(process):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _send(pid: int, sign: signal.Signals) -> None:
    try:
        if os.getpgid(pid) == pid:
            os.killpg(pid, sign)
        else:
            os.kill(pid, sign)
    except ProcessLookupError:
        return
