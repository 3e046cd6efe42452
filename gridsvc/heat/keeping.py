"""The columns of a district, held by each process and kept up by the record: the cases that its new
lines name are read again, nothing else is."""

from collections.abc import Mapping
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc import events, snapshot
from gridsvc.heat.columns import (
    CALL_FIELDS,
    CALLED,
    CALLED_FIELDS,
    CALLS,
    CASE_FIELDS,
    CASES,
    GIVEN,
    GIVEN_FIELDS,
    LEVELS,
    ONLY,
    Called,
    Calls,
    Cases,
    Columns,
    Given,
    Ints,
    Rows,
    Units,
    copied,
)
from gridsvc.heat.hexagons import EMPTY
from gridsvc.snapshot import Snapshot

TOUCHED = text("""
    SELECT DISTINCT case_no FROM record_line
    WHERE district_code = :district AND feed_no > :after AND feed_no <= :upto
""")

Read = dict[str, npt.NDArray[Any]]

_held: dict[str, tuple[Columns, Units]] = {}
_keeping = Lock()


class TwoAlike(Exception):
    """Two case numbers have one hash: once in tens of millions of districts of a million cases."""


def current(session: Session, facts: Snapshot) -> Columns:
    """The district's cases as of the newest line of its record, in the edition of `facts`."""
    with _keeping:
        # First the head: whatever is committed after it is read now or again later.
        upto = events.head(session, facts.district)
        held, units = _held.get(facts.district, (None, None))
        fits = held is not None and held.edition == facts.grid.edition and held.feed_no <= upto
        if not fits or held is None or units is None:
            units = Units(session, facts.district, facts.grid)
            held = filled(session, facts.district, facts.grid.edition, units, upto)
            snapshot.give_back()
        elif held.feed_no < upto:
            held = followed(session, held, units, upto)
        _held[facts.district] = held, units
        return held


def forget() -> None:
    """Drop what is held, so that the next question reads again."""
    _held.clear()


def filled(session: Session, district: str, edition: int, units: Units, upto: int) -> Columns:
    """Every case of the district. Raises TwoAlike."""
    empty = Columns(district, edition, 0, _no_cases(), *_nothing(), EMPTY)
    return _laid(empty, _all(session, {"district": district}), units, upto)


def followed(session: Session, held: Columns, units: Units, upto: int) -> Columns:
    """With the cases read again that the record's lines up to this one name."""
    span = {"district": held.district, "after": held.feed_no, "upto": upto}
    touched = list(session.scalars(TOUCHED, span))
    read = _all(session, {"district": held.district, "cases": touched}, ONLY)
    return _laid(held, read, units, upto)


def _all(session: Session, asked: Mapping[str, Any], only: str = "") -> tuple[Read, ...]:
    """Cases, calls, departments and feedback."""
    return (
        copied(session, CASES + only, asked, CASE_FIELDS),
        copied(session, CALLS + only, asked, CALL_FIELDS),
        copied(session, CALLED + only, asked, CALLED_FIELDS),
        copied(session, GIVEN + only, asked, GIVEN_FIELDS),
    )


def _laid(held: Columns, read: tuple[Read, ...], units: Units, upto: int) -> Columns:
    """The columns with these cases laid in: in their old rows, new ones at the end."""
    cases, calls, called, given = read
    rows, total = _rows(held.cases.key, cases["key"])
    chains = [cases[f"chain_{place}"] for place in range(LEVELS)]
    fresh = Cases(
        cases["key"],
        cases["lon"],
        cases["lat"],
        cases["opened"],
        cases["due"],
        cases["closed"],
        cases["outcome"].astype(np.int8),
        cases["reworked"],
        cases["hung_up"],
        cases["kind"],
        cases["category"],
        units.ground(chains),
    )
    columns: tuple[npt.NDArray[Any], ...] = held.cases
    new: tuple[npt.NDArray[Any], ...] = fresh
    gone = np.zeros(total, dtype=bool)
    gone[rows] = True
    order = np.argsort(cases["key"])
    keys = cases["key"][order]

    def laid_down(part: Read) -> list[npt.NDArray[Any]]:
        """The part's rows with that of their case. A case that came in since the cases were read
        is not among them; its line is yet to come, and it is read then."""
        if not len(keys):
            return [rows, *(column[:0] for column in _rest(part))]
        at = np.minimum(np.searchsorted(keys, part["key"]), len(keys) - 1)
        known = keys[at] == part["key"]
        return [rows[order[at[known]]], *(column[known] for column in _rest(part))]

    return Columns(
        held.district,
        held.edition,
        upto,
        Cases(*(_set(old, new, rows, total) for old, new in zip(columns, new, strict=True))),
        Calls(*_joined(held.calls, laid_down(calls), gone)),
        Called(*_joined(held.called, laid_down(called), gone)),
        Given(*_joined(held.given, laid_down(given), gone)),
        held.hexagons.patched(rows, fresh.lon, fresh.lat, total),
    )


def _rows(known: Ints, keys: Ints) -> tuple[Rows, int]:
    """Rows of the keys, those that are not known beyond the others; and how many there are then."""
    order = np.argsort(keys)
    ranked = keys[order]
    if (ranked[1:] == ranked[:-1]).any():
        raise TwoAlike
    rows = np.full(len(keys), -1, dtype=np.int32)
    if len(known) and len(keys):
        at = np.minimum(np.searchsorted(ranked, known), len(ranked) - 1)
        hit = np.flatnonzero(ranked[at] == known)
        rows[order[at[hit]]] = hit
    new = rows < 0
    total = len(known) + int(new.sum())
    rows[new] = np.arange(len(known), total, dtype=np.int32)
    return rows, total


def _set(old: npt.NDArray[Any], new: npt.NDArray[Any], rows: Rows, total: int) -> npt.NDArray[Any]:
    column = np.empty((*old.shape[:-1], total), dtype=old.dtype)
    column[..., : old.shape[-1]] = old
    column[..., rows] = new
    return column


def _joined(old: tuple[Any, ...], new: list[Any], gone: npt.NDArray[np.bool_]) -> list[Any]:
    """The old rows without those of the cases that were read again, and the new ones."""
    stays = ~gone[old[0]]
    return [
        np.concatenate([before[stays], after.astype(before.dtype)])
        for before, after in zip(old, new, strict=True)
    ]


def _rest(read: Read) -> list[npt.NDArray[Any]]:
    return [column for name, column in read.items() if name != "key"]


def _no_cases() -> Cases:
    def none(kind: type[Any], shape: tuple[int, ...] = (0,)) -> npt.NDArray[Any]:
        return np.empty(shape, dtype=kind)

    flag, whole, real = np.bool_, np.int64, np.float64
    return Cases(
        none(whole),
        none(real),
        none(real),
        none(whole),
        none(whole),
        none(whole),
        none(np.int8),
        none(flag),
        none(flag),
        none(whole),
        none(whole),
        none(np.int32, (LEVELS, 0)),
    )


def _nothing() -> tuple[Calls, Called, Given]:
    rows, whole = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    return (
        Calls(rows, whole, whole, whole, whole, np.empty(0, dtype=np.bool_)),
        Called(rows, whole),
        Given(rows, whole, np.empty(0, dtype=np.int8)),
    )
