"""The district's real outline, from the datum of its file to metres on the ground."""

from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geodata.demo.chance import Floats
from gridsvc.datum import Datum, to_wgs84

WGS84 = "EPSG:4326"
GRID_M = 0.01


class Ground:
    """The way between degrees (WGS 84) and the district's metres."""

    def __init__(self, metric_crs: str) -> None:
        self._forth = Transformer.from_crs(WGS84, metric_crs, always_xy=True)
        self._back = Transformer.from_crs(metric_crs, WGS84, always_xy=True)

    def metres(self, degrees: Floats) -> Floats:
        return np.column_stack(self._forth.transform(degrees[:, 0], degrees[:, 1]))

    def degrees(self, metres: Floats) -> Floats:
        return np.column_stack(self._back.transform(metres[:, 0], metres[:, 1]))


def load(feature: dict[str, Any], ground: Ground) -> BaseGeometry:
    """The outline in metres, on the grid on which all boundaries are drawn."""
    shape = shapely.geometry.shape(feature["geometry"])
    datum = Datum(feature["properties"]["datum"])

    def to_metres(given: Floats) -> Floats:
        places = [to_wgs84(lon, lat, datum) for lon, lat in given]
        return ground.metres(np.array([(place.lon, place.lat) for place in places]))

    return shapely.set_precision(shapely.transform(shape, to_metres), GRID_M)
