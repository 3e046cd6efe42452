"""Alembic's entry: run the migrations on the engine of the service."""

from typing import Any

from alembic import context
from sqlalchemy import text

from gridsvc import db, tables
from gridsvc.schema import ours


def run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is None:
        with db.engine.connect() as opened:
            _migrate(opened)
    else:
        _migrate(connection)


def _migrate(connection: Any) -> None:
    # A migration that cannot get its lock soon gives way rather than stop the service.
    connection.execute(text("SET lock_timeout = '5s'"))
    context.configure(connection=connection, target_metadata=tables.METADATA, include_object=ours)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


run()
