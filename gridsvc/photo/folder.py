"""Where photos lie: files named after their contents, never changed, written before their row."""

import os
import tempfile
from pathlib import Path

from gridsvc.photo.copies import Copy


def path_of(folder: Path, sha256: str) -> Path:
    """The file of that content; two hundred and fifty-six folders keep each of them small."""
    return folder / sha256[:2] / f"{sha256}.jpg"


def keep(folder: Path, copy: Copy) -> None:
    """Write the copy so that it is on the disk when this returns; nothing to do if it is there.

    A crash leaves at most a nameless or an unused file, which does no harm.
    """
    path = path_of(folder, copy.sha256)
    if path.is_file() and path.stat().st_size == len(copy.data):
        return
    fresh_folder = not folder.is_dir()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(copy.data)
            file.flush()
            os.fsync(file.fileno())
        # Another process may read it: a proxy, a backup.
        os.chmod(fresh, 0o640)
        os.replace(fresh, path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
    for changed in (path.parent, folder, *([folder.parent] if fresh_folder else [])):
        _sync(changed)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
