"""What roads are called: roots, kinds, sections, and now and then the same name twice."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from geodata.demo.chance import Ints
from geodata.demo.folder import Folder, root_of
from geodata.demo.people import chinese_number
from geodata.demo.roads import Roads

LONG, MIDDLE = 7, 4
ANCHORED = 0.14
IN_THREE, IN_TWO = 0.8, 0.35
TWICE = 0.015
TWICE_APART_M = 2_500.0
LEVEL = 3


def name_roads(
    folder: Folder, roads: Roads, community: Ints, rng: np.random.Generator
) -> tuple[Roads, list[str]]:
    """The roads, the long ones cut into sections, and the name of each.

    `community` is that of each compound; some roads are named after the one they pass.
    """
    words = folder.places
    fresh = _roots(words, rng)
    taken: set[str] = set()
    lines, passed, names = [], [], []
    for line, stroke in zip(roads.lines, roads.compounds, strict=True):
        root, kind = _base(folder, stroke, community, fresh, taken, rng)
        taken.add(root + kind)
        for part, piece, held in _sections(words, line, stroke, rng):
            styles = words["section_styles"].get(kind) or words["section_styles"][""]
            style = styles[rng.integers(len(styles))]
            lines.append(piece)
            passed.append(held)
            names.append(style.format(root=root, kind=kind, part=part) if part else root + kind)
    _repeat(lines, passed, names, rng)
    return Roads(np.array(lines, dtype=object), passed), names


def name_lanes(folder: Folder, places: list[str], numbers: Ints) -> list[str]:
    """A lane by the name of its village and its number there: 张家营二巷."""
    words = folder.words
    return [
        folder.places["lane"].format(
            place=place, number=chinese_number(int(number) + 1, words["numerals"], words["ten"])
        )
        for place, number in zip(places, numbers, strict=True)
    ]


def _roots(words: dict[str, Any], rng: np.random.Generator) -> Iterator[str]:
    """All roots in a random order, over and over: a root may carry a 路 and a 街."""
    parts = words["road_roots"]
    both = [one + other for one in parts["first"] for other in parts["second"] if one != other]
    while True:
        yield from (both[place] for place in rng.permutation(len(both)))


def _base(
    folder: Folder,
    stroke: list[int],
    community: Ints,
    fresh: Iterator[str],
    taken: set[str],
    rng: np.random.Generator,
) -> tuple[str, str]:
    words = folder.places
    if rng.random() < ANCHORED:
        name = folder.communities["name"].iloc[int(community[stroke[len(stroke) // 2]])]
        root = root_of(name, words["unit_suffixes"][str(LEVEL)])
        kind = words["anchored_kinds"][rng.integers(len(words["anchored_kinds"]))]
        root = root.removesuffix(kind)
        if root + kind not in taken:
            return root, kind
    size = "long" if len(stroke) >= LONG else "middle" if len(stroke) >= MIDDLE else "short"
    for root in fresh:
        kind = words["road_kinds"][size][rng.integers(len(words["road_kinds"][size]))]
        if root + kind not in taken:
            break
    return root, kind


def _sections(
    words: dict[str, Any], line: shapely.LineString, stroke: list[int], rng: np.random.Generator
) -> list[tuple[str, shapely.LineString, list[int]]]:
    """The pieces of a long road with the word for each; a short road whole, without a word."""
    luck = rng.random()
    parts = 3 if len(stroke) >= LONG and luck < IN_THREE else 2 if luck < IN_TWO else 1
    if parts == 1 or len(stroke) < MIDDLE:
        return [("", line, stroke)]
    ends = shapely.get_coordinates(line)
    run = np.abs(ends[-1] - ends[0])
    called = words["sections"]["east" if run[0] >= run[1] else "north"]
    called = called if parts == 3 else [called[0], called[-1]]
    cuts = np.linspace(0, len(stroke), parts + 1).round().astype(int)
    pieces = []
    for part, low, high in zip(called, cuts[:-1], cuts[1:], strict=True):
        # The line has one point before the first compound and one beyond the last.
        start, end = (0 if low == 0 else low + 1), (len(ends) if high == len(stroke) else high + 2)
        pieces.append((part, shapely.LineString(ends[start:end]), stroke[low:high]))
    return pieces


def _repeat(
    lines: list[shapely.LineString],
    passed: list[list[int]],
    names: list[str],
    rng: np.random.Generator,
) -> None:
    """Give a few roads the name of another that is far away, as large districts do."""
    short = [row for row in range(len(names)) if len(passed[row]) < MIDDLE]
    for row in rng.permutation(short)[: round(len(names) * TWICE)].tolist():
        for other in rng.permutation(short)[:20].tolist():
            if shapely.distance(lines[row], lines[other]) > TWICE_APART_M:
                names[row] = names[other]
                break
