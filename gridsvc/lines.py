"""Connections that the event loop watches: one prepared statement at a time, and no thread waits.

For what is asked most, where handing the question to a thread and its answer back would cost as
much as the statement. Each statement is a transaction of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import psycopg2
from psycopg2 import extras
from psycopg2.extensions import POLL_OK, POLL_READ

from gridsvc.config import DB_POOL
from gridsvc.db import Prepared, engine

# A statement and its values go in, its only row or None comes out.
Ask = Callable[[Prepared, Mapping[str, Any]], Awaitable[tuple[Any, ...] | None]]

extras.register_uuid()  # type: ignore[no-untyped-call]


class Line:
    """One connection of psycopg2's asynchronous kind, and the statements it knows."""

    def __init__(self, connection: "psycopg2.extensions.connection") -> None:
        self.connection = connection
        self._known: set[str] = set()

    @classmethod
    async def opened(cls) -> Self:
        """A line to the database of `db.engine`."""
        named = engine.dialect.create_connect_args(engine.url)[1]
        line = cls(psycopg2.connect(**named, client_encoding="utf8", async_=True))
        await line._settled()
        return line

    async def one_or_none(
        self, statement: Prepared, values: Mapping[str, Any]
    ) -> tuple[Any, ...] | None:
        """The statement's only row, or None."""
        with self.connection.cursor() as cursor:
            if statement.name not in self._known:
                cursor.execute(statement.prepare)
                await self._settled()
                self._known.add(statement.name)
            cursor.execute(statement.execute, values)
            await self._settled()
            return cursor.fetchone()

    async def _settled(self) -> None:
        """Return when the server has said all; meanwhile the loop does other things."""
        loop = asyncio.get_running_loop()
        while (state := self.connection.poll()) != POLL_OK:
            turn = loop.create_future()
            file = self.connection.fileno()
            reading = state == POLL_READ
            (loop.add_reader if reading else loop.add_writer)(file, _wake, turn)
            try:
                await turn
            finally:
                (loop.remove_reader if reading else loop.remove_writer)(file)


def _wake(turn: "asyncio.Future[None]") -> None:
    if not turn.done():
        turn.set_result(None)


class Lines:
    """At most so many lines, opened when they are first needed and kept."""

    def __init__(self, most: int) -> None:
        self._free = asyncio.Semaphore(most)
        self._idle: list[Line] = []

    async def one_or_none(
        self, statement: Prepared, values: Mapping[str, Any]
    ) -> tuple[Any, ...] | None:
        """The statement's only row, or None. Raises psycopg2.Error; the line is then mended."""
        async with self._free:
            line = self._idle.pop() if self._idle else await Line.opened()
            try:
                row = await line.one_or_none(statement, values)
            except psycopg2.DatabaseError:
                self._take_back(line)
                raise
            except BaseException:
                # Given up half-way: nobody can say what the server is doing.
                line.connection.close()
                raise
            self._take_back(line)
            return row

    def _take_back(self, line: Line) -> None:
        """Keep the line; when the server hung up, the idle ones are as dead as this one."""
        if line.connection.closed:
            self._idle.clear()
        else:
            self._idle.append(line)


lines = Lines(DB_POOL)
