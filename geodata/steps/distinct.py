"""One row for each combination of some columns, numbered: {"step": "distinct", "columns": {...}}.

`columns` maps the file's columns to ours; the result has only ours, and `no` from 1.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd


def create(columns: dict[str, str]) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        rows = frame[list(columns)].rename(columns=columns).dropna().drop_duplicates()
        rows = rows.sort_values(list(rows.columns), ignore_index=True)
        return rows.assign(no=rows.index + 1)

    return step
