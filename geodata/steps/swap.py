"""Swap longitude and latitude of every shape: {"step": "swap"}."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import shapely


def create() -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        turned = shapely.transform(frame["geometry"].to_numpy(), lambda corners: corners[:, ::-1])
        return frame.assign(geometry=turned)

    return step
