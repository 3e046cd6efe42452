"""Units that do not lie where their register or their level says: conflicts and overhangs."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import shapely

from geodata.chains import Conflict, Rows, Shapes
from geodata.checks.ground import Ground
from geodata.findings import Finding
from gridsvc.words import Words


class Overhang(NamedTuple):
    """Ground of a unit beyond its parent, and the other units of the parent's level it lies in."""

    row: int
    parent: int
    ground: Any
    others: list[int]


def conflicts(ground: Ground) -> Iterator[Finding]:
    """A declared parent that is not there, is not above, or covers less than 98 % of a unit."""
    top = ground.levels.min(initial=5)
    declared = ground.units["parent_code"]
    unknown = declared.notna() & (ground.chains.declared < 0) & (ground.levels > top)
    for row in np.flatnonzero(unknown):
        yield _unknown(ground, int(row))
    told = np.flatnonzero(ground.chains.declared >= 0)
    for row in told[ground.levels[ground.chains.declared[told]] >= ground.levels[told]]:
        yield _not_above(ground, int(row))
    for conflict in ground.chains.conflicts:
        yield _conflict(ground, conflict)


def check(ground: Ground) -> Iterator[Finding]:
    """Units in no unit above, partly outside their parent, or astride a border of its level."""
    top = ground.levels.min(initial=5)
    for row in np.flatnonzero((ground.parents < 0) & (ground.levels > top)):
        yield _nowhere(ground, int(row))
    settled = {conflict.row for conflict in ground.chains.conflicts}
    for found in _overhangs(ground):
        if found.row in settled:
            continue
        if found.others:
            yield _astride(ground, found)
        elsewhere = shapely.union_all(ground.metres[found.others])
        beyond = shapely.difference(found.ground, elsewhere)
        if ground.counts(np.array([beyond], dtype=object))[0]:
            yield _outside(ground, found._replace(ground=beyond))


def _overhangs(ground: Ground) -> Iterator[Overhang]:
    rows = np.flatnonzero(ground.parents >= 0)
    holders = ground.parents[rows]
    shapely.prepare(ground.degrees[holders])
    loose = ~shapely.covers(ground.degrees[holders], ground.degrees[rows])
    rows, holders = rows[loose], holders[loose]
    beyond = shapely.difference(ground.metres[rows], ground.metres[holders])
    large = ground.counts(beyond)
    rows, holders, beyond = rows[large], holders[large], beyond[large]
    for level in np.unique(ground.levels[holders]):
        of_level = np.flatnonzero(ground.levels[holders] == level)
        others = _others(ground, np.flatnonzero(ground.levels == level), beyond[of_level])
        for place, at in enumerate(of_level):
            yield Overhang(int(rows[at]), int(holders[at]), beyond[at], others.get(place, []))


def _others(ground: Ground, candidates: Rows, beyond: Shapes) -> dict[int, list[int]]:
    """For each piece of ground the candidates that it reaches into by more than a thread."""
    piece, near = shapely.STRtree(ground.metres[candidates]).query(beyond, "intersects")
    shared = shapely.intersection(beyond[piece], ground.metres[candidates[near]])
    found: dict[int, list[int]] = {}
    for at in np.flatnonzero(ground.counts(shared)):
        found.setdefault(int(piece[at]), []).append(int(candidates[near[at]]))
    return found


def _unknown(ground: Ground, row: int) -> Finding:
    declared = str(ground.units["parent_code"].iloc[row])
    return Finding(
        "warning",
        "parent_conflict",
        str(ground.codes[row]),
        Words(
            f"{ground.named(row)}登记的上级{declared}不在文件中。归属按实地确定。",
            f"{ground.called(row)} is registered under {declared}, which is not in the files. "
            "Chains follow the ground.",
        ),
        {"declared": declared},
        ground.chains.inner[row],
    )


def _not_above(ground: Ground, row: int) -> Finding:
    parent = int(ground.chains.declared[row])
    level, upper = int(ground.levels[row]), int(ground.levels[parent])
    return Finding(
        "error",
        "wrong_level",
        str(ground.codes[row]),
        Words(
            f"{ground.named(row)}为第{level}级，登记的上级{ground.named(parent)}却为第{upper}级。"
            "请核对两者的层级。",
            f"{ground.called(row)} is of level {level}, but its registered parent "
            f"{ground.called(parent)} is of level {upper}. Check both levels.",
        ),
        {"level": level, "parent": str(ground.codes[parent]), "parent_level": upper},
        ground.chains.inner[row],
    )


def _conflict(ground: Ground, conflict: Conflict) -> Finding:
    declared = str(ground.codes[conflict.declared])
    where = str(ground.codes[conflict.ground]) if conflict.ground >= 0 else None
    percent = conflict.share * 100
    return Finding(
        "warning",
        "parent_conflict",
        str(ground.codes[conflict.row]),
        Words(
            f"{ground.named(conflict.row)}登记的上级为{declared}，但只有{percent:.1f}%的面积在其内；"
            f"面积最大的部分在{where or '辖区之外'}。归属按实地确定。",
            f"{ground.called(conflict.row)} is registered under {declared}, which covers only "
            f"{percent:.1f} % of it; most of it lies in {where or 'no unit'}. "
            "Chains follow the ground.",
        ),
        {"declared": declared, "share": round(conflict.share, 6), "ground": where},
        ground.degrees[conflict.row],
    )


def _nowhere(ground: Ground, row: int) -> Finding:
    area = round(float(shapely.area(ground.metres[row])), 2)
    level = int(ground.levels[row])
    return Finding(
        "warning",
        "outside_parent",
        str(ground.codes[row]),
        Words(
            f"第{level}级单元{ground.named(row)}不在任何上级单元之内。",
            f"Level {level} unit {ground.called(row)} lies in no unit above it.",
        ),
        {"level": level, "area_m2": area, "share": 1.0},
        ground.degrees[row],
    )


def _outside(ground: Ground, found: Overhang) -> Finding:
    area, share = _measured(ground, found)
    return Finding(
        "warning",
        "outside_parent",
        str(ground.codes[found.row]),
        Words(
            f"{ground.named(found.row)}有{area:,}平方米（{share:.1%}）超出上级"
            f"{ground.named(found.parent)}。请修正其中一条边界。",
            f"{area:,} m² ({share:.1%}) of {ground.called(found.row)} lie outside its parent "
            f"{ground.called(found.parent)}. Correct one of the borders.",
        ),
        {"parent": str(ground.codes[found.parent]), "area_m2": area, "share": round(share, 6)},
        ground.place(found.ground),
    )


def _astride(ground: Ground, found: Overhang) -> Finding:
    area, share = _measured(ground, found)
    others = [str(ground.codes[other]) for other in found.others]
    return Finding(
        "warning",
        "astride",
        str(ground.codes[found.row]),
        Words(
            f"{ground.named(found.row)}跨越{ground.named(found.parent)}与{'、'.join(others)}的边界，"
            f"有{area:,}平方米（{share:.1%}）在后者一侧。归属按其内点确定。",
            f"{ground.called(found.row)} stands astride the border of {ground.called(found.parent)}"
            f" and {', '.join(others)}: {area:,} m² ({share:.1%}) lie beyond it. "
            "Its inner point decides.",
        ),
        {
            "parent": str(ground.codes[found.parent]),
            "others": others,
            "area_m2": area,
            "share": round(share, 6),
        },
        ground.place(found.ground),
    )


def _measured(ground: Ground, found: Overhang) -> tuple[float, float]:
    area = float(shapely.area(found.ground))
    return round(area, 2), area / float(shapely.area(ground.metres[found.row]))
