"""The pure parts of the set-up: what is chosen, what is noticed, what is said."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import (
    checks,
    cluster,
    cluster_place,
    console,
    demo,
    locks,
    node,
    places,
    ports,
    processes,
    steps,
    system,
)
from scripts.cluster_place import Home
from scripts.run import COMMANDS, main
from scripts.words import Failure

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("installed", "chosen"),
    [([], None), ([13], None), ([15], 15), ([14, 17], 17), ([15, 17], 15)],
)
def test_postgresql_is_the_preferred_version_or_the_newest(
    installed: list[int], chosen: int | None
) -> None:
    assert cluster_place.choose_version(installed) == chosen


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        ("v20.20.2", False),
        ("v22.0.0", True),
        ("v24.19.0", True),
        (None, False),
        ("nonsense", False),
    ],
)
def test_node_must_be_new_enough_for_the_console(answer: str | None, fits: bool) -> None:
    assert node.new_enough(answer) is fits


def test_a_busy_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        assert not ports.free(busy)
        assert ports.first_free([busy, 0]) == 0
        with pytest.raises(Failure, match="PORT="):
            ports.first_free([busy])


def test_the_api_moves_to_the_next_port_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(busy))
        assert demo.choose_port() > busy
        assert f"port {busy} is busy" in capsys.readouterr().out


@pytest.mark.parametrize("wanted", ["http", "0", "70000"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    monkeypatch.setenv("PORT", wanted)
    with pytest.raises(Failure, match="PORT"):
        demo.choose_port()


def test_a_process_is_known_by_its_start_not_by_its_number_alone() -> None:
    ourselves = processes.identify(os.getpid())
    assert ourselves is not None and processes.alive(ourselves)
    assert not processes.alive(ourselves._replace(started="another boot:1"))


def test_an_ended_process_is_no_longer_alive() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    noted = processes.identify(child.pid)
    assert noted is not None
    processes.end(noted)
    assert not processes.alive(noted)
    child.wait()
    assert child.stdin is not None
    child.stdin.close()


def test_a_child_ends_with_everything_that_it_started(tmp_path: Path) -> None:
    script = f"sleep 300 & echo $! > {tmp_path}/grandchild; wait"
    child = steps.spawn(["sh", "-c", script], {}, tmp_path, None)
    note = tmp_path / "grandchild"
    while not (note.exists() and note.read_text().strip()):
        pass
    grandchild = processes.identify(int(note.read_text()))
    assert grandchild is not None
    steps.end(child)
    assert processes.gone(grandchild, 5)


def _home(tmp_path: Path, pid: int) -> Home:
    home = Home(tmp_path, None)
    home.data.mkdir()
    lines = [str(pid), str(home.data), "1", "54399", "", "127.0.0.1"]
    (home.data / "postmaster.pid").write_text("\n".join(lines))
    return home


def test_a_pid_file_whose_number_went_to_a_stranger_is_stale(tmp_path: Path) -> None:
    assert cluster.running_port(_home(tmp_path, os.getpid())) is None


def test_a_pid_file_of_a_process_that_is_gone_is_stale(tmp_path: Path) -> None:
    assert cluster.running_port(_home(tmp_path, 2**22 + 1)) is None


def test_a_server_that_works_in_the_data_folder_is_running(tmp_path: Path) -> None:
    home = _home(tmp_path, 0)
    server = subprocess.Popen(["sleep", "60"], cwd=home.data)
    try:
        file = home.data / "postmaster.pid"
        file.write_text(file.read_text().replace("0", str(server.pid), 1))
        assert cluster.running_port(home) == 54399
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize(("memory", "buffers"), [(128, 64), (1024, 256), (24_000, 512)])
def test_the_cluster_is_safe_local_and_fits_the_machine(memory: int, buffers: int) -> None:
    text = cluster.settings(54_310, memory)
    assert f"shared_buffers = {buffers}MB" in text
    for line in ("fsync = on", "synchronous_commit = on", "listen_addresses = '127.0.0.1'"):
        assert line in text.splitlines()


def test_two_checkouts_never_share_a_data_folder() -> None:
    one, other = (cluster_place.elsewhere(Path(name)) for name in ("/a/grid", "/b/grid"))
    assert one != other and one.parent == other.parent == Path("/var/lib/gridsvc")


def test_what_to_type_is_one_command_in_both_languages() -> None:
    zh, en = system.instructions(["postgresql-15", "chromium"])
    assert zh.count("apt-get install") == 1 and "postgresql-15 chromium" in zh
    assert "run the command above" in en


def test_only_missing_packages_are_asked_for() -> None:
    here = system.Need(("here",), lambda: True)
    gone = system.Need(("one", "two"), lambda: False)
    assert system.missing([here, gone]) == ["one", "two"]


def test_without_the_right_to_install_one_message_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(Failure, match="sudo apt-get install -y --no-install-recommends fancy"):
        system.ensure([system.Need(("fancy",), lambda: False)])


def test_a_step_left_by_a_killed_make_is_ended_before_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "LOGS", tmp_path / "logs")
    monkeypatch.setattr(steps, "NOTES", tmp_path / "steps")
    left, ours = (subprocess.Popen(["sleep", "60"], start_new_session=True) for _ in range(2))
    us, gone = processes.identify(os.getpid()), (2**22 + 1, "another boot:1")
    (tmp_path / "steps").mkdir()
    for child, parent in ((left, gone), (ours, us)):
        note = json.dumps([processes.identify(child.pid), parent])
        (tmp_path / "steps" / str(child.pid)).write_text(note)
    steps.run("next", ["true"])
    assert left.wait(5) != 0 and ours.poll() is None
    assert [note.name for note in (tmp_path / "steps").iterdir()] == [str(ours.pid)]
    ours.kill()
    ours.wait()


def test_a_failing_step_names_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "LOGS", tmp_path)
    monkeypatch.setattr(steps, "NOTES", tmp_path / "steps")
    with pytest.raises(Failure, match=r"exit 3.*read .*broken\.log"):
        steps.run("broken", ["sh", "-c", "echo the reason; exit 3"])
    assert "the reason" in capsys.readouterr().err
    assert (tmp_path / "broken.log").read_text() == "the reason\n"


def test_a_step_counts_as_done_for_its_very_content_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "STAMPS", tmp_path / "stamps")
    source = tmp_path / "source"
    source.write_text("one")
    before = places.content_hash([source], "v24")
    assert not places.stamped("build", before)
    places.stamp("build", before)
    assert places.stamped("build", before)
    source.write_text("two")
    assert not places.stamped("build", places.content_hash([source], "v24"))


def test_the_console_is_judged_by_its_sources_alone(tmp_path: Path) -> None:
    for name in ("src/app.tsx", "node_modules/x/index.js", "dist/index.html", "package.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = {str(file.relative_to(tmp_path)) for file in console.sources(tmp_path)}
    assert found == {"src/app.tsx", "package.json"}


def test_a_lock_is_held_once_and_freed_with_its_holder(tmp_path: Path) -> None:
    with locks.opened(tmp_path / "lock") as one:
        assert locks.taken(one)
        with locks.opened(tmp_path / "lock") as other:
            assert not locks.taken(other)
    with locks.opened(tmp_path / "lock") as later:
        assert locks.taken(later)


def test_a_second_demo_is_told_where_the_first_one_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "LOCK", tmp_path / "lock")
    monkeypatch.setattr(demo, "STATE", tmp_path / "state")
    state = {"supervisor": [4242, "boot:1"], "children": {}, "url": "http://127.0.0.1:8003"}
    (tmp_path / "state").write_text(json.dumps(state))
    with locks.opened(tmp_path / "lock") as first:
        assert locks.taken(first)
        with pytest.raises(Failure, match=r"4242.*http://127\.0\.0\.1:8003.*make stop"):
            demo.run()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"children": {"api": null}}'])
def test_a_half_written_state_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    monkeypatch.setattr(demo, "STATE", tmp_path / "state")
    (tmp_path / "state").write_text(left)
    assert demo.living_children() == []


def test_every_target_of_the_makefile_is_a_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = next(line for line in makefile.splitlines() if line.startswith(".PHONY:"))
    assert set(phony.split()[1:]) - {"help"} <= set(COMMANDS)


def test_an_unknown_command_lists_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dance"]) == 1
    assert "demo, stop, reset" in capsys.readouterr().err


def test_all_checks_run_and_the_failed_ones_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran = [
        checks.Check("broken", ["sh", "-c", "exit 1"], tmp_path),
        checks.Check("fine", ["sh", "-c", "touch reached"], tmp_path),
    ]
    assert checks.failed(ran, {}) == ["broken"]
    assert (tmp_path / "reached").exists()
