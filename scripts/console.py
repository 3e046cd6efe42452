"""The web console's build, made again only when its sources changed."""

import os
import shutil
from pathlib import Path

from scripts import node, steps
from scripts.node import Node
from scripts.places import CONSOLE, content_hash, stamp, stamped
from scripts.words import Failure, say

DIST = CONSOLE / "dist"
NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results"}


def ensure() -> None:
    """Install the console's locked packages and build it, each only when something changed."""
    found = ensure_packages()
    wanted = content_hash(sources(CONSOLE), found.version)
    if stamped("console", wanted) and DIST.exists():
        return
    say("构建操作台网页", "building the console")
    steps.run("console-build", ["npm", "run", "build"], env=found.env, cwd=CONSOLE)
    stamp("console", wanted)


def ensure_packages() -> Node:
    """Install exactly what the console's lock file says; the Node to use with it."""
    locked = [CONSOLE / "package.json", CONSOLE / "package-lock.json"]
    if absent := [file.name for file in locked if not file.exists()]:
        raise Failure(
            f"maps/console 缺少 {'、'.join(absent)}：检出不完整",
            f"maps/console lacks {', '.join(absent)}: the checkout is incomplete",
        )
    found = node.ensure()
    wanted = content_hash(locked, found.version, str(CONSOLE))
    if not (stamped("console-packages", wanted) and (CONSOLE / "node_modules").exists()):
        say("安装操作台依赖", "installing the console's packages")
        shutil.rmtree(CONSOLE / "node_modules", ignore_errors=True)
        install = ["npm", "ci", "--no-audit", "--no-fund"]
        steps.run("console-packages", install, env=found.env, cwd=CONSOLE)
        stamp("console-packages", wanted)
    return found


def sources(folder: Path) -> list[Path]:
    """The files that the build depends on."""
    files: list[Path] = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        files += [Path(where) / name for name in names]
    return files
