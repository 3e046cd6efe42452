"""Roads: lines along the compounds from one to the next, and lanes inside villages."""

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely

from geodata.demo.chance import Floats, Ints, Shapes
from geodata.demo.compounds import Compounds

STRAIGHT_ON = np.cos(np.radians(48))
MOST_COMPOUNDS = 15
KERB_M = 6.0
SAME_SIDE = 0.7
BUILDINGS_OF_A_LANE = 25
MOST_LANES = 5


class Roads(NamedTuple):
    """Lines in metres from their low numbers up, and the compounds that each passes in order."""

    lines: Shapes
    compounds: list[list[int]]


def lay(compounds: Compounds, rng: np.random.Generator) -> Roads:
    """Roads that pass from compound to neighbouring compound, as straight on as they can."""
    places = _middles(compounds.shapes)
    passed = [
        part
        for stroke in _strokes(places, _neighbours(places))
        for part in _cut(_turned(places, stroke))
    ]
    lines = [_line(compounds.shapes, places[stroke], stroke, rng) for stroke in passed]
    return Roads(np.array(lines, dtype=object), passed)


def lanes(compounds: Compounds, chosen: Ints) -> tuple[Roads, Ints]:
    """Parallel lanes through the chosen compounds; also the number of each within its compound."""
    places = _middles(compounds.shapes)
    lines, passed, numbers = [], [], []
    for compound in chosen:
        corners = shapely.get_coordinates(compounds.shapes[compound]) - places[compound]
        turn = compounds.angle[compound]
        along = np.array([np.cos(turn), np.sin(turn)])
        across = np.array([-along[1], along[0]])
        wanted = np.clip(compounds.buildings[compound] / BUILDINGS_OF_A_LANE, 1, MOST_LANES)
        shares = (np.arange(int(wanted)) + 0.5) / int(wanted)
        low, high = (corners @ across).min(), (corners @ across).max()
        reach = np.array([(corners @ along).min(), (corners @ along).max()])
        for number, share in enumerate(shares):
            start = places[compound] + across * (high + (low - high) * share)
            lines.append(shapely.linestrings(start + reach[:, None] * along))
            passed.append([int(compound)])
            numbers.append(number)
    return Roads(np.array(lines, dtype=object), passed), np.array(numbers, dtype=np.int64)


def _points(places: Floats) -> Shapes:
    return np.asarray(shapely.points(places), dtype=object)


def _middles(shapes: Shapes) -> Floats:
    middle = shapely.point_on_surface(shapes)
    return np.column_stack([shapely.get_x(middle), shapely.get_y(middle)])


def _neighbours(places: Floats) -> Ints:
    """Pairs of places with no other place in the circle between them (a Gabriel graph)."""
    edges = shapely.get_parts(
        shapely.delaunay_triangles(shapely.multipoints(places), only_edges=True)
    )
    ends = shapely.get_coordinates(edges)
    tree = shapely.STRtree(_points(places))
    pairs = tree.nearest(_points(ends)).reshape(-1, 2)
    middle = places[pairs].mean(axis=1)
    reach = np.hypot(*(places[pairs[:, 0]] - middle).T)
    near = tree.nearest(_points(middle))
    free = np.hypot(*(places[near] - middle).T) >= reach * (1 - 1e-9)
    kept: Ints = np.unique(np.sort(pairs[free], axis=1), axis=0)
    return kept


def _strokes(places: Floats, edges: Ints) -> list[list[int]]:
    """The edges joined into walks: at each place an edge goes on in the one straightest ahead."""
    ahead = _continuations(places, edges)
    left = set(range(len(edges)))
    loose = [
        (edge, int(node)) for edge in left for node in edges[edge] if (edge, node) not in ahead
    ]
    strokes = []
    for start, node in [*loose, *((edge, int(edges[edge][0])) for edge in range(len(edges)))]:
        if start not in left:
            continue
        walk, edge, here = [node], start, node
        while edge in left:
            left.remove(edge)
            here = int(edges[edge].sum()) - here
            walk.append(here)
            edge = ahead.get((edge, here), -1)
        strokes.append(walk)
    return strokes


def _continuations(places: Floats, edges: Ints) -> dict[tuple[int, int], int]:
    """(edge, place) to the edge by which a walk that arrives there goes on."""
    arms = defaultdict(list)
    for number, (one, other) in enumerate(edges.tolist()):
        arms[one].append((number, other))
        arms[other].append((number, one))
    ahead: dict[tuple[int, int], int] = {}
    for node, ways in arms.items():
        heading = places[[other for _, other in ways]] - places[node]
        heading /= np.hypot(*heading.T)[:, None]
        straight = -heading @ heading.T
        for one, other in zip(*np.triu_indices(len(ways), 1), strict=True):
            straight[other, one] = -1
        for flat in np.argsort(-straight, axis=None, kind="stable"):
            one, other = np.unravel_index(flat, straight.shape)
            if straight[one, other] < STRAIGHT_ON:
                break
            first, second = (ways[one][0], node), (ways[other][0], node)
            if first not in ahead and second not in ahead:
                ahead[first], ahead[second] = second[0], first[0]
    return ahead


def _turned(places: Floats, stroke: list[int]) -> list[int]:
    """The stroke from west to east or from south to north, whichever way it mostly runs."""
    run = places[stroke[-1]] - places[stroke[0]]
    return stroke if run[np.argmax(np.abs(run))] >= 0 else stroke[::-1]


def _cut(stroke: list[int]) -> list[list[int]]:
    """Very long strokes in parts of like length, each ending where the next begins."""
    parts = -(-len(stroke) // MOST_COMPOUNDS)
    marks = np.linspace(0, len(stroke) - 1, parts + 1).round().astype(int)
    return [stroke[low : high + 1] for low, high in pairwise(marks) if high > low]


def _line(
    shapes: Shapes, places: Floats, stroke: list[int], rng: np.random.Generator
) -> shapely.LineString:
    """Past one side or the other of each compound, from before the first to beyond the last."""
    course = np.gradient(places, axis=0)
    course /= np.maximum(np.hypot(*course.T), 1e-9)[:, None]
    side = 1.0 if rng.random() < 0.5 else -1.0
    points = []
    for place, compound in enumerate(stroke):
        side = side if rng.random() < SAME_SIDE else -side
        along = course[place]
        across = np.array([-along[1], along[0]]) * side
        corners = shapely.get_coordinates(shapes[compound]) - places[place]
        passing = places[place] + across * ((corners @ across).max() + KERB_M)
        if place == 0:
            points.append(passing + along * (corners @ along).min())
        points.append(passing)
        if place == len(stroke) - 1:
            points.append(passing + along * (corners @ along).max())
    return shapely.LineString(points)
