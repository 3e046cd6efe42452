"""Give every row a value: {"step": "assign", "values": {"level": 3}}."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd


def create(values: dict[str, Any]) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        return frame.assign(**values)

    return step
