"""Take columns from another file:

{"step": "join", "file": "h.csv", "left": "code", "right": "NTACode", "take": {"households": "n"}}
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd


def create(
    file: str, left: str, right: str, take: dict[str, str]
) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
        other = pd.read_csv(folder / file, dtype={right: str}).drop_duplicates(right)
        other = other.set_index(right)
        keys = frame[left].astype(str)
        return frame.assign(**{ours: keys.map(other[theirs]) for ours, theirs in take.items()})

    return step
