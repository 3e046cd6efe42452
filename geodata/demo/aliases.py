"""Other names of the units themselves: short, older, and those that people use."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geodata.demo.boundaries import LEVELS
from geodata.demo.folder import Folder, root_of

RENAMED, WORK_UNIT, NICKNAMED = 0.08, 0.07, 0.28
VILLAGE_NICKNAMED = 0.45
OLD_STREET, OLD_COMMUNITY = 0.7, 0.45
LETTERED, MOST_LETTERED = 0.2, 10


class Alias(NamedTuple):
    """One other name of a unit, with the days on which it came into use and went out of it."""

    name: str
    unit_code: str
    valid_from: str | None = None
    valid_to: str | None = None


def give(folder: Folder, units: pd.DataFrame, rng: np.random.Generator) -> list[Alias]:
    """Aliases of streets, communities, compounds, villages, and towers of a few compounds."""
    found: list[Alias] = []
    for unit in units[units["level"].between(LEVELS["street"], LEVELS["compound"])].itertuples():
        if unit.level == LEVELS["compound"]:
            of_kind = _of_group if unit.kind == "group" else _of_compound
            found += of_kind(folder, str(unit.name), str(unit.code), rng)
        else:
            found += _of_upper(folder, unit, rng)
    return found + _lettered(folder, units, rng)


def _of_upper(folder: Folder, unit: Any, rng: np.random.Generator) -> list[Alias]:
    """What a street or community was called before it became one."""
    words = folder.places
    street = unit.level == LEVELS["street"]
    if rng.random() >= (OLD_STREET if street else OLD_COMMUNITY):
        return []
    if street:
        patterns = words["old_street_names"]
    else:
        kinds = words["old_community_names"]
        patterns = kinds["urban" if unit.kind == "urban" else "other"]
    root = root_of(unit.name, words["unit_suffixes"][str(unit.level)])
    if root == unit.name:
        return []
    return [Alias(_one(patterns, rng).format(root=root), unit.code, None, _day(rng, 2000, 2012))]


def _of_compound(folder: Folder, name: str, code: str, rng: np.random.Generator) -> list[Alias]:
    words, found = folder.places, []
    first = _beginning(name, folder.words["compound_names"]["first"])
    if first and rng.random() < NICKNAMED:
        nick = _one(words["compound_nicknames"], rng).format(first=first)
        found += [Alias(nick, code)] if nick != name else []
    if rng.random() < RENAMED:
        parts = folder.words["compound_names"].values()
        old = "".join(_one(part, rng) for part in parts)
        changed = _day(rng, 2012, 2023)
        found += [Alias(old, code, _day(rng, 1996, 2008), changed)] if old != name else []
    if rng.random() < WORK_UNIT:
        home = _one(words["work_unit_homes"], rng).format(unit=_one(words["work_units"], rng))
        found.append(Alias(home, code, None, _day(rng, 1998, 2016)))
    return found


def _of_group(folder: Folder, name: str, code: str, rng: np.random.Generator) -> list[Alias]:
    """The name people use for a village: without 上 or 下, so that two villages may share it."""
    if rng.random() >= VILLAGE_NICKNAMED:
        return []
    first = _beginning(name, folder.words["group_names"]["first"])
    core = name.removeprefix(first)
    core = core[:-2] if core[-1] in "组期" else core
    nick = _one(folder.places["group_nicknames"], rng).format(core=core)
    return [Alias(nick, code)] if nick != name else []


def _lettered(folder: Folder, units: pd.DataFrame, rng: np.random.Generator) -> list[Alias]:
    """A座, B座 and so on for the buildings of a few small compounds."""
    words = folder.places
    buildings = units[units["level"] == LEVELS["building"]]
    compounds = units[(units["level"] == LEVELS["compound"]) & (units["kind"] == "compound")]
    held = buildings.groupby("parent_code", sort=False)["code"]
    size = held.size().reindex(compounds["code"]).to_numpy()
    chosen = (rng.random(len(compounds)) < LETTERED) & (size <= MOST_LETTERED)
    return [
        Alias(words["lettered_building"].format(letter=letter), code)
        for compound in compounds["code"][chosen]
        for letter, code in zip(words["letters"], held.get_group(compound), strict=False)
    ]


def _beginning(name: str, known: list[str]) -> str:
    """The longest known beginning of a name, or nothing."""
    return max((one for one in known if name.startswith(one)), key=len, default="")


def _one(choices: list[str], rng: np.random.Generator) -> str:
    return choices[rng.integers(len(choices))]


def _day(rng: np.random.Generator, first: int, last: int) -> str:
    return f"{rng.integers(first, last):04d}-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}"
