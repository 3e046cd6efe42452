"""Places as plain values. All stored geometry is WGS 84 (EPSG:4326), lon before lat."""

from math import cos, radians
from typing import NamedTuple

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


def metres_per_degree_lon(lat: float) -> float:
    """Length of one degree of longitude at a latitude, in metres."""
    return METRES_PER_DEGREE * max(cos(radians(lat)), 1e-9)
