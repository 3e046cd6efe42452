"""What a process keeps in memory of a district: one edition of the grid and one rulebook.

A snapshot is never trusted blindly. A write names the two version numbers it was decided by, and
the statement writes nothing when the district has moved on (see intake); a read compares them
first. So editions and rules can be published while processes run.
"""

import ctypes
import gc
from threading import Lock
from typing import NamedTuple

from cachetools import TTLCache
from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc import gridindex, rulereader
from gridsvc.db import Asked
from gridsvc.errors import NoEdition, UnknownDistrict, UnknownEdition
from gridsvc.gridindex import GridIndex
from gridsvc.rulebook import Rulebook
from gridsvc.tables.grid import District, Edition


class Snapshot(NamedTuple):
    """A district as of one edition and one rulebook."""

    district: str
    grid: GridIndex
    rules: Rulebook


_held: dict[str, Snapshot] = {}
_fresh: TTLCache[str, Snapshot] = TTLCache(256, ttl=2)
_others: TTLCache[tuple[str, int], GridIndex] = TTLCache(2, ttl=600)
_rules: dict[str, Rulebook] = {}
_loading = Lock()


def held(asked: Asked, district: str) -> Snapshot:
    """The snapshot in memory, without asking whether it is current; loaded if there is none."""
    return _held.get(district) or current(asked, district)


def current(asked: Asked, district: str) -> Snapshot:
    """The snapshot of what is published now; reloads only the part that changed.

    Raises UnknownDistrict, or NoEdition while nothing is published.
    """
    versions = select(District.edition_no, District.rulebook_no).where(District.code == district)
    row = asked.execute(versions).one_or_none()
    if row is None:
        raise UnknownDistrict(code=district)
    if row.edition_no is None:
        raise NoEdition(district=district)
    have = _held.get(district)
    if have and (have.grid.edition, have.rules.no) == (row.edition_no, row.rulebook_no):
        return have
    with _loading:
        if isinstance(asked, Session):
            return _load(asked, district)
        with Session(asked) as session:
            return _load(session, district)


def rules(session: Session, district: str) -> Rulebook:
    """The rulebook of now, without a grid: for who decides nothing about places.

    Raises UnknownDistrict.
    """
    row = session.get(District, district, populate_existing=True)
    if row is None:
        raise UnknownDistrict(code=district)
    have = _held.get(district)
    known = have.rules if have else _rules.get(district)
    if known is None or known.no != row.rulebook_no:
        known = _rules[district] = rulereader.load(session, row)
    return known


def recent(asked: Asked, district: str) -> Snapshot:
    """The snapshot as of the last two seconds: for what is drawn, not for what is decided."""
    if district not in _fresh:
        _fresh[district] = current(asked, district)
    return _fresh[district]


def grid_of(session: Session, district: str, edition: int) -> GridIndex:
    """The grid of one edition, published or not: what is asked of the past or of a plan.

    Raises UnknownEdition. One that is not current is held for ten minutes.
    """
    have = _held.get(district)
    if have and have.grid.edition == edition:
        return have.grid
    known = _others.get((district, edition))
    if known is None:
        if session.get(Edition, (district, edition)) is None:
            raise UnknownEdition(edition=edition)
        with _loading:
            known = _others[district, edition] = gridindex.load(session, district, edition)
    return known


def holding() -> list[str]:
    """The districts whose grid this process holds."""
    return list(_held)


def forget() -> None:
    """Drop what is held, so that the next question reads again."""
    _held.clear()
    _rules.clear()
    _fresh.clear()
    _others.clear()


def _load(session: Session, code: str) -> Snapshot:
    district = session.get_one(District, code, populate_existing=True)
    if district.edition_no is None:
        raise NoEdition(district=code)
    have = _held.get(code)
    grid = have.grid if have and have.grid.edition == district.edition_no else None
    rules = have.rules if have and have.rules.no == district.rulebook_no else None
    _held[code] = Snapshot(
        code,
        grid or gridindex.load(session, code, district.edition_no),
        rules or rulereader.load(session, district),
    )
    # A snapshot lives on, and every full collection would walk its hundreds of thousands of
    # objects: measured, a third of the processor time of a report.
    gc.collect()
    gc.freeze()
    give_back()
    return _held[code]


def give_back() -> None:
    """Return what loading needed to the system: measured, half of what a process held."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
