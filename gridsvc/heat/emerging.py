"""Hot spots over time: which are new, which stay, grow, fade, come and go.

Each step of time has its Gi* against the values of all steps. The kinds are those that Esri
documents for its "Emerging Hot Spot Analysis", in our words (`kind`); the trend is Mann's (1945)
and Kendall's with ties. Unlike Esri's, the step before is no neighbour: it would count a case
twice in the very series whose trend is asked.
"""

from collections.abc import Sequence
from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gridsvc.heat.chance import corrected
from gridsvc.heat.hotspots import Floats, Pairs, neighbourhoods, tested
from gridsvc.words import Words

# False discoveries allowed among all places and steps; the trend's p; what "nearly always" means.
MOST_FALSE, TREND, NEARLY_ALWAYS = 0.05, 0.05, 0.9
KINDS = {
    "new": Words("新增", "new"),
    "consecutive": Words("连续", "consecutive"),
    "intensifying": Words("加剧", "intensifying"),
    "persistent": Words("持续", "persistent"),
    "diminishing": Words("减弱", "diminishing"),
    "sporadic": Words("零星", "sporadic"),
    "oscillating": Words("振荡", "oscillating"),
    "historical": Words("历史", "historical"),
}
HOT, COLD = "hot", "cold"


class Emerging(NamedTuple):
    """Of n places: kind and side ("" where none), how many steps it was hot and cold, the trend's
    standard score and p."""

    kind: list[str]
    side: list[str]
    hot: npt.NDArray[np.int64]
    cold: npt.NDArray[np.int64]
    trend: Floats
    trend_p: Floats


def emerging(counts: Floats, pairs: Pairs) -> Emerging:
    """What becomes of n places over t steps; counts (n, t), the newest step last."""
    places, steps = counts.shape
    near = np.bincount(pairs[0], minlength=places)
    around = np.empty(counts.shape)
    for step in range(steps):
        around[:, step] = neighbourhoods(counts[:, step], pairs)[0]
    p, warm = tested(counts.ravel(), around.ravel(), np.repeat(near, steps))
    told = (corrected(p) <= MOST_FALSE).reshape(counts.shape)
    side_of = warm.reshape(counts.shape)
    hot, cold = told & side_of, told & ~side_of
    # The sums rise and fall as their Gi* do: the same mean, deviation and neighbours all along.
    trend, trend_p = mann_kendall(around)
    kinds, sides = [], []
    for row in range(places):
        side = HOT if _leads(hot[row], cold[row]) else COLD
        series = (hot[row], cold[row]) if side == HOT else (cold[row], hot[row])
        # Of a cold spot, growing colder is what intensifies.
        up = trend[row] if side == HOT else -trend[row]
        found = kind(*series, int(np.sign(up)) if trend_p[row] <= TREND else 0)
        kinds.append(found)
        sides.append(side if found else "")
    return Emerging(kinds, sides, hot.sum(axis=1), cold.sum(axis=1), trend, trend_p)


def _leads(hot: npt.NDArray[np.bool_], cold: npt.NDArray[np.bool_]) -> bool:
    """Whether a place is looked at as a hot spot: by its last step, else by what it was oftener."""
    if hot[-1] != cold[-1]:
        return bool(hot[-1])
    return bool(hot.sum() >= cold.sum())


def kind(spot: Sequence[bool], against: Sequence[bool], trend: int) -> str:
    """What a place is that was a spot at some of the steps, and the opposite at others; `trend` is
    1 where it grows stronger, -1 weaker, 0 neither. "" for none of them.

    new: a spot in the last step and never before. consecutive: in an unbroken run of the last
    steps and never before, less than nine tenths of all. intensifying, persistent, diminishing:
    in nine tenths of the steps, the last among them, growing stronger, neither, or weaker.
    historical: the same without the last. oscillating: in the last step, the opposite at some
    other. sporadic: in the last step, on and off, never the opposite.
    """
    steps, often = len(spot), sum(map(bool, spot))
    nearly_always = often >= NEARLY_ALWAYS * steps
    if not spot[-1]:
        return "historical" if nearly_always and often else ""
    if nearly_always and steps > 1:
        return {1: "intensifying", 0: "persistent", -1: "diminishing"}[trend]
    if often == 1 and not any(against):
        return "new"
    if any(against):
        return "oscillating"
    return "consecutive" if all(spot[-often:]) else "sporadic"


def mann_kendall(series: Floats) -> tuple[Floats, Floats]:
    """The trend of n series of t steps as a standard score, and its p of both sides. Shapes (n,).

    With the correction for ties (Kendall 1975); 0 and 1 where there are fewer than four steps.
    """
    count, steps = series.shape
    if steps < 4:
        return np.zeros(count), np.ones(count)
    total = np.zeros(count)
    for step in range(steps - 1):
        total += np.sign(series[:, step + 1 :] - series[:, [step]]).sum(axis=1)
    ranked = np.sort(series, axis=1)
    tied = np.array([_ties(row) for row in ranked])
    variance = (steps * (steps - 1) * (2 * steps + 5) - tied) / 18
    z = np.zeros(count)
    moving = variance > 0
    z[moving] = (total - np.sign(total))[moving] / np.sqrt(variance[moving])
    return z, np.array([erfc(abs(one) / sqrt(2)) for one in z.tolist()])


def _ties(ranked: Floats) -> float:
    ends = np.flatnonzero(np.diff(ranked)) + 1
    sizes = np.diff(np.concatenate([[0], ends, [len(ranked)]])).astype(np.float64)
    return float((sizes * (sizes - 1) * (2 * sizes + 5)).sum())
