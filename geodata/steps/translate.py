"""Put our words for the file's:

{"step": "translate", "column": "kind", "values": {"城市": "urban"}}

A value that is not listed becomes `other`, or is left as it is where no `other` is given.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd


def create(
    column: str, values: dict[str, str], other: str | None = None
) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        written = frame[column].astype("str").str.strip()
        ours = written.map(values)
        rest = written if other is None else other
        return frame.assign(**{column: ours.where(ours.notna() | written.isna(), rest)})

    return step
