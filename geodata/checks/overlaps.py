"""Units of one level that cover the same ground."""

from collections.abc import Iterator

import numpy as np
import shapely

from geodata.checks.ground import Ground
from geodata.findings import Finding
from gridsvc.words import Words


def check(ground: Ground) -> Iterator[Finding]:
    """One finding for each pair that overlaps, with the exact area."""
    for level in np.unique(ground.levels):
        rows = np.flatnonzero(ground.levels == level)
        shapes = ground.metres[rows]
        one, other = shapely.STRtree(shapes).query(shapes, "intersects")
        once = one < other
        one, other = rows[one[once]], rows[other[once]]
        shared = shapely.intersection(ground.metres[one], ground.metres[other])
        for pair in np.flatnonzero(ground.counts(shared)):
            yield _finding(ground, int(one[pair]), int(other[pair]), shared[pair])


def _finding(ground: Ground, one: int, other: int, shared: shapely.Geometry) -> Finding:
    area = round(float(shapely.area(shared)), 2)
    return Finding(
        "warning",
        "sibling_overlap",
        str(ground.codes[one]),
        Words(
            f"{ground.named(one)}与{ground.named(other)}重叠{area:,}平方米。"
            "重叠处按编码较小者归属；请修正边界。",
            f"{ground.called(one)} and {ground.called(other)} overlap by {area:,} m². The smaller "
            "code answers there; correct the border.",
        ),
        {"other": str(ground.codes[other]), "area_m2": area},
        ground.place(shared),
    )
