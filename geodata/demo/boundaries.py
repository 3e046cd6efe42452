"""Streets and communities: nested, without gaps, every street and community in one piece."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.demo import mosaic
from geodata.demo.chance import Floats, Ints, Shapes
from geodata.demo.folder import Folder
from geodata.demo.mosaic import Mosaic
from geodata.demo.outline import Ground

LEVELS = {"district": 1, "street": 2, "community": 3, "compound": 4, "building": 5}


class Communities(NamedTuple):
    """The communities in the order of their file: shape in metres, street's number, and kind."""

    shapes: Shapes
    street: Ints
    kind: list[str]


def draw(
    folder: Folder, outline: BaseGeometry, ground: Ground, rng: np.random.Generator
) -> Communities:
    """Draw the communities' boundaries; the streets and the district are their unions."""
    streets, communities = folder.streets, folder.communities
    number = {code: place for place, code in enumerate(streets["code"])}
    street = np.array([number[code] for code in communities["street_code"]])
    counts = np.bincount(street, minlength=len(streets))
    centres = ground.metres(streets[["lon", "lat"]].to_numpy(dtype=float))
    reach = streets["reach_km"].to_numpy(dtype=float) * 1000
    cells = counts * int(folder.district["cells_per_community"])
    background = int(folder.district["background_cells"])
    ground_cells = mosaic.lay(outline, centres, reach, cells, background, rng)
    of_cell = _communities_of_cells(ground_cells, centres, reach, street, rng)
    shapes = [
        shapely.coverage_union_all(ground_cells.cells[of_cell == place])
        for place in range(len(communities))
    ]
    kinds = _kinds(folder, street, rng)
    return Communities(np.array(shapes, dtype=object), street, kinds)


def frame(folder: Folder, communities: Communities, ground: Ground) -> pd.DataFrame:
    """The upper three levels in degrees; each parent is made of its children's very vertices."""
    shapes = shapely.transform(communities.shapes, ground.degrees)
    streets = np.array(
        [
            shapely.coverage_union_all(shapes[communities.street == place])
            for place in range(len(folder.streets))
        ],
        dtype=object,
    )
    district = folder.district
    upper = pd.DataFrame(
        {
            "level": LEVELS["district"],
            "code": [district["code"]],
            "parent_code": [None],
            "name": [district["name"]],
            "kind": None,
            "geometry": [shapely.coverage_union_all(streets)],
        }
    )
    middle = folder.streets[["code", "name"]].assign(
        level=LEVELS["street"], parent_code=district["code"], kind=None, geometry=streets
    )
    lower = folder.communities[["code", "name"]].assign(
        level=LEVELS["community"],
        parent_code=folder.communities["street_code"],
        kind=communities.kind,
        geometry=shapes,
    )
    return pd.concat([upper, middle, lower], ignore_index=True)


def _communities_of_cells(
    cells: Mosaic, centres: Floats, reach: Floats, street: Ints, rng: np.random.Generator
) -> Ints:
    def distance(area: int, cell: int, other: int) -> float:
        step = float(np.hypot(*(cells.centres[cell] - cells.centres[other])))
        return step / float(reach[area])

    starts = _nearest(cells.centres, centres)
    street_of_cell = mosaic.grow(cells, starts, distance)
    seeds = np.empty(len(street), dtype=np.int64)
    for place in range(len(centres)):
        members = np.flatnonzero(street == place)
        seeds[members] = _spread(cells, street_of_cell == place, int(starts[place]), len(members))
    rough = rng.uniform(0.6, 1.4, len(cells.cells))
    return mosaic.grow(cells, seeds, lambda _, __, other: float(rough[other]), street_of_cell)


def _nearest(places: Floats, centres: Floats) -> Ints:
    far = np.hypot(*(places[None, :, :] - centres[:, None, :]).transpose(2, 0, 1))
    return np.asarray(far.argmin(axis=1), dtype=np.int64)


def _spread(cells: Mosaic, allowed: np.ndarray, first: int, count: int) -> Ints:
    """So many cells of a street, each as many steps as possible from those before it.

    Counting steps, not metres, puts communities closer together where the mosaic is finer.
    """
    chosen, steps = [first], _steps(cells, allowed, first)
    while len(chosen) < count:
        chosen.append(int(np.where(allowed, steps, -1).argmax()))
        steps = np.minimum(steps, _steps(cells, allowed, chosen[-1]))
    return np.array(chosen, dtype=np.int64)


def _steps(cells: Mosaic, allowed: np.ndarray, start: int) -> Ints:
    far = np.full(len(cells.cells), len(cells.cells), dtype=np.int64)
    far[start], wave = 0, [start]
    while wave:
        wave_next = []
        for cell in wave:
            for other in cells.neighbours[cell]:
                if allowed[other] and far[other] > far[cell] + 1:
                    far[other] = far[cell] + 1
                    wave_next.append(other)
        wave = wave_next
    return far


def _kinds(folder: Folder, street: Ints, rng: np.random.Generator) -> list[str]:
    """What kind of community each is, after the character of its street."""
    chances = folder.kinds["community_kinds_by_character"]
    characters = list(folder.streets["character"])
    drawn = []
    for place in street:
        mix = chances[characters[place]]
        drawn.append(str(rng.choice(list(mix), p=np.array(list(mix.values())))))
    return drawn
