"""An edition's units hung into the nation by their codes."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gridsvc.address.levels import BUILDING, CITY, DISTRICT, PROVINCE
from gridsvc.codes import Codes

LEVEL_OF_LENGTH = {2: PROVINCE, 4: CITY, 6: DISTRICT}


class Units(NamedTuple):
    """The units of an edition, in parallel: `parents` are rows, -1 at the top; levels -1 to 5."""

    codes: Codes | Sequence[str]
    names: Sequence[str]
    levels: Sequence[int]
    parents: Sequence[int]


class Rows:
    """Code to row; the many buildings are mapped only if somebody asks for one."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.upper = self._map(building=False)
        self.lower: dict[str, int] | None = None

    def __call__(self, code: str | None) -> int:
        """The row, or -1 where the edition has no such unit."""
        if code is None:
            return -1
        if code in self.upper:
            return self.upper[code]
        if self.lower is None:
            self.lower = self._map(building=True)
        return self.lower.get(code, -1)

    def _map(self, *, building: bool) -> dict[str, int]:
        pairs = zip(self.units.codes, self.units.levels, strict=True)
        return {
            code: row for row, (code, level) in enumerate(pairs) if (level == BUILDING) == building
        }


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
        [*units.codes, *(code for code, _ in added)],
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
