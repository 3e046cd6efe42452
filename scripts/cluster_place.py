"""Where the private PostgreSQL cluster lies, and which system user runs it.

PostgreSQL refuses to run as root. Started by root, the cluster belongs to an unprivileged user,
who may be unable to enter the checkout (a clone below a closed home folder). Then its data goes to
/var/lib/gridsvc, under a name made from the checkout's path.
"""

import hashlib
import os
import pwd
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from scripts.places import LOCAL, ROOT, write
from scripts.words import Failure, say

BINARIES = Path("/usr/lib/postgresql")
EXTENSIONS = Path("/usr/share/postgresql")
OLDEST = 14
PREFERRED = 15


class Home(NamedTuple):
    """The cluster's folder and the user that runs it (None: the user who runs make)."""

    folder: Path
    owner: str | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"


def find() -> Home:
    """The cluster's home: where its data already lies, else where its owner can enter."""
    inside, outside = LOCAL / "postgres", elsewhere(ROOT)
    owner = unprivileged_owner() if os.geteuid() == 0 else None
    if inside.exists() or owner is None:
        return _checked(Home(inside, owner))
    if outside.exists() or not can_enter(owner, LOCAL):
        return _checked(Home(outside, owner))
    return Home(inside, owner)


def announce(home: Home) -> None:
    """Say where a cluster outside the checkout lies, and leave a pointer in `.local/`."""
    if home.folder.is_relative_to(LOCAL):
        return
    write(LOCAL / "cluster.place", f"{home.folder}\n")
    say(
        f"数据库用户 {home.owner} 无法进入本目录，数据放在 {home.folder}",
        f"user {home.owner} cannot enter this checkout: the data lies in {home.folder}",
    )


def elsewhere(checkout: Path) -> Path:
    """The home outside a checkout: one for each path."""
    return Path("/var/lib/gridsvc") / hashlib.sha256(str(checkout).encode()).hexdigest()[:12]


def unprivileged_owner() -> str:
    """The system user that runs the cluster when make is run by root."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def can_enter(owner: str, folder: Path) -> bool:
    """Whether that user may work below the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.run(["test", "-x", folder], user=owner, cwd="/", check=False).returncode == 0


def binaries(home: Home) -> Path:
    """The folder of PostgreSQL's programs that fit the data, or the best installed ones."""
    if (home.data / "PG_VERSION").exists():
        version = int((home.data / "PG_VERSION").read_text().strip())
    else:
        version = choose_version(installed_versions()) or PREFERRED
    folder = BINARIES / str(version) / "bin"
    if not (folder / "postgres").exists():
        raise Failure(
            f"未安装 PostgreSQL {version}：请运行 make system",
            f"PostgreSQL {version} is not installed: run `make system`",
        )
    return folder


def installed_versions() -> list[int]:
    """The PostgreSQL versions installed together with PostGIS and the contrib extensions."""
    wanted = ("postgis.control", "btree_gist.control", "pg_trgm.control")
    return [
        int(folder.name)
        for folder in (BINARIES.iterdir() if BINARIES.exists() else [])
        if re.fullmatch(r"\d+", folder.name)
        and (folder / "bin" / "initdb").exists()
        and all((EXTENSIONS / folder.name / "extension" / name).exists() for name in wanted)
    ]


def choose_version(installed: list[int]) -> int | None:
    """The version to use: the preferred one, else the newest that is not too old."""
    fit = [version for version in installed if version >= OLDEST]
    return PREFERRED if PREFERRED in fit else max(fit, default=None)


def _checked(home: Home) -> Home:
    """Refuse a cluster that another user made: that user alone can run it."""
    if home.data.exists():
        maker = home.data.stat().st_uid
        expected = pwd.getpwnam(home.owner).pw_uid if home.owner else os.geteuid()
        if maker != expected:
            name = pwd.getpwuid(maker).pw_name
            raise Failure(
                f"{home.data} 属于用户 {name}：请用当初的用户运行，或由其执行 make reset",
                f"{home.data} belongs to {name}: run make as the user who made it, "
                "or let that user run `make reset`",
            )
    return home
