"""Candidates for what a text means, each weighed by all that the text says."""

from collections.abc import Iterable
from typing import NamedTuple

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
from gridsvc.address.mentions import VARIANT, Mention
from gridsvc.address.numbers import Token

# A name that means more rows than this tells nothing without something above it.
TOO_MANY = 40
MOST_WEIGHED = 24

ON_PLATE, BLOCK, BLOCK_AS_HOUSE, BARE_BLOCK, NEAR_PLATE, MAIN_PLATE = 5.0, 4.0, 2.6, 2.2, 1.0, 2.5
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
DEEPER, ELSEWHERE = 0.4, 4.0
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


class Target(NamedTuple):
    """A candidate: a unit, plate or place of interest, what speaks for it, and the sum."""

    kind: str
    ref: int
    row: int
    level: int
    uses: tuple[Use, ...]
    score: float
    against: float


def weighed(gazetteer: Gazetteer, said: list[Mention], marks: list[Token]) -> list[Target]:
    """All candidates, best first; equal ones by level, then code."""
    asked = Asked(gazetteer, said, marks)
    found = [asked.target("unit", row, row, ()) for row in asked.rows()]
    found.sort(key=_worth)
    for target in found[:MOST_WEIGHED]:
        found.extend(asked.buildings(target))
    found.extend(asked.plates())
    found.extend(asked.spots())
    if not found or found[0].level < COMMUNITY:
        found.extend(asked.along())
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

    def __init__(self, gazetteer: Gazetteer, said: list[Mention], marks: list[Token]) -> None:
        self.gazetteer, self.said, self.marks = gazetteer, said, marks
        self.units = [one for one in said if one.level < ROAD]
        self.roads = [one for one in said if one.level == ROAD]
        self.pois = [one for one in said if one.level == POI]

    def rows(self) -> set[int]:
        """Rows of units that the text may mean."""
        found: set[int] = set()
        for one in self.units:
            few = one.rows if len(one.rows) <= TOO_MANY else self._fitting(one)
            found.update(row for row in few if row not in self.gazetteer.above_home)
        return found

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
        uses = list(own)
        for one in self.units:
            for up in chain:
                if up in one.rows:
                    uses.append(
                        Use(one.weight, one.start, one.end, one.level, up, one.how, one.quality)
                    )
        if kind == "unit":
            uses.extend(self._beside(chain))
        else:
            uses.extend(use for use in self._beside(chain) if use.level != POI)
        chosen = _apart(uses)
        against = self._against(chain, chosen)
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

    def _against(self, chain: tuple[int, ...], chosen: tuple[Use, ...]) -> float:
        """What the text says that does not fit; what lies deeper in the candidate counts less."""
        total = 0.0
        own = max((use.level for use in chosen if use.level <= DISTRICT), default=PROVINCE)
        for one in self.said:
            if one.quality < SURE_ENOUGH or any(
                one.start < use.end and use.start < one.end for use in chosen
            ):
                continue
            total += one.weight * self._factor(one, chain, own)
        return total

    def _factor(self, one: Mention, chain: tuple[int, ...], own: int) -> float:
        few = one.rows if one.level < ROAD and len(one.rows) <= TOO_MANY else ()
        if any(row in chain for row in few):
            return 0.0
        if chain and any(chain[-1] in self.gazetteer.chain(row) for row in few):
            return DEEPER
        if own < one.level <= DISTRICT and one.quality >= VARIANT:
            return ELSEWHERE
        return AGAINST.get(one.level, 0.3)

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
        named = any(mark.kind == "building" for mark in self.marks)
        for mark in self.marks:
            if mark.kind == "building":
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
        return any(0 <= mark.start - one.end <= 1 for one in self.roads)

    def plates(self) -> Iterable[Target]:
        """Numbers on roads."""
        for one in self.roads:
            for road in one.rows:
                for mark, key, sure in self._house_numbers(one):
                    yield from self._on_road(one, road, mark, key, sure)

    def _house_numbers(self, road: Mention) -> Iterable[tuple[Token, str, float]]:
        kinds = ("house", "dashed", "bare")
        near = [
            mark for mark in self.marks if mark.kind in kinds and 0 <= mark.start - road.end <= 1
        ]
        for mark in near or [mark for mark in self.marks if mark.kind == "house"]:
            yield mark, plate_of(mark, self.marks), 1.0 if near else 0.6

    def _on_road(
        self, one: Mention, road: int, mark: Token, key: str, sure: float
    ) -> Iterable[Target]:
        gazetteer = self.gazetteer
        said = Use(one.weight, one.start, one.end, ROAD, road, one.how, one.quality)
        exact = gazetteer.plates.at(road, key)
        for plate in exact:
            own = Use(ON_PLATE * sure, mark.start, mark.end, PLATE, plate, "number")
            yield self.target("plate", plate, gazetteer.plate_rows[plate], (said, own))
        main = key.partition("-")[0]
        if exact or not main.isdigit() or len(main) > 6:
            return
        for plate in gazetteer.plates.parts(road, int(main)):
            own = Use(MAIN_PLATE * sure, mark.start, mark.end, PLATE, plate, "main_number")
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
                    mark = between.get(row)
                    own = (
                        (Use(NEAR_PLATE, mark.start, mark.end, PLATE, -1, "between_numbers"),)
                        if mark
                        else ()
                    )
                    yield self.target("unit", row, row, own)

    def _between(self, one: Mention, road: int) -> dict[int, Token]:
        """The community that holds both neighbours of a number that the road does not have."""
        found: dict[int, Token] = {}
        for mark, key, _ in self._house_numbers(one):
            main = key.partition("-")[0]
            if not main.isdigit() or len(main) > 6:
                continue
            below, over = self.gazetteer.plates.beside(road, int(main))
            held = [set(self._communities(plates)) for plates in (below, over) if plates]
            for row in set.intersection(*held) if held else ():
                found[row] = mark
        return found

    def _communities(self, plates: list[int]) -> Iterable[int]:
        for plate in plates:
            for up in self.gazetteer.chain(self.gazetteer.plate_rows[plate]):
                if self.gazetteer.levels[up] == COMMUNITY:
                    yield up


def plate_of(mark: Token, marks: list[Token]) -> str:
    """The number on the plate; 附 in a part of its own belongs to it."""
    key = mark.key.replace(" ", "-")
    if mark.kind != "house" or "-" in key:
        return "-".join(key.split("-")[:2])
    annex = next((one for one in marks if one.kind == "annex" and one.start == mark.end), None)
    return f"{key}-{annex.key}" if annex else key


def first_part(key: str) -> str:
    """The building in 3-2-501."""
    head = key.replace(" ", "-").partition("-")[0]
    return str(int(head)) if head.isdigit() else head


def _apart(uses: list[Use]) -> tuple[Use, ...]:
    """The heaviest uses that do not overlap, in the order of the text."""
    chosen: list[Use] = []
    for use in sorted(uses, key=lambda one: (-one.weight, one.start)):
        if all(use.end <= other.start or other.end <= use.start for other in chosen):
            chosen.append(use)
    return tuple(sorted(chosen, key=lambda one: one.start))
