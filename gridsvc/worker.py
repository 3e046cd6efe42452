"""What happens between requests: limits that run out are told, committed events get their line,
the record its anchors, and documents are made when they are due.

Later reactions (telling people, digests) read the same feed from here.
"""

import logging
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from gridsvc import anchors, db, events, record, urging
from gridsvc.circulars import schedule
from gridsvc.config import ANCHOR_FILE, ANCHOR_KEY, ANCHOR_WEBHOOK
from gridsvc.errors import GridError
from gridsvc.record import Anchor
from gridsvc.tables.grid import District

log = logging.getLogger("gridsvc.worker")

BATCH = 1000


class Place(NamedTuple):
    """A district, and where it has midnight."""

    district: str
    zone: ZoneInfo


def places() -> list[Place]:
    """Every district."""
    with db.transaction() as session:
        rows = session.execute(select(District.code, District.time_zone).order_by(District.code))
        return [Place(row.code, ZoneInfo(row.time_zone)) for row in rows]


def once(now: datetime) -> int:
    """Tell what has fallen due and number what is committed, in every district.

    Returns the most that was done for one district: less than BATCH is all there was.
    """
    most = 0
    for place in places():
        with db.transaction() as session:
            urged = urging.sweep(session, place.district, now, BATCH)
        with db.transaction() as session:
            numbered = events.number(session, place.district, BATCH)
        most = max(most, urged, numbered)
    return most


class Anchoring:
    """Anchors each district once a local day, in a file and to a webhook."""

    def __init__(self, file: Path, key: Path, webhook: str = "") -> None:
        self.file, self.key, self.webhook = file, anchors.private_key(key), webhook
        self._done = {place: anchors.last(file, place.district) for place in places()}

    def once(self, now: datetime) -> int:
        """Anchor whatever has no anchor of today. Returns how many were made."""
        made = 0
        for place in places():
            done = self._done.get(place)
            if done and done.astimezone(place.zone).date() == now.astimezone(place.zone).date():
                continue
            with db.transaction() as session:
                head = record.head(session, place.district)
            if head:
                line = anchors.sign(self.key, Anchor(place.district, now, head))
                anchors.append(self.file, line)
                self._tell(line)
                made += 1
            self._done[place] = now
        return made

    def _tell(self, line: bytes) -> None:
        if not self.webhook:
            return
        request = urllib.request.Request(
            self.webhook, line, {"Content-Type": "application/json"}, method="POST"
        )
        try:
            urllib.request.urlopen(request, timeout=10).close()
        except OSError as trouble:
            log.error("the anchor was not taken by %s: %s", self.webhook, trouble)


class Circulating:
    """Lets a process of its own make the documents that are due.

    Making them takes seconds and memory: the clocks and the feed must not wait for that.
    """

    EVERY = timedelta(minutes=1)
    # After a failure; what is missing, a font say, is not there a minute later.
    AGAIN = timedelta(minutes=15)

    def __init__(self) -> None:
        self._making: subprocess.Popen[bytes] | None = None
        self._next: datetime | None = None

    def once(self, now: datetime) -> bool:
        """Begin whatever is due, unless that is going on. Returns whether it was begun."""
        if self._making is not None:
            code = self._making.poll()
            if code is None:
                return False
            self._making = None
            if code:
                log.error("making documents ended with %d", code)
            self._next = now + (self.AGAIN if code else self.EVERY)
        if self._next is not None and now < self._next:
            return False
        self._next = now + self.EVERY
        for place in places():
            with db.transaction() as session:
                if next(schedule.due(session, place.district, now), None) is not None:
                    command = [sys.executable, "-m", "gridsvc.circulars", now.isoformat()]
                    self._making = subprocess.Popen(command)
                    return True
        return False

    def stop(self) -> None:
        """End what is being made; nothing of it stays, and it is due again."""
        if self._making is not None and self._making.poll() is None:
            self._making.terminate()
            self._making.wait()


def _anchoring() -> Iterator[Anchoring]:
    """The daily anchoring, if it is configured; a key that cannot be read is said and left."""
    if ANCHOR_FILE and ANCHOR_KEY:
        try:
            yield Anchoring(Path(ANCHOR_FILE), Path(ANCHOR_KEY), ANCHOR_WEBHOOK)
        except GridError as refusal:
            log.error("%s", refusal.say("en"))


def run(
    wait: Callable[[float], bool], now: Callable[[], datetime], idle_seconds: float = 0.25
) -> None:
    """Work until `wait(seconds)` says to stop. A database that is away is waited for."""
    pause = idle_seconds
    daily: list[Anchoring] | None = None
    circulating = Circulating()
    while True:
        try:
            if daily is None:
                daily = list(_anchoring())
            busy = once(now()) >= BATCH
            for anchoring in daily:
                anchoring.once(now())
            circulating.once(now())
            pause = idle_seconds
        except db.Unavailable as trouble:
            busy, pause = False, min(pause * 2, 30.0)
            log.warning(
                "the database does not answer, trying again in %.1f s: %s",
                pause,
                trouble,
            )
        if wait(0.0 if busy else pause):
            circulating.stop()
            return
