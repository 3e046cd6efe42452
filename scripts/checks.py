"""`make check` and `make test`: what must hold before a change is handed on, fastest first."""

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scripts import cluster, console, locks, python_env, steps, system
from scripts.places import CONSOLE, ROOT, VENV
from scripts.words import Failure, say

BIN = VENV / "bin"
PACKAGES = ("gridsvc", "geodata", "maps", "api", "scripts", "tests")


class Check(NamedTuple):
    """One check: its name, its command and where it runs."""

    name: str
    command: list[str | Path]
    cwd: Path = ROOT


def static_checks() -> list[Check]:
    """What reads the sources without running them."""
    packages = [word for package in PACKAGES for word in ("-p", package)]
    return [
        Check("ruff format", [BIN / "ruff", "format", "--check", "."]),
        Check("ruff", [BIN / "ruff", "check", "."]),
        Check("lint-imports", [BIN / "lint-imports"]),
        Check("mypy", [BIN / "mypy", "--strict", *packages]),
        Check("console check", ["npm", "run", "check"], CONSOLE),
    ]


def tests() -> list[Check]:
    """What runs the product; pytest comes last, so that its summary closes the output."""
    chosen = shlex.split(os.environ.get("ARGS", ""))
    return [
        Check("console tests", ["npm", "test"], CONSOLE),
        Check("tests", [BIN / "pytest", "-n", "2", "-rs", *chosen]),
    ]


def run(static: bool) -> int:
    """Run all checks, also after one has failed, and name those that failed."""
    with locks.set_up():
        system.ensure(system.FOR_TESTS)
        python_env.ensure()
        console.ensure()
        node = console.ensure_packages()
    broken = failed(static_checks(), node.env) if static else []
    with cluster.in_use() as database:
        browser = {"CHROMIUM_PATH": shutil.which("chromium") or ""}
        broken += failed(tests(), node.env | database.env | browser)
    if broken:
        raise Failure(f"未通过：{'、'.join(broken)}", f"failed: {', '.join(broken)}")
    say("全部通过", "everything passed")
    return 0


def fmt() -> int:
    """Format the Python sources and mend what ruff can mend."""
    with locks.set_up():
        python_env.ensure()
    steps.run("ruff-fix", [BIN / "ruff", "check", "--fix-only", "."])
    steps.run("ruff-format", [BIN / "ruff", "format", "."], loud=True)
    return 0


def bench() -> int:
    """Measure the service's own figures on this machine."""
    with locks.set_up():
        system.ensure(system.FOR_DEMO)
        python_env.ensure()
    with cluster.in_use() as database:
        say("测量中", "measuring")
        steps.run("bench", [BIN / "gridsvc", "bench"], env=database.env, loud=True)
    return 0


def failed(checks: list[Check], env: Mapping[str, str]) -> list[str]:
    """Run every check, also after one has failed; the names of those that did."""
    return [c.name for c in checks if not steps.check(c.name, c.command, env, c.cwd)]
