"""Everything that has a name in one edition, as a process holds it in memory. Built once."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gridsvc.address import hanging, naming, numbers, words
from gridsvc.address.hanging import Units
from gridsvc.address.levels import BUILDING, COMPOUND, DISTRICT, POI, ROAD
from gridsvc.address.nearness import NearIndex
from gridsvc.address.numbered import Numbered
from gridsvc.address.text import fold
from gridsvc.geo import LonLat, UnitName

# How a name leads to what it names: in the low bits of a sense.
STEM, EXACT, ALIAS, OLD, IS_POI, IS_ROAD, CUT, PART = range(8)
_BITS = 3
# So many rows are looked through one by one; more are looked up.
FEW = 8


class Named(NamedTuple):
    """A further name: an alias of a unit, or a place of interest with a position of its own."""

    kind: str
    name: str
    unit_code: str | None
    old: bool = False
    point: LonLat | None = None


class Plate(NamedTuple):
    """A number on a road, the unit that it belongs to, and where it hangs."""

    road: str
    number: str
    unit_code: str | None
    point: LonLat | None = None


class Spot(NamedTuple):
    """A place of interest: its name, the row of its unit or -1, and its position."""

    name: str
    row: int
    point: LonLat | None
    old: bool


class Group(NamedTuple):
    """Rows that one name means at one level, and how it leads there."""

    level: int
    how: int
    rows: Sequence[int] | frozenset[int]


class Gazetteer:
    """Names to senses, numbers to buildings and plates, rows to their chains. Immutable."""

    def __init__(self, units: Units, home: int) -> None:
        """`home` is how many of the units, the first ones, belong to the edition itself."""
        self.codes, self.names_of = units.codes, units.names
        self.levels, self.parents = array("b", units.levels), array("i", units.parents)
        self.home = home
        self.names: dict[str, tuple[Group, ...]] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        self.spots: list[Spot] = []
        self.aliases: list[tuple[str, int]] = []
        # Compounds by all their names, in order.
        self.compounds: list[tuple[str, int]] = []
        self.named_buildings: set[int] = set()
        self.roads: list[str] = []
        self.road_rows: list[frozenset[int]] = []
        self.plate_rows, self.plate_places = array("i"), array("d")
        self.buildings = self.plates = Numbered(())
        self.near = NearIndex(())
        self.above_home: frozenset[int] = frozenset()
        self.districts = sum(level == DISTRICT for level in self.levels[:home])
        # Filled as they are asked for: upper units' chains and folded names.
        self._chains: dict[int, tuple[int, ...]] = {}
        self._plain: dict[int, str] = {}
        self._units: dict[int, UnitName] = {}

    def chain(self, row: int) -> tuple[int, ...]:
        """Rows from the top down to this one."""
        if row < 0:
            return ()
        known = self._chains.get(row)
        if known is not None:
            return known
        found = (*self.chain(self.parents[row]), row)
        if self.levels[row] < BUILDING:
            self._chains[row] = found
        return found

    def unit(self, row: int) -> UnitName:
        """Level, code and name of a row."""
        known = self._units.get(row)
        if known is not None:
            return known
        found = UnitName(self.levels[row], self.codes[row], self.names_of[row])
        if found.level < BUILDING:
            self._units[row] = found
        return found

    def plain_name(self, row: int) -> str:
        """The unit's name, folded."""
        name = self._plain.get(row)
        if name is None:
            name = self._plain[row] = fold(self.names_of[row])
        return name

    def beginning(self, start: str) -> Iterator[int]:
        """The compounds that have a name which begins so; one with two such names comes twice."""
        for name, row in self.compounds[bisect_left(self.compounds, (start, -1)) :]:
            if not name.startswith(start):
                return
            yield row

    @property
    def numbered(self) -> bool:
        """Whether any building or plate is known, so that an unknown number means something."""
        return len(self.buildings.keys) + len(self.plates.keys) > 0

    def first_plate_row(self, road: int) -> int:
        """The unit of the road's lowest number, or -1."""
        plates = self.plates.held_by(road)
        return self.plate_rows[plates[0]] if plates else -1

    def plate_point(self, plate: int) -> LonLat | None:
        lon, lat = self.plate_places[2 * plate], self.plate_places[2 * plate + 1]
        return None if lon != lon else LonLat(lon, lat)


def build(
    units: Units,
    named: Iterable[Named] = (),
    plates: Iterable[Plate] = (),
    nation: Iterable[tuple[str, str]] | None = None,
) -> Gazetteer:
    """The gazetteer of an edition, among the districts of the nation (None: those shipped)."""
    home = len(units.codes)
    around = words.nation() if nation is None else nation
    gazetteer = Gazetteer(hanging.among(units, around), home)
    gazetteer.above_home = hanging.above(gazetteer.parents, home)
    row_of = hanging.Rows(units)
    lexicon = Lexicon(gazetteer)
    lexicon.take_units()
    lexicon.take_names(named, row_of)
    _number_plates(gazetteer, lexicon, plates, row_of)
    gazetteer.buildings = Numbered([*_numbered_buildings(gazetteer), *lexicon.blocks])
    gazetteer.compounds.sort()
    gazetteer.names, gazetteer.lengths = lexicon.closed()
    gazetteer.near = NearIndex(lexicon.worth_hearing())
    return gazetteer


class Lexicon:
    """Names on their way into a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.names: dict[str, list[int]] = {}
        self.full: dict[str, list[int]] = {}
        # Further marks of buildings: the B座 that is also 2栋.
        self.blocks: list[tuple[int, str, int]] = []

    def put(self, name: str, row: int, how: int, full: str = "") -> None:
        """A name and its form in other figures lead to a row; `full` may be found misspelt."""
        _put(self.names, name, row, how)
        if len(name) > 2 and (figures := naming.figures(name)) != name:
            _put(self.names, figures, row, how)
        if full:
            _put(self.full, full, row, EXACT if how in (STEM, EXACT) else how)

    def take_units(self) -> None:
        gazetteer = self.gazetteer
        above = {
            stem
            for row in gazetteer.above_home
            for stem in naming.stems(fold(gazetteer.names_of[row]), gazetteer.levels[row])[0]
        }
        for row, (name, level) in enumerate(zip(gazetteer.names_of, gazetteer.levels, strict=True)):
            if level == BUILDING and _block(name):
                continue
            if level == BUILDING:
                gazetteer.named_buildings.add(row)
            plain = fold(name)
            stems, complete = naming.stems(plain, level)
            said = naming.spoken(plain, level)
            for stem in stems:
                # A zone named after its city is never called by the city's name alone.
                if row >= gazetteer.home or stem not in above:
                    self.put(stem, row, STEM, said)
                else:
                    complete = True
            if complete:
                self.put(plain, row, EXACT, plain)
            if row < gazetteer.home:
                self.shorten(plain, row)

    def shorten(self, plain: str, row: int) -> None:
        """What people leave of a name: the beginning of a compound's, a long ending in short."""
        for short in naming.abbreviations(plain):
            self.put(short, row, ALIAS)
        self.cut(plain, row)

    def cut(self, plain: str, row: int) -> None:
        """The beginning of a compound's name, where it has a word for its kind."""
        if self.gazetteer.levels[row] == COMPOUND:
            self.gazetteer.compounds.append((plain, row))
            if start := naming.cut(plain):
                _put(self.names, start, row, CUT)

    def take_names(self, named: Iterable[Named], row_of: hanging.Rows) -> None:
        spots = self.gazetteer.spots
        for one in named:
            plain, row = fold(one.name), row_of(one.unit_code)
            if one.kind == "poi":
                spots.append(Spot(one.name, row, one.point, one.old))
                self.put(plain, len(spots) - 1, IS_POI, plain)
            elif row >= 0 and self.gazetteer.levels[row] == BUILDING and _block(one.name):
                self.blocks.append((self.gazetteer.parents[row], str(_block(one.name)), row))
            elif row >= 0:
                self.gazetteer.aliases.append((one.name, row))
                self.put(plain, row, OLD if one.old else ALIAS, plain)
                self.cut(plain, row)

    def closed(self) -> tuple[dict[str, tuple[Group, ...]], dict[str, tuple[int, ...]]]:
        """Names to groups of rows, and the first two characters to the lengths of names."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self.names:
            lengths[name[:2]].add(len(name))
        return (
            {name: self.grouped(senses) for name, senses in self.names.items()},
            {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()},
        )

    def grouped(self, senses: list[int]) -> tuple[Group, ...]:
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for packed in senses:
            row, how = packed >> _BITS, packed & ((1 << _BITS) - 1)
            level = {IS_POI: POI, IS_ROAD: ROAD, PART: ROAD}.get(how)
            found[self.gazetteer.levels[row] if level is None else level, how].append(row)
        return tuple(
            Group(level, how, tuple(rows) if len(rows) <= FEW else frozenset(rows))
            for (level, how), rows in found.items()
        )

    def worth_hearing(self) -> Iterable[tuple[str, tuple[Group, ...]]]:
        """Names that can be found although they are misspelt: three characters and more."""
        if len(self.full) > naming.MOST_TO_HEAR:
            return []
        every = {**self.names, **self.full}
        near = {
            name: [one for one in senses if self._is_near(one)]
            for name, senses in every.items()
            if len(name) > 2
        }
        return [(name, self.grouped(senses)) for name, senses in near.items() if senses]

    def _is_near(self, packed: int) -> bool:
        """Whether a sense is of the edition, or of a district beside it in the same city."""
        gazetteer, row = self.gazetteer, packed >> _BITS
        if packed & ((1 << _BITS) - 1) in (IS_POI, IS_ROAD) or row < gazetteer.home:
            return True
        return row in gazetteer.above_home or gazetteer.parents[row] in gazetteer.above_home


def _put(names: dict[str, list[int]], name: str, row: int, how: int) -> None:
    if len(name) > 1:
        senses = names.setdefault(name, [])
        if (packed := row << _BITS | how) not in senses[-1:]:
            senses.append(packed)


def _number_plates(
    gazetteer: Gazetteer, lexicon: Lexicon, plates: Iterable[Plate], row_of: hanging.Rows
) -> None:
    ids: dict[str, int] = {}
    through: dict[int, set[int]] = defaultdict(set)
    entries = []
    for plate in plates:
        road = ids.setdefault(fold(plate.road), len(ids))
        if road == len(gazetteer.roads):
            gazetteer.roads.append(plate.road)
        key = numbers.plate_key(fold(plate.number)) or fold(plate.number)
        row = row_of(plate.unit_code)
        entries.append((road, key, len(gazetteer.plate_rows)))
        gazetteer.plate_rows.append(row)
        gazetteer.plate_places.extend(plate.point or (float("nan"), float("nan")))
        inside = row >= 0 and gazetteer.levels[row] == BUILDING
        through[road].add(gazetteer.parents[row] if inside else row)
    gazetteer.road_rows = [
        frozenset(up for row in through[road] for up in gazetteer.chain(row))
        for road in range(len(ids))
    ]
    for name, road in ids.items():
        lexicon.put(name, road, IS_ROAD, name)
        if (whole := naming.whole_road(name)) and whole not in ids:
            lexicon.put(whole, road, PART)
    gazetteer.plates = Numbered(entries)


@lru_cache(maxsize=100_000)
def _block(name: str) -> str | None:
    """The mark in a building's name; a million buildings share a few hundred names."""
    return numbers.building_key(fold(name))


def _numbered_buildings(gazetteer: Gazetteer) -> Iterable[tuple[int, str, int]]:
    for row in range(gazetteer.home):
        holder = gazetteer.parents[row] if gazetteer.levels[row] == BUILDING else -1
        if holder >= 0 and (key := _block(gazetteer.names_of[row])):
            yield holder, key, row
