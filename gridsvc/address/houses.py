"""Numbers: buildings of a candidate, and plates on a road."""

from collections.abc import Iterable
from typing import NamedTuple

from gridsvc.address import numbers
from gridsvc.address.evidence import Asked, Target, Use, use_of
from gridsvc.address.levels import BUILDING, COMMUNITY, COMPOUND, PLATE, ROAD
from gridsvc.address.mentions import Mention
from gridsvc.address.numbers import Token

# What a number adds: on a plate, on a building, a house number or bare figure read as a building's,
# and a number that the road does not have between two that it has.
ON_PLATE, BLOCK, BLOCK_AS_HOUSE, BARE_BLOCK, NEAR_PLATE = 5.0, 4.0, 2.6, 2.2, 1.0
# A number that does not follow its road counts less.
FAR = 0.6


class Block(NamedTuple):
    """A number that may be a building's: its key in the gazetteer, what it adds, and how."""

    mark: Token
    key: str
    weight: float
    how: str


def blocks(asked: Asked) -> list[Block]:
    """The numbers of a text that may be a building's; a word for a building outdoes the others."""
    free = [mark for mark in asked.marks if not _of_road(asked, mark)]
    named = [Block(one, one.key, BLOCK, "number") for one in free if one.kind == "building"]
    return named or [block for mark in free for block in _guessed(mark)]


def _guessed(mark: Token) -> Iterable[Block]:
    if mark.kind == "house":
        yield Block(mark, mark.key, BLOCK_AS_HOUSE, "as_building")
    elif mark.kind == "dashed":
        yield Block(mark, first_part(mark.key), BLOCK_AS_HOUSE, "number")
    elif mark.kind == "bare":
        yield Block(mark, mark.key, BARE_BLOCK, "number")


def buildings(asked: Asked, holder: Target, numbered: list[Block]) -> Iterable[Target]:
    """Buildings of a candidate whose number the text gives."""
    if not numbered or holder.level not in (COMMUNITY, COMPOUND):
        return
    after = max((use.end for use in holder.uses if use.level == holder.level), default=-1)
    # In 6#4#501 the building is the one behind the name.
    right_after = [one for one in numbered if one.mark.start == after]
    for mark, key, weight, how in right_after or numbered:
        if mark.kind == "bare" and mark.start != after:
            continue
        for row in asked.gazetteer.buildings.at(holder.row, key):
            own_name = mark.kind == "house" and asked.gazetteer.names_of[row].endswith("号")
            said = "number" if own_name else how
            own = Use(weight, mark.start, mark.end, BUILDING, row, said)
            yield asked.target("unit", row, row, (own,))


def _of_road(asked: Asked, mark: Token) -> bool:
    """Whether a number stands on a road's plate rather than on a building in a compound."""
    if mark.kind == "building" and asked.plain[mark.end - 1] in "栋幢座":
        return False
    return any(0 <= mark.start - one.end <= 1 for one in asked.roads)


def plates(asked: Asked) -> Iterable[Target]:
    """Numbers on roads."""
    for one in asked.roads:
        houses = _houses(asked, one)
        for road in one.rows:
            found = [
                target for use, key in houses for target in _on_road(asked, one, road, use, key)
            ]
            yield from found or _on_main(asked, one, road, houses)


def _houses(asked: Asked, road: Mention) -> list[tuple[Use, str]]:
    """Numbers that may belong to the road: right after it, else anywhere in the text."""
    begin, near = road.end, numbers.houses_at(asked.plain, road.end)
    if near:
        return [(Use(ON_PLATE, begin, end, PLATE, -1, "number"), key) for end, key in near]
    return [
        (Use(ON_PLATE * FAR, mark.start, mark.end, PLATE, -1, "number"), key)
        for mark in asked.marks
        if mark.kind == "house"
        for _, key in numbers.houses_at(asked.plain, mark.start)[:1]
    ]


def _on_road(asked: Asked, one: Mention, road: int, use: Use, key: str) -> Iterable[Target]:
    gazetteer = asked.gazetteer
    said = use_of(one, road)
    for plate in gazetteer.plates.at(road, key):
        yield from _plate(asked, said, use._replace(row=plate))


def _plate(asked: Asked, said: Use, own: Use) -> Iterable[Target]:
    """A plate, where nothing heavier takes the place of its road in the text."""
    target = asked.target("plate", own.row, asked.gazetteer.plate_rows[own.row], (said, own))
    if said in target.uses:
        yield target


def _on_main(
    asked: Asked, one: Mention, road: int, houses: list[tuple[Use, str]]
) -> Iterable[Target]:
    """Plates that share the main number, where the part after it is not known."""
    gazetteer = asked.gazetteer
    said = use_of(one, road)
    for use, key in houses[:1]:
        main = key.partition("-")[0]
        if main.isdigit() and len(main) < 7:
            for plate in gazetteer.plates.parts(road, int(main)):
                own = use._replace(weight=use.weight / 2, row=plate, how="main_number")
                yield from _plate(asked, said, own)


def along(asked: Asked) -> Iterable[Target]:
    """Communities along a road; or the one that holds both neighbours of an unknown number."""
    levels = asked.gazetteer.levels
    for one in asked.roads:
        for road in one.rows:
            rows = {row for row in asked.gazetteer.road_rows[road] if levels[row] == COMMUNITY}
            between = _between(asked, one, road)
            for row in rows:
                use = between.get(row)
                target = asked.target("unit", row, row, (use,) if use else ())
                if any(one.level == ROAD for one in target.uses):
                    yield target


def _between(asked: Asked, one: Mention, road: int) -> dict[int, Use]:
    """The community that holds both neighbours of a number that the road does not have."""
    found: dict[int, Use] = {}
    for use, key in _houses(asked, one)[:1]:
        main = key.partition("-")[0]
        if not main.isdigit() or len(main) > 6:
            continue
        below, over = asked.gazetteer.plates.beside(road, int(main))
        held = [set(_communities(asked, plates)) for plates in (below, over) if plates]
        for row in set.intersection(*held) if held else ():
            found[row] = use._replace(weight=NEAR_PLATE, how="between_numbers")
    return found


def _communities(asked: Asked, plates: list[int]) -> Iterable[int]:
    for plate in plates:
        for up in asked.gazetteer.chain(asked.gazetteer.plate_rows[plate]):
            if asked.gazetteer.levels[up] == COMMUNITY:
                yield up


def first_part(key: str) -> str:
    """The building in 3-2-501."""
    return numbers.mark(key.replace(" ", "-").partition("-")[0])
