"""Who answers for a kind of matter in a place, with the trace of every row that was tried.

Rows stand in tables. A table is published with the day from which it holds; on any day the one
with the latest such day answers, among equals the one with the highest number.

Within a table the most specific row wins (domain rule 32: one line owner for every matter):

1. the row for the category before the one for its group, before any;
2. then the row for a smaller unit before a larger one, before any;
3. then the row for a named kind of community before any kind;
4. then the row with the lowest number.

So the order is total and the answer is one. Rows that only their number tells apart and that say
different things are a contradiction, which the table's author must see.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple


class Row(NamedTuple):
    """One responsibility row. None for category, unit or kind of community means any.

    `valid_to` is the last day it counts. `conditions` are the funds and conditions under which a
    community body assists (domain rule 29).
    """

    no: int
    category: str | None
    unit: str | None
    lead: str
    supporting: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    basis: str
    community_kind: str | None = None
    conditions: str | None = None

    @property
    def rank(self) -> tuple[str | None, str | None, str | None]:
        """What the row is about: rows of equal rank differ by their number only."""
        return self.category, self.unit, self.community_kind

    @property
    def answer(self) -> tuple[str, frozenset[str]]:
        """Whom the row names: the lead, and the supporting in no order."""
        return self.lead, frozenset(self.supporting)

    def holds(self, day: date) -> bool:
        """Whether the row counts on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Table(NamedTuple):
    """One version of the table. `holds_from` None: since ever.

    `about` has the rows by category, so that a decision looks only at those that may fit.
    """

    no: int
    title: str
    holds_from: date | None
    rows: tuple[Row, ...]
    about: Mapping[str | None, Sequence[Row]]


class Tried(NamedTuple):
    """One row as it was weighed: what it asks, whether it won, and the number of the domain rule
    that keeps its lead from this matter, so that the next row is asked."""

    row: Row
    won: bool
    barred: int | None = None


def table(no: int, title: str, holds_from: date | None, rows: Iterable[Row]) -> Table:
    """A table of these rows."""
    kept = tuple(rows)
    about: dict[str | None, list[Row]] = defaultdict(list)
    for row in kept:
        about[row.category].append(row)
    return Table(no, title, holds_from, kept, dict(about))


def answering(tables: Iterable[Table], day: date) -> Table | None:
    """The published table that answers on the day."""
    held = (one for one in tables if one.holds_from is None or one.holds_from <= day)
    return max(held, key=lambda one: (one.holds_from or date.min, one.no), default=None)


def decide(
    table: Table,
    categories: Sequence[str],
    chain: Sequence[str],
    kind: str | None,
    day: date,
    barred: Callable[[str], int | None] = lambda body: None,
) -> list[Tried]:
    """The rows that fit, most specific first; the first one whose lead is not barred won.

    `barred` gives the domain rule that keeps a body from the matter. `categories` goes from the
    category to its groups, `chain` from the district down; `kind` is the kind of the community.
    No row won: nobody answers. Without a chain nothing is known of the place, and no row is asked.
    """
    if not chain:
        return []
    by_unit = {code: len(chain) - place for place, code in enumerate(chain, 1)}

    def ranked() -> Iterator[tuple[tuple[int, int, int, int], Row]]:
        for what, category in enumerate((*categories, None)):
            for row in table.about.get(category, ()):
                where = len(chain) if row.unit is None else by_unit.get(row.unit)
                fits = row.community_kind in (None, kind) and row.holds(day)
                if where is not None and fits:
                    yield (what, where, 1 if row.community_kind is None else 0, row.no), row

    ordered = [row for _, row in sorted(ranked(), key=lambda pair: pair[0])]
    kept = [barred(row.lead) for row in ordered]
    best = kept.index(None) if None in kept else None
    return [Tried(row, at == best, kept[at]) for at, row in enumerate(ordered)]


def winner(tried: Iterable[Tried]) -> Row | None:
    """The row that decided, or None when nobody answers."""
    return next((one.row for one in tried if one.won), None)


def contradictions(rows: Iterable[Row]) -> list[tuple[Row, Row]]:
    """Every two rows of equal rank that hold on a common day and name different bodies."""
    by_rank: dict[object, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.no):
        by_rank[row.rank].append(row)
    return [
        (one, other)
        for equals in by_rank.values()
        for one, other in combinations(equals, 2)
        if one.answer != other.answer and _overlap(one, other)
    ]


def _overlap(one: Row, other: Row) -> bool:
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return begins <= ends
