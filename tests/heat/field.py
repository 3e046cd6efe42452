"""A field of hexagons with neighbours, for what is planted in it."""

from functools import cache

import h3.api.basic_int as h3
import numpy as np

from gridsvc.heat import hexagons
from gridsvc.heat.hexagons import Names
from gridsvc.heat.hotspots import Pairs

MIDDLE = h3.latlng_to_cell(25.0, 102.7, 9)


@cache
def cells(rings: int = 24) -> Names:
    """A disc of so many rings around its middle: 1,801 hexagons with 24."""
    return np.array(sorted(h3.grid_disk(MIDDLE, rings)), dtype=np.uint64)


@cache
def pairs(rings: int = 24) -> Pairs:
    return hexagons.discs(cells(rings))


def discs(seed: int, count: int, size: int, rings: int = 24) -> np.ndarray:
    """Which hexagons lie in `count` discs of `size` rings that do not meet, whole inside."""
    rng = np.random.default_rng(seed)
    inner = list(h3.grid_disk(MIDDLE, rings - size - 1))
    middles: list[int] = []
    while len(middles) < count:
        one = inner[rng.integers(len(inner))]
        if all(h3.grid_distance(one, other) > 2 * size + 3 for other in middles):
            middles.append(one)
    planted = {cell for one in middles for cell in h3.grid_disk(one, size)}
    return np.isin(cells(rings), np.array(list(planted), dtype=np.uint64))
