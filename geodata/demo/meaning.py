"""All the places that a text can mean, by the names and numbers in it and by nothing else."""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

import shapely
from shapely.affinity import translate

from geodata.demo.boundaries import LEVELS
from geodata.demo.gazetteer import DEGREES_PER_M, Gazetteer

BESIDE_M = 60.0
OFF_BY_M = 20.0
MOST_PLACES = 60
UPPER = ("district", "street", "community")


class Mention(NamedTuple):
    """What is said, each name exactly as the district knows it; empty where nothing is said.

    `number` is a building's number or its letter, `others` further numbers that are said with it,
    `plate` a house number. `off` is east and north in metres from the place named, (0, 0) for
    beside it, None for at it. `loose`: the compound or road is said by its beginning only.
    """

    names: dict[str, str]
    number: str = ""
    plate: str = ""
    off: tuple[float, float] | None = None
    others: tuple[str, ...] = ()
    loose: bool = False


def places(gazetteer: Gazetteer, said: Mention) -> tuple[str, ...]:
    """The deepest units that everything said fits, in order; at most MOST_PLACES, else coarser."""
    found = _within(gazetteer, _candidates(gazetteer, said), said)
    if said.off is not None:
        found = _around(gazetteer, found, said)
    while len(found) > MOST_PLACES:
        found = {gazetteer.parent[code] for code in found}
    return tuple(sorted(found))


def shared(gazetteer: Gazetteer, codes: Iterable[str], level: int) -> str | None:
    """The unit of that level that holds all the places, or None where they differ or lie higher."""
    above = {gazetteer.above(code, level) for code in codes}
    return above.pop() if len(above) == 1 else None


def _candidates(gazetteer: Gazetteer, said: Mention) -> set[str]:
    """What the most particular name means, before the others narrow it."""
    names = said.names
    if "road" in names:
        roads = gazetteer.stretches(names["road"]) if said.loose else [names["road"]]
        if said.plate:
            return {code for road in roads for code in gazetteer.houses.get((road, said.plate), ())}
        return {code for road in roads for code in gazetteer.roads.get(road, ())}
    if "poi" in names:
        named = {one.unit for one in gazetteer.named.get(names["poi"], ())}
        return named | gazetteer.areas.get(names["poi"], set())
    if "compound" in names:
        name = names["compound"]
        meant = gazetteer.beginning(name) if said.loose else gazetteer.areas.get(name, set())
        if not said.number:
            return meant
        numbers = (said.number, *said.others)
        held = (gazetteer.buildings[code].get(number) for code in meant for number in numbers)
        return {code for code in held if code}
    last = next((names[role] for role in reversed(UPPER) if role in names), "")
    return gazetteer.areas.get(last, set())


def _within(gazetteer: Gazetteer, found: set[str], said: Mention) -> set[str]:
    """Those that lie in a unit of every name of a higher level that was said.

    Each name is a unit of its own: who says the same name twice means the community in the street.
    """
    allowed = [gazetteer.areas.get(said.names[role], set()) for role in UPPER if role in said.names]

    def fits(code: str) -> bool:
        chain = gazetteer.chain(code)
        meant = [[unit for unit in chain if unit in units] for units in allowed]
        return any(len(set(way)) == len(way) for way in product(*meant))

    return {code for code in found if fits(code)}


def _around(gazetteer: Gazetteer, found: set[str], said: Mention) -> set[str]:
    """The communities beside the places, or that far off: across a road may be another one."""
    assert said.off is not None
    east, north = (step * DEGREES_PER_M for step in said.off)
    reach = OFF_BY_M if any(said.off) else BESIDE_M
    near: set[str] = set()
    for code in found:
        shapes = [gazetteer.shape[code]]
        if "poi" in said.names:
            named = gazetteer.named.get(said.names["poi"], ())
            shapes = [one.point for one in named if one.unit == code] or shapes
        for shape in shapes:
            moved = shapely.union(shape, translate(shape, east, north)).convex_hull
            near.update(gazetteer.communities_near(moved, reach))
    return {code for code in near if gazetteer.level[code] == LEVELS["community"]}
