"""How far it is on foot from places to homes: what both ways of measuring answer."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from gridsvc.walking.network import Floats, Ints
from gridsvc.words import Words

Flags = npt.NDArray[np.bool_]
Basis = Literal["streets", "straight_line"]

BASES = {
    "streets": Words("路网步行距离", "walked along streets"),
    "straight_line": Words(
        "直线距离乘绕行系数（没有路网，仅为估算）",
        "straight line times a detour factor (no street network, an estimate)",
    ),
}


class Nearest(NamedTuple):
    """For each of n homes the metres to the nearest of some places (infinite: none can be walked
    to) and the row of that place (-1: none)."""

    metres: Floats
    place: Ints


class Pairs(NamedTuple):
    """Homes that some places reach: rows of places, rows of homes, metres between. Shapes (p,)."""

    place: Ints
    home: Ints
    metres: Floats


class Ground(NamedTuple):
    """Points on the ground in metres (p, 2), close enough to each other to draw by; the row of the
    place that is nearest to each (p,), and the metres to it (p,)."""

    points: Floats
    place: Ints
    metres: Floats


NOWHERE = Ground(np.empty((0, 2)), np.empty(0, dtype=np.int64), np.empty(0))


class Ways(Protocol):
    """Distances to n homes that were given once, from places in metres (k, 2) given each time."""

    basis: Basis

    @property
    def stranded(self) -> Flags:
        """Homes (n,) of which no distance can be told, because no street is near."""

    def apart(self, places: Floats) -> Flags:
        """Places (k,) that nobody can walk to, because no street is near."""

    def nearest(self, places: Floats) -> Nearest:
        """The nearest of the places for each home, however far."""

    def pairs(self, places: Floats, limit: float) -> Iterator[Pairs]:
        """All homes within so many metres of each place. All pairs of a place come together."""

    def ground(self, places: Floats, limit: float) -> Ground:
        """The ground within so many metres of the places, each point with the nearest of them."""
