"""From what a report says about its place to the units that hold it, or why a person must look."""

from typing import NamedTuple

from gridsvc.datum import Datum, to_wgs84
from gridsvc.geo import LonLat, UnitName
from gridsvc.gridindex import GridIndex


class Location(NamedTuple):
    """What somebody said about a place: a point in some datum, an address, both or neither."""

    lon: float | None = None
    lat: float | None = None
    datum: Datum = Datum.WGS84
    accuracy_m: float | None = None
    address: str | None = None


class Place(NamedTuple):
    """A place as the grid knows it. `manual` is the reason's code when no unit was found."""

    point: LonLat | None
    chain: tuple[UnitName, ...] = ()
    method: str | None = None
    border_m: float | None = None
    manual: str | None = None


def locate(grid: GridIndex, said: Location) -> Place:
    """The place in this edition. A place that cannot be found is an answer, not an error.

    Raises DatumRefused for a Chinese map datum outside China.
    """
    if said.lon is None or said.lat is None:
        return Place(None, manual="address_only" if said.address else "no_position")
    point = to_wgs84(said.lon, said.lat, said.datum)
    hit = grid.locate(point)
    if hit is None:
        return Place(point, manual="in_hole" if grid.in_hole(point) else "outside_grid")
    return Place(point, hit.chain, "contains", round(hit.border_m, 1))
