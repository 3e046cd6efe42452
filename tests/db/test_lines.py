"""Lines: many questions at once, refusals, a server that hangs up, and questions given up."""

import asyncio
from typing import Any

import psycopg2
import pytest

from gridsvc import db
from gridsvc.db import Prepared
from gridsvc.lines import Lines

DOUBLE = Prepared("double", "SELECT :n * 2, pg_backend_pid()", {"n": "integer"})
DIVIDE = Prepared("divide", "SELECT 1 / :n", {"n": "integer"})
NAP = Prepared("nap", "SELECT 1, pg_sleep(:n)", {"n": "integer"})


def test_many_at_once_get_their_own_answers_over_few_connections() -> None:
    async def run() -> list[tuple[Any, ...] | None]:
        lines = Lines(3)
        return await asyncio.gather(*(lines.one_or_none(DOUBLE, {"n": n}) for n in range(60)))

    rows = asyncio.run(run())
    assert [row and row[0] for row in rows] == [2 * n for n in range(60)]
    assert len({row and row[1] for row in rows}) == 3


def test_a_refused_statement_leaves_the_line_in_order() -> None:
    async def run() -> list[int]:
        lines = Lines(1)
        before = await lines.one_or_none(DOUBLE, {"n": 1})
        with pytest.raises(psycopg2.DataError):
            await lines.one_or_none(DIVIDE, {"n": 0})
        after = await lines.one_or_none(DOUBLE, {"n": 1})
        assert before and after
        return [before[1], after[1]]

    before, after = asyncio.run(run())
    assert before == after


def test_a_server_that_hangs_up_costs_one_question() -> None:
    async def run() -> None:
        lines = Lines(2)
        rows = await asyncio.gather(*(lines.one_or_none(DOUBLE, {"n": n}) for n in range(2)))
        with db.transaction() as session:
            for row in rows:
                assert row
                session.connection().exec_driver_sql(
                    "SELECT pg_terminate_backend(%s, 5000)", (row[1],)
                )
        with pytest.raises(psycopg2.OperationalError):
            await lines.one_or_none(DOUBLE, {"n": 1})
        again = await lines.one_or_none(DOUBLE, {"n": 4})
        assert again and again[0] == 8

    asyncio.run(run())


def test_a_question_given_up_half_way_is_nobody_elses_answer() -> None:
    async def run() -> None:
        lines = Lines(1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(lines.one_or_none(NAP, {"n": 60}), 0.2)
        answer = await lines.one_or_none(DOUBLE, {"n": 5})
        assert answer and answer[0] == 10

    asyncio.run(run())
