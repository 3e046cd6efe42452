"""What a careful person would do without a solver: always the best buy next."""

from collections.abc import Sequence

import numpy as np

from gridsvc.siting.model import GRAIN, Floats, Ints, Sites, covered, grouped


def over_standard(sites: Sites, short: Floats, worth: Floats, budget: float | None) -> list[int]:
    """Community by community, the one with the most households for its cost next."""
    offers = [
        (community, picked, float(sites.costs[picked].sum()))
        for community in np.flatnonzero(np.nan_to_num(short) > 0).tolist()
        if (picked := _filled(sites, community, float(short[community])))
    ]
    offers.sort(key=lambda offer: -worth[offer[0]] / max(offer[2], GRAIN))
    chosen: list[int] = []
    left = np.inf if budget is None else budget
    for _, picked, cost in offers:
        if cost <= left + GRAIN:
            chosen += picked
            left -= cost
    return chosen


def cheapest(sites: Sites, short: Floats) -> list[int]:
    """In each community the cheapest square metres until there are enough."""
    return [
        site
        for community in np.flatnonzero(np.nan_to_num(short) > 0).tolist()
        for site in _filled(sites, community, float(short[community]))
    ]


def covering(
    reached: Sequence[Ints], worth: Floats, costs: Floats, budget: float | None
) -> list[int]:
    """The site with the most newly served households for its cost next."""
    groups, weights = grouped(reached, worth)
    if len(weights) == 0:
        return []
    chosen: list[int] = []
    left = np.inf if budget is None else budget
    missing = weights.copy()
    while True:
        gains = np.asarray(groups.T @ missing).reshape(-1)
        good = (gains > 0) & (costs <= left + GRAIN)
        if not good.any():
            return chosen
        ratio = np.where(good, gains / np.maximum(costs, GRAIN), -1)
        site = int(np.argmax(ratio))
        chosen.append(site)
        left -= float(costs[site])
        served = np.asarray(groups[:, [site]].sum(axis=1)).reshape(-1) > 0
        missing[served] = 0
        if covered(groups, weights, chosen) >= weights.sum():
            return chosen


def _filled(sites: Sites, community: int, need: float) -> list[int]:
    """Sites of one community that together are enough, cheapest by the square metre first, and
    without any that turns out superfluous; none where all of them are too little."""
    rows = np.flatnonzero(sites.community == community)
    price = sites.costs[rows] / np.maximum(sites.areas[rows], GRAIN)
    picked: list[int] = []
    have, least = 0.0, need * (1 - GRAIN)
    for site in rows[np.argsort(price, kind="stable")].tolist():
        if have >= least:
            break
        picked.append(site)
        have += float(sites.areas[site])
    if have < least:
        return []
    for site in sorted(picked, key=lambda one: -sites.costs[one]):
        if have - sites.areas[site] >= least:
            picked.remove(site)
            have -= float(sites.areas[site])
    return picked
