"""Where things lie in a checkout; everything that a run makes stays below `.local/`."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
LOGS = LOCAL / "logs"
STAMPS = LOCAL / "stamps"
VENV = ROOT / ".venv"
CONSOLE = ROOT / "maps" / "console"


def shown(path: Path) -> str:
    """The path as a person in the checkout would type it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def content_hash(files: list[Path], *marks: str) -> str:
    """One hash over the names and contents of these files and over some further marks."""
    total = hashlib.sha256()
    for mark in marks:
        total.update(mark.encode() + b"\0")
    for file in sorted(files):
        total.update(shown(file).encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def stamped(name: str, value: str) -> bool:
    """Whether the step of this name was last finished for exactly this content."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text(encoding="utf-8") == value


def stamp(name: str, value: str) -> None:
    """Note that the step of this name is finished for this content."""
    write(STAMPS / name, value)


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Replace a file as a whole, so that an interruption leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with open(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8"
    ) as f:
        f.write(text)
    fresh.replace(path)
