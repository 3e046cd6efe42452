"""Where a map's classes part: at round figures, about as many places in each."""

from math import floor, log10

import numpy as np

from gridsvc.heat.columns import Floats

SHARES = (0.2, 0.4, 0.6, 0.8, 0.95)
SHARES_OF_EACH_SIDE = (0.35, 0.7, 0.95)
FIGURES = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def limits(values: Floats, around: bool = False) -> tuple[float, ...]:
    """Ascending limits from the values that are known; with `around` the same on both sides of
    zero. Without any value, or with one alone, a single limit."""
    known = values[np.isfinite(values)]
    sizes = np.abs(known[known != 0]) if around else known[known > 0]
    if not len(sizes):
        return (-1.0, 1.0) if around else (1.0,)
    parts = SHARES_OF_EACH_SIDE if around else SHARES
    found = sorted({rounded(float(one)) for one in np.quantile(sizes, parts)})
    return tuple(-one for one in reversed(found)) + tuple(found) if around else tuple(found)


def rounded(value: float) -> float:
    """The nearest figure that is easily said: 0.12, 2.5, 400."""
    size = 10.0 ** floor(log10(value))
    nearest = min(FIGURES, key=lambda one: abs(one - value / size))
    return float(f"{nearest * size:.3g}")
