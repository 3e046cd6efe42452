"""An edition's units hung into the nation by their codes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from gridsvc.address.levels import CITY, DISTRICT, PROVINCE
from gridsvc.codes import Codes

LEVEL_OF_LENGTH = {2: PROVINCE, 4: CITY, 6: DISTRICT}


class Strings(Protocol):
    """Strings by row, in whatever form they are kept."""

    def __len__(self) -> int: ...
    def __getitem__(self, row: int, /) -> str: ...
    def __iter__(self) -> Iterator[str]: ...


class Units(NamedTuple):
    """The units of an edition, in parallel: `parents` are rows, -1 at the top; levels -1 to 5."""

    codes: Strings
    names: Sequence[str]
    levels: Sequence[int]
    parents: Sequence[int]


class Joined:
    """Strings followed by a few more, without a copy of the many."""

    def __init__(self, first: Strings, more: list[str]) -> None:
        self.first, self.more, self.size = first, more, len(first)

    def __len__(self) -> int:
        return self.size + len(self.more)

    def __getitem__(self, row: int, /) -> str:
        return self.first[row] if row < self.size else self.more[row - self.size]

    def __iter__(self) -> Iterator[str]:
        return chain(self.first, self.more)


class Rows:
    """Code to row. Codes that know their rows are asked (gridsvc.codes); others are mapped."""

    def __init__(self, units: Units) -> None:
        known = units.codes.row if isinstance(units.codes, Codes) else None
        self.known = known or {code: row for row, code in enumerate(units.codes)}.get

    def __call__(self, code: str | None) -> int:
        """The row, or -1 where the edition has no such unit."""
        row = None if code is None else self.known(code)
        return -1 if row is None else row


def among(units: Units, nation: Iterable[tuple[str, str]]) -> Units:
    """The units, followed by what the nation has above and beside them.

    A unit without a parent hangs below its city or province if its code begins with theirs.
    """
    upper = [row for row, level in enumerate(units.levels) if level <= DISTRICT]
    held = {units.codes[row] for row in upper}
    added = [(code, name) for code, name in nation if code not in held]
    if not added:
        return units
    place = {code: len(units.codes) + number for number, (code, _) in enumerate(added)}

    def above(code: str) -> int:
        return next((place[up] for up in (code[:4], code[:2]) if up != code and up in place), -1)

    parents = list(units.parents)
    for row in upper:
        if parents[row] < 0 and len(units.codes[row]) == 6:
            parents[row] = above(units.codes[row])
    return Units(
        Joined(units.codes, [code for code, _ in added]),
        [*units.names, *(name for _, name in added)],
        [*units.levels, *(LEVEL_OF_LENGTH[len(code)] for code, _ in added)],
        [*parents, *(above(code) for code, _ in added)],
    )


def above(parents: Sequence[int], home: int) -> frozenset[int]:
    """Rows that hold units of the edition without belonging to it: its city, its province."""
    found: set[int] = set()
    for row in {up for up in parents[:home] if up >= home}:
        while row >= 0:
            found.add(row)
            row = parents[row]
    return frozenset(found)
