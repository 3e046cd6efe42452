"""What happens between requests: committed events get their place in the feed.

Later reactions (telling people, clocks, digests) read the same feed from here.
"""

import logging
from collections.abc import Callable

from sqlalchemy import select

from gridsvc import db, events
from gridsvc.tables.grid import District

log = logging.getLogger("gridsvc.worker")

BATCH = 1000


def once() -> int:
    """Number what is committed in every district. Returns how many events were numbered."""
    with db.transaction() as session:
        districts = session.scalars(select(District.code).order_by(District.code)).all()
    numbered = 0
    for district in districts:
        with db.transaction() as session:
            numbered += events.number(session, district, BATCH)
    return numbered


def run(wait: Callable[[float], bool], idle_seconds: float = 0.25) -> None:
    """Work until `wait(seconds)` says to stop. A database that is away is waited for."""
    pause = idle_seconds
    while True:
        try:
            busy = once() >= BATCH
            pause = idle_seconds
        except db.Unavailable as trouble:
            busy, pause = False, min(pause * 2, 30.0)
            log.warning(
                "the database does not answer, trying again in %.1f s: %s",
                pause,
                trouble,
            )
        if wait(0.0 if busy else pause):
            return
