"""Noises that change how a thing is written: 32幢, 三十二栋, full width, 門牌, wrong characters."""

import re
from functools import cache
from typing import Any

import numpy as np
from opencc import OpenCC

from geodata.demo import meaning, slips
from geodata.demo.drafts import ROLES, UPPER, Draft, World, one
from geodata.demo.people import chinese_number
from geodata.demo.retelling import NOISES as RETELLING
from geodata.demo.retelling import Noise, relative, repeated

SCRIPTS = ("s2t", "s2tw", "s2hk")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
TRIES = 12
CORE = ("compound", "number", "road", "plate", "poi", "tail", "where")


def building_word(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    if not draft.number or draft.others:
        return False
    if draft.number.isdigit():
        draft.said["number"] = draft.number + one(world.words["building_words"], rng)
    else:
        draft.said["number"] = draft.number[0] + one(["栋", "幢", "号楼"], rng)
    return True


def plate_word(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    if not re.fullmatch(r"\d+号", draft.plate):
        return False
    draft.said["plate"] = draft.plate[:-1] + one(world.words["plate_words"], rng)
    return True


def unit_room(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """单元, 室, 户 or a bare room number behind the building."""
    if draft.off is not None or not (draft.number or draft.plate):
        return False
    tails = world.words["tails"]
    if draft.number and not draft.number.isdigit():
        tails = [tail for tail in tails if "{letter}" not in tail]
    draft.said["tail"] = one(tails, rng).format(**_room(rng))
    return True


def dashed_numbers(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """5-2-301 for 5栋2单元301室."""
    if draft.off is not None or draft.others or not draft.number.isdigit():
        return False
    draft.said["number"] = one(world.words["dashed"], rng).format(
        building=draft.number, **_room(rng)
    )
    draft.said.pop("tail", None)
    return True


def _room(rng: np.random.Generator) -> dict[str, Any]:
    floor, door = int(rng.integers(1, 19)), int(rng.integers(1, 5))
    unit, letter = int(rng.integers(1, 5)), "ABC"[rng.integers(3)]
    return {
        "unit": unit,
        "floor": floor,
        "door": door,
        "room": f"{floor}{door:02d}",
        "letter": letter,
    }


def chinese_numerals(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    words, done, spoken = world.folder.words, False, rng.random() < 0.7

    def said(found: re.Match[str]) -> str:
        digits, number = found.group(), int(found.group())
        if spoken and 0 < number < 100 and digits[0] != "0":
            return chinese_number(number, words["numerals"], words["ten"])
        if spoken and 100 <= number < 1000:
            return hundreds(number, words["numerals"], words["ten"])
        return "".join(
            "〇零"[int(spoken)] if x == "0" else words["numerals"][int(x) - 1] for x in digits
        )

    for role in ("number", "plate", "tail"):
        if any(one.isdigit() for one in draft.said.get(role, "")):
            draft.said[role] = re.sub(r"\d+", said, draft.said[role])
            done = True
    return done


def hundreds(number: int, numerals: str, ten: str) -> str:
    """A whole number from 100 to 999, spoken."""
    hundreds, rest = divmod(number, 100)
    head = numerals[hundreds - 1] + "百"
    if rest == 0:
        return head
    if rest < 10:
        return head + "零" + numerals[rest - 1]
    tail = chinese_number(rest, numerals, ten)
    return head + (numerals[0] + tail if rest < 20 else tail)


def wrong_sound(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return _slip(draft, world, rng, by_shape=False)


def wrong_shape(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return _slip(draft, world, rng, by_shape=True)


def _slip(draft: Draft, world: World, rng: np.random.Generator, by_shape: bool) -> bool:
    """One or two wrong characters in one name, never such that another place would fit as well."""
    shapes = tuple(world.words["lookalikes"])
    roles = (
        []
        if draft.loose
        else [
            role
            for role in ("compound", "road", "poi", "street", "community")
            if draft.said.get(role) == draft.names.get(role, "")
            and len(draft.names.get(role, "")) > 2
        ]
    )
    for _ in range(TRIES if roles else 0):
        role = one(roles, rng)
        name = draft.names[role]
        count = 2 if len(name) > 3 and not by_shape and rng.random() < 0.25 else 1
        slipped = slips.slip(name, count, by_shape, shapes, rng)
        if slipped and not rivals(draft, world, role, world.gazetteer.similar(slipped, count)):
            draft.said[role] = slipped
            return True
    return False


def rivals(draft: Draft, world: World, role: str, near: list[str]) -> bool:
    """Whether any of the names that a wrong one is as near to would make sense here as well."""
    gazetteer = world.gazetteer
    for other in near:
        if other == draft.names[role]:
            continue
        if role not in UPPER and (other in gazetteer.named or other in gazetteer.roads):
            return True
        mention = draft.mention._replace(names=draft.names | {role: other})
        if meaning.places(gazetteer, mention) or _is_compound_here(draft, world, role, other):
            return True
    return False


def _is_compound_here(draft: Draft, world: World, role: str, name: str) -> bool:
    """Whether a road or named place, written so, may be a compound among what else is said."""
    upper = {role: said for role, said in draft.names.items() if role in UPPER}
    said = meaning.Mention({**upper, "compound": name})
    return role in ("road", "poi") and bool(meaning.places(world.gazetteer, said))


def any_order(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    """The particular first and the general after it, or all in disorder."""
    blocks = parts(draft)
    if len(blocks) < 2:
        return False
    if rng.random() < 0.5:
        pattern = one(world.words["trailing"], rng)
        draft.text = blocks[-1] + pattern.format(place="".join(blocks[:-1]))
        return True
    order = rng.permutation(len(blocks)).tolist()
    if order == sorted(order):
        order = order[::-1]
    draft.text = one(world.words["separators"], rng).join(blocks[place] for place in order)
    return True


def separators(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return _between(draft, world.words["separators"], rng)


def hesitation(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    return _between(draft, world.words["hesitations"], rng)


def _between(draft: Draft, marks: list[str], rng: np.random.Generator) -> bool:
    """A mark between the parts of the text that are names, never inside a name or a number."""
    blocks = parts(draft)
    if draft.text or len(blocks) < 2:
        return False
    draft.text = one(marks, rng).join(blocks)
    return True


def parts(draft: Draft) -> list[str]:
    """What is said, level by level, the place itself last."""
    upper = [draft.said.get("above", "") + draft.said.get("district", "")]
    upper += [draft.said.get(role, "") for role in UPPER[1:]]
    core = "".join(draft.said.get(role, "") for role in ROLES if role in CORE)
    return [block for block in [*upper, core] if block]


def finish(draft: Draft) -> None:
    """The text in its usual order, where no noise has ordered it already."""
    draft.text = draft.text or "".join(parts(draft))


def prose(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    finish(draft)
    draft.text = one(world.words["prose"], rng).format(address=draft.text)
    return True


def phone(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    finish(draft)
    number = one(world.words["phones"], rng).format(digits=f"{rng.integers(10_000):04d}")
    # A telephone number that touches a house number would change the address itself.
    address = draft.text + " " * draft.text[-1].isalnum()
    draft.text = one(world.words["with_phone"], rng).format(address=address, phone=number).strip()
    return True


def full_width(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    finish(draft)
    return _rewritten(draft, draft.text.translate(WIDE))


def traditional(draft: Draft, world: World, rng: np.random.Generator) -> bool:
    finish(draft)
    return _rewritten(draft, script(draft.text, one(SCRIPTS, rng)))


def _rewritten(draft: Draft, text: str) -> bool:
    changed = text != draft.text
    draft.text = text
    return changed


def script(text: str, way: str) -> str:
    """The text in another script, by the name of OpenCC's way there."""
    converted: str = _converter(way).convert(text)
    return converted


@cache
def _converter(way: str) -> OpenCC:
    return OpenCC(way)


# In the order in which they are applied.
NOISES: dict[str, Noise] = RETELLING | {
    "building_word": building_word,
    "plate_word": plate_word,
    "unit_room": unit_room,
    "dashed_numbers": dashed_numbers,
    "relative": relative,
    "chinese_numerals": chinese_numerals,
    "wrong_sound": wrong_sound,
    "wrong_shape": wrong_shape,
    "repeated": repeated,
    "any_order": any_order,
    "separators": separators,
    "hesitation": hesitation,
    "phone": phone,
    "prose": prose,
    "full_width": full_width,
    "traditional": traditional,
}
