"""Give columns the names the grid uses: {"step": "rename", "columns": {"old": "new"}}."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from gridsvc.errors import BadInput


def create(columns: dict[str, str]) -> Callable[[pd.DataFrame, Path], pd.DataFrame]:
    def step(frame: pd.DataFrame, _folder: Path) -> pd.DataFrame:
        missing = sorted(columns.keys() - set(frame.columns))
        if missing:
            raise BadInput(
                zh=f"文件中没有列：{'、'.join(missing)}。",
                en=f"The file has no columns {missing}.",
            )
        return frame.rename(columns=columns)

    return step
