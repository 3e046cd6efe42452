"""From whatever reference system a file is in to WGS 84, and to metres."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from gridsvc.datum import Datum, many_to_wgs84
from gridsvc.errors import BadInput
from gridsvc.geo import SRID

# Corners at a time: what fits the processor's cache goes twice as fast.
BATCH = 50_000

Shapes = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Move = Callable[[Floats, Floats], tuple[Floats, Floats]]


class Reference(NamedTuple):
    """What is known of a file's coordinates: its CRS (None: degrees) and, in China, the datum."""

    crs: CRS | None
    datum: Datum


def choose(stated: Any, datum: Datum | None, name: str) -> Reference:
    """A file's reference from the CRS stated for it and its datum. BadInput if there is neither."""
    if stated is None and datum is None:
        raise BadInput(
            zh=f"{name} 没有坐标系说明，系统不会猜测。请用 --crs（如 EPSG:4543）或 "
            "--datum（wgs84、cgcs2000、gcj02、bd09）说明。",
            en=f"{name} does not say its coordinate system, and it is never guessed. Give --crs "
            "(such as EPSG:4543) or --datum (wgs84, cgcs2000, gcj02, bd09).",
        )
    return Reference(None if stated is None else _crs(stated), datum or Datum.WGS84)


def to_wgs84(shapes: Shapes, reference: Reference) -> Shapes:
    """Shapes of any kind (n,) in EPSG:4326, heights kept.

    CGCS2000 is taken as WGS 84: they differ by centimetres. BadInput for a CRS without a known
    way to WGS 84, DatumRefused for GCJ-02 or BD-09 outside China.
    """
    if reference.crs is not None:
        shapes = _moved(shapes, _to_degrees(reference.crs))
    if reference.datum in (Datum.GCJ02, Datum.BD09):
        shapes = _moved(shapes, lambda x, y: many_to_wgs84(x, y, reference.datum))
    return shapes


def to_metres(shapes: Shapes, metric_srid: int) -> Shapes:
    """Shapes in EPSG:4326 in the metric CRS; corners that it does not reach become infinite."""
    return _moved(shapes, _transformer(SRID, metric_srid).transform)


def to_degrees(shapes: Shapes, metric_srid: int) -> Shapes:
    """Shapes in the metric CRS in EPSG:4326: the way back from `to_metres`."""
    return _moved(shapes, _transformer(metric_srid, SRID).transform)


def area_of_use(metric_srid: int) -> tuple[float, float, float, float]:
    """Where the metric CRS is meant to be used, in degrees: west, south, east, north."""
    area = CRS.from_epsg(metric_srid).area_of_use
    return (-180.0, -90.0, 180.0, 90.0) if area is None else area.bounds


def _crs(text: Any) -> CRS:
    try:
        return CRS.from_user_input(text)
    except CRSError:
        raise BadInput(
            zh=f"不认识坐标系“{str(text)[:80]}”。请写 EPSG 代码，例如 EPSG:4490。",
            en=f"Unknown coordinate system {str(text)[:80]!r}. Give an EPSG code: EPSG:4490.",
        ) from None


def _to_degrees(crs: CRS) -> Move | None:
    """The way to degrees on WGS 84; None where the numbers are such degrees already."""
    chinese = "CGCS2000" in str(crs.ellipsoid)
    if crs.is_geographic and (chinese or crs.to_epsg() == SRID):
        return None
    target = crs.geodetic_crs if chinese else CRS.from_epsg(SRID)
    try:
        # A ballpark way ignores the change of datum, which can be 100 m.
        way = Transformer.from_crs(crs, target, always_xy=True, allow_ballpark=False)
    except ProjError:
        raise BadInput(
            zh=f"坐标系“{crs.name}”到 WGS 84 没有公开的换算参数。请先转换为 CGCS2000 再导入。",
            en=f"There is no published way from {crs.name} to WGS 84. Convert to CGCS2000 first.",
        ) from None
    return lambda x, y: way.transform(x, y)


@lru_cache(maxsize=16)
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _moved(shapes: Shapes, move: Move | None) -> Shapes:
    """Every corner moved, heights kept, corners that are no numbers left alone."""
    if move is None:
        return shapes

    def each(corners: Floats) -> Floats:
        moved = corners.copy()
        for start in range(0, len(corners), BATCH):
            part = moved[start : start + BATCH]
            good = np.isfinite(part[:, :2]).all(axis=1)
            if good.any():
                part[good, 0], part[good, 1] = move(part[good, 0].copy(), part[good, 1].copy())
        return moved

    return np.asarray(
        shapely.transform(shapes, each, include_z=bool(shapely.has_z(shapes).any())), dtype=object
    )
