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
# How much of its weight a road lends to the communities and compounds along it, and a place of
# interest to what it is in.
ALONG, INSIDE = (0.5, 0.8), 0.5


class Use(NamedTuple):
    """A span that speaks for a candidate: its weight, the row or number meant, and how."""

    weight: float
    start: int
    end: int
    level: int
    row: int
    how: str
    quality: float = 1.0


# A use with its place in the order in which uses are chosen, and its span as bits, so that
# overlaps are one operation.
Ranked = tuple[float, int, int, Use, int]


class Target(NamedTuple):
    """A candidate: a unit, plate or place of interest, what speaks for it, and the sum.

    `net` is the sum without the city and province: they are the same for every place here.
    """

    kind: str
    ref: int
    row: int
    level: int
    uses: tuple[Use, ...]
    score: float
    against: float
    net: float


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
        self.speaks: dict[int, list[Ranked]] = {}
        self.common = [one for one in self.units if len(one.rows) > TOO_MANY]
        for one in self.units:
            for row in one.rows if len(one.rows) <= TOO_MANY else ():
                self.speaks.setdefault(row, []).append(_ranked(use_of(one, row)))
        self.along, self.inside = list(self._along()), list(self._inside())
        self.sure = [
            (one, (1 << one.end) - (1 << one.start), self._few(one))
            for one in said
            if one.quality >= SURE_ENOUGH
        ]

    def _few(self, one: Mention) -> frozenset[int]:
        """The rows of units that a name may mean, if few."""
        return frozenset(one.rows if one.level < ROAD and len(one.rows) <= TOO_MANY else ())

    def rows(self) -> set[int]:
        """Rows of units that the text may mean."""
        found: set[int] = set()
        for one in self.units:
            found.update(one.rows if len(one.rows) <= TOO_MANY else self._fitting(one))
        found -= self.gazetteer.above_home
        return found - self._outdone(found)

    def _outdone(self, rows: set[int]) -> set[int]:
        """Rows that hold another of the rows which the text names beside them."""
        outdone: set[int] = set()
        for row in rows:
            for up in self.gazetteer.chain(row):
                if up in rows and up != row and up not in outdone and self._apart(row, up):
                    outdone.add(up)
        return outdone

    def _apart(self, row: int, other: int) -> bool:
        """Whether two rows are named beside each other, by spans that do not overlap."""
        spans = [one[-1] for one in self.speaks.get(other, ())]
        return any(not one[-1] & span for one in self.speaks.get(row, ()) for span in spans)

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
        uses = [_ranked(use) for use in own]
        for up in chain:
            if up in self.speaks:
                uses += self.speaks[up]
        for one in self.common:
            uses += [_ranked(use_of(one, up)) for up in chain if up in one.rows]
        uses += self._beside(kind, chain)
        chosen, taken = _chosen(uses)
        against = self._against(chain, chosen, taken)
        level = POI if kind == "poi" else (self.gazetteer.levels[row] if row >= 0 else ROAD)
        score = sum([use.weight for use in chosen]) - against
        net = score - sum([use.weight for use in chosen if use.level < DISTRICT])
        return Target(kind, ref, row, level, chosen, score, against, net)

    def _along(self) -> Iterable[tuple[Ranked, Ranked, frozenset[int]]]:
        """Roads as they speak for a community and for a compound, and the units along them."""
        for one in self.roads:
            for road in one.rows:
                community, compound = (_ranked(use_of(one, road, share)) for share in ALONG)
                yield community, compound, self.gazetteer.road_rows[road]

    def _inside(self) -> Iterable[tuple[Ranked, int]]:
        """Places of interest as they speak for the unit that they are in."""
        for one in self.pois:
            for spot in one.rows:
                yield _ranked(use_of(one, spot, INSIDE)), self.gazetteer.spots[spot].row

    def _beside(self, kind: str, chain: tuple[int, ...]) -> Iterable[Ranked]:
        """Roads through the candidate and places of interest inside it speak for it a little."""
        if not (self.along or self.inside):
            return
        levels = self.gazetteer.levels
        deep = [up for up in reversed(chain) if levels[up] >= COMMUNITY]
        for community, compound, held in self.along:
            for up in deep:
                if up in held:
                    yield compound if levels[up] >= COMPOUND else community
                    break
        if kind == "unit":
            yield from (use for use, row in self.inside if row in deep)

    def _against(self, chain: tuple[int, ...], chosen: tuple[Use, ...], taken: int) -> float:
        """What the text says that does not fit; what lies deeper in the candidate counts less."""
        total = 0.0
        own = None
        for one, mask, rows in self.sure:
            if mask & taken or not rows.isdisjoint(chain):
                continue
            if own is None:
                own = max((use.level for use in chosen if use.level <= DISTRICT), default=PROVINCE)
            if chain and any(chain[-1] in self.gazetteer.chain(row) for row in rows):
                factor = DEEPER
            elif own < one.level <= DISTRICT:
                factor = ELSEWHERE
            else:
                factor = AGAINST.get(one.level, 0.3)
            total += one.weight * factor
        return total


def use_of(one: Mention, row: int, share: float = 1.0) -> Use:
    """A mention as it speaks for one of the rows that it may mean, with a share of its weight."""
    return Use(one.weight * share, one.start, one.end, one.level, row, one.how, one.quality)


def _ranked(use: Use) -> Ranked:
    mask = (1 << use.end) - (1 << use.start)
    return -use.weight, use.start, -use.level, use, mask


def _chosen(uses: list[Ranked]) -> tuple[tuple[Use, ...], int]:
    """The heaviest uses that do not overlap, in the order of the text, and all they cover."""
    chosen: list[Use] = []
    taken = 0
    uses.sort()
    for _, _, _, use, mask in uses:
        if not mask & taken:
            taken |= mask
            chosen.append(use)
    chosen.sort(key=_by_start)
    return tuple(chosen), taken


_by_start = attrgetter("start")
