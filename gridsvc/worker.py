"""What happens between requests: limits that run out are told, committed events get their line and
the record its anchors; months are kept and documents made when they are due; people are told, and
what is on its way to them is sent.

Two rounds go on beside each other, for a mail server that is slow must not keep the record waiting.
"""

import logging
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from gridsvc import (
    anchors,
    db,
    events,
    freezing,
    messages,
    notifying,
    outbox,
    record,
    snapshot,
    succession,
    urging,
)
from gridsvc.circulars import schedule
from gridsvc.config import ANCHOR_EMAIL, ANCHOR_FILE, ANCHOR_KEY, ANCHOR_WEBHOOK
from gridsvc.errors import GridError
from gridsvc.heat import alerts
from gridsvc.recipients import EMAIL, Recipient
from gridsvc.record import Anchor
from gridsvc.tables.grid import District

log = logging.getLogger("gridsvc.worker")

BATCH = 1000
PATIENCE_S = 20


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
            moved = succession.sweep(session, place.district, now)
        with db.transaction() as session:
            urged = urging.sweep(session, place.district, now, BATCH)
        with db.transaction() as session:
            numbered = events.number(session, place.district, BATCH)
        most = max(most, urged, numbered, moved * BATCH)
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


class Alerting:
    """Looks once a local day for what was more than usual on the day that has ended."""

    def __init__(self) -> None:
        self._done: dict[Place, date] = {}

    def once(self, now: datetime) -> int:
        """Look where nobody has today. Returns how many alerts were made."""
        made = 0
        for place in places():
            today = now.astimezone(place.zone).date()
            if self._done.get(place) == today:
                continue
            with db.transaction() as session:
                rules = snapshot.rules(session, place.district)
                made += alerts.sweep(session, rules, now) or 0
            self._done[place] = today
        return made


class Anchoring:
    """Anchors each district once a local day: in a file, to a webhook, by e-mail."""

    def __init__(self, file: Path, key: Path, webhook: str = "", email: str = "") -> None:
        self.file, self.key = file, anchors.private_key(key)
        self.webhook, self.email = webhook, email
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
                self._mail(place.district, head.no, line, now)
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

    def _mail(self, district: str, no: int, line: bytes, now: datetime) -> None:
        """By e-mail it goes as every message does: kept until it is taken."""
        if not self.email:
            return
        told = {"case_no": str(no), "text": line.decode()}
        to = Recipient(EMAIL, self.email)
        with db.transaction() as session:
            messages.write(session, district, "anchor", told, to, f"anchor:{no}", now)


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


class Keeping:
    """The round of the record: what falls due, lines; now and then anchors, months and alerts."""

    def __init__(self) -> None:
        self._daily: list[Anchoring | Freezing | Alerting] | None = None
        self._circulating = Circulating()

    def __call__(self, now: datetime) -> bool:
        if self._daily is None:
            self._daily = list(_daily())
        busy = once(now) >= BATCH
        for task in self._daily:
            task.once(now)
        self._circulating.once(now)
        return busy

    def stop(self) -> None:
        self._circulating.stop()


class Telling:
    """The round of the messages: the next events are told, what is due is sent."""

    # So often it is looked for what no event makes known.
    EVERY = timedelta(minutes=1)

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._told: datetime | None = None
        self._tidied: date | None = None

    def __call__(self, now: datetime) -> bool:
        read = 0
        for place in places():
            with db.transaction() as session:
                read = max(read, messages.make(session, place.district, now, BATCH))
        if self._told is None or now >= self._told + self.EVERY:
            self._told = now
            for place in places():
                with db.transaction() as session:
                    notifying.tell(session, place.district, now)
        if self._tidied != now.date():
            self._tidied = now.date()
            with db.transaction() as session:
                outbox.forget_old(session, now)
        with outbox.senders() as by:
            sent = outbox.send(self._now, by)
        return read >= BATCH or sent >= outbox.BATCH


def _daily() -> Iterator[Anchoring | Freezing | Alerting]:
    """What is done now and then: freezing months, alerts, and anchoring, if it is configured; a key
    that cannot be read is said and left."""
    yield Freezing()
    yield Alerting()
    if ANCHOR_FILE and ANCHOR_KEY:
        try:
            yield Anchoring(Path(ANCHOR_FILE), Path(ANCHOR_KEY), ANCHOR_WEBHOOK, ANCHOR_EMAIL)
        except GridError as refusal:
            log.error("%s", refusal.say("en"))


def run(
    wait: Callable[[float], bool],
    now: Callable[[], datetime],
    work: Callable[[datetime], bool],
    idle_seconds: float = 0.25,
) -> None:
    """Do rounds of `work`, at once again while it says it is busy, until `wait(seconds)` says to
    stop. A database that is away is waited for; what goes wrong otherwise is told and tried again,
    for the other round and every other district must go on."""
    pause = idle_seconds
    while True:
        try:
            busy = work(now())
            pause = idle_seconds
        except Exception as trouble:
            busy, pause = False, min(pause * 2, 30.0)
            away = isinstance(trouble, db.Unavailable)
            log.log(
                logging.WARNING if away else logging.ERROR,
                "%s, trying again in %.1f s: %s",
                "the database does not answer" if away else "a round failed",
                pause,
                trouble,
                exc_info=None if away else trouble,
            )
        if wait(0.0 if busy else pause):
            return


def run_all(stop: Event, now: Callable[[], datetime], idle_seconds: float = 0.25) -> None:
    """Both rounds until the event is set."""
    asides = (stop.wait, now, Telling(now), idle_seconds)
    telling = Thread(target=run, args=asides, name="telling", daemon=True)
    telling.start()
    keeping = Keeping()
    try:
        run(stop.wait, now, keeping, idle_seconds)
    finally:
        stop.set()
        keeping.stop()
        # Whatever a server that does not answer still holds is sent again later.
        telling.join(PATIENCE_S)
