"""What a city's operators start with Docker Compose; read here, since no engine runs in tests."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from gridsvc.photo.reading import MOST_BYTES
from scripts.run import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PROXY = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")

one_shot = {name for name, service in SERVICES.items() if service.get("restart") == "no"}
each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_the_service_is_whole() -> None:
    assert set(SERVICES) == {"database", "migrate", "api", "worker", "proxy"}
    assert one_shot == {"migrate"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - one_shot))
def test_every_long_running_service_tells_whether_it_is_healthy(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD" and {"interval", "timeout", "retries"} <= set(check)


@each_service
def test_nobody_runs_as_root_or_writes_outside_its_volumes(name: str) -> None:
    service = SERVICES[name]
    assert str(service["user"]).split(":")[0] not in ("", "0", "root")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_api_and_worker_wait_for_the_finished_migration() -> None:
    for name in ("api", "worker"):
        waits = SERVICES[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["database"]["condition"] == "service_healthy"


def test_secrets_are_asked_for_and_never_given_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    used = re.findall(r"\$\{(\w*PASSWORD\w*)(.*?)\}", text)
    assert {name for name, _ in used} == {"GRIDSVC_DB_PASSWORD", "GRIDSVC_DB_ADMIN_PASSWORD"}
    assert all(rest.startswith(":?") for _, rest in used)


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    # Messages leave from the worker; nothing reaches it, for it has no port.
    going_out = {name for name, s in SERVICES.items() if s["networks"] != ["inside"]}
    assert going_out == {"proxy", "worker"}


def test_data_lies_in_named_volumes_and_mounted_files_exist() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            known = (ROOT / source).is_file() if source.startswith(".") else False
            assert known or source in COMPOSE["volumes"]


def test_the_image_is_built_by_the_scripts_that_make_uses() -> None:
    called = re.findall(r"python3? -m scripts ([\w-]+)", DOCKERFILE)
    assert called == ["console", "service-env"]
    assert set(called) <= set(COMMANDS)
    assert not re.search(r"\b(pip|npm|uv) ", DOCKERFILE)


def test_the_image_runs_as_an_unprivileged_user() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last_stage, re.MULTILINE)
    assert SERVICES["api"]["user"] == "10001:10001"


def test_everything_that_the_image_copies_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    sources = [source for line in copied for source in line.split()[:-1]]
    assert sources and all((ROOT / source).exists() for source in sources)


def test_the_proxy_lets_events_through_at_once_and_leaves_tiles_compressed() -> None:
    events = re.search(r"location ~ \^/api/\(events.*?\{(.*?)\}", PROXY, re.DOTALL)
    assert events and "proxy_buffering off" in events[1] and "gzip off" in events[1]
    compressed = re.search(r"gzip_types(.*?);", PROXY, re.DOTALL)
    assert compressed and "vector-tile" not in compressed[1]
    assert "text/event-stream" not in compressed[1]


def test_photos_outlive_their_container_in_a_folder_that_the_service_may_write() -> None:
    folder = COMPOSE["x-service"]["environment"]["GRIDSVC_MEDIA_DIR"]
    assert f"photos:{folder}" in SERVICES["api"]["volumes"] and "photos" in COMPOSE["volumes"]
    assert re.search(rf"install -d -o gridsvc .*{folder}", DOCKERFILE)
    room = re.search(r"client_max_body_size (\d+)m;", PROXY)
    assert room and int(room[1]) * 1_000_000 > MOST_BYTES
