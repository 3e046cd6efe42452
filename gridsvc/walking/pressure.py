"""Demand against floor area: the two-step floating catchment (Luo and Wang 2003)."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from gridsvc.walking.network import Floats
from gridsvc.walking.ways import Pairs


class Pressure(NamedTuple):
    """`at_places` (k,): supply for each unit of demand within reach of the place, NaN where there
    is no demand or the supply is unknown. `at_homes` (n,): the sum of it over all places that a
    home reaches, 0 where it reaches none."""

    at_places: Floats
    at_homes: Floats


def two_steps(pairs: Iterable[Pairs], supply: Floats, demand: Floats) -> Pressure:
    """Supply (k,) of places against demand (n,) of homes, over the pairs within reach.

    All pairs of a place come in one portion. A home whose demand is unknown (NaN) takes nothing
    from anybody, and is told what it would find.
    """
    wanted = np.nan_to_num(demand)
    at_places, at_homes = np.full(len(supply), np.nan), np.zeros(len(demand))
    for some in pairs:
        around = np.bincount(some.place, wanted[some.home], minlength=len(supply))
        here = np.flatnonzero((around > 0) & ~np.isnan(supply))
        at_places[here] = supply[here] / around[here]
        given = np.nan_to_num(at_places)[some.place]
        at_homes += np.bincount(some.home, given, minlength=len(demand))
    return Pressure(at_places, at_homes)
