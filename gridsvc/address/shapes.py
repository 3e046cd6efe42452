"""How much alike two characters look, by drawings reduced to a few numbers (scripts/glyphs.py)."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from gridsvc.address.words import DATA

TABLE = DATA / "shapes.npy"


def characters() -> list[str]:
    """The 6,763 characters of GB 2312, in its order: the rows of the table."""
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [c for c in (pair.decode("gb2312", "ignore") for pair in pairs) if c]


@cache
def _table() -> tuple[dict[str, int], npt.NDArray[Any]]:
    drawn = np.load(TABLE).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return {character: row for row, character in enumerate(characters())}, drawn


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> float:
    """Cosine of two characters' drawings: 1 the same, 0.9 like 未 and 末, 0 for strangers."""
    rows, drawn = _table()
    first, second = rows.get(one), rows.get(other)
    if first is None or second is None:
        return 0.0
    return float(drawn[first] @ drawn[second])
