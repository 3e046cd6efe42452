"""The private PostgreSQL cluster of this checkout; the machine's own clusters are never touched.

It listens on the loopback interface only, asks for a password that was drawn at random, and has one
role, `gridsvc`, which is its superuser: tests create databases and extensions with it. A production
installation gives the service a plain role (see deploy/).
"""

import json
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from scripts import cluster_place, locks, ports, steps
from scripts.cluster_place import Home
from scripts.places import LOCAL, shown, write
from scripts.words import Failure, say

ROLE = DATABASE = "gridsvc"
PORTS = range(54310, 54400)
KEPT = LOCAL / "cluster.kept"
USERS = LOCAL / "cluster.users"
ENV = LOCAL / "env"


class Cluster(NamedTuple):
    """A running cluster and how to reach it."""

    home: Home
    port: int
    password: str

    @property
    def url(self) -> str:
        login = f"{ROLE}:{self.password}"
        return f"postgresql+psycopg2://{login}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def env(self) -> dict[str, str]:
        return {"GRIDSVC_DATABASE_URL": self.url}


@contextmanager
def in_use() -> Iterator[Cluster]:
    """The running cluster for one command; the last command to leave stops it.

    `make cluster` asks for it to be kept: then only `make stop` ends it.
    """
    with locks.opened(USERS) as users:
        locks.wait_shared(users)
        try:
            yield start()
        finally:
            if not KEPT.exists() and locks.taken(users):
                stop()
            else:
                say("数据库仍在使用，保持运行", "the database stays up: it is in use or was kept")


def start(keep: bool = False) -> Cluster:
    """Make the cluster if there is none, start it if it is down, and say how to reach it."""
    with locks.set_up(), steps.uninterrupted():
        home = cluster_place.find()
        cluster_place.announce(home)
        password = _password(home)
        if not home.data.exists():
            _create(home, password)
        cluster = Cluster(home, _run_server(home, password), password)
        if keep:
            KEPT.touch()
        _ensure_database(cluster)
        write(ENV, "".join(f"{k}={v}\n" for k, v in cluster.env.items()), 0o600)
        return cluster


def stop() -> bool:
    """Stop the cluster of this checkout; False when it was not running."""
    home = cluster_place.find()
    KEPT.unlink(missing_ok=True)
    if running_port(home) is None:
        return False
    say("停止数据库", "stopping the database")
    _pg_ctl(home, "stop", "-m", "fast", "-t", "60")
    return True


def drop() -> None:
    """Remove the stopped cluster with everything in it."""
    home = cluster_place.find()
    shutil.rmtree(home.folder, ignore_errors=True)
    for file in (ENV, KEPT, LOCAL / "cluster.place"):
        file.unlink(missing_ok=True)


def running_port(home: Home) -> int | None:
    """The port of the running server; None when it is down or its pid file is stale.

    A stale file's number may belong to another process by now: only a process that works inside
    our data folder is our server.
    """
    try:
        lines = (home.data / "postmaster.pid").read_text().splitlines()
        if Path(os.readlink(f"/proc/{lines[0]}/cwd")) != home.data.resolve():
            return None
        return int(lines[3])
    except (FileNotFoundError, IndexError, PermissionError, ProcessLookupError):
        return None


def folder() -> Path:
    """The folder that holds the cluster."""
    return cluster_place.find().folder


def mark(home: Home, step: str) -> Path:
    """The file that says a step on the data was finished; it goes when the data go."""
    return home.folder / f"{step}.done"


def settings(port: int, memory_mb: int) -> str:
    """The cluster's own settings: short questions, kept safe, on the loopback interface only."""
    return f"""# Written at every start by scripts/cluster.py.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 100
shared_buffers = {min(512, max(64, memory_mb // 4))}MB
fsync = on
synchronous_commit = on
jit = off
max_parallel_workers_per_gather = 0
timezone = 'UTC'
log_timezone = 'UTC'
"""


def _password(home: Home) -> str:
    """The password drawn for this cluster, kept beside its data and readable by its maker only."""
    file = home.folder / "connection.json"
    if not file.exists():
        if home.data.exists():
            raise Failure(
                f"{shown(file)} 丢失，无法连接原有数据：请运行 make reset",
                f"{shown(file)} is lost, so the data cannot be reached: run `make reset`",
            )
        home.folder.mkdir(parents=True, exist_ok=True)
        for folder in (home.folder, home.folder.parent):
            folder.chmod(0o755)
        write(file, json.dumps({"password": secrets.token_hex(24)}), 0o600)
    return str(json.loads(file.read_text())["password"])


def _create(home: Home, password: str) -> None:
    """initdb into a folder of another name, so that an interrupted one is never taken for data."""
    say("创建本地数据库", "creating the private database cluster")
    partial, pwfile = home.folder / "data.partial", home.folder / "password.tmp"
    shutil.rmtree(partial, ignore_errors=True)
    for done in home.folder.glob("*.done"):
        done.unlink()
    partial.mkdir(mode=0o700)
    write(pwfile, password, 0o600)
    for path in (partial, pwfile):
        _give(home, path)
    try:
        _as_owner(
            home,
            [
                *(cluster_place.binaries(home) / "initdb", "-D", partial, "-U", ROLE),
                *(f"--pwfile={pwfile}", "--auth=scram-sha-256"),
                *("--locale=C.UTF-8", "--encoding=UTF8"),
            ],
        )
    finally:
        pwfile.unlink()
    with (partial / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write("\ninclude = 'gridsvc.conf'\n")
    partial.rename(home.data)


def _run_server(home: Home, password: str) -> int:
    """See to it that the server runs, by the programs installed now; its port."""
    port = running_port(home)
    if port is not None and not _upgraded(Cluster(home, port, password)):
        return port
    if port is not None:
        say("PostgreSQL 已升级，重启数据库", "PostgreSQL was upgraded: restarting the database")
        _pg_ctl(home, "stop", "-m", "fast")
    else:
        KEPT.unlink(missing_ok=True)
    return _launch(home)


def _launch(home: Home) -> int:
    """Start the server on the port remembered, or on the next free one."""
    conf, stale = home.data / "gridsvc.conf", home.data / "postmaster.pid"
    if stale.exists():
        say("清除过期的数据库进程文件", "removing a stale database pid file")
        stale.unlink()
    remembered = _remembered_port(conf)
    port = ports.first_free([remembered, *PORTS] if remembered else PORTS)
    write(conf, settings(port, _memory_mb()), 0o600)
    home.log.touch()
    for path in (conf, home.log):
        _give(home, path)
    say(f"启动数据库（端口 {port}）", f"starting the database on port {port}")
    _pg_ctl(home, "start", "-l", str(home.log), "-t", "60")
    return port


def _remembered_port(conf: Path) -> int | None:
    lines = conf.read_text().splitlines() if conf.exists() else []
    return next((int(line.split("=")[1]) for line in lines if line.startswith("port =")), None)


def _memory_mb() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def _upgraded(cluster: Cluster) -> bool:
    """Whether the server's programs were replaced under it, which breaks loading extensions."""
    server = cluster_place.binaries(cluster.home) / "postgres"
    there = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout
    return ask(cluster, "SHOW server_version", "postgres") not in there


def _ensure_database(cluster: Cluster) -> None:
    known = ask(cluster, "SELECT datname FROM pg_database", "postgres").split()
    if DATABASE not in known:
        ask(cluster, f"CREATE DATABASE {DATABASE}", "postgres")


def ask(cluster: Cluster, sql: str, database: str = DATABASE) -> str:
    """The plain answer of one SQL statement, through psql."""
    command = ["psql", "-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-c", sql]
    where = {"PGHOST": "127.0.0.1", "PGPORT": str(cluster.port), "PGDATABASE": database}
    login = {"PGUSER": ROLE, "PGPASSWORD": cluster.password}
    done = subprocess.run(
        command, env={**os.environ, **where, **login}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failure(f"数据库拒绝：{done.stderr.strip()}", f"the database refused: {sql}")
    return done.stdout.strip()


def _pg_ctl(home: Home, verb: str, *options: str) -> None:
    _as_owner(
        home, [cluster_place.binaries(home) / "pg_ctl", verb, "-w", "-D", home.data, *options]
    )


def _as_owner(home: Home, command: Sequence[str | Path]) -> None:
    """Run one of PostgreSQL's programs as the cluster's owner."""
    done = subprocess.run(
        command,
        user=home.owner,
        group=None if home.owner is None else _group(home.owner),
        extra_groups=None if home.owner is None else [],
        cwd=home.folder,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(home.folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        check=False,
    )
    if done.returncode != 0:
        detail = (done.stdout or "").strip()
        raise Failure(
            f"数据库操作失败，详见 {shown(home.log)}\n  {detail}",
            f"the database step failed: read {shown(home.log)}",
        )


def _group(owner: str) -> int:
    return pwd.getpwnam(owner).pw_gid


def _give(home: Home, path: Path) -> None:
    if home.owner is not None:
        shutil.chown(path, home.owner, _group(home.owner))
