"""One edition of the grid in memory: a point, or a million points, to the unit that holds it.

The rule at edges: a point that touches several units belongs to the deepest level among them, and
within that level to the smallest code. PostGIS, asked with `ST_Intersects ... ORDER BY level DESC,
code COLLATE "C"`, must always give the same answer; a property test says so.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.cells import Cells
from gridsvc.codes import Codes
from gridsvc.geo import METRES_PER_DEGREE, LonLat, UnitName, metres_per_degree_lon
from gridsvc.outlines import lay_out

# In pages, each one row: what a process keeps of a million buildings is no object a building.
PAGE = text("""
    SELECT array_agg(code) AS codes, array_agg(level) AS levels, array_agg(name) AS names,
           array_agg(above) AS above, array_agg(length(wkb)) AS sizes, string_agg(wkb, '') AS wkb,
           max(code) AS last
    FROM (
        SELECT code, level, name, array_to_string(trim_array(chain, 1), ' ') AS above,
               ST_AsBinary(geom) AS wkb
        FROM grid_unit
        WHERE district_code = :district AND edition_no = :edition AND code > :last
        ORDER BY code LIMIT 20000
    ) page
""")

KINDS = text("""
    SELECT code, kind FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND level = :level
      AND kind IS NOT NULL
""")

COMMUNITY = 3
# A border is asked for at the levels that people argue about, not at a building's wall.
BUILDING = 5
DEEPEST_BORDER = 4
ANTIMERIDIAN = 180.0
# So many pairs of point and box are held at once when many points are asked for.
MOST_POINTS = 100_000

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


class Units(NamedTuple):
    """The n units of an edition as columns, in any order.

    `codes` are in UTF-8, shape (n,); `above` is a unit's chain without itself, blank between the
    codes; `wkb` holds all outlines one after another, `sizes` (n,) are their lengths.
    """

    codes: npt.NDArray[np.bytes_]
    levels: npt.NDArray[np.int8]
    names: list[str]
    above: list[str]
    sizes: npt.NDArray[np.int64]
    wkb: bytes


class Hit(NamedTuple):
    """Where a point fell: the row of its unit, its chain from the top, and the nearest border."""

    row: int
    chain: tuple[UnitName, ...]
    border_m: float


class GridIndex:
    """Answers for one edition. Nothing that is seen of it changes, so threads share it.

    Units stand in rows, the best answer first: level descending, then code.
    """

    def __init__(
        self, edition: int, units: Units, community_kinds: Mapping[str, str] | None = None
    ) -> None:
        self.edition = edition
        self.community_kinds = community_kinds or {}
        order = np.lexsort((units.codes, -units.levels))
        self.codes = Codes(units.codes[order])
        self.names = [units.names[at] for at in order.tolist()]
        self.levels = units.levels[order]
        self.level_of = self.levels.tobytes()
        self.parents = self._lineages([units.above[at] for at in order.tolist()])
        starts = np.cumsum(units.sizes) - units.sizes
        self.shapes, boxes = lay_out(units.wkb, starts[order], units.sizes[order])
        self.cells = Cells(boxes)
        self._borders: dict[int, tuple[Any, float, float]] = {}

    def _lineages(self, aboves: list[str]) -> npt.NDArray[np.int32]:
        """For each unit the rows of the units above it and its own, by level; -1 where none.

        Siblings share what is above them, so that each chain is looked up once.
        """
        number = {above: at for at, above in enumerate(dict.fromkeys(aboves))}
        shared = np.full((len(number), BUILDING), -1, dtype=np.int32)
        for above, at in number.items():
            for row in map(self.codes.row, above.split()):
                shared[at, self.level_of[row] - 1] = row
        lineages = shared[[number[above] for above in aboves]]
        rows = np.arange(len(aboves))
        lineages[rows, self.levels - 1] = rows
        return lineages

    def row(self, lon: float, lat: float) -> int:
        """Row of the unit that holds the point, or -1. 180° west and 180° east are one line."""
        if abs(lon) == ANTIMERIDIAN:
            return int(self.rows(np.array([lon]), np.array([lat]))[0])
        for row in self.cells.near(lon, lat):
            if shapely.intersects_xy(self.shapes[row], lon, lat):
                return row
        return -1

    def rows(self, lons: Floats, lats: Floats) -> Rows:
        """Rows of the units that hold each of n points, -1 where none does. Shapes (n,), (n,)."""
        found = np.empty(len(lons), dtype=np.int64)
        for start in range(0, len(lons), MOST_POINTS):
            some = slice(start, start + MOST_POINTS)
            found[some] = self._rows(lons[some], lats[some])
        turned = np.abs(lons) == ANTIMERIDIAN
        found[turned] = np.minimum(found[turned], self._rows(-lons[turned], lats[turned]))
        found[found == len(self.codes)] = -1
        return found

    def _rows(self, lons: Floats, lats: Floats) -> Rows:
        """The same with n for no unit: level by level from the deepest, so that few points meet
        the large outlines."""
        found = np.full(len(lons), len(self.codes), dtype=np.int64)
        point, near = self.cells.pairs(lons, lats)
        for level in sorted(set(self.levels.tolist()), reverse=True):
            open_ = (self.levels[near] == level) & (found[point] == len(self.codes))
            at, row = point[open_], near[open_]
            inside = self.shapes.touching(row, lons[at], lats[at])
            np.minimum.at(found, at[inside], row[inside])
        return found

    def chain(self, row: int) -> tuple[UnitName, ...]:
        """The units that hold the unit in this row, and itself, from the highest level down."""
        return tuple(self.name(up) for up in self.parents[row].tolist() if up >= 0)

    def name(self, row: int) -> UnitName:
        return UnitName(self.level_of[row], self.codes[row], self.names[row])

    def chain_codes(self, row: int) -> list[str]:
        return [self.codes[up] for up in self.parents[row].tolist() if up >= 0]

    def unit(self, code: str) -> UnitName | None:
        """The unit with this code, or None."""
        row = self.codes.row(code)
        return None if row < 0 else self.name(row)

    def community_kind(self, chain: Iterable[UnitName]) -> str | None:
        """Urban, rural and so on: the kind of the community in a chain, where it is known."""
        kinds = (self.community_kinds.get(unit.code) for unit in chain)
        return next((kind for kind in kinds if kind), None)

    def locate(self, point: LonLat) -> Hit | None:
        """The chain at the point and the distance to the nearest border, or None outside."""
        row = self.row(point.lon, point.lat)
        return None if row < 0 else Hit(row, self.chain(row), self.border_m(row, point))

    def ground(self, row: int) -> int:
        """Row of the deepest unit above the building: the unit whose border matters."""
        upper = [up for up in self.parents[row, :DEEPEST_BORDER].tolist() if up >= 0]
        return upper[-1] if upper else row

    def border_m(self, row: int, point: LonLat) -> float:
        """Metres to the border of the unit's ground; good to 1 %."""
        line, east, north = self.border(self.ground(row))
        return float(shapely.distance(line, shapely.Point(point.lon * east, point.lat * north)))

    def border(self, row: int) -> tuple[Any, float, float]:
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

    def in_holes(self, lons: Floats, lats: Floats) -> npt.NDArray[np.bool_]:
        """The same for n points. Shape (n,)."""
        return np.asarray(shapely.intersects_xy(self._filled, lons, lats), dtype=bool)

    @cached_property
    def _filled(self) -> Any:
        highest = self.levels.min(initial=BUILDING)
        top = self.shapes.at(np.flatnonzero(self.levels == highest).tolist())
        rings = shapely.get_exterior_ring(shapely.get_parts(shapely.union_all(top)))
        filled = shapely.union_all(shapely.polygons(rings))
        shapely.prepare(filled)
        return filled


def load(session: Session, district: str, edition: int) -> GridIndex:
    """The index of one edition, read from PostGIS."""
    wanted = {"district": district, "edition": edition, "level": COMMUNITY}
    kinds = {row.code: row.kind for row in session.execute(KINDS, wanted)}
    return GridIndex(edition, _read(session, district, edition), kinds)


def _read(session: Session, district: str, edition: int) -> Units:
    codes = [np.empty(0, dtype="S1")]
    levels, sizes = [np.empty(0, dtype=np.int8)], [np.empty(0, dtype=np.int64)]
    names: list[str] = []
    above: list[str] = []
    wkb = bytearray()
    # Chains and building names repeat; one object each is enough.
    known: dict[str, str] = {}
    values = {"district": district, "edition": edition, "last": ""}
    while (page := session.execute(PAGE, values).one()).codes:
        codes.append(np.array([code.encode() for code in page.codes], dtype=bytes))
        levels.append(np.array(page.levels, dtype=np.int8))
        sizes.append(np.array(page.sizes, dtype=np.int64))
        names.extend(known.setdefault(name, name) for name in page.names)
        above.extend(known.setdefault(chain, chain) for chain in page.above)
        wkb += page.wkb
        values["last"] = page.last
    joined = (np.concatenate(parts) for parts in (codes, levels, sizes))
    letters, deep, lengths = joined
    return Units(letters, deep, names, above, lengths, bytes(wkb))
