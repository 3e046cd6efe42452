"""From what a report says about its place to the units that hold it, or why a person must look."""

from typing import Any, NamedTuple

from gridsvc import nearby
from gridsvc.datum import Datum, to_wgs84
from gridsvc.geo import LonLat, UnitName
from gridsvc.gridindex import BUILDING, GridIndex, Hit

# A point this near to a building, in the same ground and in no building, is taken to mean it.
# Our default: half the width of a lane, and what a phone is off by under an open sky.
NEAREST_M = 15.0
# A smaller circle of error is a point; beyond the larger one it says nothing about a place.
LEAST_ACCURACY_M, MOST_ACCURACY_M = 0.01, 20_000.0


class Location(NamedTuple):
    """What somebody said about a place: a point in some datum, an address, both or neither."""

    lon: float | None = None
    lat: float | None = None
    datum: Datum = Datum.WGS84
    accuracy_m: float | None = None
    address: str | None = None


class Candidate(NamedTuple):
    """Another ground that may be meant: its part of the circle of error, or for an address how
    likely it is (0 to 1). Without a chain it is the part that lies outside the grid.
    """

    chain: tuple[UnitName, ...]
    share: float

    @property
    def out(self) -> dict[str, Any]:
        """As it is told and kept."""
        return {"chain": [unit._asdict() for unit in self.chain], "share": round(self.share, 3)}


class Place(NamedTuple):
    """A place as the grid knows it. `manual` is the reason's code when no unit was found.

    `method` is contains; nearest_building for a point `nearest_m` metres from the building that
    ends the chain; photo; or address. `confidence` is the part of the circle of error that lies
    on the same ground (1 without a stated accuracy), or how sure an address is; `candidates` are
    the other grounds that may be meant.
    """

    point: LonLat | None
    chain: tuple[UnitName, ...] = ()
    method: str | None = None
    border_m: float | None = None
    manual: str | None = None
    confidence: float | None = None
    nearest_m: float | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def found(self) -> dict[str, Any]:
        """How the place was found, as it is told and kept; see the class for the words."""
        return {
            "method": self.method,
            "confidence": self.confidence,
            "border_m": self.border_m,
            "nearest_m": self.nearest_m,
            "candidates": [candidate.out for candidate in self.candidates],
        }


def locate(grid: GridIndex, said: Location, nearest_m: float = NEAREST_M) -> Place:
    """The place in this edition. A place that cannot be found is an answer, not an error.

    Raises DatumRefused for a Chinese map datum outside China.
    """
    if said.lon is None or said.lat is None:
        return Place(None, manual="no_position")
    point = to_wgs84(said.lon, said.lat, said.datum)
    hit = grid.locate(point)
    if hit is None:
        manual = "in_hole" if grid.in_hole(point) else "outside_grid"
        _, candidates = doubt(grid, None, point, said.accuracy_m)
        return Place(point, manual=manual, candidates=candidates)
    confidence, candidates = doubt(grid, hit, point, said.accuracy_m)
    chain, away = _with_nearest(grid, hit, point, nearest_m)
    return Place(
        point,
        chain,
        "contains" if away is None else "nearest_building",
        round(hit.border_m, 1),
        None,
        confidence,
        away,
        candidates,
    )


def doubt(
    grid: GridIndex, hit: Hit | None, point: LonLat, radius_m: float | None
) -> tuple[float, tuple[Candidate, ...]]:
    """How sure the ground is, and the other grounds, by the circle of error."""
    if radius_m is None or radius_m < LEAST_ACCURACY_M:
        return 1.0, ()
    if hit and radius_m <= hit.border_m * 0.98:
        return 1.0, ()
    own = grid.ground(hit.row) if hit else nearby.OUTSIDE
    parts = nearby.shares(grid, point, min(radius_m, MOST_ACCURACY_M))
    confidence = sum(part.share for part in parts if part.row == own)
    others = (part for part in parts if part.row != own)
    candidates = tuple(
        Candidate(grid.chain(part.row) if part.row >= 0 else (), part.share) for part in others
    )
    return round(min(confidence, 1.0), 3), candidates


def _with_nearest(
    grid: GridIndex, hit: Hit, point: LonLat, within_m: float
) -> tuple[tuple[UnitName, ...], float | None]:
    """The chain, led on to the nearest building of the same ground, and how far away that is."""
    if within_m <= 0 or hit.chain[-1].level == BUILDING:
        return hit.chain, None
    near = nearby.nearest_building(grid, point, within_m)
    if near is None:
        return hit.chain, None
    chain = grid.chain(near.row)
    if chain[: len(hit.chain)] != hit.chain:
        return hit.chain, None
    return chain, round(near.metres, 1)
