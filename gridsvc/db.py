"""The engine and the one place where a transaction begins and ends."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import orjson
from sqlalchemy import Connection, MetaData, Row, create_engine
from sqlalchemy.exc import OperationalError as Unavailable
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from gridsvc.config import DATABASE_URL, DB_POOL

__all__ = [
    "FROM_MEMORY",
    "Asked",
    "Base",
    "MustAsk",
    "Prepared",
    "Unavailable",
    "analyze",
    "engine",
    "look",
    "new_session",
    "to_json",
    "transaction",
]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "pk": "%(table_name)s_pkey",
        }
    )


# Who may be asked: a unit of work, or a connection that answers one question at a time.
Asked = Session | Connection

NAMED = re.compile(r"(?<!:):([a-z_]+)")


def to_json(value: Any) -> str:
    """JSON for a jsonb column; datetimes become ISO text with their zone."""
    return orjson.dumps(value).decode()


# pool_pre_ping would cost a round trip a request; a broken connection is retried by the client
# with the same Idempotency-Key, so nothing acknowledged is lost and nothing is doubled.
engine = create_engine(
    DATABASE_URL,
    pool_size=DB_POOL,
    max_overflow=4,
    pool_recycle=1800,
    json_serializer=to_json,
    json_deserializer=orjson.loads,
)
new_session = sessionmaker(engine, expire_on_commit=False)
# Connections that never open a transaction, for what is one statement.
_looking = create_engine(
    DATABASE_URL, pool_size=DB_POOL, isolation_level="AUTOCOMMIT", pool_recycle=1800
)


class Prepared:
    """A statement that the server parses and plans once a connection, not once a call.

    `sql` names its parameters `:name`; `types` gives those that are not text. `prepare` and
    `execute` are what is sent, the second with values by name.
    """

    def __init__(self, name: str, sql: str, types: Mapping[str, str]) -> None:
        self.name, self.sql, self.types = name, sql, types
        names = list(dict.fromkeys(NAMED.findall(sql)))
        numbered = NAMED.sub(lambda found: f"${names.index(found[1]) + 1}", sql)
        kinds = ", ".join(types.get(one, "text") for one in names)
        self.prepare = f"PREPARE {name} ({kinds}) AS {numbered}"
        self.execute = f"EXECUTE {name} ({', '.join(f'%({one})s' for one in names)})"

    def one_or_none(self, asked: Asked, values: Mapping[str, Any]) -> Row[Any] | None:
        """The statement's only row, or None."""
        connection = asked.connection() if isinstance(asked, Session) else asked
        known = connection.info.setdefault("prepared", set())
        if self.name not in known:
            connection.exec_driver_sql(self.prepare)
            known.add(self.name)
        return connection.exec_driver_sql(self.execute, dict(values)).one_or_none()


class MustAsk(Exception):
    """What is in memory does not suffice."""


class _Nobody:
    def __getattr__(self, name: str) -> Any:
        raise MustAsk


# Stands where a connection stands, for what may be answered from memory alone.
FROM_MEMORY = cast(Connection, _Nobody())


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit if the block ends well, roll back if it does not.

    Use cases never commit: a request, a job or an import is one transaction.
    """
    with new_session.begin() as session:
        yield session


def analyze() -> None:
    """Let the planner know what a bulk load brought. Call it after the commit: inside a
    transaction its lock would make two imports wait for each other."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in Base.metadata.sorted_tables:
            connection.exec_driver_sql(f"ANALYZE {table.name}")


@contextmanager
def look() -> Iterator[Connection]:
    """A connection on which each statement is a transaction: no BEGIN and COMMIT to send."""
    with _looking.connect() as connection:
        yield connection
