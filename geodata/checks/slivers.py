"""Parts of a unit too narrow to be ground: threads left over by drawing or cutting."""

from collections.abc import Iterator

import numpy as np
import shapely

from geodata.checks.ground import Ground, mean_width
from geodata.findings import Finding
from gridsvc.words import Words


def check(ground: Ground) -> Iterator[Finding]:
    """One finding for each unit with such parts."""
    parts, owner = shapely.get_parts(ground.metres, return_index=True)
    thin = np.flatnonzero(mean_width(parts) < ground.expected.sliver_m)
    for row in np.unique(owner[thin]):
        yield _finding(ground, int(row), parts[thin[owner[thin] == row]])


def _finding(ground: Ground, row: int, threads: np.ndarray) -> Finding:
    area = round(float(shapely.area(threads).sum()), 2)
    limit = ground.expected.sliver_m
    return Finding(
        "warning",
        "sliver",
        str(ground.codes[row]),
        Words(
            f"{ground.named(row)}有{len(threads)}块平均宽度不足{limit}米的狭长碎片，共{area:,}平方米。"
            "多为绘图误差，请删除或并入相邻单元。",
            f"{ground.called(row)} has {len(threads)} parts less than {limit} m wide in the mean, "
            f"{area:,} m² together. Delete them or join them to a neighbour.",
        ),
        {"parts": len(threads), "area_m2": area},
        ground.place(shapely.multipolygons(threads)),
    )
