"""A real PostGIS for every test: a migrated template, cloned for each process, rolled back after
each test."""

import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2 import sql
from sqlalchemy.engine import make_url

SERVER = make_url(os.environ.get("GRIDSVC_DATABASE_URL", "postgresql+psycopg2:///gridsvc"))
# Two runs at once, and each process of a run, have databases of their own.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:8]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "solo")
TEMPLATE, CLONE = "gridsvc_test_template", f"gridsvc_test_{RUN}_{WORKER}"
# Before anything of gridsvc is imported: its engine is made from this.
os.environ["GRIDSVC_DATABASE_URL"] = SERVER.set(database=CLONE).render_as_string(False)

from fastapi.testclient import TestClient  # noqa: E402
from sqlalchemy import Connection, create_engine, event  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from api import deps  # noqa: E402
from api import tiles as api_tiles  # noqa: E402
from api.app import create_app  # noqa: E402
from geodata import districts, editions  # noqa: E402
from geodata.districts import DistrictIn  # noqa: E402
from geodata.editions import Provenance  # noqa: E402
from gridsvc import accounts, db, defaults, schema, snapshot  # noqa: E402
from gridsvc.accounts import Holder  # noqa: E402
from gridsvc.db import Prepared  # noqa: E402
from gridsvc.editions import Change, publish  # noqa: E402
from gridsvc.heat import keeping, places, spotting  # noqa: E402
from gridsvc.permit import Account  # noqa: E402
from gridsvc.tables.grid import District  # noqa: E402
from gridsvc.walking import walk  # noqa: E402
from maps import tilecache  # noqa: E402
from tests.sketch import grid, middle  # noqa: E402

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # a Monday, 12:00 in Kunming
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def real_data(folder: str) -> Path:
    """A folder of real data beside the project; without it the test is skipped."""
    path = SHARED / folder
    if not path.is_dir():
        pytest.skip(f"real data not found: ../shared/data/{folder} (not part of the project)")
    return path


@contextmanager
def _administration() -> Iterator["psycopg2.extensions.cursor"]:
    connection = psycopg2.connect(
        SERVER.set(drivername="postgresql", database="postgres").render_as_string(False)
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            # One process makes the template; the others wait for it.
            cursor.execute("SELECT pg_advisory_lock(7391)")
            yield cursor
    finally:
        connection.close()


def _make_template(cursor: "psycopg2.extensions.cursor") -> None:
    """A database with every migration and the shipped words; made anew when a migration is new."""
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,))
    if cursor.fetchone():
        probe = create_engine(SERVER.set(database=TEMPLATE))
        with probe.connect() as connection:
            current = schema.is_current(connection)
        probe.dispose()
        if current:
            return
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(TEMPLATE)))
    cursor.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
            sql.Identifier(TEMPLATE)
        )
    )
    usual, db.engine = db.engine, create_engine(SERVER.set(database=TEMPLATE))
    schema.migrate()
    db.engine.dispose()
    db.engine = usual


def clone(name: str) -> None:
    """A fresh database `name` from the template."""
    with _administration() as cursor:
        _make_template(cursor)
        cursor.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )


@pytest.fixture(scope="session", autouse=True)
def database() -> Iterator[None]:
    clone(CLONE)
    with db.transaction() as session:
        defaults.lay_down(session)
    yield
    db.engine.dispose()
    with _administration() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(CLONE)))


@pytest.fixture(autouse=True)
def _forget() -> None:
    snapshot.forget()
    keeping.forget()
    places.forget()
    spotting.forget()
    deps.forget()
    api_tiles.forget()
    tilecache.forget()
    walk.forget()


@contextmanager
def undone() -> Iterator[Session]:
    """A session whose commits are savepoints: everything is undone at the end."""
    with db.engine.connect() as connection, connection.begin() as outer:
        yield Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        outer.rollback()


@pytest.fixture
def session() -> Iterator[Session]:
    with undone() as session:
        yield session


@contextmanager
def statements() -> Iterator[list[str]]:
    """The first word of every statement sent inside the block; savepoints are the tests' own."""
    sent: list[str] = []

    def note(*call: object) -> None:
        word = str(call[2]).split(None, 1)[0]
        if word not in ("SAVEPOINT", "RELEASE", "ROLLBACK"):
            sent.append(word)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


DRAWING = """
    A A B
    A . B
    A B B
"""
HOUSE = middle(0, 0)


def lay_town(session: Session) -> District:
    """Two communities around a hole, one building, two departments, and rules for them."""
    district = districts.lay_down(
        session,
        DistrictIn(
            code="t", name_zh="图区", name_en="Tu", metric_srid=4543, time_zone="Asia/Shanghai"
        ),
    )
    staged = editions.stage(
        session, district, grid(DRAWING, {"1": HOUSE}), Provenance("drawn", "ours", "own"), NOON
    )
    publish(session, district.code, staged.no, Change("drawn", NOON))
    tables: dict[str, list[dict[str, Any]]] = {
        "departments.csv": [
            {"code": code, "name_zh": zh, "name_en": en, "kind": "district", "aliases": []}
            for code, zh, en in (("works", "城管局", "Works"), ("water", "水务局", "Water"))
        ],
        "categories.csv": [
            {"code": code, "parent_code": parent, "name_zh": zh, "name_en": en, "source": "test"}
            | {"matter": "event"}
            for code, parent, zh, en in (
                ("city", None, "城市管理", "City"),
                ("litter", "city", "暴露垃圾", "Litter"),
                ("drain", None, "排水", "Drainage"),
                ("other", None, "其他", "Other"),
            )
        ],
        "responsibility.csv": [
            {"no": 1, "category_code": "city", "unit_code": None, "lead_department": "works"}
            | {"supporting": [], "basis": "test"},
            {"no": 2, "category_code": "litter", "unit_code": "T.S.B", "lead_department": "works"}
            | {"supporting": ["water"], "basis": "test"},
            {"no": 3, "category_code": "drain", "unit_code": None, "lead_department": "water"}
            | {"supporting": ["works"], "basis": "test"},
        ],
        "limits.csv": [
            {"no": 1, "amount": 2, "unit": "working_day", "basis": "test"},
            {"no": 2, "whistle_kind": "emergency_whistle", "amount": 2, "unit": "emergency_hour"}
            | {"basis": "test"},
        ],
    }
    for name, rows in tables.items():
        columns = {column for row in rows for column in row}
        even = [{column: row.get(column) for column in columns} for row in rows]
        districts.replace(session, district, districts.FILES[name][0], even)
    districts.default_clock(session, district)
    session.flush()
    return district


class Town:
    """A small district and a client of its API for every post."""

    def __init__(self, session: Session, client: TestClient) -> None:
        self.session, self.client = session, client
        self.district = lay_town(session)
        self._tokens: dict[str, str] = {}

    def token(self, login: str) -> str:
        return self._tokens[login]

    def hire(self, login: str, post: str, **where: str) -> dict[str, str]:
        """An account in a post; returns the headers that speak for it."""
        holder = Holder(login, login, post, where.get("department"), where.get("unit"))
        made = accounts.add(self.session, self.district.code, holder)
        self._tokens[login] = accounts.issue(self.session, made, "test", NOON)
        self.session.flush()
        return {"Authorization": f"Bearer {self._tokens[login]}"}

    def account(self, login: str) -> Account:
        found = accounts.by_token(self.session, self._tokens[login], NOON)
        assert found is not None
        return found


def client_of(session: Session) -> TestClient:
    """The API over one session, at NOON."""

    @contextmanager
    def nested() -> Iterator[Session]:
        # As in production a refusal undoes everything; here back to where the request began.
        with session.begin_nested():
            yield session

    @contextmanager
    def looking() -> Iterator[Connection]:
        session.flush()
        with session.begin_nested():
            yield session.connection()

    async def asking(statement: Prepared, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        with looking() as asked:
            row = statement.one_or_none(asked, values)
            return None if row is None else tuple(row)

    async def transaction() -> AsyncIterator[Session]:
        with nested():
            yield session

    app = create_app()
    app.dependency_overrides[deps.session] = transaction
    app.dependency_overrides[deps.look] = lambda: looking
    app.dependency_overrides[deps.ask] = lambda: asking
    app.dependency_overrides[deps.now] = lambda: NOON
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def client(session: Session) -> TestClient:
    return client_of(session)


@pytest.fixture
def town(session: Session, client: TestClient) -> Town:
    return Town(session, client)


# The words and permissions that ship with the product outlive every test.
SHIPPED = "('spatial_ref_sys', 'term', 'post_permission', 'alembic_version')"


@contextmanager
def untriggered(connection: Connection) -> Iterator[None]:
    """As whoever owns the tables could do it: the record can be changed inside the block."""
    for word in ("DISABLE", "ENABLE"):
        for table in ("case_event", "record_line", "assessment_frozen", "change_log"):
            connection.exec_driver_sql(f"ALTER TABLE {table} {word} TRIGGER append_only")
        if word == "DISABLE":
            yield


@contextmanager
def emptied() -> Iterator[None]:
    """Rows committed inside are gone at the end; for what needs several connections."""
    # What is emptied must be ours: whoever imports the engine early may hold a real database.
    assert db.engine.url.database == CLONE, db.engine.url.database
    try:
        yield
    finally:
        with db.engine.begin() as connection:
            tables = connection.exec_driver_sql(
                "SELECT string_agg(quote_ident(tablename), ',') FROM pg_tables "
                f"WHERE schemaname = 'public' AND tablename NOT IN {SHIPPED}"
            ).scalar_one()
            with untriggered(connection):
                connection.exec_driver_sql(f"TRUNCATE {tables} CASCADE")


@contextmanager
def committed_town() -> Iterator[dict[str, str]]:
    """The town in committed rows; yields the headers of a machine that may report."""
    with emptied():
        with db.transaction() as session:
            district = lay_town(session)
            machine = accounts.add(session, district.code, Holder("machine", "m", "intake_machine"))
            token = accounts.issue(session, machine, "test", NOON)
        yield {"Authorization": f"Bearer {token}"}
