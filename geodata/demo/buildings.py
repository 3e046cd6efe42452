"""Buildings: rectangles in rows, each inside its compound and clear of its neighbours."""

from typing import NamedTuple

import numpy as np
import shapely

from geodata.demo.boundaries import Communities
from geodata.demo.chance import Floats, Ints, Shapes, number_within
from geodata.demo.compounds import Compounds, rectangles
from geodata.demo.folder import Folder

EDGE_M = 1.0
TIGHTER = 0.82
SPARE_PLACES = 1.35
BATCH = 400_000


class Buildings(NamedTuple):
    """The buildings, compound by compound, numbered from the north-west."""

    shapes: Shapes
    compound: Ints


def place(compounds: Compounds, rng: np.random.Generator) -> Buildings:
    """Fill every compound with exactly the buildings it is to hold, tighter where it must be."""
    free = shapely.buffer(compounds.shapes, -EDGE_M, join_style="mitre")
    free = np.where(shapely.is_empty(free), compounds.shapes, free)
    shapely.prepare(free)
    spacing = _spacing(compounds)
    pending = np.arange(len(free))
    shapes, owners = [], []
    while len(pending):
        for batch in _batches(pending, compounds.buildings):
            found, owner = _filled(compounds, free, spacing, batch, rng)
            shapes.append(found)
            owners.append(owner)
        done = np.unique(np.concatenate(owners))
        pending = np.setdiff1d(pending, done)
        spacing[pending] *= TIGHTER
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return Buildings(np.concatenate(shapes)[order], owner[order])


def households(
    folder: Folder,
    communities: Communities,
    community: Ints,
    silent: Ints,
    sparse: Ints,
    rng: np.random.Generator,
) -> Floats:
    """Households of each building, by the kind of its community; NaN where none were counted.

    `silent` communities have no figures at all; `sparse` ones are nearly uninhabited.
    """
    kinds = [folder.kinds["community_kinds"][kind] for kind in communities.kind]

    def of_kind(name: str) -> Floats:
        values: Floats = np.array([kind[name] for kind in kinds], dtype=float)
        chosen: Floats = values[community]
        return chosen

    high = rng.random(len(community)) < of_kind("high_rise_share")
    limits = np.where(high[:, None], of_kind("high_rise_households"), of_kind("households"))
    drawn: Floats = np.floor(
        limits[:, 0] + rng.random(len(community)) * (1 + limits[:, 1] - limits[:, 0])
    )
    drawn[rng.random(len(community)) < of_kind("empty_share")] = 0
    few = np.isin(community, sparse)
    drawn[few] = rng.random(int(few.sum())) < 0.25
    drawn[np.isin(community, silent)] = np.nan
    return drawn


def _batches(pending: Ints, counts: Ints) -> list[Ints]:
    """Compounds in runs small enough for memory."""
    turn = np.cumsum(counts[pending]) * 4 // BATCH
    return np.split(pending, np.flatnonzero(np.diff(turn)) + 1)


def _filled(
    compounds: Compounds, free: Shapes, spacing: Floats, batch: Ints, rng: np.random.Generator
) -> tuple[Shapes, Ints]:
    """Rows of places over each compound of the batch; those compounds that hold enough of them."""
    angle = compounds.angle[batch]
    centre, span = _frames(compounds.shapes[batch], angle)
    side = np.column_stack([compounds.width[batch], compounds.depth[batch]])
    step = (side + compounds.gap[batch, None]) * spacing[batch, None]
    across = np.maximum(1, np.ceil(span / step)).astype(np.int64)
    place = np.repeat(np.arange(len(batch)), across.prod(axis=1))
    number = number_within(place)
    row, column = np.divmod(number, across[place, 0])
    local = np.column_stack([column + 0.5, across[place, 1] - row - 0.5])
    local = (local - across[place] / 2) * step[place]
    cos, sin = np.cos(angle[place]), np.sin(angle[place])
    turned = np.column_stack(
        [local[:, 0] * cos - local[:, 1] * sin, local[:, 0] * sin + local[:, 1] * cos]
    )
    half = (
        (side * np.minimum(1.0, spacing[batch, None]))[place]
        / 2
        * rng.uniform(0.8, 1.0, (len(place), 2))
    )
    shapes = rectangles(centre[place] + turned, half, angle[place])
    fits = shapely.covers(free[batch][place], shapes)
    shapes, place = shapes[fits], place[fits]
    return _chosen(shapes, place, batch, compounds.buildings[batch], rng)


def _spacing(compounds: Compounds) -> Floats:
    """How far apart the rows stand at first, as a multiple of the usual: wider in larger compounds.

    Below 1 the buildings themselves become smaller.
    """
    plot = (compounds.width + compounds.gap) * (compounds.depth + compounds.gap)
    needed = compounds.buildings * plot * SPARE_PLACES
    wide: Floats = np.clip(np.sqrt(shapely.area(compounds.shapes) / needed), 1.0, 1.7)
    return wide


def _chosen(
    shapes: Shapes, place: Ints, batch: Ints, wanted: Ints, rng: np.random.Generator
) -> tuple[Shapes, Ints]:
    """Exactly as many as wanted, at random, in the order of their rows; none where too few fit."""
    enough = np.bincount(place, minlength=len(batch)) >= wanted
    luck = rng.random(len(place))
    order = np.lexsort((luck, place))
    rank = np.empty(len(place), dtype=np.int64)
    rank[order] = number_within(place[order])
    kept = enough[place] & (rank < wanted[place])
    return shapes[kept], batch[place[kept]]


def _frames(shapes: Shapes, angle: Floats) -> tuple[Floats, Floats]:
    """Centre and extent of each shape in its own turned frame."""
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    cos, sin = np.cos(angle[owner]), np.sin(angle[owner])
    local = np.column_stack(
        [points[:, 0] * cos + points[:, 1] * sin, -points[:, 0] * sin + points[:, 1] * cos]
    )
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    low = np.minimum.reduceat(local, starts)
    high = np.maximum.reduceat(local, starts)
    middle = (low + high) / 2
    cos, sin = np.cos(angle), np.sin(angle)
    centre = np.column_stack(
        [middle[:, 0] * cos - middle[:, 1] * sin, middle[:, 0] * sin + middle[:, 1] * cos]
    )
    return centre, high - low
