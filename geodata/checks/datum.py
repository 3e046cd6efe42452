"""A whole grid that lies a few hundred metres from where its district is known to be."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import shapely

from geodata import projecting
from geodata.checks.ground import Ground
from geodata.findings import Finding
from gridsvc.datum import Datum
from gridsvc.errors import DatumRefused
from gridsvc.words import Words

# Outlines whose areas differ by more are not of the same district, so their distance says nothing.
SAME_AREA = 0.2
# A datum explains the shift if it leaves no more than this part of it.
EXPLAINED = 0.1


def against(outline: Any) -> Callable[[Ground], Iterator[Finding]]:
    """The check against a known outline of the whole district, a geometry in EPSG:4326."""

    def check(ground: Ground) -> Iterator[Finding]:
        top = ground.degrees[ground.levels == ground.levels.min(initial=5)]
        grid = shapely.union_all(top)
        flat, known = projecting.to_metres(np.array([grid, outline]), ground.metric_srid)
        if abs(flat.area - known.area) > SAME_AREA * known.area:
            return
        shift = float(shapely.distance(flat.centroid, known.centroid))
        low, high = ground.expected.datum_shift_m
        datum = _explaining(grid, known, shift, ground.metric_srid)
        if low <= shift <= high or (datum and shift >= low):
            yield _finding(outline, shift, datum)

    return check


def _explaining(grid: Any, known: Any, shift: float, metric_srid: int) -> Datum | None:
    """The datum that, taken for the grid's, puts it where it is known to be."""
    for datum in (Datum.GCJ02, Datum.BD09):
        try:
            moved = projecting.to_wgs84(
                np.array([grid]), projecting.Reference(crs=None, datum=datum)
            )
        except DatumRefused:
            return None
        flat = projecting.to_metres(moved, metric_srid)[0]
        if shapely.distance(flat.centroid, known.centroid) <= EXPLAINED * shift:
            return datum
    return None


def _finding(outline: Any, shift: float, datum: Datum | None) -> Finding:
    way = f" --datum {datum}" if datum else " --crs / --datum"
    zh = f"与按 {datum.upper()} 换算的结果相符" if datum else "原因不明"
    en = f"it fits once read as {datum.upper()}" if datum else "no datum explains it"
    return Finding(
        "error",
        "wrong_datum",
        None,
        Words(
            f"整个网格与已知区界相差约{shift:.0f}米（{zh}）。请用{way} 重新导入。",
            f"The whole grid lies about {shift:.0f} m from the known outline ({en}). "
            f"Import it again with{way}.",
        ),
        {"shift_m": round(shift, 1), "datum": str(datum) if datum else None},
        outline,
    )
