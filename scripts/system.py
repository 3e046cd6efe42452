"""Which of Debian's packages are missing, and how they come onto the machine."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from scripts import cluster_place, steps
from scripts.words import Failure, say


class Need(NamedTuple):
    """Something the machine must have, the packages that bring it, and how to see it is there."""

    packages: tuple[str, ...]
    present: Callable[[], bool]


def _has_postgis() -> bool:
    fit = cluster_place.choose_version(cluster_place.installed_versions())
    return fit is not None and shutil.which("psql") is not None


def _has_chinese_font() -> bool:
    return any(Path("/usr/share/fonts").rglob("*CJK*"))


DATABASE = Need(("postgresql-15", "postgresql-15-postgis-3"), _has_postgis)
PYTHON = Need(("python3-venv",), lambda: importlib.util.find_spec("ensurepip") is not None)
FONT = Need(("fonts-noto-cjk",), _has_chinese_font)
BROWSER = Need(("chromium",), lambda: shutil.which("chromium") is not None)

FOR_DEMO = (DATABASE, PYTHON, FONT)
FOR_TESTS = (*FOR_DEMO, BROWSER)


def ensure(needs: Iterable[Need]) -> None:
    """Install what is missing, or say in one message what a person with the right must type."""
    packages = missing(needs)
    if not packages:
        return
    prefix = _root_prefix()
    if prefix is None or shutil.which("apt-get") is None:
        raise Failure(*instructions(packages))
    names = " ".join(packages)
    say(f"安装系统软件包：{names}", f"installing system packages: {names}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["-o", "DPkg::Lock::Timeout=120"]
    # Ctrl-C in the middle would leave dpkg half configured.
    with steps.uninterrupted():
        steps.run("apt-update", [*apt, "update"], finishes=True)
        install = [*apt, "install", "-y", "--no-install-recommends", *packages]
        steps.run("apt-install", install, finishes=True)
    importlib.invalidate_caches()
    if still := missing(needs):
        raise Failure(*instructions(still))


def missing(needs: Iterable[Need]) -> list[str]:
    """The packages that the machine lacks."""
    return [package for need in needs if not need.present() for package in need.packages]


def instructions(packages: Iterable[str]) -> tuple[str, str]:
    """What to type when make may not install anything itself, in Chinese and in English."""
    names = " ".join(packages)
    command = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
    return (
        f"缺少系统软件包，当前用户无权安装。请先运行：\n\n    {command}\n",
        "System packages are missing and this user may not install them: "
        "run the command above, then try again.",
    )


def _root_prefix() -> list[str] | None:
    """How a command is run as root here; None when it cannot be without asking for a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed.returncode == 0 else None
