"""Addresses as people write them to a hotline, each with the truth that its text determines.

The truth is worked out from what was said, never from the place that was aimed at: where the
words fit several places, all of them are the truth, and choosing one silently is wrong.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.demo import folder as folders
from geodata.demo import harder as harder_noises
from geodata.demo import meaning, writing
from geodata.demo.boundaries import LEVELS
from geodata.demo.chance import stream
from geodata.demo.drafts import Draft, World, aim, know, namesake, one
from geodata.demo.gazetteer import Gazetteer
from geodata.demo.retelling import Noise
from geodata.demo.writing import finish

FORMS = {"compound": 0.62, "road": 0.19, "poi": 0.14, "area": 0.05}
ELSEWHERE, NOTHING, NAMESAKE, CLEAN, SINGLE = 0.05, 0.04, 0.04, 0.06, 0.3
MOST_NOISES = 6
LEVELS_MISSING = 0.6
# Noises that belong to one form of address.
OF_FORM = {
    "road_number": "road",
    "road_only": "road",
    "annex": "road",
    "plate_word": "road",
    "poi": "poi",
    "area_only": "area",
    "letter_building": "compound",
    "nickname": "compound",
    "old_name": "compound",
    "building_word": "compound",
    "dashed_numbers": "compound",
    **harder_noises.OF_FORM,
}
ANYWHERE = ("phone", "prose", "full_width", "traditional")


class Noises(NamedTuple):
    """A set of noises in the order in which they are applied, and those that it is about."""

    all: dict[str, Noise]
    own: list[str]


USUAL = Noises(writing.NOISES, list(writing.NOISES))
HARDER = Noises(harder_noises.NOISES, list(harder_noises.HARDER))


class Address(NamedTuple):
    """One text and its truth.

    `kind` is one (a single place fits), several (all of `places` fit equally), elsewhere (the
    text names another district or city, in `elsewhere`) or none (the text holds no address).
    `places` are the deepest units that the text determines; community, compound and building are
    filled where all of them share it.
    """

    text: str
    kind: str
    community: str | None
    compound: str | None
    building: str | None
    places: tuple[str, ...]
    elsewhere: str | None
    noise: tuple[str, ...]


def generate(
    folder: Path,
    units: gpd.GeoDataFrame,
    points: pd.DataFrame,
    names: gpd.GeoDataFrame,
    count: int,
    seed: int,
    *,
    harder: bool = False,
) -> list[Address]:
    """So many addresses of a generated district; the same arguments give the same addresses.

    `harder` ones carry noises that the usual set does not have (see the module of that name).
    """
    data = folders.read(folder)
    world = know(data, Gazetteer(data, units, points, names))
    rng = stream(seed, "harder addresses" if harder else "addresses")
    noises = HARDER if harder else USUAL
    return [_address(world, noises, number, rng) for number in range(count)]


def write(file: Path, addresses: list[Address]) -> None:
    """The addresses as a CSV file, its columns named as in Address; lists are joined by |."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(Address._fields)
        for address in addresses:
            rows.writerow("|".join(one) if isinstance(one, tuple) else one for one in address)


def _address(world: World, noises: Noises, number: int, rng: np.random.Generator) -> Address:
    luck = rng.random()
    if luck < ELSEWHERE:
        return _elsewhere(world, rng)
    if luck < ELSEWHERE + NOTHING:
        return _nothing(world, rng)
    while True:
        wanted = _wanted(noises, luck - ELSEWHERE - NOTHING - NAMESAKE, number, rng)
        if luck < ELSEWHERE + NOTHING + NAMESAKE and world.namesakes:
            draft = namesake(world, rng)
            given: tuple[str, ...] = ("missing_levels",)
        else:
            draft = aim(world, _form(wanted, rng), wanted, rng)
            given = ()
        noise = given + _disturb(draft, world, noises, wanted - set(given), rng)
        found = meaning.places(world.gazetteer, draft.mention)
        if found and not _misread(world, draft):
            return _told(world, draft, found, noise)


def _form(wanted: frozenset[str], rng: np.random.Generator) -> str:
    """The form that one of the wanted noises needs; else any."""
    needed = [OF_FORM[name] for name in sorted(wanted) if name in OF_FORM]
    return needed[0] if needed else str(rng.choice(list(FORMS), p=list(FORMS.values())))


def _misread(world: World, draft: Draft) -> bool:
    """Whether a name that nobody meant can be read in the text, across the names that were."""
    return any(
        not any(name in said for said in draft.said.values())
        for name in world.gazetteer.read_in(draft.text)
    )


def _wanted(noises: Noises, luck: float, number: int, rng: np.random.Generator) -> frozenset[str]:
    """No noise, one (each in its turn), or several that can go together."""
    known = list(noises.all)
    if luck < CLEAN:
        return frozenset()
    if luck < CLEAN + SINGLE:
        return frozenset({noises.own[number % len(noises.own)]})
    chosen = rng.permutation(known)[: rng.integers(2, MOST_NOISES + 1)].tolist()
    if noises.own != known:
        chosen.insert(0, noises.own[number % len(noises.own)])
    chosen += ["missing_levels"] * (rng.random() < LEVELS_MISSING)
    form = next((OF_FORM[name] for name in chosen if name in OF_FORM), None)
    return frozenset(name for name in chosen if OF_FORM.get(name, form) == form)


def _disturb(
    draft: Draft, world: World, noises: Noises, wanted: frozenset[str], rng: np.random.Generator
) -> tuple[str, ...]:
    """Apply the wanted noises in their order; those that could be, and those of the form."""
    done = []
    for name, noise in noises.all.items():
        inherent = OF_FORM.get(name) == draft.form and name in ("road_number", "road_only", "poi")
        if (name in wanted or inherent) and noise(draft, world, rng):
            done.append(name)
    finish(draft)
    return tuple(done)


def _told(world: World, draft: Draft, found: tuple[str, ...], noise: tuple[str, ...]) -> Address:
    community, compound, building = (
        meaning.shared(world.gazetteer, found, LEVELS[level])
        for level in ("community", "compound", "building")
    )
    kind = "one" if len(found) == 1 else "several"
    return Address(draft.text, kind, community, compound, building, found, None, noise)


def _elsewhere(world: World, rng: np.random.Generator) -> Address:
    """An address that says by name that it is in another district, in words that ours knows too."""
    words, gazetteer = world.words, world.gazetteer
    road, plate, _ = one(gazetteer.plates, rng)
    said = {
        "road": road,
        "plate": plate,
        "compound": gazetteer.name[one(world.compounds, rng)],
        "building": int(rng.integers(1, 40)),
    }
    if rng.random() < 0.3:
        pattern = one(words["far_away"], rng)
        place = pattern.split("{")[0]
        text = pattern.format(**said)
    else:
        place = one(list(words["elsewhere"]), rng)
        street = one(words["elsewhere"][place], rng) if rng.random() < 0.6 else ""
        tails = ("{compound}{building}栋", "{road}{plate}", "{compound}", "{road}")
        text = one(words["elsewhere_above"], rng) + place + street + one(tails, rng).format(**said)
    return _placeless(world, "elsewhere", text, place, rng)


def _nothing(world: World, rng: np.random.Generator) -> Address:
    return _placeless(world, "none", one(world.words["nothing"], rng), None, rng)


def _placeless(
    world: World, kind: str, text: str, elsewhere: str | None, rng: np.random.Generator
) -> Address:
    """A text that has no place in the district, written with the noises that suit any text."""
    draft = Draft(kind, {}, text=text)
    # A text without an address is prose already.
    able = [name for name in ANYWHERE if kind != "none" or name != "prose"]
    wanted = [name for name in able if rng.random() < 0.15]
    done = tuple(name for name in wanted if USUAL.all[name](draft, world, rng))
    return Address(draft.text, kind, None, None, None, (), elsewhere, done)
