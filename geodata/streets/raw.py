"""Streets as a file holds them, before they are made one network."""

from collections import Counter
from typing import NamedTuple

from gridsvc.walking.network import Floats, Ints


class Box(NamedTuple):
    """The ground that matters, in degrees; streets beyond it are not kept."""

    west: float
    south: float
    east: float
    north: float


class Raw(NamedTuple):
    """Nodes in degrees (k,), (k,) and stretches between them (j, 2), rows of nodes; `ways` were
    kept, `left_out` counts the others by reason."""

    lons: Floats
    lats: Floats
    ends: Ints
    ways: int
    left_out: Counter[str]
