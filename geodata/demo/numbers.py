"""House numbers: which building faces which road, on which side, and what its plate says."""

from typing import NamedTuple

import numpy as np
import shapely

from geodata.demo.buildings import Buildings
from geodata.demo.chance import Floats, Ints, Shapes, number_within
from geodata.demo.roads import Roads

STEPS = {1: 0.78, 2: 0.17, 3: 0.05}
ANNEXES = 0.07
DASHES = 0.05


class Numbers(NamedTuple):
    """The numbered buildings: building, road, number, and the part after 附 or a dash.

    `part` is 0 where the number stands alone; `dashed` tells which of the two is written.
    """

    building: Ints
    road: Ints
    number: Ints
    part: Ints
    dashed: np.ndarray


def give(buildings: Buildings, roads: Roads, share: Floats, rng: np.random.Generator) -> Numbers:
    """Number the buildings nearest to a road: of each compound the share that is given for it.

    Odd numbers on the left, even ones on the right, rising along the road.
    """
    middle = shapely.centroid(buildings.shapes)
    building, road = _facing(middle, buildings.compound, roads, share, rng)
    along, left = _position(middle[building], roads.lines[road])
    order = np.lexsort((building, along, left, road))
    building, road, left = building[order], road[order], left[order]
    lane = number_within(road * 2 + left)
    luck = rng.random(len(building))
    joined = (luck < ANNEXES + DASHES) & (lane > 0)
    step = rng.choice(list(STEPS), len(building), p=list(STEPS.values()))
    step[joined] = 0
    step[lane == 0] = 1
    total = np.cumsum(step)
    before = np.maximum.accumulate(np.where(lane == 0, total - 1, 0))
    number = 2 * (total - before) - left
    part = number_within(total)
    # One plate's parts are all written alike: as the last building that begins a number decides.
    starts = np.maximum.accumulate(np.where(joined, 0, np.arange(len(building))))
    return Numbers(building, road, number, part, luck[starts] < DASHES / (ANNEXES + DASHES))


def _facing(
    middle: Shapes, compound: Ints, roads: Roads, share: Floats, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Numbered buildings and the nearest of the roads that pass their compound."""
    passes = np.repeat(np.arange(len(roads.lines)), [len(stroke) for stroke in roads.compounds])
    passed = np.concatenate([np.asarray(stroke) for stroke in roads.compounds])
    order = np.argsort(passed, kind="stable")
    passes, passed = passes[order], passed[order]
    held = np.bincount(passed, minlength=len(share))
    first = np.cumsum(held) - held
    building = np.repeat(np.arange(len(middle)), held[compound])
    road = passes[first[compound[building]] + number_within(building)]
    away = shapely.distance(middle[building], roads.lines[road])
    order = np.lexsort((away, building))
    building, road, away = building[order], road[order], away[order]
    nearest = number_within(building) == 0
    building, road, away = building[nearest], road[nearest], away[nearest]
    order = np.lexsort((away, compound[building]))
    building, road = building[order], road[order]
    here = compound[building]
    size = np.bincount(compound, minlength=len(share))
    wanted = np.floor(size * share + rng.random(len(share)))
    kept = number_within(here) < wanted[here]
    return building[kept], road[kept]


def _position(points: Shapes, lines: Shapes) -> tuple[Floats, Ints]:
    """How far along its line each point lies, and 1 where it lies on the line's left."""
    along = shapely.line_locate_point(lines, points)
    ends = [
        shapely.line_interpolate_point(lines, np.maximum(along + off, 0)) for off in (-0.5, 0.5)
    ]
    start, end = (np.column_stack([shapely.get_x(one), shapely.get_y(one)]) for one in ends)
    heading = end - start
    out = np.column_stack([shapely.get_x(points), shapely.get_y(points)]) - start
    left = heading[:, 0] * out[:, 1] - heading[:, 1] * out[:, 0] > 0
    return along, left.astype(np.int64)
