"""The live feed: one reader of the database a process, any number of listening consoles."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import orjson
from sqlalchemy import Row
from starlette.concurrency import run_in_threadpool

from gridsvc import db, events

# How often a process that has listeners looks for news; one lookup by primary key.
LOOK_SECONDS = 0.5
HEARTBEAT_SECONDS = 15.0
BATCH = 500


class Feed:
    """The news of one district, shared by the consoles of this process."""

    def __init__(self, district: str) -> None:
        self.district = district
        self.listeners: set[asyncio.Event] = set()
        self.newest = 0
        self._task: asyncio.Task[None] | None = None

    def join(self) -> asyncio.Event:
        news = asyncio.Event()
        self.listeners.add(news)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        return news

    def leave(self, news: asyncio.Event) -> None:
        self.listeners.discard(news)

    async def _watch(self) -> None:
        while self.listeners:
            with contextlib.suppress(Exception):
                newest = await run_in_threadpool(_head, self.district)
                if newest != self.newest:
                    self.newest = newest
                    for news in self.listeners:
                        news.set()
            await asyncio.sleep(LOOK_SECONDS)


_feeds: dict[str, Feed] = {}


def _head(district: str) -> int:
    with db.transaction() as session:
        return events.head(session, district)


def _after(district: str, feed_no: int) -> Sequence[Row[Any]]:
    with db.transaction() as session:
        return events.after(session, district, feed_no, BATCH)


async def stream(district: str, last: int | None, gone: Callable[[], Any]) -> AsyncIterator[bytes]:
    """Server-sent events after `last`, or from now on; a comment every 15 s keeps proxies awake.

    Nothing is missed: each listener reads by its own cursor, the feed only wakes it.
    """
    feed = _feeds.setdefault(district, Feed(district))
    news = feed.join()
    try:
        cursor = await run_in_threadpool(_head, district) if last is None else last
        # A first id tells a client that only ever saw silence where to resume.
        yield f"retry: 3000\nid: {cursor}\nevent: hello\ndata: {{}}\n\n".encode()
        while not await gone():
            rows = await run_in_threadpool(_after, district, cursor)
            for row in rows:
                yield told(row)
                cursor = row.feed_no
            if len(rows) == BATCH:
                continue
            news.clear()
            if feed.newest > cursor:
                continue
            try:
                await asyncio.wait_for(news.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield b": still here\n\n"
    finally:
        feed.leave(news)


def told(row: Row[Any]) -> bytes:
    """One event as it travels: no text, no names, so that it may be shown on a wall."""
    data = {
        "case_no": row.case_no,
        "kind": row.kind,
        "stage": row.stage,
        "at": row.at,
        "units": row.chain,
        "departments": row.departments,
        "emergency": row.whistle_kind == "emergency_whistle",
        "generated": row.generated,
    }
    return b"id: %d\nevent: case\ndata: %b\n\n" % (row.feed_no, orjson.dumps(data))
