"""Places as plain values. All stored geometry is WGS 84 (EPSG:4326), lon before lat."""

from math import asin, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

SRID = 4326
# Metres in one degree of latitude on the mean sphere; good to 0.6 % everywhere.
METRES_PER_DEGREE = 111_195.0


class LonLat(NamedTuple):
    """A point on the ground, in degrees."""

    lon: float
    lat: float

    @property
    def ewkt(self) -> str:
        return f"SRID={SRID};POINT({self.lon!r} {self.lat!r})"


class UnitName(NamedTuple):
    """One link of a chain: a grid unit as people speak of it."""

    level: int
    code: str
    name: str


def many_metres_per_degree_lon(lats: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Length of one degree of longitude at n latitudes, in metres. Shape (n,)."""
    return METRES_PER_DEGREE * np.maximum(np.cos(np.radians(lats)), 1e-9)


def metres_per_degree_lon(lat: float) -> float:
    """Length of one degree of longitude at a latitude, in metres."""
    return METRES_PER_DEGREE * max(cos(radians(lat)), 1e-9)


def distance_m(one: LonLat, other: LonLat) -> float:
    """Metres along the mean sphere (haversine); good to 0.6 % everywhere."""
    lat, other_lat = radians(one.lat), radians(other.lat)
    half_up, half_across = (other_lat - lat) / 2, radians(other.lon - one.lon) / 2
    share = sin(half_up) ** 2 + cos(lat) * cos(other_lat) * sin(half_across) ** 2
    return 2 * METRES_PER_DEGREE * degrees(asin(min(1.0, sqrt(share))))
