"""Bring a database's schema to where this code expects it."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from gridsvc import db
from gridsvc.errors import BadInput


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    return settings


def ours(_object: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """PostGIS keeps tables of its own in the schema; they are not ours to compare."""
    return not (kind == "table" and reflected and name not in db.Base.metadata.tables)


def migrate(target: str = "head") -> None:
    """Bring the database to `target`. BadInput if it would drop Chinese text from searches."""
    with db.engine.connect() as connection:
        check_locale(connection)
        command.upgrade(config(connection), target)


def check_locale(connection: Connection) -> None:
    """With LC_CTYPE=C pg_trgm drops every Chinese character, silently."""
    ctype = connection.scalar(
        text("SELECT datctype FROM pg_database WHERE datname = current_database()")
    )
    if ctype in ("C", "POSIX"):
        raise BadInput(
            zh=f"数据库的 LC_CTYPE 为 {ctype}，中文检索会失效。请用 C.UTF-8 重建数据库。",
            en=f"LC_CTYPE is {ctype}: Chinese search would fail. Create the database as C.UTF-8.",
        )


def is_current(connection: Connection) -> bool:
    """Whether every migration has run."""
    done = MigrationContext.configure(connection).get_current_revision()
    return done == ScriptDirectory.from_config(config()).get_current_head()
