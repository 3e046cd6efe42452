"""Codes against the scheme of the edition."""

from collections.abc import Callable, Iterator

import numpy as np

from geodata.checks.ground import Ground
from geodata.findings import Finding
from geodata.schemes import Scheme
from gridsvc.words import Words


def against(scheme: Scheme) -> Callable[[Ground], Iterator[Finding]]:
    """The check of one scheme: the pattern of each level, and the parent's code as beginning."""

    def check(ground: Ground) -> Iterator[Finding]:
        for level, pattern in scheme.patterns.items():
            of_level = ground.units[ground.levels == level]
            fits = of_level["code"].str.fullmatch(pattern)
            for row in of_level.index[~fits]:
                yield _misshapen(ground, int(row), pattern)
        if scheme.nested:
            yield from _not_nested(ground)

    return check


def _not_nested(ground: Ground) -> Iterator[Finding]:
    rows = np.flatnonzero(ground.parents >= 0)
    for row, parent in zip(rows.tolist(), ground.parents[rows].tolist(), strict=True):
        if not ground.codes[row].startswith(ground.codes[parent]):
            yield _stranger(ground, row, parent)


def _misshapen(ground: Ground, row: int, pattern: str) -> Finding:
    level = int(ground.levels[row])
    return Finding(
        "error",
        "wrong_code",
        str(ground.codes[row]),
        Words(
            f"第{level}级单元{ground.named(row)}的编码不合编码方案（应为 {pattern}）。"
            "请更正编码或方案。",
            f"The code of level {level} unit {ground.called(row)} does not follow the scheme "
            f"({pattern}). Correct the code or the scheme.",
        ),
        {"level": level, "pattern": pattern},
        ground.degrees[row],
    )


def _stranger(ground: Ground, row: int, parent: int) -> Finding:
    return Finding(
        "warning",
        "wrong_code",
        str(ground.codes[row]),
        Words(
            f"{ground.named(row)}位于{ground.named(parent)}之内，编码却不以其编码开头。",
            f"{ground.called(row)} lies in {ground.called(parent)}, but its code does not begin "
            "with that unit's code.",
        ),
        {"parent": str(ground.codes[parent])},
        ground.degrees[row],
    )
