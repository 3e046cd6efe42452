"""Streets of an OpenStreetMap file: .osm, .osm.gz or .osm.pbf.

Which ways can be walked is a table (walkable.csv, or one's own). The first of `foot`, `access` and
`highway` whose value stands in it decides, so that `foot=yes` opens a private road and `foot=no`
closes a path. One-way signs are for vehicles and are not read. Ways meet where they share a node of
the file, which is why a bridge does not meet the road below it.
"""

import csv
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium

from geodata.limits import LIMITS, Limits
from geodata.progress import Progress, silent
from geodata.streets.raw import Box, Raw
from gridsvc.errors import BadInput

ENDINGS = (".osm", ".osm.gz", ".osm.pbf")
DECIDING = ("foot", "access", "highway")
EVERY = 20_000

Walkable = Mapping[tuple[str, str], bool]


def is_osm(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS)


def walkable(path: Path | None = None) -> Walkable:
    """The table of what can be walked: columns key, value, walk (yes or no). BadInput."""
    source = path or files("geodata.streets").joinpath("walkable.csv")
    rows = list(csv.DictReader(source.read_text("utf-8").splitlines()))
    if not rows or not {"key", "value", "walk"} <= set(rows[0]):
        raise BadInput(
            zh="可步行道路表要有 key、value、walk 三列。",
            en="The table of walkable ways needs the columns key, value and walk.",
        )
    strange = {row["walk"] for row in rows} - {"yes", "no"}
    if strange:
        raise BadInput(
            zh=f"可步行道路表的 walk 列只能是 yes 或 no，不能是{'、'.join(sorted(strange))}。",
            en=f"In the table of walkable ways `walk` is yes or no, not {sorted(strange)}.",
        )
    return {(row["key"], row["value"]): row["walk"] == "yes" for row in rows}


def refusal(tags: Mapping[str, str], table: Walkable) -> str | None:
    """Why a way cannot be walked, as `key=value`; None where it can."""
    for key in DECIDING:
        value = tags.get(key)
        allowed = None if value is None else table.get((key, value))
        if allowed is not None:
            return None if allowed else f"{key}={value}"
    return f"highway={tags.get('highway')}"


def read(
    path: Path,
    box: Box,
    table: Walkable | None = None,
    say: Progress = silent,
    limits: Limits = LIMITS,
) -> Raw:
    """The file's walkable ways that touch the box. BadInput for what cannot be read."""
    if not path.is_file():
        raise BadInput(zh=f"没有文件 {path.name}。", en=f"There is no file {path.name}.")
    if path.stat().st_size / 1e6 > limits.megabytes:
        raise BadInput(
            zh=f"文件 {path.name} 超过上限 {limits.megabytes} MB。请先裁剪到本辖区。",
            en=f"{path.name} is larger than {limits.megabytes} MB. Cut it to the district first.",
        )
    try:
        return _read(path, box, walkable() if table is None else table, say)
    except (RuntimeError, OSError, ValueError) as trouble:
        raise BadInput(
            zh=f"不能读取 OpenStreetMap 文件 {path.name}：{str(trouble)[:200]}",
            en=f"Cannot read the OpenStreetMap file {path.name}: {str(trouble)[:200]}",
        ) from None


Corner = tuple[int, float, float]


def _read(path: Path, box: Box, table: Walkable, say: Progress) -> Raw:
    rows: dict[int, int] = {}
    places, ends = array("d"), array("q")
    left_out: Counter[str] = Counter()
    ways = 0
    for tags, corners in _ways(path, box):
        why = refusal(tags, table)
        if why is not None:
            left_out[why] += 1
            continue
        for ref, lon, lat in corners:
            if rows.setdefault(ref, len(rows)) * 2 == len(places):
                places.extend((lon, lat))
        for (one, _, _), (other, _, _) in pairwise(corners):
            ends.extend((rows[one], rows[other]))
        ways += 1
        if ways % EVERY == 0:
            say(f"reading {path.name}: {ways:,} ways")
    nodes = np.array(places).reshape(-1, 2)
    stretches = np.array(ends, dtype=np.int64).reshape(-1, 2)
    return Raw(nodes[:, 0], nodes[:, 1], stretches, ways, left_out)


def _ways(path: Path, box: Box) -> Iterator[tuple[dict[str, str], list[Corner]]]:
    """Tags and corners (node, lon, lat) of every road that touches the box."""
    reader = osmium.FileProcessor(str(path)).with_locations()
    for way in reader.with_filter(osmium.filter.KeyFilter("highway")):
        if isinstance(way, osmium.osm.Way):
            corners = [(at.ref, at.lon, at.lat) for at in way.nodes if at.location.valid()]
            if _touches(corners, box):
                yield {tag.k: tag.v for tag in way.tags}, corners


def _touches(corners: list[Corner], box: Box) -> bool:
    """Whether the box around a way and the wanted one have ground in common."""
    if len(corners) < 2:
        return False
    _, lons, lats = zip(*corners, strict=True)
    return not (
        max(lons) < box.west
        or min(lons) > box.east
        or max(lats) < box.south
        or min(lats) > box.north
    )
