"""Streets from OpenStreetMap files and from layers of lines."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.streets import laying, lines, osm
from geodata.streets.lines import Weaving
from geodata.streets.raw import Box, Raw
from gridsvc.errors import BadInput
from gridsvc.walking.network import islands, tidy
from tests.walking import drawn

HERE = Box(102.0, 24.9, 102.1, 25.0)
SRID = 4543
NODES = {no: (102.0 + no / 1000, 24.95) for no in range(1, 8)} | {9: (110.0, 24.95)}
ROAD = {"highway": "residential"}


def parts(raw: Raw) -> int:
    """How many parts the streets fall into."""
    made = tidy(raw.lons, raw.lats, raw.ends, np.ones(len(raw.ends)))
    return int(islands(made).max()) + 1


@pytest.mark.parametrize("ending", [".osm", ".osm.gz", ".osm.pbf"])
def test_ways_that_can_be_walked(tmp_path: Path, ending: str) -> None:
    ways: list[drawn.Way] = [
        ([1, 2], ROAD),
        ([2, 3], ROAD | {"oneway": "yes"}),
        ([3, 4], {"highway": "motorway"}),
        ([4, 5], {"highway": "motorway", "foot": "yes"}),
        ([5, 6], ROAD | {"access": "private"}),
        ([5, 6], ROAD | {"access": "private", "foot": "permissive"}),
        ([6, 7], {"highway": "footway", "foot": "no"}),
        ([6, 7], {"highway": "unheard_of"}),
        ([1, 7], {"waterway": "river"}),
        ([9, 9], ROAD),
    ]
    raw = osm.read(drawn.osm(tmp_path / f"streets{ending}", NODES, ways), HERE)
    assert raw.ways == 4
    assert dict(raw.left_out) == {
        "highway=motorway": 1,
        "access=private": 1,
        "foot=no": 1,
        "highway=unheard_of": 1,
    }
    assert len(raw.ends) == 4
    assert parts(raw) == 2


def test_ways_meet_where_they_share_a_node_and_not_where_they_cross(tmp_path: Path) -> None:
    nodes = {1: (102.0, 24.95), 2: (102.02, 24.95), 3: (102.01, 24.94), 4: (102.01, 24.96)}
    bridge: list[drawn.Way] = [([1, 2], ROAD), ([3, 4], ROAD)]
    assert parts(osm.read(drawn.osm(tmp_path / "bridge.osm", nodes, bridge), HERE)) == 2
    nodes[5] = (102.01, 24.95)
    crossing: list[drawn.Way] = [([1, 5, 2], ROAD), ([3, 5, 4], ROAD)]
    assert parts(osm.read(drawn.osm(tmp_path / "crossing.osm", nodes, crossing), HERE)) == 1


def test_ones_own_table_of_ways(tmp_path: Path) -> None:
    own = tmp_path / "ways.csv"
    own.write_text("key,value,walk\nhighway,residential,no\nhighway,motorway,yes\n")
    file = drawn.osm(tmp_path / "a.osm", NODES, [([1, 2], ROAD), ([2, 3], {"highway": "motorway"})])
    assert dict(osm.read(file, HERE, osm.walkable(own)).left_out) == {"highway=residential": 1}
    for wrong in (
        "key,value\nhighway,residential\n",
        "key,value,walk\nhighway,residential,perhaps\n",
    ):
        own.write_text(wrong)
        with pytest.raises(BadInput):
            osm.walkable(own)


@pytest.mark.parametrize("content", [b"", b"<osm", b"no osm at all", b"\x00\x00\x00\x0d\x0a\x09"])
def test_what_is_no_openstreetmap_is_refused(tmp_path: Path, content: bytes) -> None:
    for ending in (".osm", ".osm.pbf", ".osm.gz"):
        broken = tmp_path / f"broken{ending}"
        broken.write_bytes(content)
        with pytest.raises(BadInput):
            osm.read(broken, HERE)
    with pytest.raises(BadInput):
        laying.read(tmp_path / "none.osm", HERE, SRID)


def layer(
    drawn_lines: Sequence[Sequence[tuple[float, float]]], **columns: object
) -> gpd.GeoDataFrame:
    """Lines in metres from (102.05, 24.95), as a file in degrees would hold them."""
    metres = gpd.GeoSeries([shapely.LineString(line) for line in drawn_lines], crs=SRID)
    corner = gpd.GeoSeries([shapely.Point(102.05, 24.95)], crs=4326).to_crs(SRID)[0]
    moved = metres.translate(corner.x, corner.y).to_crs(4326)
    return gpd.GeoDataFrame(columns, geometry=moved)


CROSS = [[(0, 0), (100, 0)], [(50, -50), (50, 50)]]


def test_lines_meet_where_they_cross_unless_a_field_says_that_one_is_a_bridge() -> None:
    plain = lines.read(layer(CROSS), HERE, SRID)
    assert (parts(plain), len(plain.ends)) == (1, 4)
    lifted = layer(CROSS, height=["0", "1"])
    assert parts(lines.read(lifted, HERE, SRID, Weaving("height"))) == 2
    # A ramp that ends on the bridge joins it, though it is of another height.
    ramp = layer([*CROSS, [(50, 50), (50, 90)]], height=["0", "1", "0"])
    assert parts(lines.read(ramp, HERE, SRID, Weaving("height"))) == 2
    with pytest.raises(BadInput):
        lines.read(lifted, HERE, SRID, Weaving("storey"))


@pytest.mark.parametrize(("short", "met"), [(0.0, True), (0.4, True), (0.6, False)])
def test_an_end_that_nearly_touches_is_led_on(short: float, met: bool) -> None:
    tee = layer([[(0, 0), (100, 0)], [(50, 40), (50, short)]])
    raw = lines.read(tee, HERE, SRID)
    assert (parts(raw) == 1) == met
    if met:
        assert len(tidy(raw.lons, raw.lats, raw.ends, np.ones(len(raw.ends))).ends) >= 3


def test_what_is_no_line_is_counted_and_what_is_far_away_is_not_kept() -> None:
    mixed = layer(CROSS)
    mixed.loc[2] = {"geometry": shapely.Point(102.05, 24.95)}
    mixed.loc[3] = {"geometry": shapely.LineString([(110, 24), (110.1, 24)])}
    raw = lines.read(mixed, HERE, SRID)
    assert (raw.ways, dict(raw.left_out)) == (2, {"no_line": 1})
    nothing = lines.read(mixed.iloc[[3]], HERE, SRID)
    assert len(nothing.ends) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_noding_neither_makes_nor_loses_ground_to_walk_on(seed: int) -> None:
    chance = np.random.default_rng(seed)
    ends = chance.uniform(0, 400, (int(chance.integers(1, 12)), 2, 2)).round(1)
    raw = lines.read(layer([[(x, y) for x, y in line] for line in ends.tolist()]), HERE, SRID)
    whole = laying._measured(raw, SRID)
    united = shapely.union_all(shapely.linestrings(ends))
    # What is led on adds at most half a metre for each end.
    assert whole.metres.sum() == pytest.approx(shapely.length(united), abs=0.05 + len(ends))
