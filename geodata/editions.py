"""Stage a grid as an edition. It answers once it is published (gridsvc.editions)."""

from datetime import datetime
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from geodata import chains, checks, mending, projecting, schemes, sifting, storing
from geodata.checks import Check, Expectations, codes, datum
from geodata.findings import Finding
from geodata.progress import Progress, silent
from geodata.schemes import Scheme
from gridsvc.tables import grid

__all__ = ["Progress", "Provenance", "Staged", "Wanted", "stage"]

OUTLINE = text("""
    SELECT ST_AsBinary(ST_Union(geom)) FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition AND level = (
        SELECT min(level) FROM grid_unit
        WHERE district_code = :district AND edition_no = :edition
    )
""")


class Provenance(NamedTuple):
    """Where an edition comes from, whom to credit, and how its codes are built."""

    source: str
    attribution: str
    code_scheme: str


class Wanted(NamedTuple):
    """What a district expects of its grid: tolerances, its own code scheme, its known outline.

    Without a scheme the one that ships under the provenance's name holds; without an outline
    (EPSG:4326) the edition that answers now tells where the district lies.
    """

    expected: Expectations = Expectations()
    scheme: Scheme | None = None
    outline: Any = None


class Staged(NamedTuple):
    """A grid laid into the database under a number, not yet answering."""

    no: int
    units: int
    findings: list[Finding]


def stage(
    session: Session,
    district: grid.District,
    units: gpd.GeoDataFrame,
    provenance: Provenance,
    now: datetime,
    say: Progress = silent,
    wanted: Wanted = Wanted(),
) -> Staged:
    """Check, link and store units (EPSG:4326; columns sifting.COLUMNS) as the next edition.

    What cannot become a unit is left out and is a finding of severity error: such an edition must
    not be published. BadInput where there is nothing to stage at all; then nothing is stored.
    """
    say(f"checking {len(units):,} rows")
    sifted = sifting.sift(units, district.metric_srid)
    mended = mending.mend(sifted.units, district.metric_srid)
    noticed = sifted.findings + mended.findings
    say(f"linking {len(mended.units):,} units")
    degrees = mended.units.geometry.to_numpy()
    linked = chains.link(mended.units, degrees)
    ground = checks.survey(mended.units, degrees, linked, district.metric_srid, wanted.expected)
    noticed += checks.run(ground, _by_district(session, district, provenance, wanted), say)
    no = _next_no(session, district)
    session.add(
        grid.Edition(
            district_code=district.code,
            no=no,
            **provenance._asdict(),
            based_on=district.edition_no,
            staged_at=now,
        )
    )
    session.flush()
    say("storing the grid")
    storing.units(session, district.code, no, ground, say)
    noticed = _placed(noticed, degrees, district.metric_srid)
    storing.findings(session, district.code, no, noticed)
    return Staged(no, len(mended.units), noticed)


def _placed(noticed: list[Finding], shapes: Any, metric_srid: int) -> list[Finding]:
    """Every finding with a place: the middle of the grid, or of where a grid would be."""
    box = shapely.total_bounds(shapes) if len(shapes) else projecting.area_of_use(metric_srid)
    middle = shapely.box(*box).centroid
    return [one if _finite(one.place) else one._replace(place=middle) for one in noticed]


def _finite(place: Any) -> bool:
    return place is not None and bool(np.isfinite(shapely.bounds(place)).all())


def _next_no(session: Session, district: grid.District) -> int:
    last = select(func.max(grid.Edition.no)).where(grid.Edition.district_code == district.code)
    return 1 + (session.scalar(last) or 0)


def _by_district(
    session: Session, district: grid.District, provenance: Provenance, wanted: Wanted
) -> dict[str, Check]:
    """The checks that need to know the district: its codes, and where it is known to lie."""
    scheme = wanted.scheme or schemes.shipped(provenance.code_scheme)
    found: dict[str, Check] = {"codes": codes.against(scheme)}
    outline = wanted.outline if wanted.outline is not None else _published(session, district)
    if outline is not None:
        found["datum"] = datum.against(outline)
    return found


def _published(session: Session, district: grid.District) -> Any:
    """The outline of the edition that answers now, or None."""
    wkb = session.scalar(OUTLINE, {"district": district.code, "edition": district.edition_no})
    return None if wkb is None else shapely.from_wkb(bytes(wkb))
