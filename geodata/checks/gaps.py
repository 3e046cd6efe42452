"""Ground of a unit that no unit of the level below covers, where that level should fill it."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely

from geodata.checks.ground import Ground
from geodata.findings import Finding
from gridsvc.words import Words


def check(ground: Ground) -> Iterator[Finding]:
    """One finding for each parent, with all its uncovered ground and the exact area."""
    present = np.unique(ground.levels)
    for upper, level in pairwise(present):
        if level not in ground.expected.filled_by:
            continue
        children = ground.metres[ground.levels == level]
        tree = shapely.STRtree(children)
        for row in np.flatnonzero(ground.levels == upper):
            parent = ground.metres[row]
            near = tree.query(parent, "intersects")
            left = shapely.get_parts(shapely.difference(parent, shapely.union_all(children[near])))
            bare = left[ground.counts(left)]
            if len(bare):
                yield _finding(ground, int(row), int(level), shapely.union_all(bare), len(bare))


def _finding(ground: Ground, row: int, level: int, bare: shapely.Geometry, pieces: int) -> Finding:
    area = round(float(shapely.area(bare)), 2)
    return Finding(
        "warning",
        "gap",
        str(ground.codes[row]),
        Words(
            f"{ground.named(row)}内有{pieces}处共{area:,}平方米没有第{level}级单元覆盖。"
            "该处的上报只能归到本级。",
            f"{area:,} m² in {pieces} places of {ground.called(row)} are covered by no unit of "
            f"level {level}. Reports there reach this level only.",
        ),
        {"area_m2": area, "pieces": pieces, "level": level},
        ground.place(bare),
    )
