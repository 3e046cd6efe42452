"""A CSV file of addresses, each marked with the district of the country that it names."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from geodata.sheets import harmless
from geodata.wholefile import written
from gridsvc.address.areas import DISTRICT, areas
from gridsvc.errors import BadInput


class Marked(NamedTuple):
    rows: int
    found: int


def mark(source: Path, target: Path, column: str) -> Marked:
    """Write the rows with `area_code` (2, 4 or 6 digits) and `area_candidates` beside them.

    Raises BadInput for a file that cannot be read or has no such column; then nothing is written.
    """
    try:
        rows = pd.read_csv(source, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as trouble:
        raise BadInput(
            zh=f"读不到{source}：{trouble}。", en=f"Cannot read {source}: {trouble}."
        ) from None
    if column not in rows:
        raise BadInput(
            zh=f"没有“{column}”这一列，有：{'、'.join(rows.columns)}。",
            en=f"There is no column {column}; there are {', '.join(rows.columns)}.",
        )
    found = areas(rows[column])
    rows["area_code"] = [one.code or "" for one in found]
    rows["area_candidates"] = [" ".join(one.candidates) for one in found]
    with written(target) as draft:
        rows.map(harmless).to_csv(draft, index=False)
    return Marked(len(rows), sum(len(one.code or "") == DISTRICT for one in found))
