"""The engine and the one place where a transaction begins and ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import MetaData, create_engine
from sqlalchemy.exc import OperationalError as Unavailable
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from gridsvc.config import DATABASE_URL, DB_POOL

__all__ = ["Base", "Unavailable", "engine", "new_session", "to_json", "transaction"]


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


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit if the block ends well, roll back if it does not.

    Use cases never commit: a request, a job or an import is one transaction.
    """
    with new_session.begin() as session:
        yield session
