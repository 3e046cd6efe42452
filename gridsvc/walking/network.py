"""The streets that people walk on: nodes, and straight stretches between two of them.

Every corner of a street is a node. That costs memory (24 bytes a stretch) and saves all doubt about
where on a curve a door opens: the nearest point of a stretch is a projection.
"""

import io
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pyproj import Transformer
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gridsvc.geo import SRID

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# Degrees are kept to this fraction: one centimetre.
PER_DEGREE = 10_000_000


class Network(NamedTuple):
    """n nodes in degrees and m stretches: `ends` (m, 2) are rows of nodes, `metres` (m,) > 0.

    Nobody walks one way only, so a stretch has no direction. Two nodes share one at most.
    """

    lons: Floats
    lats: Floats
    ends: Ints
    metres: Floats


def tidy(lons: Floats, lats: Floats, ends: Ints, metres: Floats) -> Network:
    """A network of what a file holds: nodes (k,) of which several may lie at one place, stretches
    (j, 2) that may have no length, stand twice, or lead from a place to itself."""
    grid = np.round(np.column_stack([lons, lats]) * PER_DEGREE).astype(np.int64)
    places, at = np.unique(grid, axis=0, return_inverse=True)
    joined = np.sort(at.reshape(-1)[ends].reshape(-1, 2), axis=1)
    real = (joined[:, 0] != joined[:, 1]) & (metres > 0)
    joined, lengths = joined[real], metres[real]
    shortest = np.lexsort((lengths, joined[:, 1], joined[:, 0]))
    joined, lengths = joined[shortest], lengths[shortest]
    first = np.ones(len(joined), dtype=bool)
    first[1:] = (joined[1:] != joined[:-1]).any(axis=1)
    used, rows = np.unique(joined[first], return_inverse=True)
    kept = places[used] / PER_DEGREE
    return Network(kept[:, 0], kept[:, 1], rows.reshape(-1, 2), lengths[first])


def islands(network: Network) -> Ints:
    """For each node which connected part it belongs to, the longest part 0. Shape (n,)."""
    count = len(network.lons)
    ends = network.ends
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    parts, label = connected_components(graph, directed=False)
    lengths = np.bincount(label[ends[:, 0]], network.metres, minlength=parts)
    rank = np.empty(parts, dtype=np.int64)
    rank[np.argsort(-lengths, kind="stable")] = np.arange(parts)
    return np.asarray(rank[label], dtype=np.int64)


def pack(network: Network) -> bytes:
    """The network as bytes: plain arrays of numbers in numpy's npz, degrees to a centimetre."""
    whole = np.round(np.column_stack([network.lons, network.lats]) * PER_DEGREE)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        nodes=whole.astype(np.int32),
        ends=network.ends.astype(np.int32),
        metres=network.metres.astype(np.float32),
    )
    return file.getvalue()


def unpack(data: bytes) -> Network:
    """The network that `pack` made bytes of."""
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        nodes = held["nodes"] / PER_DEGREE
        ends, metres = held["ends"].astype(np.int64), held["metres"].astype(np.float64)
    return Network(nodes[:, 0], nodes[:, 1], ends, metres)


def flat(lons: Floats, lats: Floats, metric_srid: int) -> Floats:
    """Degrees (n,), (n,) as metres (n, 2) in the district's metric CRS."""
    return np.column_stack(_transformer(metric_srid).transform(lons, lats))


def degrees(metres: Floats, metric_srid: int) -> Floats:
    """Metres (n, 2) as degrees (n, 2): the way back from `flat`."""
    return np.column_stack(
        _transformer(metric_srid).transform(metres[:, 0], metres[:, 1], direction="INVERSE")
    )


@lru_cache(maxsize=8)
def _transformer(metric_srid: int) -> Transformer:
    return Transformer.from_crs(SRID, metric_srid, always_xy=True)
