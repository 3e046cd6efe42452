"""The locked Python environment in `.venv`, made by a uv of our own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import steps
from scripts.places import LOCAL, ROOT, VENV, content_hash, stamp, stamped
from scripts.words import say

UV_VERSION = "0.13.9"
UV_HOME = LOCAL / "uv"
UV = UV_HOME / "bin" / "uv"
GRIDSVC = VENV / "bin" / "gridsvc"


def ensure(dev: bool = True) -> None:
    """Bring `.venv` to exactly what uv.lock says; nothing is done when it already is."""
    locked = [ROOT / "pyproject.toml", ROOT / "uv.lock"]
    wanted = content_hash(locked, str(VENV), "compiled", "dev" if dev else "service")
    if stamped("python", wanted) and usable(VENV):
        return
    _ensure_uv()
    if VENV.exists() and not usable(VENV):
        say("重建损坏的 .venv", "rebuilding a broken .venv")
        shutil.rmtree(VENV)
    say("安装 Python 依赖", "installing the Python environment")
    choice = [] if VENV.exists() else ["--python", _base_python()]
    # Compiled once here: where bytecode may not be written, every start would compile anew.
    options = ["--locked", "--compile-bytecode", *([] if dev else ["--no-dev"]), *choice]
    steps.run("python", [UV, "sync", *options], env=_env())
    stamp("python", wanted)


def usable(venv: Path) -> bool:
    """Whether an environment's interpreter starts and it was made for this very folder."""
    activate = venv / "bin" / "activate"
    if not activate.exists() or str(venv) not in activate.read_text(encoding="utf-8"):
        return False
    try:
        subprocess.run([venv / "bin" / "python", "-c", ""], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def cache_dir(tool: str, home: Path) -> Path | None:
    """A cache below `.local/` for a user without a home to write to; None where there is one."""
    return None if os.access(home, os.W_OK) else LOCAL / "cache" / tool


def _ensure_uv() -> None:
    if UV.exists() and usable(UV_HOME) and stamped("uv", UV_VERSION):
        return
    say("准备安装工具 uv", "fetching the installer uv")
    steps.run("uv-venv", [_base_python(), "-m", "venv", "--clear", UV_HOME])
    steps.run("uv", [UV_HOME / "bin" / "pip", "install", f"uv=={UV_VERSION}"])
    stamp("uv", UV_VERSION)


def _base_python() -> str:
    """The interpreter outside any environment: one made from `.venv` would vanish with it."""
    return str(getattr(sys, "_base_executable", sys.executable))


def _env() -> dict[str, str]:
    env = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV)}
    cache = cache_dir("uv", Path.home())
    return env | ({"UV_CACHE_DIR": str(cache)} if cache else {})
