"""What chance alone would do: the exact distribution of a sum of draws, and a correction for asking
many times.

Local statistics are usually tested against a normal curve, which few cases do not follow, or
against a few hundred shuffles, whose smallest p is too large to survive a correction over thousands
of places. Both stand in for one thing: how a sum of k values drawn from all of them is distributed.
Here that is computed: counts are whole numbers, and the distribution of their sum is a
convolution. Draws are taken with replacement: with some hundred places the difference is nothing,
with few it errs on the side of saying less.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Where values are no counts, they are told apart by this part of their range.
FINEST = 400
# What a convolution's rounding leaves of nothing.
DUST = 1e-15


def tails(values: Floats, sums: npt.NDArray[Any], draws: Ints) -> tuple[Floats, Floats]:
    """How likely the sum of `draws` values, drawn from `values` (n), is at most, and at least, each
    of `sums` (m). Shapes (m,), (m,)."""
    step = _step(values) if len(values) else 0.0
    if step == 0.0:
        return np.ones(len(sums)), np.ones(len(sums))
    low = float(values.min())
    steps = np.round((values - low) / step).astype(np.int64)
    each = np.bincount(steps) / len(steps)
    wanted = np.round((sums - draws * low) / step).astype(np.int64)
    at_most, at_least = np.empty(len(sums)), np.empty(len(sums))
    spread = np.ones(1)
    for count in range(1, int(draws.max(initial=0)) + 1):
        spread = _convolved(spread, each)
        mine = draws == count
        if not mine.any():
            continue
        up = np.clip(np.cumsum(spread), 0, 1)
        # Summed from the far end: a small tail is lost in 1 - p.
        down = np.clip(np.cumsum(spread[::-1])[::-1], 0, 1)
        at = np.clip(wanted[mine], 0, len(spread) - 1)
        at_most[mine], at_least[mine] = up[at], down[at]
    at_most[draws == 0] = at_least[draws == 0] = 1.0
    return at_most, at_least


def _step(values: Floats) -> float:
    """1 where all are whole numbers in a range that can be walked, else a part of the range."""
    wide = float(values.max() - values.min())
    whole = bool((values == np.round(values)).all())
    return 1.0 if whole and 0 < wide <= 50 * FINEST else wide / FINEST


def _convolved(one: Floats, other: Floats) -> Floats:
    size = len(one) + len(other) - 1
    if size <= 4 * FINEST:
        return np.convolve(one, other)
    length = 1 << (size - 1).bit_length()
    made = np.fft.irfft(np.fft.rfft(one, length) * np.fft.rfft(other, length), length)[:size]
    return np.where(made < DUST, 0.0, made)


def corrected(p: Floats) -> Floats:
    """The smallest share of false discoveries at which each of n would be called one: Benjamini and
    Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300. Shape (n,)."""
    count = len(p)
    order = np.argsort(p)[::-1]
    scaled = p[order] * count / np.arange(count, 0, -1)
    found = np.empty(count)
    found[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return found
