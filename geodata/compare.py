"""What changes when one edition follows another: units, ground, households, open cases."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from geodata import projecting
from geodata.chains import Rows, Shapes
from gridsvc.errors import UnknownEdition
from gridsvc.tables.grid import District, Edition

Kind = Literal["added", "removed", "split", "merged", "recoded", "renamed", "moved"]
KINDS: tuple[Kind, ...] = ("added", "removed", "split", "merged", "recoded", "renamed", "moved")

# From here on one unit lies mostly in another.
MOSTLY = 0.5
# From here on two outlines are the same ground under two codes.
SAME = 0.9
# Ground that moved by less is rounding.
LEAST_M2 = 0.05

DIFFERING = text("""
    SELECT unit.code, unit.level, unit.name, unit.households, ST_AsBinary(unit.geom) AS wkb
    FROM grid_unit unit
    LEFT JOIN grid_unit other
      ON (other.district_code, other.edition_no, other.code, other.level)
       = (unit.district_code, :other, unit.code, unit.level)
    WHERE unit.district_code = :district AND unit.edition_no = :edition
      AND (other.code IS NULL OR other.name <> unit.name
           OR ST_AsBinary(other.geom) <> ST_AsBinary(unit.geom))
    ORDER BY unit.level, unit.code
""")

COUNTED = text("""
    SELECT level, count(*) AS units FROM grid_unit
    WHERE district_code = :district AND edition_no = :edition GROUP BY level ORDER BY level
""")

OPEN_CASES = text("""
    SELECT ST_X(place) AS lon, ST_Y(place) AS lat FROM case_
    WHERE district_code = :district AND closed_at IS NULL AND place IS NOT NULL
""")


class Unit(NamedTuple):
    """A unit as far as people speak of it."""

    code: str
    name: str


class Change(NamedTuple):
    """One change of one level, and what it touches.

    `ground` is where (EPSG:4326), `area_m2` its size; `households` are those counted in the old
    units, or in the new ones where there were none (None: not known); `open_cases` stand on it.
    """

    kind: Kind
    level: int
    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    area_m2: float
    households: int | None
    open_cases: int
    ground: Any


class Comparison(NamedTuple):
    """All changes, and the number of units by level before and after."""

    old: int
    new: int
    units: dict[int, tuple[int, int]]
    changes: list[Change]

    def counts(self) -> dict[Kind, int]:
        """How many changes of each kind."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in KINDS}


class Side(NamedTuple):
    """The differing units of one level in one edition: their rows, and their ground in metres."""

    rows: pd.DataFrame
    ground: Shapes

    def units(self, places: Rows | list[int]) -> tuple[Unit, ...]:
        some = self.rows.iloc[places]
        return tuple(Unit(*pair) for pair in zip(some["code"], some["name"], strict=True))


def compare(session: Session, district: District, old: int, new: int) -> Comparison:
    """The changes from one edition to another of the same district. Raises UnknownEdition.

    A unit is split where at least two new ones lie mostly in it, merged where it lies mostly in a
    new one together with others, recoded where its ground goes on under another code.
    """
    for edition in (old, new):
        if session.get(Edition, (district.code, edition)) is None:
            raise UnknownEdition(edition=edition)
    sides = [_differing(session, district.code, *pair) for pair in ((old, new), (new, old))]
    cases = _open_cases(session, district)
    changes: list[Change] = []
    for level in sorted(set(sides[0]["level"]) | set(sides[1]["level"])):
        before, after = (_side(side[side["level"] == level], district) for side in sides)
        for kind, gone, come, ground in _changes(before, after):
            changes.append(_change(kind, int(level), (before, after), (gone, come), ground, cases))
    return Comparison(
        old, new, _counted(session, district.code, old, new), _placed(changes, district)
    )


def _differing(session: Session, district: str, edition: int, other: int) -> pd.DataFrame:
    values = {"district": district, "edition": edition, "other": other}
    found = session.execute(DIFFERING, values).all()
    return pd.DataFrame(found, columns=["code", "level", "name", "households", "wkb"])


def _side(rows: pd.DataFrame, district: District) -> Side:
    shapes = shapely.from_wkb([bytes(wkb) for wkb in rows["wkb"]])
    metres = projecting.to_metres(np.asarray(shapes, dtype=object), district.metric_srid)
    return Side(rows.reset_index(drop=True), metres)


def _open_cases(session: Session, district: District) -> shapely.STRtree:
    found = session.execute(OPEN_CASES, {"district": district.code}).all()
    corners = np.array([tuple(row) for row in found], dtype=float).reshape(-1, 2)
    points = np.asarray(shapely.points(corners), dtype=object)
    return shapely.STRtree(projecting.to_metres(points, district.metric_srid))


def _counted(session: Session, district: str, old: int, new: int) -> dict[int, tuple[int, int]]:
    found: list[dict[int, int]] = []
    for edition in (old, new):
        rows = session.execute(COUNTED, {"district": district, "edition": edition})
        found.append({row.level: row.units for row in rows})
    return {
        level: (found[0].get(level, 0), found[1].get(level, 0))
        for level in sorted(found[0].keys() | found[1].keys())
    }


Found = tuple[Kind, list[int], list[int], Any]


def _changes(before: Side, after: Side) -> Iterator[Found]:
    """Kind, places of the old and of the new units, and the ground in metres."""
    into, from_ = _overlaps(before.ground, after.ground)
    done_old: set[int] = set()
    done_new: set[int] = set()
    for one, heirs in _many(into.heirs):
        done_old.add(one)
        done_new.update(heirs)
        yield "split", [one], heirs, before.ground[one]
    for one, sources in _many(from_.heirs):
        done_new.add(one)
        done_old.update(sources)
        yield "merged", sources, [one], after.ground[one]
    kept = _kept(before, after)
    for one, other in kept.items():
        if before.rows["name"].iloc[one] != after.rows["name"].iloc[other]:
            yield "renamed", [one], [other], after.ground[other]
        if one not in done_old and other not in done_new:
            moved = shapely.symmetric_difference(before.ground[one], after.ground[other])
            if moved.area >= LEAST_M2:
                yield "moved", [one], [other], moved
    gone = [one for one in range(len(before.ground)) if one not in done_old and one not in kept]
    stayed = set(kept.values())
    come = [one for one in range(len(after.ground)) if one not in done_new and one not in stayed]
    yield from _alone(before, after, gone, come, into)


class Overlaps(NamedTuple):
    """`heirs[n]` lie mostly in n; `shares[n, m]` is the smaller of the two parts that n and m
    have of each other."""

    heirs: dict[int, list[int]]
    shares: dict[tuple[int, int], float]


def _overlaps(old: Shapes, new: Shapes) -> tuple[Overlaps, Overlaps]:
    """How old and new units overlap: as seen from the old, and as seen from the new."""
    one, other = shapely.STRtree(new).query(old, "intersects")
    shared = shapely.area(shapely.intersection(old[one], new[other]))
    of_old, of_new = shared / shapely.area(old[one]), shared / shapely.area(new[other])
    pairs = list(zip(one.tolist(), other.tolist(), strict=True))
    least = dict(zip(pairs, np.minimum(of_old, of_new).tolist(), strict=True))
    return (
        Overlaps(_mostly(one, other, of_new), least),
        Overlaps(_mostly(other, one, of_old), least),
    )


def _mostly(holder: Rows, held: Rows, part: npt.NDArray[np.float64]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at in np.flatnonzero(part >= MOSTLY).tolist():
        found.setdefault(int(holder[at]), []).append(int(held[at]))
    return found


def _many(heirs: dict[int, list[int]]) -> Iterator[tuple[int, list[int]]]:
    return ((one, sorted(several)) for one, several in heirs.items() if len(several) > 1)


def _kept(before: Side, after: Side) -> dict[int, int]:
    """Places of the units that both editions have, old to new."""
    place = {code: at for at, code in enumerate(after.rows["code"])}
    return {at: place[code] for at, code in enumerate(before.rows["code"]) if code in place}


def _alone(
    before: Side, after: Side, gone: list[int], come: list[int], overlaps: Overlaps
) -> Iterator[Found]:
    """Units of one edition only: the same ground under another code, or truly gone or new."""
    free = set(come)
    for one in gone:
        twins = [other for other in free if overlaps.shares.get((one, other), 0) >= SAME]
        if twins:
            free.remove(twins[0])
            yield "recoded", [one], [twins[0]], after.ground[twins[0]]
        else:
            yield "removed", [one], [], before.ground[one]
    for other in sorted(free):
        yield "added", [], [other], after.ground[other]


def _change(
    kind: Kind,
    level: int,
    sides: tuple[Side, Side],
    places: tuple[list[int], list[int]],
    ground: Any,
    cases: shapely.STRtree,
) -> Change:
    before, after = sides
    gone, come = places
    counted = before.rows["households"].iloc[gone] if gone else after.rows["households"].iloc[come]
    return Change(
        kind,
        level,
        before.units(gone),
        after.units(come),
        round(float(ground.area), 2),
        None if counted.isna().any() else int(counted.sum()),
        len(cases.query(ground, "intersects")),
        ground,
    )


def _placed(changes: list[Change], district: District) -> list[Change]:
    """The changes with their ground back in degrees."""
    metres = np.array([change.ground for change in changes], dtype=object)
    degrees = projecting.to_degrees(metres, district.metric_srid)
    return [change._replace(ground=ground) for change, ground in zip(changes, degrees, strict=True)]
