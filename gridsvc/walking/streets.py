"""Distances along streets.

A home or a place reaches the street at the nearest point of the nearest stretch, not at a node, and
walks on along it in both directions. Places are added to the graph as nodes that only lead away, so
that nobody takes a short cut through one; homes are not in the graph at all, their distance follows
from the two ends of their stretch.
"""

from collections.abc import Iterator

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from gridsvc.walking.areas import along_streets
from gridsvc.walking.doors import Access, graph_of, with_doors
from gridsvc.walking.network import Floats, Ints, Network
from gridsvc.walking.ways import NOWHERE, Basis, Flags, Ground, Nearest, Pairs

# So many places share a search; together they lie within a few minutes of each other.
BATCH = 64
# Places are gathered by squares of so many limits.
TILE = 2.0


class Streets:
    """A network whose nodes lie at `nodes` (in metres), and the homes (n, 2) beside it.

    Farther than `far` metres from any street nothing can be told.
    """

    basis: Basis = "streets"

    def __init__(self, network: Network, nodes: Floats, homes: Floats, far: float) -> None:
        self.network, self.nodes, self._far = network, nodes, far
        self._tree = shapely.STRtree(np.asarray(shapely.linestrings(nodes[network.ends]), object))
        self._graph = graph_of(network)
        self.homes = homes
        self.doors = self.access(homes)
        self._west = np.argsort(nodes[:, 0], kind="stable")
        self._homes_west = np.argsort(homes[:, 0], kind="stable")

    @property
    def stranded(self) -> Flags:
        return self.doors.stretch < 0

    def apart(self, places: Floats) -> Flags:
        return self.access(places).stretch < 0

    def access(self, points: Floats) -> Access:
        """Where the points (k, 2) reach the street."""
        count = len(points)
        stretch, gap = np.full(count, -1, dtype=np.int64), np.full(count, np.inf)
        (asked, found), metres = self._tree.query_nearest(
            shapely.points(points), max_distance=self._far, return_distance=True, all_matches=False
        )
        stretch[asked], gap[asked] = found, metres
        ends = self.network.ends[stretch]
        start, end = self.nodes[ends[:, 0]], self.nodes[ends[:, 1]]
        run = end - start
        share = np.clip(((points - start) * run).sum(axis=1) / (run * run).sum(axis=1), 0, 1)
        length = self.network.metres[stretch]
        return Access(stretch, ends, np.column_stack([share * length, (1 - share) * length]), gap)

    def nearest(self, places: Floats) -> Nearest:
        count = len(self.homes)
        metres, place = np.full(count, np.inf), np.full(count, -1, dtype=np.int64)
        doors = self.access(places)
        near = np.flatnonzero(doors.stretch >= 0)
        if len(near) == 0:
            return Nearest(metres, place)
        doors = doors.at(near)
        total = len(self.nodes)
        reached, _, source = dijkstra(
            with_doors(self._graph, doors.ends, doors.along + doors.gap[:, None]),
            indices=total + np.arange(len(near)),
            min_only=True,
            return_predecessors=True,
        )
        here = np.flatnonzero(~self.stranded)
        homes = self.doors.at(here)
        ways = reached[homes.ends] + homes.along
        shorter = np.argmin(ways, axis=1)
        rows = np.arange(len(here))
        metres[here] = ways[rows, shorter] + homes.gap
        origin = source[homes.ends[rows, shorter]]
        came = origin >= total
        place[here[came]] = near[origin[came] - total]
        one, home, apart = _beside(doors, self.doors)
        order = np.argsort(-apart, kind="stable")
        one, home, apart = one[order], home[order], apart[order]
        closer = apart < metres[home]
        # The nearest comes last and stays.
        metres[home[closer]], place[home[closer]] = apart[closer], near[one[closer]]
        return Nearest(metres, place)

    def ground(self, places: Floats, limit: float) -> Ground:
        doors = self.access(places)
        near = np.flatnonzero(doors.stretch >= 0)
        if len(near) == 0:
            return NOWHERE
        found = along_streets(self.network, self.nodes, doors.at(near), limit)
        return found._replace(place=near[found.place])

    def pairs(self, places: Floats, limit: float) -> Iterator[Pairs]:
        doors = self.access(places)
        near = np.flatnonzero(doors.stretch >= 0)
        tiles = np.floor(places[near] / max(TILE * limit, 1.0)).astype(np.int64)
        order = near[np.lexsort((tiles[:, 1], tiles[:, 0]))]
        tiles = tiles[np.lexsort((tiles[:, 1], tiles[:, 0]))]
        changes = np.flatnonzero((tiles[1:] != tiles[:-1]).any(axis=1)) + 1
        for group in np.split(order, changes):
            for start in range(0, len(group), BATCH):
                some = group[start : start + BATCH]
                if len(some):
                    yield self._around(some, places, doors.at(some), limit)

    def _around(self, rows: Ints, places: Floats, doors: Access, limit: float) -> Pairs:
        """Homes within reach of places that lie close together.

        A walk is never shorter than the straight line, so that only the ground within `limit` of
        them need be searched.
        """
        box = (places[rows].min(axis=0) - limit, places[rows].max(axis=0) + limit)
        nodes = _inside(self.nodes, self._west, *box)
        homes = _inside(self.homes, self._homes_west, *box)
        homes = homes[self.doors.stretch[homes] >= 0]
        local = np.full(len(self.nodes), -1, dtype=np.int64)
        local[nodes] = np.arange(len(nodes))
        reached = dijkstra(
            with_doors(
                self._graph[nodes][:, nodes], local[doors.ends], doors.along + doors.gap[:, None]
            ),
            indices=len(nodes) + np.arange(len(rows)),
            limit=limit,
        )
        # The column of what lies outside, which a row of -1 finds.
        reached[:, -1] = np.inf
        ends = local[self.doors.ends[homes]]
        metres = np.minimum(
            reached[:, ends[:, 0]] + self.doors.along[homes, 0],
            reached[:, ends[:, 1]] + self.doors.along[homes, 1],
        )
        metres += self.doors.gap[homes]
        one, home, apart = _beside(doors, self.doors.at(homes))
        np.minimum.at(metres, (one, home), apart)
        place, home = np.nonzero(metres <= limit)
        return Pairs(rows[place], homes[home], metres[place, home])


def _beside(places: Access, homes: Access) -> tuple[Ints, Ints, Floats]:
    """Rows of places and homes on one and the same stretch, and the metres straight along it."""
    order = np.argsort(homes.stretch, kind="stable")
    stretches = homes.stretch[order]
    first = np.searchsorted(stretches, places.stretch, "left")
    count = np.searchsorted(stretches, places.stretch, "right") - first
    place = np.repeat(np.arange(len(places.stretch)), count)
    within = np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count)
    home = order[np.repeat(first, count) + within]
    apart = np.abs(places.along[place, 0] - homes.along[home, 0])
    return place, home, apart + places.gap[place] + homes.gap[home]


def _inside(points: Floats, west: Ints, low: Floats, high: Floats) -> Ints:
    """Rows of the points inside a box; `west` is their order from west to east."""
    x = points[:, 0]
    start = np.searchsorted(x, low[0], "left", sorter=west)
    end = np.searchsorted(x, high[0], "right", sorter=west)
    strip = west[start:end]
    y = points[strip, 1]
    return np.sort(strip[(y >= low[1]) & (y <= high[1])])
