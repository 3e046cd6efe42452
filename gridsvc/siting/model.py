"""Which sites to choose: the best sets, by a solver that proves it or says how far it may be off.

Mixed-integer programs solved by HiGHS through scipy. Costs, areas and households come in whatever
unit the district reckons in.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Sums of decimals that should be equal differ by less than this part of them.
GRAIN = 1e-9
OPTIMAL = 0


class Sites(NamedTuple):
    """k sites: m² each would give, what it costs, and the row of the community it serves."""

    areas: Floats
    costs: Floats
    community: Ints


class Solution(NamedTuple):
    """Rows of the chosen sites, what they achieve, and the most (or least) that any set could.

    `proved`: the bound is reached. Otherwise the time ran out before the proof.
    """

    chosen: list[int]
    value: float
    bound: float
    proved: bool

    @property
    def gap(self) -> float:
        """How far from the bound it may be, as a part of the bound; 0 where it is proved."""
        return 0.0 if self.proved else abs(self.bound - self.value) / max(abs(self.bound), GRAIN)


def over_standard(
    sites: Sites, short: Floats, worth: Floats, budget: float | None, seconds: float
) -> Solution:
    """The set within the budget that brings the most `worth` (households) over the standard.

    `short` (c,) are the m² that each community lacks, 0 or NaN where nothing can be gained.
    Among sets that bring the same communities over it, the cheapest.
    """
    open_ = _within_power(sites, short)
    rows = np.flatnonzero(np.isin(sites.community, open_))
    if len(rows) == 0:
        return Solution([], 0.0, 0.0, True)
    at = {int(community): place for place, community in enumerate(open_)}
    where = np.array([at[int(one)] for one in sites.community[rows]])
    count, places = len(rows), np.arange(len(rows))
    needs = coo_array(
        (
            np.concatenate([sites.areas[rows], -short[open_]]),
            (
                np.concatenate([where, np.arange(len(open_))]),
                np.concatenate([places, count + np.arange(len(open_))]),
            ),
        ),
        shape=(len(open_), count + len(open_)),
    )
    gain = np.concatenate([np.zeros(count), worth[open_]])
    limits = [LinearConstraint(csr_array(needs), -_slack(short[open_]), np.inf)]
    limits += _affordable(np.append(sites.costs[rows], np.zeros(len(open_))), budget)
    found = _solve(-gain, limits, np.ones(len(gain)), seconds)
    if found is None:
        return Solution([], 0.0, float(worth[open_].sum()), False)
    over = open_[found.x[count:] > 0.5]
    chosen = cheapest(sites, np.where(np.isin(np.arange(len(short)), over), short, 0.0), seconds)
    value = float(worth[over].sum())
    if budget is not None and sites.costs[chosen.chosen].sum() > budget * (1 + GRAIN) + GRAIN:
        # The proof of the cheapest set ran out of time: what the first search took is kept.
        picked = rows[(found.x[:count] > 0.5) & np.isin(sites.community[rows], over)]
        return Solution(picked.tolist(), value, found.bound, found.proved)
    return Solution(chosen.chosen, value, found.bound, found.proved)


def cheapest(sites: Sites, short: Floats, seconds: float) -> Solution:
    """The cheapest set that brings every community to the standard that sites can bring there."""
    open_ = _within_power(sites, short)
    rows = np.flatnonzero(np.isin(sites.community, open_))
    if len(rows) == 0:
        return Solution([], 0.0, 0.0, True)
    at = {int(community): place for place, community in enumerate(open_)}
    where = np.array([at[int(one)] for one in sites.community[rows]])
    needs = csr_array(
        (sites.areas[rows], (where, np.arange(len(rows)))), shape=(len(open_), len(rows))
    )
    enough = LinearConstraint(needs, short[open_] - _slack(short[open_]), np.inf)
    found = _solve(sites.costs[rows], [enough], np.ones(len(rows)), seconds)
    if found is None:
        # Everything is always enough.
        cost = float(sites.costs[rows].sum())
        return Solution(rows.tolist(), cost, 0.0, False)
    chosen = rows[found.x > 0.5]
    return Solution(chosen.tolist(), float(sites.costs[chosen].sum()), -found.bound, found.proved)


def covering(
    reached: Sequence[Ints], worth: Floats, costs: Floats, budget: float | None, seconds: float
) -> Solution:
    """The set within the budget that newly brings the most households within reach (maximal
    covering, Church and ReVelle 1974).

    `reached` holds for each site (k) the rows of homes that it would newly serve, `worth` (n,) the
    households of every home.
    """
    groups, weights = grouped(reached, worth)
    count, many = len(reached), len(weights)
    if many == 0:
        return Solution([], 0.0, 0.0, True)
    home, site = groups.nonzero()
    served = coo_array(
        (
            np.concatenate([-np.ones(len(home)), np.ones(many)]),
            (
                np.concatenate([home, np.arange(many)]),
                np.concatenate([site, count + np.arange(many)]),
            ),
        ),
        shape=(many, count + many),
    )
    gain = np.concatenate([np.zeros(count), weights])
    limits = [LinearConstraint(csr_array(served), -np.inf, 0)]
    limits += _affordable(np.append(costs, np.zeros(many)), budget)
    whole = np.append(np.ones(count), np.zeros(many))
    found = _solve(-gain, limits, whole, seconds)
    if found is None:
        return Solution([], 0.0, float(weights.sum()), False)
    chosen = _needed(np.flatnonzero(found.x[:count] > 0.5).tolist(), groups, weights, costs)
    return Solution(chosen, covered(groups, weights, chosen), found.bound, found.proved)


def grouped(reached: Sequence[Ints], worth: Floats) -> tuple[csr_array, Floats]:
    """Homes that the same sites serve are one: which sites serve each group (g, k), and its
    households (g,). Homes without any, or that no site serves, are left out."""
    sizes = [len(one) for one in reached]
    homes = np.concatenate([*reached, np.empty(0, dtype=np.int64)]).astype(np.int64)
    sites = np.repeat(np.arange(len(reached)), sizes)
    used, home = np.unique(homes, return_inverse=True)
    flags = np.zeros((len(used), len(reached)), dtype=bool)
    flags[home.reshape(-1), sites] = True
    packed, group = np.unique(np.packbits(flags, axis=1), axis=0, return_inverse=True)
    weights = np.bincount(group.reshape(-1), np.nan_to_num(worth[used]), minlength=len(packed))
    lived_in = weights > 0
    served = np.unpackbits(packed[lived_in], axis=1, count=len(reached))
    return csr_array(served.astype(np.float64)), weights[lived_in].astype(np.float64)


def covered(groups: csr_array, weights: Floats, chosen: Sequence[int]) -> float:
    """Households that the chosen sites serve together."""
    if not chosen:
        return 0.0
    some = np.asarray(groups[:, list(chosen)].sum(axis=1)).reshape(-1)
    return float(weights[some > 0].sum())


def _needed(chosen: list[int], groups: csr_array, weights: Floats, costs: Floats) -> list[int]:
    """The chosen sites without those that the others make superfluous, the dearest first."""
    value = covered(groups, weights, chosen)
    for site in sorted(chosen, key=lambda one: -costs[one]):
        without = [one for one in chosen if one != site]
        if covered(groups, weights, without) >= value:
            chosen = without
    return chosen


def _within_power(sites: Sites, short: Floats) -> Ints:
    """Communities that lack something, and that all their sites together could bring over it."""
    offered = np.bincount(sites.community, sites.areas, minlength=len(short))
    lacking = np.nan_to_num(short) > 0
    return np.flatnonzero(lacking & (offered >= short - _slack(short)))


def _slack(short: Floats) -> Floats:
    return np.asarray(np.abs(short) * GRAIN, dtype=np.float64)


def _affordable(costs: Floats, budget: float | None) -> list[LinearConstraint]:
    if budget is None:
        return []
    return [LinearConstraint(csr_array(costs[None, :]), -np.inf, budget * (1 + GRAIN))]


class _Found(NamedTuple):
    """The solver's values, and the most that the objective (turned to be maximised) could be."""

    x: Floats
    bound: float
    proved: bool


def _solve(
    objective: Floats, limits: list[LinearConstraint], whole: Floats, seconds: float
) -> _Found | None:
    """Minimise; None where the time ran out before any set was found."""
    result = milp(
        objective,
        constraints=limits,
        integrality=whole,
        bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if result.x is None:
        return None
    proved = result.status == OPTIMAL
    bound = result.fun if proved or result.mip_dual_bound is None else result.mip_dual_bound
    return _Found(np.asarray(result.x, dtype=np.float64), -float(bound), proved)
