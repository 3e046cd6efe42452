"""Fill a column from others:

{"step": "template", "column": "name", "first": ["{st} {hn}", "{name}"]}

The first template whose columns are all present in a row is used; none leaves the cell empty.
"""

import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd


def create(column: str, first: list[str]) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    wanted = [
        (text, [name for _, name, _, _ in string.Formatter().parse(text) if name]) for text in first
    ]

    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        filled = pd.Series(None, index=frame.index, dtype=object)
        for text, columns in wanted:
            fits = filled.isna() & frame[columns].notna().all(axis=1)
            rows: list[dict[Any, Any]] = frame.loc[fits, columns].to_dict("records")
            filled[fits] = [text.format(**row) for row in rows]
        return frame.assign(**{column: filled})

    return step
