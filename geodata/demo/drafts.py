"""An address before it is written down: which place is meant, and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from geodata.demo.boundaries import LEVELS
from geodata.demo.folder import Folder
from geodata.demo.gazetteer import Gazetteer
from geodata.demo.meaning import Mention

UPPER = ("district", "street", "community")
# In the order in which an address is written.
ROLES = ("above", *UPPER, "compound", "number", "road", "plate", "poi", "tail", "where")
WITH_BUILDING = 0.75
WITH_PLATE = 0.9


class World(NamedTuple):
    """What the writer of addresses knows: the district's names and the words people use."""

    folder: Folder
    gazetteer: Gazetteer
    homes: list[str]
    compounds: list[str]
    former: list[str]
    popular: list[str]
    lettered: list[str]
    annexed: list[int]
    named: list[str]
    namesakes: list[str]

    @property
    def words(self) -> dict[str, Any]:
        words: dict[str, Any] = self.folder.addresses
        return words


@dataclass
class Draft:
    """One address: what is meant (all up to `off`), what is said of it by role, and the text."""

    form: str
    names: dict[str, str]
    number: str = ""
    plate: str = ""
    off: tuple[float, float] | None = None
    others: tuple[str, ...] = ()
    loose: bool = False
    said: dict[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def mention(self) -> Mention:
        return Mention(self.names, self.number, self.plate, self.off, self.others, self.loose)


def know(folder: Folder, gazetteer: Gazetteer) -> World:
    """The world of a gazetteer, with the places that particular kinds of address need."""

    def among(level: str, codes: Any) -> list[str]:
        return [code for code in codes if gazetteer.level[code] == LEVELS[level]]

    return World(
        folder,
        gazetteer,
        homes=among("building", gazetteer.level),
        compounds=among("compound", gazetteer.level),
        former=[code for code, names in gazetteer.former.items() if names],
        popular=[code for code, names in gazetteer.popular.items() if names],
        lettered=[
            code
            for held in gazetteer.buildings.values()
            for name, code in held.items()
            if not name.isdigit()
        ],
        annexed=[row for row, one in enumerate(gazetteer.plates) if one[1].count("号") != 1],
        named=list(gazetteer.named),
        namesakes=[
            code
            for code in among("compound", gazetteer.level)
            if len(gazetteer.areas[gazetteer.name[code]]) > 1
        ],
    )


def aim(world: World, form: str, wanted: frozenset[str], rng: np.random.Generator) -> Draft:
    """A place of the form (a key of AIMS) that suits the wanted noises, said in full."""
    return _said(world, AIMS[form](world, wanted, rng))


def _said(world: World, draft: Draft) -> Draft:
    """Everything that is meant, said in full."""
    draft.said = dict(draft.names)
    if draft.number:
        spoken = draft.number
        suffix = world.folder.words["building_suffix"] if spoken.isdigit() else ""
        draft.said["number"] = spoken + suffix
    if draft.plate:
        draft.said["plate"] = draft.plate
    return draft


def one(choices: Any, rng: np.random.Generator) -> Any:
    """One of the choices by chance."""
    return choices[rng.integers(len(choices))]


def _upper(world: World, code: str) -> dict[str, str]:
    gazetteer = world.gazetteer
    found = {gazetteer.level[unit]: gazetteer.name[unit] for unit in gazetteer.chain(code)}
    return {role: found[LEVELS[role]] for role in UPPER if LEVELS[role] in found}


def _compound(world: World, wanted: frozenset[str], rng: np.random.Generator) -> Draft:
    gazetteer, number = world.gazetteer, ""
    if "letter_building" in wanted and world.lettered:
        building = one(world.lettered, rng)
        held = gazetteer.buildings[gazetteer.parent[building]]
        number = next(name for name, code in held.items() if code == building and len(name) > 1)
    elif "old_name" in wanted or "nickname" in wanted:
        renamed = one(world.former if "old_name" in wanted else world.popular, rng)
        building = _somewhere_in(world, renamed, rng)
    elif rng.random() < WITH_BUILDING:
        building = one(world.homes, rng)
    else:
        code = one(world.compounds, rng)
        return Draft("compound", _upper(world, code) | {"compound": gazetteer.name[code]})
    compound = gazetteer.parent[building]
    names = _upper(world, building) | {"compound": gazetteer.name[compound]}
    held = gazetteer.buildings[compound]
    number = number or next(name for name, code in held.items() if code == building)
    return Draft("compound", names, number)


def namesake(world: World, rng: np.random.Generator) -> Draft:
    """A compound whose name others bear too, said without the levels that would tell them apart."""
    code = one(world.namesakes, rng)
    draft = Draft("compound", {"compound": world.gazetteer.name[code]})
    if rng.random() < 0.4:
        draft.names["district"] = _upper(world, code)["district"]
    if rng.random() < 0.6:
        draft.number = str(rng.integers(1, 1 + len(world.gazetteer.buildings[code])))
    return _said(world, draft)


def _somewhere_in(world: World, code: str, rng: np.random.Generator) -> str:
    """A building in the unit."""
    gazetteer = world.gazetteer
    if gazetteer.level[code] != LEVELS["compound"]:
        code = one([unit for unit in world.compounds if code in gazetteer.chain(unit)], rng)
    return str(one(list(gazetteer.buildings[code].values()), rng))


def _road(world: World, wanted: frozenset[str], rng: np.random.Generator) -> Draft:
    rows = world.annexed if "annex" in wanted else range(len(world.gazetteer.plates))
    road, plate, building = world.gazetteer.plates[one(rows, rng)]
    keep = wanted & {"annex", "plate_word"} or rng.random() < WITH_PLATE
    return Draft("road", _upper(world, building) | {"road": road}, plate=plate if keep else "")


def _poi(world: World, wanted: frozenset[str], rng: np.random.Generator) -> Draft:
    name = one(world.named, rng)
    place = one(world.gazetteer.named[name], rng)
    return Draft("poi", _upper(world, place.unit) | {"poi": name})


def _area(world: World, wanted: frozenset[str], rng: np.random.Generator) -> Draft:
    names = _upper(world, one(world.compounds, rng))
    if rng.random() < 0.2:
        names.pop("community")
    return Draft("area", names)


AIMS: dict[str, Callable[[World, frozenset[str], np.random.Generator], Draft]] = {
    "compound": _compound,
    "road": _road,
    "poi": _poi,
    "area": _area,
}
