"""Run one step of the set-up: its output goes to a log, and a failure names that log."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from scripts import processes
from scripts.places import LOCAL, LOGS, ROOT, shown, write
from scripts.processes import Process
from scripts.words import Failure, say

NOTES = LOCAL / "steps"
REMIND_EVERY_S = 20.0
PATIENCE_S = 10.0
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def run(
    name: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    loud: bool = False,
    finishes: bool = False,
) -> None:
    """Run a command to its end; `loud` shows its output too. Raises Failure naming the log.

    On a terminal a loud command writes there itself, so that its progress lines can move. One that
    `finishes` is left to do so even when we are killed.
    """
    _end_orphans()
    log = log_of(name)
    direct = loud and sys.stdout.isatty()
    with log.open("w", encoding="utf-8") as out:
        process = spawn(command, env or {}, cwd, None if direct else subprocess.PIPE, finishes)
        with ended_with_us(process), _noted(process, finishes), _reminders(name, active=not direct):
            for raw in process.stdout or ():
                line = raw.decode("utf-8", errors="replace")
                out.write(line)
                if loud:
                    print(f"  {line}", end="", flush=True)
            process.wait()
        if direct:
            out.write("This step wrote to the terminal.\n")
    if process.returncode != 0:
        if not loud:
            _show_end(log)
        where = ("上方输出", "the output above") if direct else (shown(log), shown(log))
        raise Failure(
            f"步骤 {name} 失败（退出码 {process.returncode}），详见{where[0]}",
            f"step {name} failed (exit {process.returncode}): read {where[1]}",
        )


def check(name: str, command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> bool:
    """Run a check with its output on the terminal; True when it passed."""
    say(f"{name} 检查中", f"{name} begins")
    begun = time.monotonic()
    process = spawn(command, env, cwd, None)
    with ended_with_us(process):
        process.wait()
    took = f"{time.monotonic() - begun:.1f} s"
    if process.returncode == 0:
        say(f"{name} 通过（{took}）", f"{name} passed in {took}")
    else:
        say(f"{name} 未通过（{took}）", f"{name} FAILED after {took}")
    return process.returncode == 0


def spawn(
    command: Sequence[str | Path],
    env: Mapping[str, str],
    cwd: Path,
    out: int | IO[bytes] | None,
    finishes: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, which the kernel ends should we be killed outright."""
    return subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=None if out is None else subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=None if finishes else _die_with_parent,
    )


@contextmanager
def ended_with_us(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever ends the block, the child and its whole session end with it."""
    try:
        yield
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a child's session to end, insist after a while, and collect the child."""
    if process.poll() is None:
        _signal_session(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_S)
    _signal_session(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C and the like until a short step is complete."""
    asked: list[int] = []
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {s: signal.signal(s, lambda number, _: asked.append(number)) for s in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if asked:
            raise KeyboardInterrupt


def log_of(name: str) -> Path:
    """The log of the step of this name."""
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{name}.log"


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_session(leader: int, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, sign)


def _show_end(log: Path) -> None:
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]:
        print(f"  {line}", file=sys.stderr, flush=True)


@contextmanager
def _noted(process: subprocess.Popen[bytes], finishes: bool) -> Iterator[None]:
    """Keep a note of the step while it runs, for the run that comes after a killed one."""
    if finishes:
        yield
        return
    note = NOTES / str(process.pid)
    both = [processes.identify(process.pid), processes.identify(os.getpid())]
    write(note, json.dumps(both))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def _end_orphans() -> None:
    """End steps whose make was killed: one that still writes would spoil its own repetition."""
    for note in NOTES.glob("*"):
        with suppress(FileNotFoundError, ValueError, TypeError):
            step, parent = (Process(*known) for known in json.loads(note.read_text("utf-8")))
            if processes.alive(parent):
                continue
            processes.end(step)
        note.unlink(missing_ok=True)


@contextmanager
def _reminders(name: str, active: bool) -> Iterator[None]:
    """Say every now and then that a quiet step is still going on."""
    over, begun = threading.Event(), time.monotonic()

    def remind() -> None:
        while not over.wait(REMIND_EVERY_S):
            spent = int(time.monotonic() - begun)
            say(f"{name} 仍在进行（{spent} 秒）", f"{name} is still going ({spent} s)")

    thread = threading.Thread(target=remind, daemon=True)
    if active:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if active:
            thread.join()
