"""Doors: where points beside the streets reach them, and the graph that leads to doors."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from gridsvc.walking.network import Floats, Ints, Network


class Access(NamedTuple):
    """Where k points reach the street: the row of a stretch (-1: none is near), the metres along
    it to either end, and the metres from the door to the street. Shapes (k,)."""

    stretch: Ints
    ends: Ints
    along: Floats
    gap: Floats

    def at(self, rows: Ints) -> "Access":
        return Access(self.stretch[rows], self.ends[rows], self.along[rows], self.gap[rows])


def graph_of(network: Network) -> csr_array:
    """Both directions of every stretch, shape (n, n)."""
    one, other = network.ends.T
    both = (np.concatenate([one, other]), np.concatenate([other, one]))
    count = len(network.lons)
    lengths = np.concatenate([network.metres, network.metres])
    return csr_array((lengths, both), shape=(count, count))


def with_doors(graph: csr_array, ends: Ints, metres: Floats) -> csr_array:
    """The graph and k more nodes behind its own, each with a way to its two ends (k, 2) and none
    back. An end of -1 is outside."""
    count, more = graph.shape[0], len(ends)
    known = ends >= 0
    return csr_array(
        (
            np.concatenate([graph.data, metres[known]]),
            np.concatenate([graph.indices, ends[known]]),
            np.concatenate([graph.indptr, graph.indptr[-1] + np.cumsum(known.sum(axis=1))]),
        ),
        shape=(count + more, count + more),
    )
