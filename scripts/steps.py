"""Run one step of the set-up: its output goes to a log, and a failure names that log."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.places import LOGS, ROOT, shown
from scripts.words import Failure, say

REMIND_EVERY_S = 20.0


def run(
    name: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    loud: bool = False,
) -> None:
    """Run a command to its end; `loud` shows its output too. Raises Failure naming the log."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name}.log"
    with log.open("w", encoding="utf-8") as out, _reminders(name, active=not loud):
        with subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                out.write(line)
                if loud:
                    print(f"  {line}", end="", flush=True)
    if process.returncode != 0:
        _show_end(log)
        raise Failure(
            f"步骤“{name}”失败（退出码 {process.returncode}），详见 {shown(log)}",
            f"step '{name}' failed (exit {process.returncode}): read {shown(log)}",
        )


def show(
    name: str, command: Sequence[str | Path], env: Mapping[str, str], cwd: Path = ROOT
) -> bool:
    """Run a check with its output on the terminal; True when it passed."""
    say(f"{name} 检查中", f"{name}")
    begun = time.monotonic()
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    verdict = ("通过", "passed") if done.returncode == 0 else ("未通过", "FAILED")
    took = f"{time.monotonic() - begun:.1f} s"
    say(f"{name} {verdict[0]}（{took}）", f"{name} {verdict[1]} in {took}")
    return done.returncode == 0


def _show_end(log: Path) -> None:
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]:
        print(f"  {line}", file=sys.stderr, flush=True)


class _reminders:
    """Says every now and then that a quiet step is still going on."""

    def __init__(self, name: str, active: bool) -> None:
        self._name = name
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._remind, daemon=True) if active else None

    def __enter__(self) -> None:
        if self._thread:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _remind(self) -> None:
        begun = time.monotonic()
        while not self._over.wait(REMIND_EVERY_S):
            spent = int(time.monotonic() - begun)
            say(f"{self._name} 仍在进行（{spent} 秒）", f"{self._name} is still going ({spent} s)")
