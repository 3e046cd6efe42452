"""Names by their beginnings, as they are typed: in characters, in pinyin, or by initials."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import islice, pairwise
from typing import NamedTuple

from gridsvc.address import sounds
from gridsvc.address.find import find
from gridsvc.address.gazetteer import Gazetteer
from gridsvc.address.levels import BUILDING
from gridsvc.address.text import fold
from gridsvc.geo import LonLat

# Of the names that fit, so many are looked at more closely.
SHORT_LIST = 40


class Suggestion(NamedTuple):
    """A name that begins so, the row of its unit, and its own point where it has one.

    `own` tells the unit's own name from another name for it and from something inside it.
    """

    name: str
    row: int
    point: LonLat | None
    own: bool = False


class Typeahead:
    """Sorted spellings of all names of one gazetteer, except buildings that are but numbered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.names = [one for one in _names(gazetteer) if one.name]
        folded = [fold(one.name) for one in self.names]
        spelled = [sounds.spelled(one) for one in folded]
        keys = [
            *((key, number) for number, key in enumerate(folded)),
            *((letters, number) for number, (letters, _) in enumerate(spelled)),
            *((initials, number) for number, (_, initials) in enumerate(spelled)),
        ]
        keys.sort()
        self.keys = [key for key, _ in keys]
        self.numbers = [number for _, number in keys]
        # All names in one string, to look inside them at the speed of a string search.
        self.inside = "\n".join(folded)
        self.starts = _starts(folded)
        self.rank = _ranks(gazetteer, self.names)
        self.runs = _sorted_runs(gazetteer)

    def suggest(self, q: str, most: int = 10) -> list[Suggestion]:
        """The names that begin so, then those that hold it, then what it means as an address."""
        asked = fold(q).strip(", ")
        if not asked:
            return []
        found = dict.fromkeys(self._ranked(self._beginning(asked), asked))
        if len(found) < most and not asked.isascii():
            found |= dict.fromkeys(self._ranked(self._holding(asked), asked))
        every = [self.names[number] for number in found]
        if asked.isascii():
            every += [
                Suggestion(self.gazetteer.names_of[row], row, None)
                for row in self._coded(q.strip())
            ]
        if len(every) < most and len(asked) > 2 and not asked.isascii():
            every += self._as_address(q)
        return _first_of_each(every, most)

    def _beginning(self, asked: str) -> Iterator[int]:
        place = bisect_left(self.keys, asked)
        while place < len(self.keys) and self.keys[place].startswith(asked):
            yield self.numbers[place]
            place += 1

    def _holding(self, asked: str) -> Iterator[int]:
        at = self.inside.find(asked)
        while at >= 0:
            yield bisect_left(self.starts, at + 1) - 1
            at = self.inside.find(asked, at + 1)

    def _ranked(self, numbers: Iterable[int], asked: str) -> list[int]:
        """The first names by level, then length; one that is just what was typed leads."""
        few = nsmallest(SHORT_LIST, set(numbers), key=self.rank.__getitem__)
        return sorted(few, key=lambda one: fold(self.names[one].name) != asked)

    def _coded(self, q: str) -> Iterator[int]:
        """Rows of the units whose code begins so, the highest level first."""
        codes = self.gazetteer.codes
        for first, last in self.runs:
            place = bisect_left(codes, q, first, last)
            for row in range(place, min(place + 10, last)):
                if codes[row].startswith(q):
                    yield row

    def _as_address(self, q: str) -> list[Suggestion]:
        answer = find(self.gazetteer, q, 5)
        return [
            Suggestion(one.name, one.row, one.point)
            for one in answer.candidates
            if one.here and one.row >= 0
        ]


def _names(gazetteer: Gazetteer) -> Iterator[Suggestion]:
    levels = gazetteer.levels
    for row in range(gazetteer.home):
        if levels[row] < BUILDING or row in gazetteer.named_buildings:
            yield Suggestion(gazetteer.names_of[row], row, None, own=True)
    for name, row in gazetteer.aliases:
        yield Suggestion(name, row, None)
    for spot in gazetteer.spots:
        if spot.row >= 0:
            yield Suggestion(spot.name, spot.row, spot.point)
    for road, name in enumerate(gazetteer.roads):
        row = gazetteer.first_plate_row(road)
        if row >= 0:
            yield Suggestion(name, row, None)


def _starts(names: list[str]) -> list[int]:
    starts, at = [], 0
    for name in names:
        starts.append(at)
        at += len(name) + 1
    return starts


def _ranks(gazetteer: Gazetteer, names: list[Suggestion]) -> list[int]:
    levels = gazetteer.levels

    def worth(number: int) -> tuple[int, bool, int, str, int]:
        one = names[number]
        return levels[one.row], not one.own, len(one.name), one.name, number

    order = sorted(range(len(names)), key=worth)
    ranks = [0] * len(names)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks


def _sorted_runs(gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Where rows of one level stand together in the order of their codes, highest level first."""
    levels, home = gazetteer.levels, gazetteer.home
    cuts = [
        row
        for row, (before, after) in enumerate(pairwise(islice(gazetteer.codes, home)), 1)
        if levels[row] != levels[row - 1] or after < before
    ]
    runs = list(pairwise([0, *cuts, home])) if home else []
    return sorted(runs, key=lambda run: levels[run[0]])


def _first_of_each(every: list[Suggestion], most: int) -> list[Suggestion]:
    found: dict[int, Suggestion] = {}
    for one in every:
        found.setdefault(one.row, one)
        if len(found) == most:
            break
    return list(found.values())
