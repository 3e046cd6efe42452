"""What speaks for a candidate in one text, what speaks against it, and the sum."""

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import (
    CITY,
    COMMUNITY,
    COMPOUND,
    DISTRICT,
    POI,
    PROVINCE,
    ROAD,
    STREET,
)
from gridsvc.address.mentions import Mention
from gridsvc.address.numbers import Token

# A name that means more rows than this tells nothing without something above it.
TOO_MANY = 40
# What a name that does not fit costs, by its level; another district's name costs most.
AGAINST = {
    PROVINCE: 0.9,
    CITY: 0.9,
    DISTRICT: 0.9,
    STREET: 0.7,
    COMMUNITY: 0.6,
    COMPOUND: 0.45,
    ROAD: 0.1,
    POI: 0.15,
}
# What lies inside a candidate is explained less well by it than by itself. A whole name of another
# district outweighs whatever bears the same name here, unless this district is named as well.
DEEPER, ELSEWHERE = 0.4, 8.0
SURE_ENOUGH = 0.7


class Use(NamedTuple):
    """A span that speaks for a candidate: its weight, the row or number meant, and how."""

    weight: float
    start: int
    end: int
    level: int
    row: int
    how: str
    quality: float = 1.0

    @property
    def mask(self) -> int:
        """The span as bits, so that overlaps are one operation."""
        return (1 << self.end) - (1 << self.start)


class Target(NamedTuple):
    """A candidate: a unit, plate or place of interest, what speaks for it, and the sum."""

    kind: str
    ref: int
    row: int
    level: int
    uses: tuple[Use, ...]
    score: float
    against: float


class Asked:
    """One text before one gazetteer."""

    def __init__(
        self, gazetteer: Gazetteer, plain: str, said: list[Mention], marks: list[Token]
    ) -> None:
        self.gazetteer, self.plain, self.said, self.marks = gazetteer, plain, said, marks
        self.units = [one for one in said if one.level < ROAD]
        self.roads = [one for one in said if one.level == ROAD]
        self.pois = [one for one in said if one.level == POI]
        # Row to what is said of it; names of very many rows are looked through instead.
        self.speaks: dict[int, list[tuple[Use, int]]] = {}
        self.common = [one for one in self.units if len(one.rows) > TOO_MANY]
        for one in self.units:
            mask = (1 << one.end) - (1 << one.start)
            for row in one.rows if len(one.rows) <= TOO_MANY else ():
                self.speaks.setdefault(row, []).append((_use(one, row), mask))
        self.sure = [
            (one, (1 << one.end) - (1 << one.start), *self._known(one))
            for one in said
            if one.quality >= SURE_ENOUGH
        ]

    def _known(self, one: Mention) -> tuple[frozenset[int], frozenset[int]]:
        """The rows that a name may mean, if few, and those with all that holds them."""
        few = one.rows if one.level < ROAD and len(one.rows) <= TOO_MANY else ()
        return frozenset(few), frozenset(up for row in few for up in self.gazetteer.chain(row))

    def rows(self) -> set[int]:
        """Rows of units that the text may mean."""
        found: set[int] = set()
        for one in self.units:
            few = one.rows if len(one.rows) <= TOO_MANY else self._fitting(one)
            found.update(row for row in few if row not in self.gazetteer.above_home)
        return found - self._outdone(found)

    def _outdone(self, rows: set[int]) -> set[int]:
        """Rows that hold another of the rows which the text names beside them."""
        masks = {row: [mask for _, mask in self.speaks.get(row, ())] for row in rows}
        return {
            up
            for row in rows
            for up in self.gazetteer.chain(row)[:-1]
            if up in masks and any(not one & other for one in masks[row] for other in masks[up])
        }

    def _fitting(self, one: Mention) -> Iterable[int]:
        """Of the many rows of a common name, those below something else that is named."""
        above = {
            row
            for other in self.units
            if other.level < one.level and len(other.rows) <= TOO_MANY
            for row in other.rows
        }
        chain = self.gazetteer.chain
        fitting = [row for row in one.rows if not above.isdisjoint(chain(row)[:-1])]
        return fitting if len(fitting) <= 4 * TOO_MANY else ()

    def target(self, kind: str, ref: int, row: int, own: tuple[Use, ...]) -> Target:
        """A candidate with all that speaks for it and all that speaks against it."""
        chain = self.gazetteer.chain(row) if row >= 0 else ()
        uses = [(use, use.mask) for use in own]
        for up in chain:
            uses.extend(self.speaks.get(up, ()))
        for one in self.common:
            uses.extend((use := _use(one, up), use.mask) for up in chain if up in one.rows)
        if self.roads or self.pois:
            beside = self._beside(chain)
            uses.extend((use, use.mask) for use in beside if kind == "unit" or use.level != POI)
        chosen, taken = _apart(uses)
        against = self._against(chain, chosen, taken)
        level = POI if kind == "poi" else (self.gazetteer.levels[row] if row >= 0 else ROAD)
        score = sum(use.weight for use in chosen) - against
        return Target(kind, ref, row, level, chosen, score, against)

    def _beside(self, chain: tuple[int, ...]) -> Iterable[Use]:
        """Roads through the candidate and places of interest inside it speak for it a little."""
        levels = self.gazetteer.levels
        for one in self.roads:
            for road in one.rows:
                held = self.gazetteer.road_rows[road]
                share = max(
                    (
                        0.8 if levels[up] >= COMPOUND else 0.5
                        for up in chain
                        if levels[up] >= COMMUNITY and up in held
                    ),
                    default=0.0,
                )
                if share:
                    yield Use(
                        one.weight * share, one.start, one.end, ROAD, road, one.how, one.quality
                    )
        for one in self.pois:
            for spot in one.rows:
                row = self.gazetteer.spots[spot].row
                if row >= 0 and row in chain and levels[row] >= COMMUNITY:
                    yield Use(one.weight * 0.5, one.start, one.end, POI, spot, one.how, one.quality)

    def _against(self, chain: tuple[int, ...], chosen: tuple[Use, ...], taken: int) -> float:
        """What the text says that does not fit; what lies deeper in the candidate counts less."""
        total = 0.0
        own = None
        for one, mask, rows, held in self.sure:
            if mask & taken or not rows.isdisjoint(chain):
                continue
            if own is None:
                own = max((use.level for use in chosen if use.level <= DISTRICT), default=PROVINCE)
            if chain and chain[-1] in held:
                factor = DEEPER
            elif own < one.level <= DISTRICT:
                factor = ELSEWHERE
            else:
                factor = AGAINST.get(one.level, 0.3)
            total += one.weight * factor
        return total


def _use(one: Mention, row: int) -> Use:
    return Use(one.weight, one.start, one.end, one.level, row, one.how, one.quality)


def _apart(uses: list[tuple[Use, int]]) -> tuple[tuple[Use, ...], int]:
    """The heaviest uses that do not overlap, in the order of the text, and all they cover."""
    chosen: list[Use] = []
    taken = 0
    uses.sort(key=_by_weight)
    for use, mask in uses:
        if not mask & taken:
            taken |= mask
            chosen.append(use)
    chosen.sort(key=_by_start)
    return tuple(chosen), taken


def _by_weight(one: tuple[Use, int]) -> tuple[float, int, int]:
    return -one[0].weight, one[0].start, -one[0].level


_by_start = attrgetter("start")
