"""What happens between requests: limits that run out are told, committed events get their line,
and the record its anchors.

Later reactions (telling people, digests) read the same feed from here.
"""

import logging
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from gridsvc import anchors, db, events, freezing, record, snapshot, urging
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


class Freezing:
    """Keeps each district's months once they have passed their cut-off; looks once a local hour."""

    def __init__(self) -> None:
        self._looked: dict[Place, datetime] = {}

    def once(self, now: datetime) -> int:
        """Freeze what is due. Returns how many months were."""
        made = 0
        hour = now.replace(minute=0, second=0, microsecond=0)
        for place in places():
            if self._looked.get(place) == hour:
                continue
            with db.transaction() as session:
                rules = snapshot.rules(session, place.district)
                made += len(freezing.freeze_due(session, rules, now))
            self._looked[place] = hour
        return made


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


def _daily() -> Iterator[Anchoring | Freezing]:
    """What is done now and then: freezing months, and anchoring, if it is configured; a key that
    cannot be read is said and left."""
    yield Freezing()
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
    daily: list[Anchoring | Freezing] | None = None
    while True:
        try:
            if daily is None:
                daily = list(_daily())
            busy = once(now()) >= BATCH
            for task in daily:
                task.once(now())
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
