"""OpenStreetMap files as tests write them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium

Way = tuple[Sequence[int], Mapping[str, str]]


def osm(path: Path, nodes: Mapping[int, tuple[float, float]], ways: Sequence[Way]) -> Path:
    """A file of nodes (id: lon, lat) and ways (node ids, tags), in the format of its ending."""
    writer = osmium.SimpleWriter(str(path))
    try:
        for number, place in nodes.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place))
        for number, (refs, tags) in enumerate(ways, 1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=list(refs), tags=dict(tags)))
    finally:
        writer.close()
    return path
