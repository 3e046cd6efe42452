"""Noises beyond the usual ones, for a set of addresses that nothing was built on.

The usual set says whether the common ways of writing are understood; this one says how a finder
fares with what it was not made for. Truths are worked out in the same way.
"""

import re
from collections.abc import Callable

import numpy as np

from geodata.demo import meaning
from geodata.demo.drafts import ROLES, Draft, World, one
from geodata.demo.retelling import Noise
from geodata.demo.writing import NOISES as USUAL
from geodata.demo.writing import finish, parts, rivals, script

LEAST_CUT, LEAST_DAMAGED = 2, 4
NAMES = ("compound", "road", "poi", "street", "community")
SPOKEN = "零幺二三四五六七八九"
TRIES = 10


def cut_name(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """Only the beginning of a compound's name: then it may be any that begins so."""
    name = draft.names.get("compound", "")
    words = world.folder.words["compound_names"]["first"]
    start = max((word for word in words if name.startswith(word)), key=len, default="")
    if len(start) < LEAST_CUT or start == name or _means_more(world, start):
        return False
    draft.names["compound"] = draft.said["compound"] = start
    draft.loose = True
    return True


def _means_more(world: World, name: str) -> bool:
    """Whether a name is a street's or community's too, or a road's or place's."""
    gazetteer = world.gazetteer
    upper = {gazetteer.above(code, 4) for code in gazetteer.areas.get(name, ())}
    return None in upper or name in gazetteer.roads or name in gazetteer.named


def section_dropped(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """A long road without its 中段: then the number may be on any of its parts."""
    road = draft.names.get("road", "")
    if not re.search(".段$", road):
        return False
    draft.names["road"] = draft.said["road"] = road[:-2]
    draft.loose = True
    return True


def between(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """Between two buildings: both are meant."""
    if not draft.number.isdigit() or draft.off is not None or draft.said.get("tail"):
        return False
    other = str(int(draft.number) + 1)
    found = meaning.places(world.gazetteer, draft.mention._replace(number=other))
    if not found:
        return False
    draft.others = (other,)
    word = world.folder.words["building_suffix"]
    pattern = one(world.words["between"], rng)
    draft.said["number"] = pattern.format(one=draft.number, other=other, word=word)
    return True


def extra_suffix(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """小区 or the like behind a name that has an ending of its own."""
    name = draft.said.get("compound", "")
    longer = name + one(world.words["extra_suffixes"], rng)
    if not name or draft.loose or longer in world.gazetteer.areas:
        return False
    draft.said["compound"] = longer
    return True


def dropped_character(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """A name with one character missing, where no other name is as near."""
    return _damaged(draft, world, rng, lambda name, at: name[:at] + name[at + 1 :], 1)


def swapped_characters(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """A name with two neighbouring characters the wrong way round."""

    def swapped(name: str, at: int) -> str:
        return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]

    return _damaged(draft, world, rng, swapped, 2)


def _damaged(
    draft: Draft,
    world: World,
    rng: np.random.Generator,
    damage: Callable[[str, int], str],
    edits: int,
) -> bool:
    roles = [
        role
        for role in NAMES
        if len(draft.names.get(role, "")) >= LEAST_DAMAGED
        and draft.said.get(role) == draft.names[role]
    ]
    for _ in range(TRIES if roles and not draft.loose else 0):
        role = one(roles, rng)
        name = draft.names[role]
        said = damage(name, int(rng.integers(1, len(name))))
        near = world.gazetteer.close(said, edits)
        if said != name and not rivals(draft, world, role, near):
            draft.said[role] = said
            return True
    return False


def spoken_digits(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """Digit by digit as on the telephone: 二幺五号, 三零幺室."""
    done = False
    for role in ("number", "plate", "tail"):
        said = draft.said.get(role, "")
        if re.search(r"\d", said):
            draft.said[role] = re.sub(r"\d", lambda digit: SPOKEN[int(digit.group())], said)
            done = True
    return done


def form(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """As a form prints it: every part with its label."""
    if draft.text or len(parts(draft)) < 2:
        return False
    labels = world.words["form_labels"]
    lines = [f"{labels[role]}：{draft.said[role]}" for role in ROLES if draft.said.get(role)]
    draft.text = one(world.words["form_breaks"], rng).join(lines)
    return True


def spaced_out(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """A space between all characters but digits."""
    finish(draft)
    draft.text = re.sub(r"(?<=[^\d\s])(?=\S)|(?<=\d)(?=[^\d\s])", " ", draft.text)
    return True


def two_places(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """The caller's home is said as well; what is reported is elsewhere."""
    finish(draft)
    gazetteer = world.gazetteer
    chain = gazetteer.chain(one(world.homes, rng))
    home = "".join(gazetteer.name[code] for code in reversed(chain[:3]))
    # Not a role that is written: only to know that it was meant to be there.
    draft.said["home"] = home
    draft.text = one(world.words["two_places"], rng).format(home=home, address=draft.text)
    return True


def mixed_script(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """Some characters traditional, some not."""
    finish(draft)
    turned = [script(letter, "s2t") if rng.random() < 0.5 else letter for letter in draft.text]
    before, draft.text = draft.text, "".join(turned)
    return draft.text != before


EARLY: dict[str, Noise] = {
    "cut_name": cut_name,
    "section_dropped": section_dropped,
    "between": between,
    "extra_suffix": extra_suffix,
    "dropped_character": dropped_character,
    "swapped_characters": swapped_characters,
}
LAYOUT: dict[str, Noise] = {"form": form}
AROUND: dict[str, Noise] = {"spaced_out": spaced_out, "two_places": two_places}
LATE: dict[str, Noise] = {"mixed_script": mixed_script}
HARDER = EARLY | {"spoken_digits": spoken_digits} | LAYOUT | AROUND | LATE
OF_FORM = {
    "cut_name": "compound",
    "between": "compound",
    "extra_suffix": "compound",
    "section_dropped": "road",
}


def _ordered() -> dict[str, Noise]:
    """All noises in the order in which they are applied."""
    found: dict[str, Noise] = {}
    for name, noise in USUAL.items():
        before = {"building_word": EARLY, "any_order": LAYOUT, "phone": AROUND}.get(name, {})
        if name == "chinese_numerals":
            before = {"spoken_digits": spoken_digits}
        found |= before
        found[name] = noise
    return found | LATE


NOISES = _ordered()
