"""What a migration does to rows that are there."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from gridsvc import schema
from tests.conftest import CLONE, SERVER, clone

DISTRICT = """
    INSERT INTO district (code, name_zh, name_en, metric_srid, time_zone, rulebook_no)
    VALUES ('t', 'x', 'x', 4543, 'Asia/Shanghai', 1)
"""
BEFORE = """
    INSERT INTO responsibility (district_code, no, lead_department, supporting, basis)
    VALUES ('t', 1, 'works', '{water}', 'b')
"""
LATER = """
    INSERT INTO rule_table (district_code, no, title, staged_by, staged_at, published_at,
        holds_from)
    VALUES ('t', 2, 'new', 'x', now(), now(), '2026-01-01'),
           ('t', 3, 'staged', 'x', now(), NULL, NULL);
    INSERT INTO responsibility (district_code, table_no, no, lead_department, supporting, basis)
    VALUES ('t', 2, 1, 'water', '{}', 'b'), ('t', 3, 1, 'fire', '{}', 'b')
"""


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A database of its own, as it was before tables of responsibility had versions."""
    name = f"{CLONE}_upgrade"
    clone(name)
    engine = create_engine(SERVER.set(database=name))
    with engine.connect() as connection:
        command.downgrade(schema.config(connection), "0011-1")
        yield connection
    engine.dispose()
    with create_engine(
        SERVER.set(database="postgres"), isolation_level="AUTOCOMMIT"
    ).connect() as server:
        server.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_rows_there_are_become_a_table_that_holds_since_ever(connection: Connection) -> None:
    connection.exec_driver_sql(DISTRICT)
    connection.exec_driver_sql(BEFORE)
    connection.commit()
    command.upgrade(schema.config(connection), "head")
    held = connection.execute(text("SELECT no, holds_from, published_at FROM rule_table")).one()
    assert (held.no, held.holds_from) == (1, None) and held.published_at
    rows = "SELECT table_no, no, lead_department, supporting FROM responsibility"
    assert connection.execute(text(rows)).all() == [(1, 1, "works", ["water"])]

    # On the way back the newest published table stays, the others have no place.
    connection.exec_driver_sql(LATER)
    connection.commit()
    command.downgrade(schema.config(connection), "0011-1")
    rows = "SELECT no, lead_department FROM responsibility"
    assert connection.execute(text(rows)).all() == [(1, "water")]
