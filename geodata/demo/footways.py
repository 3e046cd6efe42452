"""Ways on foot: the roads, the lanes, and from each compound's middle a way to what passes it."""

import geopandas as gpd
import numpy as np
import shapely

from geodata.demo.chance import Shapes
from geodata.demo.compounds import Compounds
from geodata.demo.outline import WGS84, Ground
from geodata.demo.roads import Roads

# A little past the road's middle, so that the two surely cross.
PAST_M = 1.0


def lead(compounds: Compounds, roads: Roads, ground: Ground) -> gpd.GeoDataFrame:
    """Lines of roads and of ways to them, in degrees, as a layer of lines would be handed in."""
    middles = np.asarray(shapely.point_on_surface(compounds.shapes), dtype=object)
    passing: dict[int, list[int]] = {}
    for road, passed in enumerate(roads.compounds):
        for compound in passed:
            passing.setdefault(compound, []).append(road)
    ways = [
        _way(middles[compound], roads.lines[road])
        for compound, nearby in passing.items()
        for road in nearby
    ]
    lines: Shapes = np.concatenate([roads.lines, np.array(ways, dtype=object)])
    kinds = ["road"] * len(roads.lines) + ["way"] * len(ways)
    return gpd.GeoDataFrame(
        {"kind": kinds, "generated": True},
        geometry=shapely.transform(lines, lambda metres: np.round(ground.degrees(metres), 7)),
        crs=WGS84,
    )


def _way(middle: shapely.Point, road: shapely.LineString) -> shapely.LineString:
    foot = road.interpolate(road.project(middle))
    start, end = np.array(middle.coords[0]), np.array(foot.coords[0])
    run = end - start
    length = float(np.hypot(*run))
    beyond = end + run / length * PAST_M if length > 0 else end + PAST_M
    return shapely.LineString([start, beyond])
