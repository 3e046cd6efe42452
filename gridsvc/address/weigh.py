"""Candidates for what a text means, each weighed by all that the text says."""

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from gridsvc.address import numbers
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import (
    BUILDING,
    CITY,
    COMMUNITY,
    COMPOUND,
    DISTRICT,
    PLATE,
    POI,
    PROVINCE,
    ROAD,
    STREET,
)
from gridsvc.address.mentions import Mention
from gridsvc.address.numbers import Token

# A name that means more rows than this tells nothing without something above it.
TOO_MANY = 40
MOST_WEIGHED = 24

ON_PLATE, BLOCK, BLOCK_AS_HOUSE, BARE_BLOCK, NEAR_PLATE = 5.0, 4.0, 2.6, 2.2, 1.0
# A number that does not follow its road counts less.
FAR = 0.6
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


def weighed(
    gazetteer: Gazetteer, plain: str, said: list[Mention], marks: list[Token]
) -> list[Target]:
    """All candidates, best first; equal ones by level, then code."""
    asked = Asked(gazetteer, plain, said, marks)
    found = [asked.target("unit", row, row, ()) for row in asked.rows()]
    found.sort(key=_worth)
    for target in found[:MOST_WEIGHED]:
        found.extend(asked.buildings(target))
    numbered = [*asked.plates(), *asked.spots()]
    found.extend(numbered or asked.along())
    best: dict[tuple[str, int], Target] = {}
    for target in found:
        held = best.get((target.kind, target.ref))
        if held is None or held.score < target.score:
            best[target.kind, target.ref] = target
    codes = gazetteer.codes
    return sorted(
        best.values(), key=lambda one: (*_worth(one), codes[one.row] if one.row >= 0 else "")
    )


def _worth(target: Target) -> tuple[float, int]:
    return (-round(target.score, 6), target.level)


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

    def buildings(self, holder: Target) -> Iterable[Target]:
        """Buildings of a candidate whose number the text gives."""
        if holder.level not in (COMMUNITY, COMPOUND):
            return
        for mark, key, weight in self._blocks(holder):
            for row in self.gazetteer.buildings.at(holder.row, key):
                own = Use(weight, mark.start, mark.end, BUILDING, row, "number")
                yield self.target("unit", row, row, (own,))

    def _blocks(self, holder: Target) -> Iterable[tuple[Token, str, float]]:
        after = max((use.end for use in holder.uses if use.level == holder.level), default=-1)
        named = any(mark.kind == "building" and not self._of_road(mark) for mark in self.marks)
        for mark in self.marks:
            if mark.kind == "building" and not self._of_road(mark):
                yield mark, mark.key, BLOCK
            elif named:
                continue
            elif mark.kind == "house" and not self._of_road(mark):
                yield mark, mark.key, BLOCK_AS_HOUSE
            elif mark.kind == "dashed" and not self._of_road(mark):
                yield mark, first_part(mark.key), BLOCK_AS_HOUSE
            elif mark.kind == "bare" and mark.start == after:
                yield mark, mark.key, BARE_BLOCK

    def _of_road(self, mark: Token) -> bool:
        """Whether a number stands on a road's plate rather than on a building in a compound."""
        if mark.kind == "building" and self.plain[mark.end - 1] in "栋幢座":
            return False
        return any(0 <= mark.start - one.end <= 1 for one in self.roads)

    def plates(self) -> Iterable[Target]:
        """Numbers on roads."""
        for one in self.roads:
            houses = self._houses(one)
            for road in one.rows:
                found = [
                    target for use, key in houses for target in self._on_road(one, road, use, key)
                ]
                yield from found or self._on_main(one, road, houses)

    def _houses(self, road: Mention) -> list[tuple[Use, str]]:
        """Numbers that may belong to the road: right after it, else anywhere in the text."""
        begin, near = road.end, numbers.houses_at(self.plain, road.end)
        if near:
            return [(Use(ON_PLATE, begin, end, PLATE, -1, "number"), key) for end, key in near]
        return [
            (Use(ON_PLATE * FAR, mark.start, mark.end, PLATE, -1, "number"), key)
            for mark in self.marks
            if mark.kind == "house"
            for _, key in numbers.houses_at(self.plain, mark.start)[:1]
        ]

    def _on_road(self, one: Mention, road: int, use: Use, key: str) -> Iterable[Target]:
        gazetteer = self.gazetteer
        said = Use(one.weight, one.start, one.end, ROAD, road, one.how, one.quality)
        for plate in gazetteer.plates.at(road, key):
            own = use._replace(row=plate)
            yield self.target("plate", plate, gazetteer.plate_rows[plate], (said, own))

    def _on_main(self, one: Mention, road: int, houses: list[tuple[Use, str]]) -> Iterable[Target]:
        """Plates that share the main number, where the part after it is not known."""
        gazetteer = self.gazetteer
        said = Use(one.weight, one.start, one.end, ROAD, road, one.how, one.quality)
        for use, key in houses[:1]:
            main = key.partition("-")[0]
            if main.isdigit() and len(main) < 7:
                for plate in gazetteer.plates.parts(road, int(main)):
                    own = use._replace(weight=use.weight / 2, row=plate, how="main_number")
                    yield self.target("plate", plate, gazetteer.plate_rows[plate], (said, own))

    def spots(self) -> Iterable[Target]:
        """Places of interest."""
        for one in self.pois:
            for spot in one.rows if len(one.rows) <= TOO_MANY else ():
                own = Use(one.weight, one.start, one.end, POI, spot, one.how, one.quality)
                yield self.target("poi", spot, self.gazetteer.spots[spot].row, (own,))

    def along(self) -> Iterable[Target]:
        """Communities along a road; or the one that holds both neighbours of an unknown number."""
        levels = self.gazetteer.levels
        for one in self.roads:
            for road in one.rows:
                rows = {row for row in self.gazetteer.road_rows[road] if levels[row] == COMMUNITY}
                between = self._between(one, road)
                for row in rows:
                    use = between.get(row)
                    yield self.target("unit", row, row, (use,) if use else ())

    def _between(self, one: Mention, road: int) -> dict[int, Use]:
        """The community that holds both neighbours of a number that the road does not have."""
        found: dict[int, Use] = {}
        for use, key in self._houses(one)[:1]:
            main = key.partition("-")[0]
            if not main.isdigit() or len(main) > 6:
                continue
            below, over = self.gazetteer.plates.beside(road, int(main))
            held = [set(self._communities(plates)) for plates in (below, over) if plates]
            for row in set.intersection(*held) if held else ():
                found[row] = use._replace(weight=NEAR_PLATE, how="between_numbers")
        return found

    def _communities(self, plates: list[int]) -> Iterable[int]:
        for plate in plates:
            for up in self.gazetteer.chain(self.gazetteer.plate_rows[plate]):
                if self.gazetteer.levels[up] == COMMUNITY:
                    yield up


def first_part(key: str) -> str:
    """The building in 3-2-501."""
    return numbers.mark(key.replace(" ", "-").partition("-")[0])


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


def _by_weight(one: tuple[Use, int]) -> tuple[float, int]:
    return -one[0].weight, one[0].start


_by_start = attrgetter("start")
