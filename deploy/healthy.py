"""Health checks inside the containers: `healthy.py api` and `healthy.py worker`."""

import os
import sys
import urllib.request

import psycopg2


def api() -> None:
    """The API answers."""
    with urllib.request.urlopen("http://127.0.0.1:8000/api/health", timeout=5) as answer:
        if answer.status != 200:
            raise SystemExit(f"the API answered {answer.status}")


def worker() -> None:
    """The worker is this container's first process and reaches the database."""
    with open("/proc/1/cmdline", "rb") as file:
        if b"work" not in file.read().split(b"\0"):
            raise SystemExit("the worker is not running")
    url = os.environ["GRIDSVC_DATABASE_URL"].replace("+psycopg2", "", 1)
    connection = psycopg2.connect(url, connect_timeout=5)
    try:
        connection.cursor().execute("SELECT 1")
    finally:
        connection.close()


if __name__ == "__main__":
    {"api": api, "worker": worker}[sys.argv[1]]()
