"""One edition of the grid in memory: a point, or a million points, to the unit that holds it.

The rule at edges: a point that touches several units belongs to the deepest level among them, and
within that level to the smallest code. PostGIS, asked with `ST_Intersects ... ORDER BY level DESC,
code COLLATE "C"`, must always give the same answer; a property test says so.
"""

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.cells import Cells
from gridsvc.geo import METRES_PER_DEGREE, LonLat, UnitName, metres_per_degree_lon

# Best answer first: the lowest row number among the hits is the unit that owns the point.
UNITS = text("""
    SELECT code, level, name, chain, ST_AsBinary(geom) AS wkb
    FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition
    ORDER BY level DESC, code COLLATE "C"
""")

# Preparing a ring costs memory and pays only where many segments would be tested.
WORTH_PREPARING = 24
# A border is asked for at the levels that people argue about, not at a building's wall.
DEEPEST_BORDER = 4

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


class Hit(NamedTuple):
    """Where a point fell: the chain from the highest level down, and the nearest border."""

    chain: tuple[UnitName, ...]
    border_m: float


class GridIndex:
    """Answers for one edition. Immutable after loading, so threads share it."""

    def __init__(
        self,
        edition: int,
        codes: list[str],
        levels: list[int],
        names: list[str],
        chains: list[list[str]],
        shapes: npt.NDArray[Any],
    ) -> None:
        self.edition = edition
        self.codes, self.names = codes, names
        self.level_of = levels
        self.levels = np.asarray(levels, dtype=np.int8)
        self.shapes = shapes
        self.row_of = {code: row for row, code in enumerate(codes)}
        self.parents = np.full((len(codes), 5), -1, dtype=np.int32)
        for row, chain in enumerate(chains):
            for code in chain:
                ancestor = self.row_of[code]
                self.parents[row, levels[ancestor] - 1] = ancestor
        shapely.prepare(shapes[shapely.get_num_coordinates(shapes) >= WORTH_PREPARING])
        self.tree = shapely.STRtree(shapes)
        self.cells = Cells(shapely.bounds(shapes))
        self._borders: dict[int, tuple[Any, float, float]] = {}

    def row(self, lon: float, lat: float) -> int:
        """Row of the unit that holds the point, or -1."""
        for row in self.cells.near(lon, lat):
            if shapely.intersects_xy(self.shapes[row], lon, lat):
                return row
        return -1

    def rows(self, lons: Floats, lats: Floats) -> Rows:
        """Rows of the units that hold each of n points, -1 where none does. Shapes (n,), (n,)."""
        point, near = self.tree.query(shapely.points(lons, lats))
        inside = shapely.intersects_xy(self.shapes[near], lons[point], lats[point])
        found = np.full(len(lons), len(self.codes), dtype=np.int64)
        np.minimum.at(found, point[inside], near[inside])
        found[found == len(self.codes)] = -1
        return found

    def chain(self, row: int) -> tuple[UnitName, ...]:
        """The units that hold the unit in this row, and itself, from the highest level down."""
        return tuple(
            UnitName(self.level_of[up], self.codes[up], self.names[up])
            for up in self.parents[row].tolist()
            if up >= 0
        )

    def chain_codes(self, row: int) -> list[str]:
        return [self.codes[up] for up in self.parents[row] if up >= 0]

    def unit(self, code: str) -> UnitName | None:
        """The unit with this code, or None."""
        row = self.row_of.get(code)
        return None if row is None else UnitName(int(self.levels[row]), code, self.names[row])

    def locate(self, point: LonLat) -> Hit | None:
        """The chain at the point and the distance to the nearest border, or None outside."""
        row = self.row(point.lon, point.lat)
        return None if row < 0 else Hit(self.chain(row), self.border_m(row, point))

    def border_m(self, row: int, point: LonLat) -> float:
        """Metres to the border of the deepest unit above the building; good to 1 %."""
        upper = [up for up in self.parents[row, :DEEPEST_BORDER].tolist() if up >= 0]
        line, east, north = self._border(upper[-1] if upper else row)
        return float(shapely.distance(line, shapely.Point(point.lon * east, point.lat * north)))

    def _border(self, row: int) -> tuple[Any, float, float]:
        """A unit's border laid flat in metres at its own latitude, and the scales that did it."""
        if row not in self._borders:
            shape = self.shapes[row]
            scale = metres_per_degree_lon(shape.centroid.y), METRES_PER_DEGREE
            line = shapely.transform(shapely.boundary(shape), lambda xy: xy * scale)
            shapely.prepare(line)
            self._borders[row] = (line, *scale)
        return self._borders[row]

    def in_hole(self, point: LonLat) -> bool:
        """Whether a point that no unit holds is enclosed by the grid all around."""
        return bool(shapely.intersects_xy(self._filled, point.lon, point.lat))

    @cached_property
    def _filled(self) -> Any:
        top = self.shapes[self.levels == self.levels.min()] if self.codes else self.shapes
        rings = shapely.get_exterior_ring(shapely.get_parts(shapely.union_all(top)))
        filled = shapely.union_all(shapely.polygons(rings))
        shapely.prepare(filled)
        return filled


def load(session: Session, district: str, edition: int) -> GridIndex:
    """The index of one edition, read from PostGIS in one statement."""
    rows = session.execute(UNITS, {"district": district, "edition": edition}).all()
    return GridIndex(
        edition,
        [row.code for row in rows],
        [row.level for row in rows],
        [row.name for row in rows],
        [row.chain for row in rows],
        np.asarray(shapely.from_wkb([bytes(row.wkb) for row in rows]), dtype=object),
    )
