"""The districts that benchmarks stand on: a database for each size, kept between runs."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import psycopg2
from sqlalchemy.engine import URL, make_url

BUILDINGS, CASES = 60_000, 4_000
CHANNEL, CATEGORY = "api", "sanitation_cleaning"


class Ground(NamedTuple):
    """A seeded database and who may report there."""

    url: URL
    district: str
    token: str

    @property
    def dsn(self) -> str:
        return self.url.set(drivername="postgresql").render_as_string(False)


def prepare(buildings: int = BUILDINGS, cases: int = CASES) -> Ground:
    """Point GRIDSVC_DATABASE_URL at the benchmark's database; make and seed it if it is new.

    Must run before anything of gridsvc is imported.
    """
    server = make_url(os.environ["GRIDSVC_DATABASE_URL"])
    url = server.set(database=f"gridsvc_bench_{buildings}")
    _create(server.set(drivername="postgresql", database="postgres"), str(url.database))
    os.environ["GRIDSVC_DATABASE_URL"] = url.render_as_string(False)
    os.environ.pop("GRIDSVC_DISTRICT", None)
    return _seed(url, buildings, cases)


def _create(administration: URL, name: str) -> None:
    connection = psycopg2.connect(administration.render_as_string(False))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C.UTF-8'")
    connection.close()


def _seed(url: URL, buildings: int, cases: int) -> Ground:
    from geodata import seeding
    from geodata.demo import demo
    from gridsvc import accounts, db, defaults, schema
    from gridsvc.accounts import Holder

    folder = next((Path(seeding.__file__).parent / "demo").glob("*/district.json")).parent
    schema.migrate()
    now = datetime.now(UTC)
    with db.transaction() as session:
        defaults.lay_down(session)
        if not seeding.is_seeded(session, folder):
            print(f"seeding {buildings:,} buildings and {cases:,} cases, once", flush=True)
            wish = seeding.Wish(folder, now, buildings, cases)
            seeding.seed(session, wish, lambda _: None)
        district = demo.read(folder).district["code"]
        machine = accounts.add(session, district, Holder("bench", "bench", "administrator"))
        token = accounts.issue(session, machine, "bench", now)
    return Ground(url, district, token)
