"""`make demo`: the whole service in the foreground, and nothing left when it ends."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from scripts import cluster, console, locks, ports, processes, python_env, steps, system
from scripts.cluster import Cluster
from scripts.places import LOCAL, LOGS, ROOT, shown, write
from scripts.processes import Process
from scripts.python_env import GRIDSVC
from scripts.words import Failure, say

LOCK = LOCAL / "demo.lock"
STATE = LOCAL / "demo.json"
DEFAULT_PORT = 8000
HEALTH_PATIENCE_S = 90.0
STOP_PATIENCE_S = 45.0


def run() -> int:
    """Prepare everything, run the API and the worker, and stay until somebody ends it."""
    with locks.opened(LOCK) as lock:
        if not locks.taken(lock):
            raise Failure(*_already_running(_state()))
        _end_children()
        _remember({}, None)
        try:
            prepare()
            with cluster.in_use() as database:
                return _serve(database)
        finally:
            STATE.unlink(missing_ok=True)


def prepare() -> None:
    """What the service needs on this machine, each part only when it is missing or changed."""
    with locks.set_up():
        system.ensure(system.FOR_DEMO)
        python_env.ensure()
        console.ensure()


def stop() -> None:
    """End what this checkout started: the demo, what a killed demo left, and the database."""
    state = _state()
    supervisor = _process(state.get("supervisor"))
    found = supervisor is not None and processes.alive(supervisor)
    if supervisor is not None and found:
        say("停止演示服务", "stopping the demo")
        processes.end(supervisor, STOP_PATIENCE_S)
    found = _end_children() or found
    STATE.unlink(missing_ok=True)
    if not (cluster.stop() or found):
        say("没有正在运行的程序", "nothing was running")


def reset() -> int:
    """Stop everything and drop the data, after saying what goes."""
    folder = cluster.folder()
    say(
        f"将停止服务并删除本地数据库及全部数据：{shown(folder)}",
        f"this stops the service and deletes the database with all its data: {shown(folder)}",
    )
    asked = sys.stdin.isatty() and os.environ.get("YES") != "1"
    if asked and input("  确认请输入 yes | type yes to go on: ").strip().lower() != "yes":
        say("未作任何更改", "nothing was changed")
        return 1
    stop()
    cluster.drop()
    shutil.rmtree(LOGS, ignore_errors=True)
    # Photos are data like the rows that name them; anchors speak of a record that is gone.
    for name in ("media", "anchors"):
        shutil.rmtree(LOCAL / name, ignore_errors=True)
    say("已删除，下次 make demo 重新建库", "deleted; the next `make demo` starts afresh")
    return 0


def _anchoring() -> dict[str, str]:
    """The worker signs the head of the record once a day, beside the database and not in it."""
    key = LOCAL / "anchors" / "key.pem"
    if not key.exists():
        key.parent.mkdir(parents=True, exist_ok=True)
        steps.run("anchor key", [GRIDSVC, "audit", "key", str(key)])
    file = key.with_name("anchors.jsonl")
    return {"GRIDSVC_ANCHOR_KEY": str(key), "GRIDSVC_ANCHOR_FILE": str(file)}


def _serve(database: Cluster) -> int:
    say("更新数据库结构", "bringing the database schema up to date")
    steps.run("migrate", [GRIDSVC, "migrate"], env=database.env)
    seeded = cluster.mark(database.home, "seeded")
    if not seeded.exists():
        say(
            "准备演示区数据（首次需要几分钟）",
            "preparing the demo district (minutes the first time)",
        )
        steps.run("seed", [GRIDSVC, "demo"], env=database.env, loud=True)
        seeded.touch()
    port = choose_port()
    url = f"http://127.0.0.1:{port}"
    children: dict[str, subprocess.Popen[bytes]] = {}
    env = {**database.env, **_anchoring(), "GRIDSVC_PUBLIC_URL": url}
    try:
        say(f"启动服务与后台任务（端口 {port}）", f"starting the API (port {port}) and the worker")
        for name, words in {"api": ["serve", "--port", str(port)], "worker": ["work"]}.items():
            with steps.log_of(name).open("wb") as log:
                children[name] = steps.spawn([GRIDSVC, *words], env, ROOT, log)
            _remember(children, url)
        steps.run("accounts", [GRIDSVC, "demo", "accounts"], env=database.env)
        _wait_until_healthy(url, children)
        print(steps.log_of("accounts").read_text(encoding="utf-8"), end="", flush=True)
        say(f"已就绪：{url}（按 Ctrl-C 结束）", f"ready: {url} (Ctrl-C ends it)")
        while True:
            _check_running(children)
            time.sleep(0.5)
    finally:
        say("停止服务", "stopping")
        for child in reversed(children.values()):
            steps.end(child)


def choose_port() -> int:
    """The API's port: PORT or 8000, or the next free one, which is then said."""
    asked = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not (asked.isdecimal() and 0 < int(asked) < 65_000):
        raise Failure(f"PORT={asked} 不是可用端口", f"PORT={asked} is no usable port")
    wanted = int(asked)
    port = ports.first_free(range(wanted, wanted + 50))
    if port != wanted:
        say(f"端口 {wanted} 被占用，改用 {port}", f"port {wanted} is busy: using {port}")
    return port


def _wait_until_healthy(url: str, children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + HEALTH_PATIENCE_S
    while time.monotonic() < until:
        _check_running(children)
        try:
            with urllib.request.urlopen(f"{url}/api/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    log = shown(steps.log_of("api"))
    raise Failure(
        f"服务 {HEALTH_PATIENCE_S:.0f} 秒内未就绪，详见 {log}",
        f"the API did not answer within {HEALTH_PATIENCE_S:.0f} s: read {log}",
    )


def _check_running(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            log = shown(steps.log_of(name))
            raise Failure(
                f"{name} 意外结束（退出码 {child.returncode}），详见 {log}",
                f"{name} ended by itself (exit {child.returncode}): read {log}",
            )


def _remember(children: Mapping[str, subprocess.Popen[bytes]], url: str | None) -> None:
    known = {name: processes.identify(child.pid) for name, child in children.items()}
    state = {"supervisor": processes.identify(os.getpid()), "children": known, "url": url}
    write(STATE, json.dumps(state))


def _state() -> dict[str, object]:
    try:
        state = json.loads(STATE.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _process(noted: object) -> Process | None:
    if isinstance(noted, list) and len(noted) == 2:
        return Process(int(noted[0]), str(noted[1]))
    return None


def living_children() -> list[Process]:
    """The API and worker that are noted and still run."""
    noted = _state().get("children")
    known = [_process(entry) for entry in noted.values()] if isinstance(noted, dict) else []
    return [process for process in known if process is not None and processes.alive(process)]


def _end_children() -> bool:
    """End what a killed demo left behind; False when there was nothing."""
    left = living_children()
    if left:
        say("清理上次遗留的程序", "ending what an earlier run left behind")
    for process in left:
        processes.end(process)
    return bool(left)


def _already_running(state: dict[str, object]) -> tuple[str, str]:
    supervisor = _process(state.get("supervisor"))
    number = supervisor.pid if supervisor else "?"
    where = state.get("url")
    return (
        f"演示已在运行（进程 {number}）：{where or '正在准备'}。结束请运行 make stop",
        f"the demo already runs (process {number}): {where or 'still being prepared'}; "
        "`make stop` ends it",
    )
