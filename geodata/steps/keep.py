"""Keep the rows whose column has a value: {"step": "keep", "column": "lvl", "equals": "8"}."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd


def create(column: str, equals: str) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        return frame[frame[column].astype(str) == equals]

    return step
