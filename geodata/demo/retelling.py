"""Noises that change what is said of a place: fewer levels, other names, words like 对面."""

from collections.abc import Callable

import numpy as np

from geodata.demo import meaning
from geodata.demo.drafts import UPPER, Draft, World, one

KEEP_AMBIGUOUS = 0.45
# What a noise does to a draft; whether it could.
Noise = Callable[[Draft, World, np.random.Generator], bool]


def road_number(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return draft.form == "road" and bool(draft.plate)


def road_only(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return draft.form == "road" and not draft.plate


def poi(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return draft.form == "poi"


def area_only(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return draft.form == "area"


def letter_building(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return bool(draft.number) and not draft.number.isdigit()


def annex(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """Another way to write 215号附2号 or 215-3号."""
    plate = draft.plate
    if plate.count("号") == 1 and "-" not in plate:
        return False
    number, part = (piece for piece in plate.replace("附", "-").replace("号", "").split("-"))
    patterns = world.words["annexes" if "附" in plate else "dashes"]
    draft.said["plate"] = one(patterns, rng).format(number=number, part=part)
    return True


def old_name(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return _renamed(draft, world, world.gazetteer.former, rng)


def nickname(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return _renamed(draft, world, world.gazetteer.popular, rng)


def _renamed(
    draft: Draft, world: World, names: dict[str, list[str]], rng: np.random.Generator
) -> bool:
    """Say one of the units by another of its names, unless that means a higher unit as well."""
    gazetteer = world.gazetteer
    for code in _units(draft, world):
        choices = [
            name
            for name in names.get(code, ())
            if len({gazetteer.level[unit] for unit in gazetteer.areas[name]}) == 1
        ]
        role = _role(draft, world, code)
        if choices and role:
            draft.names[role] = draft.said[role] = one(choices, rng)
            return True
    return False


def _units(draft: Draft, world: World) -> list[str]:
    """The units on the way up from the first place that is meant."""
    found = meaning.places(world.gazetteer, draft.mention)
    return world.gazetteer.chain(found[0]) if found else []


def _role(draft: Draft, world: World, code: str) -> str | None:
    """The role under which the unit's present name is said; None where it is not."""
    for role in ("compound", *UPPER):
        if draft.names.get(role) == world.gazetteer.name[code]:
            return role
    return None


def missing_levels(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """Leave out some upper levels; where two places then fit, mostly leave out fewer."""
    here = [role for role in UPPER if role in draft.names]
    if draft.form == "area":
        here = here[:-1]
    if not here:
        return False
    dropped = rng.choice(here, int(rng.integers(1, len(here) + 1)), replace=False).tolist()
    full = dict(draft.names)
    for role in dropped:
        draft.names.pop(role)
    keep = rng.random() < KEEP_AMBIGUOUS
    while not keep and len(dropped) > 1:
        if len(meaning.places(world.gazetteer, draft.mention)) <= 1:
            break
        draft.names[dropped[-1]] = full[dropped[-1]]
        dropped.pop()
    for role in dropped:
        draft.said.pop(role)
    return True


def abbreviation(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """A name without 区, 街道 or 社区: then it may mean any level of that name."""
    gazetteer, done = world.gazetteer, False
    for role in UPPER:
        full = draft.names.get(role, "")
        short = {
            gazetteer.shorter[code]
            for code in gazetteer.areas.get(full, ())
            if gazetteer.name[code] == full and code in gazetteer.shorter
        }
        for name in short - {full}:
            # A road of that name would be another reading altogether.
            if name not in gazetteer.roads and rng.random() < 0.7:
                draft.names[role] = draft.said[role] = name
                done = True
    return done


def city_in_front(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    draft.said["above"] = one(world.words["above"], rng)
    return True


def relative(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """At the gate, beside, or so many metres off: the place named is then only a landmark."""
    words, luck = world.words, rng.random()
    if draft.form == "area" or (draft.form == "road" and not draft.plate):
        return False
    if luck < 0.35:
        draft.said["where"] = one(words["at"], rng)
        return True
    draft.said.pop("tail", None)
    if luck < 0.75:
        draft.said["where"], draft.off = one(words["beside"], rng), (0.0, 0.0)
        return True
    side, metres = one(list(words["sides"]), rng), one(words["metres"], rng)
    east, north = words["sides"][side]
    draft.off = (float(east * metres), float(north * metres))
    draft.said["where"] = one(words["off"], rng).format(side=side, metres=metres)
    return True


def repeated(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """One of the upper names said twice, as forms do that add what was typed already."""
    here = [role for role in UPPER if role in draft.said]
    if not here:
        return False
    role = one(here, rng)
    draft.said[role] = draft.said[role] * 2
    return True


NOISES: dict[str, Noise] = {
    "road_number": road_number,
    "road_only": road_only,
    "poi": poi,
    "area_only": area_only,
    "letter_building": letter_building,
    "annex": annex,
    "old_name": old_name,
    "nickname": nickname,
    "missing_levels": missing_levels,
    "abbreviation": abbreviation,
    "city_in_front": city_in_front,
}
