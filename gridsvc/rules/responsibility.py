"""Who answers for a kind of matter in a place, with the trace of every row that was tried.

The most specific row wins: first the row for the category, then for its group, then for any
matter; within each, the row for the smallest unit before larger ones, then any unit; among equals
the row with the lowest number. So the order is total and the answer is one.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple


class Row(NamedTuple):
    """One responsibility row. None for category or unit means any."""

    no: int
    category: str | None
    unit: str | None
    lead: str
    supporting: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    basis: str


class Tried(NamedTuple):
    """One row as it was weighed: what it asks, and whether it won."""

    row: Row
    won: bool


def rank(
    rows: Iterable[Row], categories: Sequence[str], chain: Sequence[str], day: date
) -> list[Row]:
    """The rows that fit, most specific first.

    `categories` goes from the category to its groups; `chain` from the district down.
    `valid_to` is the last day a row counts.
    """
    by_category = {code: place for place, code in enumerate(categories)}
    by_unit = {code: len(chain) - place for place, code in enumerate(chain, 1)}

    def fits(row: Row) -> bool:
        return (
            (row.category is None or row.category in by_category)
            and (row.unit is None or row.unit in by_unit)
            and (row.valid_from is None or row.valid_from <= day)
            and (row.valid_to is None or day <= row.valid_to)
        )

    def order(row: Row) -> tuple[int, int, int]:
        what = len(categories) if row.category is None else by_category[row.category]
        where = len(chain) if row.unit is None else by_unit[row.unit]
        return what, where, row.no

    return sorted(filter(fits, rows), key=order)


def decide(
    rows: Iterable[Row], categories: Sequence[str], chain: Sequence[str], day: date
) -> list[Tried]:
    """The rows tried in order; the first one won. An empty list: nobody answers."""
    return [Tried(row, place == 0) for place, row in enumerate(rank(rows, categories, chain, day))]
