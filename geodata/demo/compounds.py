"""Compounds and residents' groups: plots inside communities, with the roads left between them."""

from typing import NamedTuple

import numpy as np
import shapely

from geodata.demo import mosaic
from geodata.demo.boundaries import Communities
from geodata.demo.chance import Floats, Ints, Shapes, number_within, points_inside, shares
from geodata.demo.folder import Folder

SMALLEST_M2 = 400.0


class Compounds(NamedTuple):
    """The compounds, community by community; angle and buildings wanted are for what follows."""

    shapes: Shapes
    community: Ints
    angle: Floats
    buildings: Ints
    width: Floats
    depth: Floats
    gap: Floats


def lay_out(
    folder: Folder, communities: Communities, buildings: int, rng: np.random.Generator
) -> Compounds:
    """Subdivide the communities and decide how many buildings each compound holds."""
    cells, owner = _cells(folder, communities, buildings, rng)
    kinds = [folder.kinds["community_kinds"][kind] for kind in communities.kind]

    def of_kind(name: str) -> Floats:
        values: Floats = np.array([kind[name] for kind in kinds], dtype=float)
        chosen: Floats = values[owner]
        return chosen

    def drawn(name: str) -> Floats:
        low, high = np.split(of_kind(name), 2, axis=1)
        values: Floats = (low + rng.random(low.shape) * (high - low))[:, 0]
        return values

    weight = of_kind("buildings") * rng.lognormal(0, 0.35, len(owner))
    weight *= np.sqrt(np.clip(shapely.area(cells), 4_000, 60_000))
    counts = shares(buildings, weight, least=1)
    width, depth, gap = drawn("width_m"), drawn("depth_m"), drawn("gap_m")
    angle = rng.uniform(-0.5, 0.5, len(communities.shapes))[owner]
    angle += rng.normal(0, 0.12, len(owner))
    need = counts * (width + gap) * (depth + gap) * drawn("room")
    shapes = _plots(cells, angle, need, rng)
    return Compounds(shapes, owner, angle, counts, width, depth, gap)


def names(
    folder: Folder, community: Ints, group: np.ndarray, rng: np.random.Generator
) -> list[str]:
    """A plausible name for each compound, unique within its community."""
    words, used, found = folder.words, set[tuple[int, str]](), list[str]()
    for owner, is_group in zip(community, group, strict=True):
        parts = list(words["group_names" if is_group else "compound_names"].values())
        while True:
            picked = [part[rng.integers(len(part))] for part in parts]
            name = "".join(picked)
            if (owner, name) in used:
                name = f"{name}{words['numerals'][rng.integers(1, 9)]}{'组' if is_group else '期'}"
            if (owner, name) not in used:
                break
        used.add((owner, name))
        found.append(name)
    return found


def _cells(
    folder: Folder, communities: Communities, buildings: int, rng: np.random.Generator
) -> tuple[Shapes, Ints]:
    """What is left of each community's cells between its roads, largest piece, north first."""
    wanted = folder.district["compounds_per_60000_buildings"] * np.sqrt(buildings / 60_000)
    density = [folder.kinds["community_kinds"][kind]["compounds"] for kind in communities.kind]
    weight = np.array(density) * (shapely.area(communities.shapes) / 1e6) ** 0.3
    counts = shares(round(wanted), weight, least=1)
    owner, seeds = points_inside(rng, communities.shapes, counts)
    outline = shapely.coverage_union_all(communities.shapes)
    for _ in range(2):
        seeds = _recentred(
            seeds, shapely.intersection(mosaic.around(seeds, outline), communities.shapes[owner])
        )
    road = float(folder.district["road_m"])
    free = shapely.buffer(communities.shapes, -road, join_style="mitre")
    cells = shapely.intersection(mosaic.around(seeds, outline), free[owner])
    cells = largest_part(shapely.buffer(cells, -road, join_style="mitre"))
    kept = shapely.area(cells) >= SMALLEST_M2
    for alone in np.setdiff1d(np.arange(len(communities.shapes)), owner[kept]):
        kept[np.flatnonzero(owner == alone)[np.argmax(shapely.area(cells[owner == alone]))]] = True
    cells, owner, seeds = cells[kept], owner[kept], seeds[kept]
    order = np.lexsort((seeds[:, 0], -np.floor(seeds[:, 1] / 300), owner))
    return cells[order], owner[order]


def _recentred(seeds: Floats, cells: Shapes) -> Floats:
    middle = shapely.centroid(cells)
    moved = np.column_stack([shapely.get_x(middle), shapely.get_y(middle)])
    inside = shapely.contains_xy(cells, moved[:, 0], moved[:, 1])
    return np.where(inside[:, None], moved, seeds)


def _plots(cells: Shapes, angle: Floats, need: Floats, rng: np.random.Generator) -> Shapes:
    """The part of each cell that its buildings need: a turned rectangle about its middle."""
    middle = shapely.point_on_surface(cells)
    aspect = rng.uniform(0.7, 1.5, len(cells))
    half = np.column_stack([np.sqrt(need * aspect), np.sqrt(need / aspect)]) / 2
    centre = np.column_stack([shapely.get_x(middle), shapely.get_y(middle)])
    frames = rectangles(centre, half, angle)
    return largest_part(shapely.intersection(cells, frames))


def rectangles(centre: Floats, half: Floats, angle: Floats) -> Shapes:
    """Rectangles by their centre, half their sides, and their turn in radians."""
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], dtype=float)
    local = half[:, None, :] * corners[None, :, :]
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    turned = np.stack(
        [local[..., 0] * cos - local[..., 1] * sin, local[..., 0] * sin + local[..., 1] * cos],
        axis=-1,
    )
    return np.asarray(shapely.polygons(turned + centre[:, None, :]), dtype=object)


def largest_part(shapes: Shapes) -> Shapes:
    """The largest polygon of each shape."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    order = np.lexsort((-shapely.area(parts), owner))
    parts, owner = parts[order], owner[order]
    first = number_within(owner) == 0
    largest = np.full(len(shapes), shapely.Polygon(), dtype=object)
    largest[owner[first]] = parts[first]
    return largest
