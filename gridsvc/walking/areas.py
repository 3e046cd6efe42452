"""The streets from which each of several places is the nearest, as points along them."""

from typing import NamedTuple

import numpy as np
from scipy.sparse.csgraph import dijkstra

from gridsvc.walking.doors import Access, graph_of, with_doors
from gridsvc.walking.network import Floats, Ints, Network
from gridsvc.walking.ways import Ground

# No two neighbouring points along a street are farther apart.
STEP_M = 50.0


class _Cut(NamedTuple):
    """A network in which every door (k,) is a node too, with the nodes in metres."""

    network: Network
    nodes: Floats
    doors: Ints


def along_streets(network: Network, nodes: Floats, doors: Access, limit: float) -> Ground:
    """Points on the streets within so many metres of places whose doors (k,) lie on the network.

    A stretch between two places is divided where both are equally far.
    """
    cut = _cut(network, nodes, doors)
    total, count = len(cut.nodes), len(doors.stretch)
    alone = np.column_stack([cut.doors, np.full(count, -1)])
    metres, _, source = dijkstra(
        with_doors(graph_of(cut.network), alone, np.column_stack([doors.gap, doors.gap])),
        indices=total + np.arange(count),
        min_only=True,
        return_predecessors=True,
        limit=limit,
    )
    onward, backward = _walked(cut.network, metres, limit)
    ends = cut.network.ends
    run = cut.nodes[ends[:, 1]] - cut.nodes[ends[:, 0]]
    run /= np.maximum(cut.network.metres, 1e-9)[:, None]
    parts = [
        _points(cut.nodes[ends[some, side]], course[some], reach[some], metres[ends[some, side]])
        for side, course, reach in ((0, run, onward), (1, -run, backward))
        for some in (np.flatnonzero(reach > 0),)
    ]
    owners = [
        source[ends[np.flatnonzero(reach > 0), side]] - total
        for side, reach in ((0, onward), (1, backward))
    ]
    return Ground(
        np.concatenate([points for points, _, _ in parts]),
        np.concatenate([owner[row] for owner, (_, row, _) in zip(owners, parts, strict=True)]),
        np.concatenate([far for _, _, far in parts]),
    )


def _cut(network: Network, nodes: Floats, doors: Access) -> _Cut:
    """Stretches with doors are divided at each of them."""
    order = np.lexsort((doors.along[:, 0], doors.stretch))
    stretch, along = doors.stretch[order], doors.along[order, 0]
    length = network.metres[stretch]
    ends = nodes[network.ends[stretch]]
    feet = ends[:, 0] + (ends[:, 1] - ends[:, 0]) * (along / length)[:, None]
    at = len(nodes) + np.arange(len(order))
    first = np.ones(len(order), dtype=bool)
    first[1:] = stretch[1:] != stretch[:-1]
    last = np.append(first[1:], True)
    before = np.where(first, network.ends[stretch, 0], at - 1)
    gone = np.where(first, 0.0, np.append(0.0, along[:-1]))
    whole = np.ones(len(network.ends), dtype=bool)
    whole[stretch] = False
    pieces = (
        network.ends[whole],
        np.column_stack([before, at]),
        np.column_stack([at[last], network.ends[stretch[last], 1]]),
    )
    metres = (network.metres[whole], along - gone, (length - along)[last])
    corners = np.concatenate([nodes, feet])
    rows = np.empty(len(order), dtype=np.int64)
    rows[order] = at
    made = Network(corners[:, 0], corners[:, 1], np.concatenate(pieces), np.concatenate(metres))
    return _Cut(made, corners, rows)


def _walked(network: Network, metres: Floats, limit: float) -> tuple[Floats, Floats]:
    """How far each stretch is walked from its first and from its second end: as far as the limit
    lets, and not beyond where the other end is nearer. Shapes (m,), (m,)."""
    length = network.metres
    near, far = metres[network.ends].T
    edge = 2 * (limit + length.max(initial=0.0))
    meet = np.clip((np.minimum(far, edge) - np.minimum(near, edge) + length) / 2, 0, length)
    onward = np.minimum(meet, np.maximum(limit - near, 0))
    return onward, np.minimum(length - meet, np.maximum(limit - far, 0))


def _points(
    start: Floats, course: Floats, reach: Floats, metres: Floats
) -> tuple[Floats, Ints, Floats]:
    """Points from `start` along `course` as far as `reach`, both ends included: where they are
    (p, 2), of which row each is (p,), and its metres (p,), which are `metres` at the start."""
    count = np.ceil(reach / STEP_M).astype(np.int64) + 1
    row = np.repeat(np.arange(len(reach)), count)
    within = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    gone = reach[row] * within / np.maximum(count[row] - 1, 1)
    return start[row] + course[row] * gone[:, None], row, metres[row] + gone
