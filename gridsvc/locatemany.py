"""Many points at once, with the same answers as one by one."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from gridsvc.datum import Datum, many_to_wgs84
from gridsvc.geo import METRES_PER_DEGREE, LonLat, many_metres_per_degree_lon
from gridsvc.gridindex import BUILDING, Floats, GridIndex, Rows
from gridsvc.locate import LEAST_ACCURACY_M, NEAREST_M, doubt

Texts = npt.NDArray[Any]


class Located(NamedTuple):
    """Answers for n points, each an array (n,); see locate.Place for the words.

    `rows` are the rows of the units that end the chains, -1 where there is none.
    """

    lons: Floats
    lats: Floats
    rows: Rows
    method: Texts
    border_m: Floats
    nearest_m: Floats
    confidence: Floats
    manual: Texts


class Locator:
    """Locates points in one grid; what is built for many points is built once."""

    def __init__(self, grid: GridIndex, nearest_m: float = NEAREST_M) -> None:
        self.grid, self.nearest_m = grid, nearest_m
        self._buildings = np.flatnonzero(grid.levels == BUILDING)
        west, south, east, north = (np.frombuffer(edge) for edge in grid.cells.boxes)
        some = self._buildings
        self._tree = shapely.STRtree(shapely.box(west[some], south[some], east[some], north[some]))
        self._grounds = np.array([grid.ground(row) for row in range(len(grid.codes))], dtype=int)

    def locate(
        self,
        lons: Floats,
        lats: Floats,
        datum: Datum = Datum.WGS84,
        accuracy_m: Floats | None = None,
    ) -> Located:
        """Where n points lie. What is no number has no position.

        Raises DatumRefused where a Chinese map datum is said of a point outside China.
        """
        given = np.isfinite(lons) & np.isfinite(lats)
        given &= (np.abs(lons) <= 180) & (np.abs(lats) <= 90)
        lons, lats = np.where(given, lons, np.nan), np.where(given, lats, np.nan)
        lons[given], lats[given] = many_to_wgs84(lons[given], lats[given], datum)
        rows = np.full(len(lons), -1, dtype=np.int64)
        rows[given] = self.grid.rows(lons[given], lats[given])
        border = self._borders(rows, lons, lats)
        ends, nearest = self._led_to_buildings(rows, lons, lats)
        return Located(
            lons,
            lats,
            ends,
            _methods(rows, nearest),
            border,
            nearest,
            self._confidence(rows, lons, lats, border, accuracy_m),
            self._manual(given, rows, lons, lats),
        )

    def _borders(self, rows: Rows, lons: Floats, lats: Floats) -> Floats:
        """Metres to the border of each point's ground, ground by ground; NaN outside."""
        border = np.full(len(rows), np.nan)
        inside = np.flatnonzero(rows >= 0)
        grounds = self._grounds[rows[inside]]
        order = np.argsort(grounds, kind="stable")
        some, starts, counts = np.unique(grounds[order], return_index=True, return_counts=True)
        for ground, start, count in zip(some.tolist(), starts, counts, strict=True):
            places = inside[order[start : start + count]]
            line, east, north = self.grid.border(ground)
            points = shapely.points(lons[places] * east, lats[places] * north)
            border[places] = shapely.distance(line, points)
        return border.round(1)

    def _led_to_buildings(self, rows: Rows, lons: Floats, lats: Floats) -> tuple[Rows, Floats]:
        """Rows led on to the nearest building of the same ground, and how far away it is."""
        ends, metres = rows.copy(), np.full(len(rows), np.nan)
        if self.nearest_m <= 0:
            return ends, metres
        open_ = np.flatnonzero((rows >= 0) & (self.grid.levels[rows] != BUILDING))
        points = np.column_stack([lons[open_], lats[open_]])
        scale = np.column_stack(
            [many_metres_per_degree_lon(points[:, 1]), np.full(len(open_), METRES_PER_DEGREE)]
        )
        reach = np.minimum(self.nearest_m / scale, 360.0)
        at, box = self._tree.query(shapely.box(*(points - reach).T, *(points + reach).T))
        near = self._buildings[box]
        away = self._distances(near, points[at], scale[at])
        order = np.lexsort((near, away, at))
        first = order[np.unique(at[order], return_index=True)[1]]
        first = first[away[first] <= self.nearest_m]
        place, building = open_[at[first]], near[first]
        same = self._continues(rows[place], building)
        ends[place[same]] = building[same]
        metres[place[same]] = away[first][same].round(1)
        return ends, metres

    def _distances(self, buildings: Rows, points: Floats, scale: Floats) -> Floats:
        """Metres from n points to n buildings, each in the plane through its point."""
        shapes = self.grid.shapes.at(buildings.tolist())
        corners, owner = shapely.get_coordinates(shapes, return_index=True)
        flat = shapely.set_coordinates(shapes, (corners - points[owner]) * scale[owner])
        return np.asarray(shapely.distance(flat, shapely.Point(0, 0)), dtype=np.float64)

    def _continues(self, rows: Rows, buildings: Rows) -> npt.NDArray[np.bool_]:
        """Whether each building's chain goes on from the chain of the unit beside it."""
        above = np.arange(BUILDING) < self.grid.levels[rows][:, None]
        alike = self.grid.parents[rows] == self.grid.parents[buildings]
        same: npt.NDArray[np.bool_] = (alike | ~above).all(axis=1)
        return same

    def _confidence(
        self, rows: Rows, lons: Floats, lats: Floats, border: Floats, accuracy_m: Floats | None
    ) -> Floats:
        """The part of each circle of error that lies on the answered ground; NaN outside."""
        sure = np.where(rows >= 0, 1.0, np.nan)
        if accuracy_m is not None:
            reaching = (rows >= 0) & (accuracy_m >= LEAST_ACCURACY_M) & (accuracy_m > border * 0.9)
            for at in np.flatnonzero(reaching).tolist():
                point = LonLat(float(lons[at]), float(lats[at]))
                hit = self.grid.locate(point)
                sure[at], _ = doubt(self.grid, hit, point, float(accuracy_m[at]))
        return sure

    def _manual(
        self, given: npt.NDArray[np.bool_], rows: Rows, lons: Floats, lats: Floats
    ) -> Texts:
        """Why a person must look, where no unit was found."""
        manual = np.full(len(rows), None, dtype=object)
        manual[~given] = "no_position"
        lost = np.flatnonzero(given & (rows < 0))
        manual[lost] = "outside_grid"
        manual[lost[self.grid.in_holes(lons[lost], lats[lost])]] = "in_hole"
        return manual


def _methods(rows: Rows, nearest_m: Floats) -> Texts:
    methods = np.full(len(rows), None, dtype=object)
    methods[rows >= 0] = "contains"
    methods[~np.isnan(nearest_m)] = "nearest_building"
    return methods
