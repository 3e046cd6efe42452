"""Cases as columns: one number a case and fact, so that a million are counted in milliseconds.

What is kept is what the rates ask (`gridsvc.rules.rates`), by the same definitions: cases, calls on
departments, and what reporters thought. Codes are kept as PostgreSQL's 64-bit hash of them, moments
as microseconds since 2000 (`moment`), a place as the rows of its units and the numbers of its
hexagons.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.gridindex import GridIndex
from gridsvc.heat.hexagons import Hexagons

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LEVELS = 5
# PostgreSQL counts its moments from here, and this is its -infinity.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
NEVER = np.iinfo(np.int64).min
MICROSECONDS_PER_HOUR = 3_600_000_000
SOLVED, DISMISSED, MERGED = 1, 2, 3
SATISFIED = {"yes": 1, "partly": 2, "no": 3}

CASES = """
    SELECT hashtextextended(case_no, 0), coalesce(ST_X(place), 'NaN'), coalesce(ST_Y(place), 'NaN'),
           opened_at, coalesce(due_at, '-infinity'), coalesce(closed_at, '-infinity'),
           CASE outcome WHEN 'solved' THEN 1 WHEN 'dismissed' THEN 2 WHEN 'merged' THEN 3
                        ELSE 0 END::int2,
           rework_count > 0, hung_up_at IS NOT NULL,
           coalesce(hashtextextended(kind, 0), 0), coalesce(hashtextextended(category_code, 0), 0),
           coalesce(hashtextextended(chain[1], 0), 0), coalesce(hashtextextended(chain[2], 0), 0),
           coalesce(hashtextextended(chain[3], 0), 0), coalesce(hashtextextended(chain[4], 0), 0),
           coalesce(hashtextextended(chain[5], 0), 0)
    FROM case_ held WHERE district_code = %(district)s
"""
CASE_FIELDS = {
    "key": ">i8",
    "lon": ">f8",
    "lat": ">f8",
    "opened": ">i8",
    "due": ">i8",
    "closed": ">i8",
    "outcome": ">i2",
    "reworked": "?",
    "hung_up": "?",
    "kind": ">i8",
    "category": ">i8",
    **{f"chain_{place}": ">i8" for place in range(LEVELS)},
}
# As the rates read them: a call that was void was never answered.
CALLS = """
    SELECT hashtextextended(case_no, 0), hashtextextended(department_code, 0), started_at, due_at,
           coalesce(CASE WHEN void THEN NULL ELSE stopped_at END, '-infinity'),
           coalesce(void AND stopped_at <= due_at, false)
    FROM case_clock held
    WHERE district_code = %(district)s AND clock = 'report_in' AND department_code IS NOT NULL
"""
CALL_FIELDS = {
    "key": ">i8",
    "department": ">i8",
    "called": ">i8",
    "due": ">i8",
    "came": ">i8",
    "called_back": "?",
}
CALLED = """
    SELECT hashtextextended(case_no, 0), hashtextextended(department_code, 0)
    FROM case_department held WHERE district_code = %(district)s
"""
CALLED_FIELDS = {"key": ">i8", "department": ">i8"}
GIVEN = """
    SELECT hashtextextended(case_no, 0), given_at,
           CASE satisfied WHEN 'yes' THEN 1 WHEN 'partly' THEN 2 WHEN 'no' THEN 3 ELSE 0 END::int2
    FROM feedback held WHERE district_code = %(district)s
"""
GIVEN_FIELDS = {"key": ">i8", "at": ">i8", "satisfied": ">i2"}
ONLY = " AND case_no = ANY(%(cases)s)"
KEYS = text("SELECT hashtextextended(code, 0) FROM unnest(CAST(:codes AS text[])) code")
# In the order that `Codes.ascending` has.
UNITS = """
    SELECT hashtextextended(code, 0) FROM grid_unit
    WHERE district_code = %(district)s AND edition_no = %(edition)s ORDER BY code COLLATE "C"
"""


class Cases(NamedTuple):
    """n cases. `ground` (5, n) is the row of the unit of each level, -1 where there is none."""

    key: Ints
    lon: Floats
    lat: Floats
    opened: Ints
    due: Ints
    closed: Ints
    outcome: npt.NDArray[np.int8]
    reworked: Flags
    hung_up: Flags
    kind: Ints
    category: Ints
    ground: Rows


class Calls(NamedTuple):
    """Calls on departments; `case` is the row of the case."""

    case: Rows
    department: Ints
    called: Ints
    due: Ints
    came: Ints
    called_back: Flags


class Called(NamedTuple):
    """Which departments are, or were, on which case."""

    case: Rows
    department: Ints


class Given(NamedTuple):
    """What reporters thought."""

    case: Rows
    at: Ints
    satisfied: npt.NDArray[np.int8]


class Columns(NamedTuple):
    """A district's cases as of one line of its record. Never changed: what follows is another."""

    district: str
    edition: int
    feed_no: int
    cases: Cases
    calls: Calls
    called: Called
    given: Given
    hexagons: Hexagons

    @property
    def size(self) -> int:
        """Bytes held."""
        parts = (*self.cases, *self.calls, *self.called, *self.given)
        return sum(part.nbytes for part in parts) + self.hexagons.size


class Units:
    """Rows of an edition's units by the hash of their codes."""

    def __init__(self, session: Session, district: str, grid: GridIndex) -> None:
        asked = {"district": district, "edition": grid.edition}
        keys = copied(session, UNITS, asked, {"key": ">i8"})["key"]
        order = np.argsort(keys)
        self._keys, self._rows = keys[order], grid.codes.ascending[order]
        self._levels = grid.levels

    def ground(self, chains: Sequence[Ints]) -> Rows:
        """The unit of each level that n cases lie in, by their own chains. Shape (5, n).

        A unit that the edition no longer has holds nothing.
        """
        ground = np.full((LEVELS, len(chains[0])), -1, dtype=np.int32)
        for keys in chains:
            at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            known = np.flatnonzero(self._keys[at] == keys)
            rows = self._rows[at[known]]
            ground[self._levels[rows] - 1, known] = rows
        return ground


def moment(at: datetime) -> int:
    """A moment as the columns hold it; what lies beyond them is their end."""
    return (at - EPOCH) // timedelta(microseconds=1)


def keys_of(session: Session, codes: Sequence[str]) -> Ints:
    """What codes are kept as. Shape (n,)."""
    found = session.scalars(KEYS, {"codes": list(codes)})
    return np.array(list(found), dtype=np.int64)


def copied(
    session: Session, sql: str, values: Mapping[str, Any], fields: Mapping[str, str]
) -> dict[str, npt.NDArray[Any]]:
    """A query's columns, all of fixed width and never null, in PostgreSQL's binary form: no object
    is made a value, which is what makes a million rows readable in seconds."""
    session.flush()
    sink = _Sink(fields)
    cursor: Any = session.connection().connection.cursor()
    told = cursor.mogrify(sql, values).decode()
    cursor.copy_expert(f"COPY ({told}) TO STDOUT (FORMAT binary)", sink)
    cursor.close()
    return sink.columns()


class _Sink:
    """A file that PostgreSQL's binary rows are written into, and columns are taken from."""

    HEAD = 19
    BLOCK = 1 << 22

    def __init__(self, fields: Mapping[str, str]) -> None:
        row: list[tuple[str, str]] = [("count", ">i2")]
        for name, kind in fields.items():
            row += [(f"{name}_length", ">i4"), (name, kind)]
        self._row, self._names = np.dtype(row), list(fields)
        self._parts: list[npt.NDArray[Any]] = []
        self._pending = bytearray()
        self._skip = self.HEAD

    def write(self, data: bytes) -> int:
        self._pending += data
        if len(self._pending) >= self.BLOCK:
            self._take()
        return len(data)

    def _take(self) -> None:
        if self._skip and len(self._pending) >= self._skip:
            del self._pending[: self._skip]
            self._skip = 0
        whole = len(self._pending) // self._row.itemsize * self._row.itemsize
        rows = np.frombuffer(bytes(self._pending[:whole]), dtype=self._row)
        slim = np.empty(len(rows), [(n, self._row[n].newbyteorder("=")) for n in self._names])
        for name in self._names:
            slim[name] = rows[name]
        self._parts.append(slim)
        del self._pending[:whole]

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        self._take()
        return {name: np.concatenate([part[name] for part in self._parts]) for name in self._names}
