"""Derive a code from the beginning of another:

{"step": "prefix", "column": "parent_code", "of": "code", "length": 9}
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd


def create(column: str, of: str, length: int) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        return frame.assign(**{column: frame[of].astype(str).str.strip().str[:length]})

    return step
