"""Read numbers as people write them: {"step": "number", "column": "households"}.

１，２３４户 is 1234. What holds no number, or more than one, becomes empty.
"""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pandas as pd

NUMBER = r"^\D*?(-?\d+(?:\.\d+)?)\D*$"


def create(column: str) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        written = frame[column].astype("str").map(_plain, na_action="ignore")
        return frame.assign(**{column: pd.to_numeric(written.str.extract(NUMBER)[0])})

    return step


def _plain(text: str) -> str:
    """Half-width digits without separators of thousands."""
    return unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
