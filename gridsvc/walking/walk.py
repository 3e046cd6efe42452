"""What a process holds to answer on foot: the homes of an edition, and the ways to them.

Held like a snapshot (see gridsvc/snapshot): whoever asks compares the numbers of the edition and
the network first, so that both can be switched while processes run.
"""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache
from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc.gridindex import GridIndex
from gridsvc.snapshot import Snapshot
from gridsvc.tables.grid import District
from gridsvc.tables.walking import WalkNetwork
from gridsvc.walking import homes, network, services
from gridsvc.walking.cells import Cells, cells_of
from gridsvc.walking.homes import Homes
from gridsvc.walking.network import Floats
from gridsvc.walking.services import Service
from gridsvc.walking.straight import Straight
from gridsvc.walking.streets import Streets
from gridsvc.walking.ways import Nearest, Ways

# Bytes of answers that are remembered, each about one set of places: at 60,000 homes 1 MB.
MOST_REMEMBERED = 256_000_000
METRES_A_MINUTE = 1000 / 60


class Pace(NamedTuple):
    """How people walk, as the district has set it: minutes that are within reach, km/h, how much
    longer than a straight line a walk is, and how far from a street nothing is said."""

    minutes: float
    kmh: float
    detour: float
    far_m: float

    def metres(self, minutes: float) -> float:
        return minutes * self.kmh * METRES_A_MINUTE

    def minutes_of(self, metres: Floats) -> Floats:
        return metres / (self.kmh * METRES_A_MINUTE)


class Walk:
    """Homes, the ways to them, and the network's number (None: straight lines)."""

    def __init__(self, grid: GridIndex, lived_in: Homes, metric_srid: int, no: int | None) -> None:
        self.grid, self.homes, self.metric_srid, self.network_no = grid, lived_in, metric_srid, no
        self.ways: Ways
        self._nearest: LRUCache[bytes, Nearest] = LRUCache(MOST_REMEMBERED, _bytes)
        self._lock = Lock()

    @cached_property
    def cells(self) -> Cells:
        """The hexagon of each home (n,)."""
        return cells_of(self.homes.lons, self.homes.lats)

    def metres(self, lons: Floats, lats: Floats) -> Floats:
        """Degrees as metres (n, 2)."""
        return network.flat(lons, lats, self.metric_srid)

    def places(self, some: Sequence[Service]) -> Floats:
        """Where facilities stand, in metres (k, 2)."""
        return self.metres(*services.degrees(list(some)))

    def nearest(self, places: Floats) -> Nearest:
        """The nearest of the places (k, 2) in metres, remembered."""
        key = places.tobytes()
        with self._lock:
            known = self._nearest.get(key)
        if known is None:
            known = self.ways.nearest(places)
            with self._lock:
                self._nearest[key] = known
        return known


def _bytes(answer: Nearest) -> int:
    return answer.metres.nbytes + answer.place.nbytes


class _Key(NamedTuple):
    edition: int
    network: int | None
    detour: float
    far_m: float


_held: dict[str, tuple[_Key, Walk]] = {}
_loading = Lock()


def pace(facts: Snapshot) -> Pace:
    """How people walk here."""
    told = facts.rules.settings
    return Pace(
        told["walk_minutes"],
        told["walk_speed_kmh"],
        told["walk_detour_factor"],
        told["walk_far_m"],
    )


def current(session: Session, facts: Snapshot) -> Walk:
    """The ways of what is published now. BadInput where the grid has no homes."""
    how = pace(facts)
    where = District.code == facts.district
    no, srid = session.execute(
        select(District.walk_network_no, District.metric_srid).where(where)
    ).one()
    key = _Key(facts.grid.edition, no, how.detour, how.far_m)
    have = _held.get(facts.district)
    if have and have[0] == key:
        return have[1]
    with _loading:
        have = _held.get(facts.district)
        if have is None or have[0] != key:
            have = _held[facts.district] = key, _load(session, facts, key, srid)
        return have[1]


def forget() -> None:
    """Drop what is held, so that the next question reads again."""
    _held.clear()


def _load(session: Session, facts: Snapshot, key: _Key, srid: int) -> Walk:
    walk = Walk(facts.grid, homes.load(session, facts.district, facts.grid), srid, key.network)
    doors = walk.metres(walk.homes.lons, walk.homes.lats)
    if key.network is None:
        walk.ways = Straight(doors, key.detour)
    else:
        kept = session.get_one(WalkNetwork, (facts.district, key.network))
        streets = network.unpack(kept.arrays)
        nodes = walk.metres(streets.lons, streets.lats)
        walk.ways = Streets(streets, nodes, doors, key.far_m)
    return walk
