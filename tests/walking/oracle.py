"""The slow and obvious way: every door becomes a node of a networkx graph."""

from itertools import pairwise

import networkx as nx
import numpy as np
import shapely

from gridsvc.walking.network import Floats, Network


def distances(network: Network, nodes: Floats, places: Floats, homes: Floats, far: float) -> Floats:
    """Metres from each place to each home (k, n), infinite where there is no way."""
    graph = nx.Graph()
    doors = [*(("place", i, p) for i, p in enumerate(places))]
    doors += [("home", i, p) for i, p in enumerate(homes)]
    lines = np.asarray(shapely.linestrings(nodes[network.ends]), dtype=object)
    held: dict[int, list[tuple[float, tuple[str, int]]]] = {}
    for kind, number, point in doors:
        apart = np.asarray(shapely.distance(lines, shapely.Point(point)))
        nearest = int(np.argmin(apart))
        graph.add_node((kind, number))
        if apart[nearest] > far:
            continue
        share = shapely.line_locate_point(lines[nearest], shapely.Point(point), normalized=True)
        held.setdefault(nearest, []).append((float(share), (kind, number)))
        graph.add_edge(("door", kind, number), (kind, number), weight=float(apart[nearest]))
    for row, ((one, other), metres) in enumerate(zip(network.ends, network.metres, strict=True)):
        stops: list[tuple[float, tuple[object, ...]]] = [(0.0, ("node", int(one)))]
        stops += sorted((share, ("door", *door)) for share, door in held.get(row, ()))
        stops += [(1.0, ("node", int(other)))]
        for (here, a), (there, b) in pairwise(stops):
            graph.add_edge(a, b, weight=(there - here) * metres)
    answer = np.full((len(places), len(homes)), np.inf)
    for i in range(len(places)):
        found = nx.single_source_dijkstra_path_length(graph, ("place", i), weight="weight")
        for j in range(len(homes)):
            answer[i, j] = found.get(("home", j), np.inf)
    return answer
